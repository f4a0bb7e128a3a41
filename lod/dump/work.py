"""What one worker does with one partition: harvest, validate, describe, encode; the results are files and counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import orjson

from lod.dump.packing import Packing
from lod.dump.runs import Entry, Run, RunWriter, Sighting, write_sightings
from lod.errors import RecordError
from lod.formats import FORMATS
from lod.formats.base import Setting
from lod.harvest import harvest
from lod.mapping import Mapping, Undescribable
from lod.mapping.context import context_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from lod.archive import Archive
    from lod.description import Description, Shared
    from lod.errors import Place
    from lod.formats.base import Piece, Serializer
    from lod.harvest import Harvested, Partition
    from lod.mapping.files import Files
    from lod.release import Release

__all__ = ["Counts", "Judged", "Outcome", "Task", "Worker", "entry_of", "public", "rejection"]


class Task(NamedTuple):
    """What every process is told: formats by name, the instant embargoes are held against, where runs and files go."""

    formats: tuple[str, ...]
    now: datetime
    runs: Path
    packing: Packing
    run_bytes: int = 24 << 20


class Judged(NamedTuple):
    """What became of one record: refused with faults, or known by its path and (unless withheld) encoded."""

    place: Place
    path: str | None
    entry: Entry | None
    faults: tuple[RecordError, ...]
    raw: object

    @property
    def refused(self) -> bool:
        """Whether the record goes to the rejects."""
        return self.path is None


@dataclass(slots=True)
class Counts:
    """How many records came in and what became of them: harvested = exported + rejected + withheld, always."""

    harvested: int = 0
    exported: int = 0
    rejected: int = 0
    withheld: int = 0
    warnings: int = 0
    statements: int = 0

    def add(self, other: Counts) -> None:
        """Count another partition in."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def count(self, judged: Judged) -> None:
        """Count one record."""
        self.harvested += 1
        self.rejected += judged.refused
        self.exported += judged.entry is not None
        self.withheld += not judged.refused and judged.entry is None
        self.warnings += 0 if judged.refused else len(judged.faults)
        self.statements += judged.entry.statements if judged.entry else 0

    @property
    def balanced(self) -> bool:
        """Whether nothing was lost."""
        return self.harvested == self.exported + self.rejected + self.withheld


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one partition: counts, runs, and files with the sightings, rejects and warnings."""

    counts: Counts
    runs: tuple[Run, ...]
    sightings: Path
    rejects: Path
    warnings: Path


def public(release: Release, now: datetime) -> bool:
    """Whether a release may appear in anything public: not withheld, and no embargo that has not ended.

    An embargo without an end holds until the record says otherwise.
    """
    if release.status == "withheld":
        return False
    embargo = release.embargo
    return embargo is None or release.status == "canceled" or (embargo.until is not None and embargo.until <= now)


def rejection(faults: Sequence[RecordError], raw: object) -> bytes:
    """One line of rejects.jsonl: where, what and why, and the record as it came."""
    first = faults[0]
    told = [{"field": one.field, "line": one.place.line, "reason": one.reason} for one in faults]
    shown = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
    row = {"file": first.place.file, "line": first.place.line, "faults": told, "record": shown}
    return orjson.dumps(row, option=orjson.OPT_NON_STR_KEYS, default=str) + b"\n"


class Worker:
    """Everything a process needs to encode records of one archive, made once and used for every partition."""

    def __init__(self, archive: Archive, task: Task) -> None:
        self._archive, self._task = archive, task
        self._mapping = Mapping.load(archive)
        setting = Setting(self._mapping.files.prefixes, context_of(self._mapping.files), archive)
        self.serializers: dict[str, Serializer] = {name: FORMATS[name].serializer(setting) for name in task.formats}

    @property
    def files(self) -> Files:
        """The mapping files behind the descriptions."""
        return self._mapping.files

    def run(self, partition: Partition, name: str) -> Outcome:
        """Work through one partition; its files are named after `name`."""
        counts, sightings, warnings = Counts(), list[Sighting](), list[str]()
        writer = RunWriter(self._task.runs, name, self._task.run_bytes)
        paths = [self._task.runs / f"{name}.{kind}" for kind in ("sightings", "rejects", "warnings")]
        with paths[1].open("wb") as rejects:
            for judged in self.judge(partition):
                counts.count(judged)
                if judged.path is not None:
                    sightings.append(Sighting(judged.path, str(judged.place), judged.entry is not None))
                if judged.entry is not None:
                    writer.add(judged.entry)
                if judged.refused:
                    rejects.write(rejection(judged.faults, judged.raw))
                else:
                    warnings.extend(f"{fault}\n" for fault in judged.faults)
        writer.flush()
        write_sightings(paths[0], sightings)
        paths[2].write_bytes("".join(warnings).encode())
        return Outcome(counts, tuple(writer.runs), *paths)

    def judge(self, partition: Partition) -> Iterator[Judged]:
        """What becomes of each record of a partition, in its order."""
        for harvested in harvest(self._archive, partition):
            yield self._judged(harvested)

    def _judged(self, harvested: Harvested) -> Judged:
        release, place, raw = harvested.release, harvested.place, harvested.raw
        if release is None:
            return Judged(place, None, None, tuple(harvested.faults), raw)
        try:
            description = self.describe(release)
            entry = self.encode(description, place) if public(release, self._task.now) else None
        except Undescribable as error:
            faults = (RecordError(harvested.place_of(field), field, reason) for field, reason in error.faults)
            return Judged(place, None, None, tuple(faults), raw)
        except RecordError as error:  # a format asks for more than the record has
            fault = RecordError(harvested.place_of(error.field), error.field, error.reason)
            return Judged(place, None, None, (fault,), raw)
        warnings = (
            RecordError(harvested.place_of(field), field, why, "warning") for field, why in description.warnings
        )
        return Judged(place, release.path, entry, tuple(warnings), raw)

    def describe(self, release: Release) -> Description:
        """The description of a release. Raises Undescribable."""
        return self._mapping.describe(release)

    def describe_shared(self, shared: Shared) -> Description:
        """The description of something releases share."""
        return self._mapping.describe_shared(shared)

    def encode(self, description: Description, place: Place) -> Entry:
        """A description in every format."""
        release = description.release
        assert release is not None  # noqa: S101 - only releases are encoded as entries
        pieces = [serializer.encode(description) for serializer in self.serializers.values()]
        entry = entry_of(description, pieces, (release.year, release.path, str(place)))
        days = [day.isoformat()[:10] for day in (release.issued, release.modified) if day]
        days += [change.at.isoformat()[:10] for change in release.changes]
        return entry._replace(language=release.language, days=days)


def entry_of(description: Description, pieces: Sequence[Piece], where: tuple[str, str, str]) -> Entry:
    """A description and its pieces as an entry; `where` are its shard, its path and its place."""
    shard, path, place = where
    return Entry(
        shard,
        description.key,
        path,
        description.subject.value,
        place,
        "",
        [],
        sum(len(node.pairs) for node in description.nodes),
        sorted((shared.kind, shared.key) for shared in description.shared),
        [piece.prefixes for piece in pieces],
        [piece.path for piece in pieces],
        [(index, other.path, other.media_type) for index, piece in enumerate(pieces) for other in piece.others],
        [piece.data for piece in pieces] + [other.data for piece in pieces for other in piece.others],
    )
