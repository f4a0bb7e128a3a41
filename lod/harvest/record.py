"""Harvested: what became of one record of a source file, a release or the faults that refuse it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from jiter import from_json
from pydantic import ValidationError

from lod.errors import Place, RecordError
from lod.faults import sentences
from lod.harvest.foreign import Mapper
from lod.harvest.path import steps_of
from lod.positioned import Malformed, load
from lod.release import Defaults, Release

__all__ = ["Harvested", "Judge", "LineOf", "Raw"]

LineOf = Callable[[Sequence[str | int]], int]
"""The 1-based line of a path into a record."""

_validate = Release.__pydantic_validator__.validate_python


class Harvested(NamedTuple):
    """One record of a source file: the release, or else the faults; and the record as it came."""

    place: Place
    release: Release | None
    faults: tuple[RecordError, ...] = ()
    raw: Any = b""
    line_of: LineOf | None = None

    def place_of(self, field: str) -> Place:
        """Where a field of the record (`people.2.name`) stands in its file; where absent, what is nearest above it."""
        if self.line_of is None:
            return self.place
        return Place(self.place.file, self.line_of(steps_of(field)))


class Raw(NamedTuple):
    """A record before it is judged: its value, the line it begins at, the line of its parts, and its text."""

    value: Any
    line: int
    line_of: LineOf | None
    text: Any


class Judge:
    """Turns the records of one file into releases, or into faults that name file, line, field and reason."""

    def __init__(self, file: str, defaults: Defaults, mapper: Mapper | None) -> None:
        self._file, self._defaults, self._mapper = file, defaults, mapper

    def line(self, number: int, line: bytes) -> Harvested:
        """A line of JSON Lines; a key that occurs twice is no JSON here, and numbers keep their digits."""
        try:
            value = from_json(
                line, allow_inf_nan=False, cache_mode="keys", catch_duplicate_keys=True, float_mode="decimal"
            )
        except ValueError:
            return self._slowly(number, line)
        if self._mapper is not None:
            return self.record(Raw(value, number, None, line))
        try:
            return Harvested(Place(self._file, number), _validate(value, context=self._defaults), (), line)
        except ValidationError:
            return self._slowly(number, line)

    def record(self, raw: Raw) -> Harvested:
        """A record that has been read as plain values."""
        place = Place(self._file, raw.line)
        mapped = self._mapper(raw.value) if self._mapper is not None and isinstance(raw.value, dict) else None
        value = raw.value if mapped is None else mapped.record
        release, found = None, []
        try:
            release = _validate(value, context=self._defaults)
        except ValidationError as error:
            found = list(sentences(error, Release))
        if mapped is None or self._mapper is None:
            faults = tuple(self._faults(found, raw, raw.line_of))
            return Harvested(place, release, faults, raw.text, raw.line_of)
        return self._foreign(place, release, mapped.complete(found), raw)

    def _foreign(self, place: Place, release: Release | None, found: list[Any], raw: Raw) -> Harvested:
        mapper, line_of = self._mapper, raw.line_of
        if mapper is None or line_of is None:
            return Harvested(place, None if found else release, tuple(self._faults(found, raw, None)), raw.text)

        def foreign_line(path: Sequence[str | int]) -> int:
            return line_of(mapper.origin(path))

        faults = tuple(self._faults(found, raw, foreign_line))
        return Harvested(place, None if found else release, faults, raw.text, foreign_line)

    def broken(self, line: int, reason: str, text: Any = b"") -> Harvested:
        """Something that should have been a record, or a file of records, and cannot be read."""
        place = Place(self._file, line)
        return Harvested(place, None, (RecordError(place, "", reason),), text)

    def _slowly(self, number: int, line: bytes) -> Harvested:
        """The same line once more, for its faults."""
        try:
            value = load(line.rstrip(), ".json").value
        except Malformed as error:
            column = f" (column {error.column})" if error.column else ""
            return self.broken(number, error.reason + column, line)
        return self.record(Raw(value, number, None, line))

    def _faults(
        self, found: list[tuple[tuple[str | int, ...], str]], raw: Raw, line_of: LineOf | None
    ) -> list[RecordError]:
        """One fault for each field, by line: what pydantic says of the several forms of a value is one sentence."""
        reasons: dict[tuple[str | int, ...], list[str]] = {}
        for path, reason in found:
            told = reasons.setdefault(path, [])
            if reason not in told:
                told.append(reason)
        faults = [
            RecordError(
                Place(self._file, line_of(path) if line_of else raw.line), ".".join(map(str, path)), "; or ".join(told)
            )
            for path, told in reasons.items()
        ]
        return sorted(faults, key=lambda fault: fault.place.line)
