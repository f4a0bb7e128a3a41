"""Authorities: all of an archive, found by id or by exact name."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from lod.authority.links import spread
from lod.authority.model import Authority, Kind, Settings
from lod.authority.names import name_key
from lod.errors import Place, VocabularyError
from lod.faults import sentences
from lod.positioned import SUFFIXES, Loaded, Malformed, decoded, load

__all__ = ["Authorities", "Match"]

_ARTICLES: dict[Kind, str] = {"organisation": "an organisation", "person": "a person", "place": "a place"}


class Match(NamedTuple):
    """What a name stands for: an authority, or the reason why there is none."""

    authority: Authority | None
    reason: str = ""
    candidates: tuple[str, ...] = ()
    """Ids of several it could be."""


class Authorities:
    """The authorities of an archive by id, in alphabetical order of their ids."""

    def __init__(self, authorities: Mapping[str, Authority]) -> None:
        self._by_id = dict(sorted(authorities.items()))
        self._by_name: dict[tuple[str, str], list[tuple[Authority, Any]]] = {}
        for authority in self._by_id.values():
            for form, period in _forms(authority):
                key = authority.kind, name_key(authority.kind, form)
                self._by_name.setdefault(key, []).append((authority, period))

    @classmethod
    def load(cls, folder: Path, base: str, language: str) -> Authorities:
        """The authorities in a folder and those below it; none where it is missing.

        Raises VocabularyError, with file, line and key, for the first fault; `faults` gives them all.
        """
        found, faults = _read_folder(folder, Settings(base, language))
        if faults:
            raise faults[0]
        return cls(found)

    @staticmethod
    def faults(folder: Path, base: str, language: str) -> list[VocabularyError]:
        """Everything that is wrong in a folder of authorities."""
        return _read_folder(folder, Settings(base, language))[1]

    def __getitem__(self, id: str) -> Authority:  # noqa: A002 - the field is called so
        return self._by_id[id]

    def __contains__(self, id: object) -> bool:  # noqa: A002 - the field is called so
        return id in self._by_id

    def __iter__(self) -> Iterator[Authority]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, id: str) -> Authority | None:  # noqa: A002 - the field is called so
        """The authority with an id, or None."""
        return self._by_id.get(id)

    def missing(self, id: str, kind: Kind) -> str:  # noqa: A002 - the field is called so
        """A sentence for an id that is not that of an authority of this kind."""
        other = self._by_id.get(id)
        if other is not None:
            return f'"{id}" is the {other.kind} "{other.name}", where {_ARTICLES[kind]} is needed'
        near = get_close_matches(id, [one.id for one in self if one.kind == kind], 2)
        meant = " or ".join(f'"{one}"' for one in near)
        return f'no {kind} "{id}" in authorities/' + (f", did you mean {meant}?" if meant else "")

    def find(
        self, kind: Kind, name: str | None, organisation: str | None = None, on: date | None = None
    ) -> Authority | None:
        """The one authority a name stands for, or None; see `match`."""
        if (kind, name_key(kind, name or "")) not in self._by_name:
            return None  # most names in releases are nobody's: no reason has to be worded
        return self.match(kind, name, organisation, on).authority

    def match(self, kind: Kind, name: str | None, organisation: str | None = None, on: date | None = None) -> Match:
        """The one authority of a kind that had this name on a day, by the exact rules of the profile, section 4.3.

        A person is found only together with an organisation (its id or name) that the person belonged to on that day.
        Several that fit are none: a wrong link is worse than no link.
        """
        named = {
            one.id: one
            for one, period in self._by_name.get((kind, name_key(kind, name or "")), ())
            if one.held(on) and (period is None or period.held(on))
        }
        if kind == "person" and named:
            if organisation is None:
                return Match(None, "a person is not linked by name alone", tuple(named))
            body = self._organisation(organisation, on)
            named = {key: one for key, one in named.items() if body and _belonged(one, body, on)}
            if not named:
                return Match(None, f'no "{name}" is known to have belonged to "{organisation}"')
        if len(named) == 1:
            return Match(next(iter(named.values())))
        if named:
            return Match(None, f'"{name}" could be {" or ".join(named)}', tuple(named))
        return Match(None, f'no {kind} has the name "{name}"')

    def _organisation(self, id_or_name: str, on: date | None) -> str | None:
        known = self._by_id.get(id_or_name)
        if known is not None and known.kind == "organisation":
            return known.id
        found = self.find("organisation", id_or_name, on=on)
        return found.id if found else None


def _belonged(person: Authority, organisation: str, on: date | None) -> bool:
    return any(one.organisation == organisation and one.held(on) for one in person.affiliations)


def _forms(authority: Authority) -> Iterator[tuple[str, Any]]:
    """Each form of the name, and the period it was in use (None: as long as the authority)."""
    yield authority.name, None
    if authority.short_name:
        yield authority.short_name, None
    for other in authority.alternative:
        yield other.name, other
    for form in authority.hidden:
        yield form, None


# ---------------------------------------------------------------------------------------------------- reading


class _Entry(NamedTuple):
    """One authority as written: the value, its path in the file, and the file as read."""

    value: Any
    path: tuple[str | int, ...]
    loaded: Loaded
    file: str

    def fault(self, path: tuple[str | int, ...], reason: str) -> VocabularyError:
        """An error at a path of the authority."""
        links = self.value.get("links") if isinstance(self.value, dict) else None
        if isinstance(links, dict) and path[:1] == ("links",) and len(path) > 1:
            path = ("links", [one["scheme"] for one in spread(links)][int(path[1])])
        line = self.loaded.line_of((*self.path, *path))
        return VocabularyError(Place(self.file, line), ".".join(map(str, path)), reason)


def _read_folder(folder: Path, settings: Settings) -> tuple[dict[str, Authority], list[VocabularyError]]:
    found: dict[str, tuple[Authority, _Entry]] = {}
    faults: list[VocabularyError] = []
    for path in sorted(_files(folder, faults)):
        name = _name(folder, path)
        try:
            for entry in _entries(path, name):
                _take(entry, settings, found, faults)
        except Malformed as error:
            faults.append(VocabularyError(Place(name, error.line), "", error.reason))
        except OSError as error:
            faults.append(VocabularyError(Place(name), "", f"cannot be read: {error.strerror}"))
    faults.extend(_broken_relations(found))
    return {key: authority for key, (authority, _) in found.items()}, faults


def _files(folder: Path, faults: list[VocabularyError]) -> Iterator[Path]:
    """The files below a folder that can hold authorities; a folder that cannot be read is a fault, not an empty one."""

    def unread(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            place = Place(_name(folder, Path(error.filename)))
            faults.append(VocabularyError(place, "", f"cannot be read: {error.strerror}"))

    for here, _, names in os.walk(folder, onerror=unread):
        yield from (Path(here, name) for name in names if Path(name).suffix in {*SUFFIXES, ".jsonl"})


def _name(folder: Path, path: Path) -> str:
    return path.relative_to(folder.parent).as_posix()


def _entries(path: Path, name: str) -> Iterator[_Entry]:
    """What a file holds: one authority, a list, or a mapping with a list under `authorities`; or one in each line."""
    data = path.read_bytes()
    if path.suffix == ".jsonl":
        for number, line in enumerate(decoded(data).split("\n"), 1):
            if line.strip():
                loaded = load(line, ".json", number)
                yield _Entry(loaded.value, (), loaded, name)
        return
    loaded = load(data, path.suffix)
    value = loaded.value
    where: tuple[str | int, ...] = ()
    if isinstance(value, dict) and set(value) == {"authorities"}:
        value, where = value["authorities"], ("authorities",)
    if isinstance(value, list):
        for index, one in enumerate(value):
            yield _Entry(one, (*where, index), loaded, name)
    elif value is not None:
        yield _Entry(value, where, loaded, name)


def _take(
    entry: _Entry, settings: Settings, found: dict[str, tuple[Authority, _Entry]], faults: list[VocabularyError]
) -> None:
    try:
        authority = Authority.model_validate(entry.value, context=settings)
    except ValidationError as error:
        faults.extend(entry.fault(path, reason) for path, reason in sentences(error, Authority))
        return
    if authority.id in found:
        before = found[authority.id][1]
        place = Place(before.file, before.loaded.line_of((*before.path, "id")))
        faults.append(entry.fault(("id",), f'"{authority.id}" is taken by {place}'))
        return
    found[authority.id] = authority, entry


def _broken_relations(found: Mapping[str, tuple[Authority, _Entry]]) -> Iterator[VocabularyError]:
    """Affiliations to what is no organisation, and identifiers that two authorities claim."""
    claimed: dict[str, str] = {}
    for authority, entry in found.values():
        for index, affiliation in enumerate(authority.affiliations):
            body = found.get(affiliation.organisation)
            if body is None or body[0].kind != "organisation":
                path = ("affiliations", index, "organisation")
                yield entry.fault(path, f'no organisation "{affiliation.organisation}" in authorities/')
        for link in authority.links:
            if link.same and claimed.setdefault(link.iri, authority.id) != authority.id:
                reason = f"{link.scheme} {link.value} is claimed by {claimed[link.iri]}, too; two things are not one"
                yield entry.fault(("links",), reason)
