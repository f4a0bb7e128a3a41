"""What one worker does with one partition: harvest, validate, describe, encode; the results are files and counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import orjson

from lod.dump.doubt import doubts
from lod.dump.fingerprint import partition_print
from lod.dump.hidden import related, without, write_names
from lod.dump.life import Life, Row, View, past_prints, write_rows
from lod.dump.packing import Packing
from lod.dump.runs import Entry, Run, RunWriter, Sighting, write_sightings
from lod.dump.watch import Span, Watch
from lod.errors import RecordError
from lod.formats import FORMATS
from lod.formats.base import Setting
from lod.harvest import harvest
from lod.ledger import looking
from lod.mapping import Mapping, Undescribable
from lod.mapping.context import context_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from lod.archive import Archive
    from lod.description import Description, Shared
    from lod.errors import Place
    from lod.formats.base import Piece, Serializer
    from lod.harvest import Harvested, Partition
    from lod.ledger import Ledger
    from lod.mapping.files import Files
    from lod.release import Release

NOTES = ("sightings", "rejects", "warnings", "rows", "names")
"""What is noted of a partition, each in a file of its own."""

__all__ = ["NOTES", "Counts", "Judged", "Outcome", "Task", "Worker", "entry_of", "rejection"]


class Task(NamedTuple):
    """What every process is told: formats by name, the instant embargoes are held against, where runs and files go.

    `view` says whom the dump is for. `ledgers` say what was published before, the first of them in this dump. `hidden`
    are paths that no record may name. `setting` is the fingerprint of what all records depend on.
    """

    formats: tuple[str, ...]
    now: datetime
    runs: Path
    packing: Packing
    run_bytes: int = 24 << 20
    view: View = "public"
    ledgers: tuple[Path, ...] = ()
    hidden: frozenset[str] = frozenset()
    setting: str = ""


class Judged(NamedTuple):
    """What became of one record: refused with faults, or known by its path and (unless withheld) encoded.

    `row` is what the ledger is told, where there is one; `names` are the releases that a public record names.
    """

    place: Place
    path: str | None
    entry: Entry | None
    faults: tuple[RecordError, ...]
    raw: object
    row: Row | None = None
    names: frozenset[str] = frozenset()

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
    """What came of one partition: counts, runs, and files with the sightings, rejects and warnings.

    And files with what the ledger is told, and with the paths that public records name. `span` says when all this
    holds, `past` what each ledger said of the releases, and `sums` which entries are in each shard. `fingerprint` is
    that of what was read, None where it cannot be known. An outcome of an earlier export has no runs.
    """

    counts: Counts
    runs: tuple[Run, ...]
    sightings: Path
    rejects: Path
    warnings: Path
    rows: Path
    names: Path
    span: Span
    past: list[str]
    sums: dict[str, int]
    fingerprint: str | None


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
        if task.view == "embargoed":
            archive = _for_the_press(archive)
        self._archive, self._task = archive, task
        self._mapping = Mapping.load(archive)
        setting = Setting(self._mapping.files.prefixes, context_of(self._mapping.files), archive)
        self.serializers: dict[str, Serializer] = {name: FORMATS[name].serializer(setting) for name in task.formats}

    @property
    def files(self) -> Files:
        """The mapping files behind the descriptions."""
        return self._mapping.files

    def run(self, partition: Partition, name: str, only: Collection[str] | None = None) -> Outcome:
        """Work through one partition, or through what it has for some shards; its files are named after `name`."""
        watch = Watch(self._task.now, only)
        counts, sightings, warnings = Counts(), list[Sighting](), list[str]()
        rows, names = list[Row](), set[str]()
        writer = RunWriter(self._task.runs, name, self._task.run_bytes)
        notes = {kind: self._task.runs / f"{name}.{kind}" for kind in NOTES}
        with looking(self._task.ledgers) as ledgers, notes["rejects"].open("wb") as rejects:
            for judged in self.judge(partition, ledgers, watch.wanted):
                counts.count(judged)
                rows += [judged.row] if judged.row else []
                names |= judged.names
                if judged.path is not None:
                    shard = judged.entry.shard if judged.entry else ""
                    sightings.append(Sighting(judged.path, str(judged.place), judged.entry is not None, shard))
                if judged.entry is not None and watch.takes(judged.entry.shard):
                    writer.add(judged.entry)
                if judged.refused:
                    rejects.write(rejection(judged.faults, judged.raw))
                else:
                    warnings.extend(f"{fault}\n" for fault in judged.faults)
            write_rows(notes["rows"], rows)
            past = past_prints(ledgers, notes["rows"])
        writer.flush()
        write_sightings(notes["sightings"], sightings)
        notes["warnings"].write_bytes("".join(warnings).encode())
        write_names(notes["names"], names)
        read = partition_print(self._archive.root, partition, self._task.setting)
        return Outcome(
            counts, tuple(writer.runs), **notes, span=watch.span, past=past, sums=writer.sums, fingerprint=read
        )

    def judge(
        self,
        partition: Partition,
        ledgers: Sequence[Ledger],
        wanted: Callable[[Harvested], bool] = lambda _: True,
    ) -> Iterator[Judged]:
        """What becomes of each record of a partition that is wanted, in its order."""
        task = self._task
        life = Life(self._archive, task.now, task.view, ledgers, instants="newsml" in self.serializers)
        for harvested in filter(wanted, harvest(self._archive, partition)):
            yield self._judged(harvested, life)

    def _judged(self, harvested: Harvested, life: Life) -> Judged:
        release, place, raw = harvested.release, harvested.place, harvested.raw
        if release is None:
            return Judged(place, None, None, tuple(harvested.faults), raw)
        try:
            description = self.describe(without(release, self._task.hidden))
            left = description.release
            assert left is not None  # noqa: S101 - what is left of a release is one
            # By all that the record says, hidden or not: when another release appears, this one has not changed.
            standing = life.stand(release, self._mapping.left(release))
            description.former = standing.former
            entry = self.encode(description, place) if standing.shown else None
        except Undescribable as error:
            faults = tuple(RecordError(harvested.place_of(field), field, reason) for field, reason in error.faults)
            return Judged(place, None, None, faults, raw, life.refused(release))
        except RecordError as error:  # its life cannot go on so, or a format asks for more than the record has
            fault = RecordError(harvested.place_of(error.field), error.field, error.reason)
            return Judged(place, None, None, (fault,), raw, life.refused(release))
        doubtful = (*description.warnings, *doubts(release, self._archive.config, self._task.now))
        warnings = tuple(RecordError(harvested.place_of(field), field, why, "warning") for field, why in doubtful)
        row = standing.row._replace(items=self._items(entry)) if standing.row and entry else standing.row
        return Judged(place, release.path, entry, warnings, raw, row, frozenset(related(left) if entry else ()))

    def _items(self, entry: Entry) -> list[tuple[str, str]]:
        """The files of the news items of an entry, with their media types."""
        if "newsml" not in self.serializers:
            return []
        index = list(self.serializers).index("newsml")
        others = [(path, media_type) for number, path, media_type in entry.others if number == index]
        return [(str(entry.files[index]), FORMATS["newsml"].media_type), *others]

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


def _for_the_press(archive: Archive) -> Archive:
    """The archive as it speaks to newsrooms, which may see contacts that are for them only."""
    newsml = archive.config.newsml.model_copy(update={"audience": "press"})
    return replace(archive, config=archive.config.model_copy(update={"newsml": newsml}))
