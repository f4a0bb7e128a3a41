"""One step of `changes/`: the folder with the patch, the list of records and the sentences of one change."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from lod.change.edition import CHANGES
from lod.change.listing import Entry, Tally, line_of, read_line
from lod.change.patch import CLOSING, Written, opening, rows_by_entry
from lod.change.reading import File
from lod.change.sentence import LANGUAGES, sentences
from lod.dump.packing import SUFFIXES
from lod.dump.shards import Dumped
from lod.dump.sink import Sink, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from lod.dump.packing import Packing

__all__ = ["Step", "StepWriter", "is_update", "kept_records"]

_HEAD, _LIST, _UPDATE = "change.json", "records.jsonl", "clear.ru"
_PATCH = {False: "patch.rdfp", True: "quads.rdfp"}  # whether a record is in a graph of its own
_TYPES = {
    "change.json": "application/json",
    "records.jsonl": "application/jsonl",
    "clear.ru": "application/sparql-update",
    "patch.rdfp": "application/rdf-patch",
    "quads.rdfp": "application/rdf-patch",
}


class Step(NamedTuple):
    """A change as its change.json has it: its number, the states it leads from and to, and how much it took.

    `cleared`: rows were taken out of it later, so that it alone does not lead to the state any more.
    """

    sequence: int
    before: dict[str, Any]
    after: dict[str, Any]
    counts: dict[str, int]
    cleared: bool = False

    @classmethod
    def of(cls, row: dict[str, Any]) -> Step:
        """A step from its JSON. Raises KeyError."""
        return cls(row["sequence"], row["from"], row["to"], row["counts"], row.get("cleared", False))

    @property
    def folder(self) -> str:
        """Where its files are in the dump."""
        return f"{CHANGES}/{self.sequence:06d}"

    def plain(self) -> dict[str, Any]:
        """The step ready for JSON."""
        row = {"sequence": self.sequence, "from": self.before, "to": self.after, "counts": self.counts}
        return {**row, "cleared": True} if self.cleared else row


class StepWriter:
    """Writes the files of a step into a staged dump; `graphs`: also for stores with a graph for each record."""

    def __init__(self, packing: Packing, *, graphs: bool) -> None:
        self._packing = packing
        self._kinds = [False, True] if graphs else [False]
        self.files: list[Dumped] = []

    def write(self, step: Step, records: Iterable[Written]) -> Step:
        """Write a step; it comes back with its counts."""
        tally = Tally()
        with ExitStack() as stack:
            listed = stack.enter_context(self._sink(step, _LIST))
            patches = [stack.enter_context(self._sink(step, _PATCH[kind], packed=True)) for kind in self._kinds]
            update = None
            for sink in patches:
                sink.write(opening(step.after["iri"], step.before["iri"]))
            for one in records:
                listed.write(line_of(tally.add(one.entry)))
                for sink, kind in zip(patches, self._kinds, strict=True):
                    sink.write(b"".join(one.quads if kind else one.rows))
                if one.update:
                    update = update or stack.enter_context(self._sink(step, _UPDATE))
                    update.write(one.update)
            for sink in patches:
                sink.write(CLOSING)
        step = step._replace(counts=tally.counts)
        for sink in (listed, *patches, *([update] if update else [])):
            self._note(sink)
        self._sentences(step)
        head = self._packing.folder / step.folder / _HEAD
        self._file(head, orjson.dumps(step.plain(), option=orjson.OPT_INDENT_2) + b"\n", _TYPES[_HEAD])
        return step

    def _sink(self, step: Step, name: str, *, packed: bool = False) -> Sink:
        compression = self._packing.compression if packed else "none"
        path = self._packing.folder / step.folder / (name + SUFFIXES[compression])
        return Sink(path, compression=compression, durable=False)

    def _note(self, sink: Sink) -> None:
        path = sink.path.relative_to(self._packing.folder).as_posix()
        media_type = next(kind for name, kind in _TYPES.items() if sink.path.name.startswith(name))
        self.files.append(Dumped(path, media_type, *sink.measured, None, None))

    def _sentences(self, step: Step) -> None:
        listed = self._packing.folder / step.folder / _LIST
        for language in LANGUAGES:
            path = self._packing.folder / step.folder / f"{language}.txt"
            with Sink(path, durable=False) as sink, listed.open("rb") as file:
                for sentence in sentences(map(read_line, file), language):
                    sink.write(f"{sentence}\n".encode())
            name = path.relative_to(self._packing.folder).as_posix()
            self.files.append(Dumped(name, "text/plain", *sink.measured, None, None))

    def _file(self, path: Path, data: bytes, media_type: str) -> None:
        name = path.relative_to(self._packing.folder).as_posix()
        self.files.append(Dumped(name, media_type, *write_whole(path, data, durable=False), None, None))


def is_update(path: str) -> bool:
    """Whether a file of a step says what has to go before its patch."""
    return path.endswith(f"/{_UPDATE}")


def kept_records(out: Path, step: Step, cleared: frozenset[str]) -> Iterator[Written] | None:
    """The records of an earlier step without those of releases whose text has to go; None where it has none of them.

    Raises Damaged or ValueError where it cannot be read.
    """
    folder = out / step.folder
    with (folder / _LIST).open("rb") as file:
        if not any(entry.iri in cleared and not entry.cleared for entry in map(read_line, file)):
            return None
    return _kept(folder, cleared)


def _kept(folder: Path, cleared: frozenset[str]) -> Iterator[Written]:
    patch = next(path for path in sorted(folder.iterdir()) if path.name.startswith(_PATCH[False]))
    with (folder / _LIST).open("rb") as listed, File(patch, _TYPES[_PATCH[False]], "").opened() as rows:
        entries: Iterator[Entry] = map(read_line, listed)
        for entry, its in rows_by_entry(rows, entries):
            if entry.iri in cleared:
                yield Written(entry.without_text(), [], b"")
            else:
                yield Written(entry, its, b"")
