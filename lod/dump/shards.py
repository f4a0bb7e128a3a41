"""From sorted runs to the files of the dump: one merge per shard writes every format."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple

from lod.dump.runs import merged
from lod.dump.sink import Sink
from lod.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lod.dump.packing import Packing
    from lod.dump.runs import Entry, Run
    from lod.formats import Format
    from lod.formats.base import Piece, Serializer

__all__ = ["Dumped", "Shard", "shard_file", "write_pieces", "write_shard"]


class Dumped(NamedTuple):
    """One file of the dump: what the manifest says of it."""

    path: str
    media_type: str
    bytes: int
    sha256: str
    records: int
    statements: int | None


class Shard(NamedTuple):
    """A written shard: its files, and how many records and statements they hold, and what the records share."""

    files: list[Dumped]
    records: int
    statements: int
    shared: set[tuple[str, str]]


def shard_file(form: Format, shard: str, packing: Packing) -> str:
    """The path of a shard's file in the dump: a folder for each format, since some archives refuse equal basenames."""
    return f"{form.name}/{shard}{form.suffix}{'.gz' if packing.gzip else ''}"


class _ShardFile:
    """A file of many records in one format."""

    def __init__(self, form: Format, serializer: Serializer, shard: str, packing: Packing) -> None:
        self.form, self._serializer = form, serializer
        self.path = shard_file(form, shard, packing)
        self.sink = Sink(packing.folder / self.path, gzip=packing.gzip, durable=False)
        self._records = self._statements = 0

    def begin(self, prefixes: Iterable[str]) -> None:
        self.sink.write(self._serializer.begin(prefixes))

    def write(self, data: bytes, statements: int) -> None:
        if self._records:
            self.sink.write(self._serializer.between())
        self.sink.write(data)
        self._records += 1
        self._statements += statements

    def finish(self) -> None:
        self.sink.write(self._serializer.finish())

    def dumped(self) -> Dumped:
        return Dumped(self.path, self.form.media_type, *self.sink.measured, self._records, self._statements)


def write_shard(
    shard: str, runs: Sequence[Run], serializers: Mapping[str, Serializer], packing: Packing, refused: frozenset[str]
) -> Shard:
    """Write one shard in all formats, without the refused paths."""
    names = list(serializers)
    files: list[Dumped] = []
    shared: set[tuple[str, str]] = set()
    records = statements = 0
    with ExitStack() as stack:
        shards = {
            index: _ShardFile(FORMATS[name], serializers[name], shard, packing)
            for index, name in enumerate(names)
            if not FORMATS[name].items
        }
        for index, file in shards.items():
            stack.enter_context(file.sink)
            file.begin(_prefixes(runs, shard, index, refused))
        for entry in _kept(runs, shard, refused):
            records += 1
            statements += entry.statements
            shared.update((kind, key) for kind, key in entry.shared)
            for index, name in enumerate(names):
                if index in shards:
                    shards[index].write(entry.pieces[index], entry.statements)
                else:
                    path, media_type = str(entry.files[index]), FORMATS[name].media_type
                    files.append(_write_item(f"{name}/{path}", media_type, entry.pieces[index], 1, packing))
            for data, (index, path, media_type) in zip(entry.pieces[len(names) :], entry.others, strict=True):
                # A picture, or the same release in another mark-up: the record was counted with its own file.
                files.append(_write_item(f"{names[index]}/{path}", media_type, data, 0, packing))
        for file in shards.values():
            file.finish()
    return Shard([file.dumped() for file in shards.values()] + files, records, statements, shared)


def write_pieces(
    form: Format, serializer: Serializer, shard: str, pieces: Sequence[tuple[Piece, int]], packing: Packing
) -> Dumped:
    """Write a shard of what releases share, whose pieces are at hand with their statement counts."""
    file = _ShardFile(form, serializer, shard, packing)
    with file.sink:
        file.begin(sorted({prefix for piece, _ in pieces for prefix in piece.prefixes}))
        for piece, statements in pieces:
            file.write(piece.data, statements)
        file.finish()
    return file.dumped()


def _kept(runs: Sequence[Run], shard: str, refused: frozenset[str]) -> Iterator[Entry]:
    return (entry for entry in merged(runs, shard) if entry.path not in refused)


def _prefixes(runs: Sequence[Run], shard: str, index: int, refused: frozenset[str]) -> list[str]:
    """The prefixes that a shard uses: as the runs noted, or counted anew where records were refused since."""
    if refused:
        return sorted({prefix for entry in _kept(runs, shard, refused) for prefix in entry.prefixes[index]})
    return sorted({prefix for run in runs if shard in run.prefixes for prefix in run.prefixes[shard][index]})


def _write_item(path: str, media_type: str, data: bytes, records: int, packing: Packing) -> Dumped:
    with Sink(packing.folder / path, durable=False) as sink:
        sink.write(data)
    return Dumped(path, media_type, *sink.measured, records, None)
