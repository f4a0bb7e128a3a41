"""Runs: sorted files of encoded records, the bridge between the workers that encode and the merge that writes.

A run holds entries sorted by shard and key. An entry is a line of JSON (its head) and then the bytes of each format,
as long as the head says. Runs are temporary, live in a private folder, and only the processes of one export read them.
"""

from __future__ import annotations

import heapq
from hashlib import blake2b
from itertools import groupby
from os import SEEK_CUR
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

__all__ = ["Entry", "Run", "RunWriter", "Sighting", "Slice", "heads", "merged", "repeated", "seen", "write_sightings"]


class Entry(NamedTuple):
    """One record, encoded.

    `pieces` are its bytes by format in the order of the export's formats, then those of `others`: the further files
    that formats of items gave it, each with the number of its format, its path and its media type.
    """

    shard: str
    key: str
    path: str
    subject: str
    place: str
    language: str
    days: list[str]
    statements: int
    shared: list[tuple[str, str]]
    prefixes: list[tuple[str, ...]]
    files: list[str | None]
    others: list[tuple[int, str, str]]
    pieces: list[bytes]

    @property
    def order(self) -> tuple[str, str, str]:
        """Where it stands in its shard; two paths may have one key (15 and 015), and a path may come twice."""
        return self.key, self.path, self.place

    def fingerprint(self) -> int:
        """A digest of 256 bits of all but the place: where a record stands changes nothing in the dump."""
        sizes = [len(piece) for piece in self.pieces]
        digest = blake2b(orjson.dumps((*self[:4], *self[5:-1], sizes)), digest_size=32)
        for piece in self.pieces:
            digest.update(piece)
        return int.from_bytes(digest.digest(), "big")


class Slice(NamedTuple):
    """The entries of one shard in a run: its file, from which byte to which, how many, and by format the prefixes."""

    file: Path
    start: int
    end: int
    records: int
    prefixes: tuple[tuple[str, ...], ...]


Run = dict[str, Slice]
"""A finished run: its slices by shard."""


class RunWriter:
    """Collects entries and writes them as sorted runs, a new one whenever `limit` bytes have come together."""

    def __init__(self, folder: Path, name: str, limit: int) -> None:
        self._folder, self._name, self._limit = folder, name, limit
        self._entries: list[Entry] = []
        self._size = 0
        self.runs: list[Run] = []
        self.sums: dict[str, int] = {}

    def add(self, entry: Entry) -> None:
        """Take one entry. `sums` has, for each shard, the sum of the fingerprints of its entries."""
        self.sums[entry.shard] = (self.sums.get(entry.shard, 0) + entry.fingerprint()) % (1 << 256)
        self._entries.append(entry)
        self._size += sum(map(len, entry.pieces)) + 300
        if self._size >= self._limit:
            self.flush()

    def flush(self) -> None:
        """Write what has come together."""
        if not self._entries:
            return
        self._entries.sort(key=lambda entry: (entry.shard, *entry.order))
        file = self._folder / f"{self._name}-{len(self.runs)}.run"
        self.runs.append(write_run(file, self._entries))
        self._entries.clear()
        self._size = 0


def write_run(file: Path, entries: Iterable[Entry]) -> Run:
    """Write entries that are already sorted."""
    run: Run = {}
    at = 0
    with file.open("wb", buffering=1 << 18) as sink:
        for shard, group in groupby(entries, key=lambda entry: entry.shard):
            start, count, used = at, 0, list[set[str]]()
            for entry in group:
                at += _write(sink, entry)
                count += 1
                used = used or [set() for _ in entry.prefixes]
                for have, more in zip(used, entry.prefixes, strict=True):
                    have.update(more)
            run[shard] = Slice(file, start, at, count, tuple(tuple(sorted(one)) for one in used))
    return run


def _write(sink: BinaryIO, entry: Entry) -> int:
    """Write an entry; how many bytes that were."""
    head = (*entry[:-1], [len(piece) for piece in entry.pieces])
    return sink.write(orjson.dumps(head) + b"\n") + sum(map(sink.write, entry.pieces))


def _read(part: Slice, *, whole: bool) -> Iterator[Entry]:
    """The entries of a slice, in order; their heads only unless they are wanted whole."""
    with part.file.open("rb", buffering=1 << 16) as source:
        source.seek(part.start)
        while source.tell() < part.end:
            *head, sizes = orjson.loads(source.readline())
            if whole:
                yield Entry._make([*head, [source.read(size) for size in sizes]])
            else:
                source.seek(sum(sizes), SEEK_CUR)
                yield Entry._make([*head, []])


def merged(slices: Iterable[Slice]) -> Iterator[Entry]:
    """The entries of all slices of a shard, in the order of their keys, whatever runs they came from."""
    return _merged(slices, whole=True)


def heads(slices: Iterable[Slice]) -> Iterator[Entry]:
    """The same entries without their pieces."""
    return _merged(slices, whole=False)


def _merged(slices: Iterable[Slice], *, whole: bool) -> Iterator[Entry]:
    return heapq.merge(*(_read(one, whole=whole) for one in slices), key=lambda entry: entry.order)


class Sighting(NamedTuple):
    """That a record with this path stands at this place, whether it is public, and in which shard it then is."""

    path: str
    place: str
    public: bool
    shard: str = ""


def write_sightings(file: Path, sightings: Iterable[Sighting]) -> None:
    """Write sightings sorted by path, one a line."""
    with file.open("wb") as sink:
        for one in sorted(sightings):
            sink.write(orjson.dumps(tuple(one)) + b"\n")


def repeated(files: Sequence[Path]) -> dict[str, list[Sighting]]:
    """The paths that occur more than once in all files of sightings, with each sighting; memory only for those."""
    found: dict[str, list[Sighting]] = {}
    last: Sighting | None = None
    for one in seen(files):
        if last is not None and one.path == last.path:
            found.setdefault(one.path, [last]).append(one)
        last = one
    return found


def seen(files: Sequence[Path]) -> Iterator[Sighting]:
    """All sightings, sorted."""
    return heapq.merge(*map(_sightings, files))


def _sightings(file: Path) -> Iterator[Sighting]:
    with file.open("rb") as source:
        for line in source:
            yield Sighting(*orjson.loads(line))
