"""From sorted runs to the files of the dump: one merge per shard writes every format, part by part."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, Self

from lod.dump.canonical import CanonicalGraph
from lod.dump.facts import Facts
from lod.dump.packing import SUFFIXES
from lod.dump.runs import heads, merged
from lod.dump.sink import Sink, write_whole
from lod.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lod.dump.packing import Packing
    from lod.dump.runs import Entry, Slice
    from lod.formats import Format
    from lod.formats.base import Serializer

__all__ = ["CANONICAL", "HASHES", "Dumped", "Part", "Shard", "shard_file", "write_shard"]

CANONICAL = "ntriples"  # the format whose pieces are the canonical form of the graph
HASHES = "hashes"


class Dumped(NamedTuple):
    """One file of the dump: what the manifest says of it."""

    path: str
    media_type: str
    bytes: int
    sha256: str
    unpacked_bytes: int | None
    unpacked_sha256: str | None
    records: int | None
    statements: int | None
    graph: str | None = None


class Shard(NamedTuple):
    """A written shard: its files, and what is in them."""

    files: list[Dumped]
    facts: Facts


def shard_file(form: Format, shard: str, packing: Packing) -> str:
    """The path of a shard's file in the dump: a folder for each format, since some archives refuse equal basenames."""
    return f"{form.name}/{shard}{form.suffix}{SUFFIXES[packing.compression]}"


class Part:
    """A part of a shard, written in every format at once, with its graph hash and those of its records."""

    def __init__(self, name: str, serializers: Mapping[str, Serializer], packing: Packing) -> None:
        self._name, self._packing = name, packing
        self._serializers = list(serializers.values())
        self._formats = [FORMATS[form] for form in serializers]
        self._graph = CanonicalGraph(packing.folder) if CANONICAL in serializers else None
        self._sinks: dict[int, Sink] = {}
        self._hashes: list[str] = []
        self._items: list[Dumped] = []
        self._count = self._statements = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._graph:
            self._graph.close()

    def begin(self, stack: ExitStack, prefixes: Sequence[Iterable[str]]) -> None:
        """Open the files; `prefixes` are those used, by format."""
        for index, form in enumerate(self._formats):
            if not form.items:
                path = self._packing.folder / shard_file(form, self._name, self._packing)
                sink = Sink(path, compression=self._packing.compression, durable=False)
                self._sinks[index] = stack.enter_context(sink)
                sink.write(self._serializers[index].begin(prefixes[index]))

    def write(self, entry: Entry) -> None:
        """Write one description."""
        for index, form in enumerate(self._formats):
            sink, data = self._sinks.get(index), entry.pieces[index]
            if sink is None:
                self._item(f"{form.name}/{entry.files[index]}", form.media_type, data, 1)
                continue
            if self._count:
                sink.write(self._serializers[index].between())
            sink.write(data)
            if self._graph and form.name == CANONICAL:
                self._hashes.append(f"{self._graph.add(data)}  {entry.subject}\n")
        for data, (index, path, media_type) in zip(entry.pieces[len(self._formats) :], entry.others, strict=True):
            # A picture, or the same release in another mark-up: the record was counted with its own file.
            self._item(f"{self._formats[index].name}/{path}", media_type, data, 0)
        self._count += 1
        self._statements += entry.statements

    def _item(self, path: str, media_type: str, data: bytes, records: int) -> None:
        measured = write_whole(self._packing.folder / path, data, durable=False)
        self._items.append(Dumped(path, media_type, *measured, records, None))

    def finish(self) -> None:
        """Write the tails; the files have their names once the stack is left."""
        for index, sink in self._sinks.items():
            sink.write(self._serializers[index].finish())

    def dumped(self, facts: Facts) -> list[Dumped]:
        """What was written, once the files have their names; what is in the graph is added to the facts."""
        if self._graph:
            self._graph.count(facts)
        graph = self._graph.hexdigest() if self._graph else None
        files = [
            Dumped(
                shard_file(self._formats[index], self._name, self._packing),
                self._formats[index].media_type,
                *sink.measured,
                self._count,
                self._statements,
                graph,
            )
            for index, sink in self._sinks.items()
        ]
        return files + self._items + ([self._sidecar()] if graph else [])

    def _sidecar(self) -> Dumped:
        """The graph hash of every record, in a file that people can read."""
        path = f"{HASHES}/{self._name}.txt"
        measured = write_whole(self._packing.folder / path, "".join(self._hashes).encode(), durable=False)
        return Dumped(path, "text/plain", *measured, None, None)


def write_shard(
    shard: str,
    slices: Sequence[Slice],
    serializers: Mapping[str, Serializer],
    packing: Packing,
    refused: frozenset[str],
) -> Shard:
    """Write one shard in all formats, without the refused paths; a shard of many records is cut into parts."""
    count = sum(one.records for one in slices)
    if refused:
        count = sum(entry.path not in refused for entry in heads(slices))
    parts = -(-count // packing.part_records)
    entries = _kept(merged(slices), refused)
    used = _prefixes(slices, refused, packing.part_records if parts > 1 or refused else 0)
    files: list[Dumped] = []
    facts = Facts()
    for number in range(1, parts + 1):
        name = f"{shard}-{number}" if parts > 1 else shard
        with Part(name, serializers, packing) as part:
            _write_part(part, islice(entries, packing.part_records), next(used), facts)
            files += part.dumped(facts)
    return Shard(files, facts)


def _write_part(part: Part, entries: Iterator[Entry], prefixes: Sequence[Iterable[str]], facts: Facts) -> None:
    with ExitStack() as stack:
        part.begin(stack, prefixes)
        for entry in entries:
            facts.count(entry)
            part.write(entry)
        part.finish()


def _kept(entries: Iterator[Entry], refused: frozenset[str]) -> Iterator[Entry]:
    return (entry for entry in entries if entry.path not in refused)


def _prefixes(slices: Sequence[Slice], refused: frozenset[str], part_records: int) -> Iterator[list[list[str]]]:
    """The prefixes that each part uses, by format: as the runs noted for the whole, or counted record by record."""
    if not part_records:
        yield [sorted(set().union(*sets)) for sets in zip(*(one.prefixes for one in slices), strict=True)]
        return
    entries = _kept(heads(slices), refused)
    while part := list(islice(entries, part_records)):
        yield [sorted(set().union(*sets)) for sets in zip(*(entry.prefixes for entry in part), strict=True)]
