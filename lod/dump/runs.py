"""Runs: sorted files of encoded records, the bridge between the workers that encode and the merge that writes.

A run holds entries sorted by shard and key. An entry is a line of JSON (its head) and then the bytes of each format,
as long as the head says. Runs are temporary, live in a private folder, and only the processes of one export read them.
"""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass
from hashlib import blake2b
from os import SEEK_CUR
from typing import TYPE_CHECKING, NamedTuple

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path


__all__ = ["Entry", "Run", "RunWriter", "Sighting", "heads", "merged", "repeated", "seen", "write_sightings"]


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


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run: its file, where the entries of each shard begin and end, and how many they are."""

    file: Path
    spans: dict[str, tuple[int, int]]
    counts: dict[str, int]
    prefixes: dict[str, tuple[tuple[str, ...], ...]]


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
    spans: dict[str, tuple[int, int]] = {}
    counts: Counter[str] = Counter()
    used: dict[str, list[set[str]]] = {}
    at = 0
    with file.open("wb", buffering=1 << 18) as sink:
        for entry in entries:
            start = at
            head = (*entry[:-1], [len(piece) for piece in entry.pieces])
            at += sink.write(orjson.dumps(head) + b"\n")
            for piece in entry.pieces:
                at += sink.write(piece)
            spans[entry.shard] = (spans.get(entry.shard, (start, 0))[0], at)
            counts[entry.shard] += 1
            sets = used.setdefault(entry.shard, [set() for _ in entry.prefixes])
            for have, more in zip(sets, entry.prefixes, strict=True):
                have.update(more)
    prefixes = {shard: tuple(tuple(sorted(one)) for one in sets) for shard, sets in used.items()}
    return Run(file, spans, dict(counts), prefixes)


def _read_shard(run: Run, shard: str, *, whole: bool) -> Iterator[Entry]:
    """The entries of one shard of a run, in order; their heads only unless they are wanted whole."""
    start, end = run.spans[shard]
    with run.file.open("rb", buffering=1 << 16) as source:
        source.seek(start)
        while source.tell() < end:
            *head, sizes = orjson.loads(source.readline())
            if whole:
                yield Entry._make([*head, [source.read(size) for size in sizes]])
            else:
                source.seek(sum(sizes), SEEK_CUR)
                yield Entry._make([*head, []])


def merged(runs: Sequence[Run], shard: str) -> Iterator[Entry]:
    """The entries of one shard of all runs, in the order of their keys, whatever runs they came from."""
    return _merged(runs, shard, whole=True)


def heads(runs: Sequence[Run], shard: str) -> Iterator[Entry]:
    """The same entries without their pieces."""
    return _merged(runs, shard, whole=False)


def _merged(runs: Sequence[Run], shard: str, *, whole: bool) -> Iterator[Entry]:
    sources = [_read_shard(run, shard, whole=whole) for run in runs if shard in run.spans]
    return heapq.merge(*sources, key=lambda entry: entry.order)


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
