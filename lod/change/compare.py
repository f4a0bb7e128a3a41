"""Which records differ between two editions, each with its statements before and after."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from lod.sorting import Sorter

if TYPE_CHECKING:
    from lod.change.edition import Edition, Shard
    from lod.change.reading import Lines

__all__ = ["Difference", "Side", "compare"]


class Side(NamedTuple):
    """A record in one of two editions: its graph hash, its statements, and in what kind of shard it stands."""

    digest: str
    lines: Lines
    shared: bool = False
    deleted: bool = False


class Difference(NamedTuple):
    """A record that is not the same graph in two editions; None on the side where it is missing."""

    iri: str
    before: Side | None
    after: Side | None


def compare(old: Edition, new: Edition, *, gone: bool = False) -> Iterator[Difference]:
    """The records that differ, by their IRIs. One that only moved to another shard is no difference.

    `gone`: only those that the new edition does not have. Raises Damaged where an edition cannot be read.
    """
    sides = (old, new)
    same = old.lists & new.lists
    with Sorter() as rows, Sorter() as wanted, Sorter() as lines:
        for side, edition in enumerate(sides):
            for number, shard in enumerate(edition.shards):
                if shard.hashes is None or (shard.name, shard.hashes.sha256) not in same:
                    rows.add(
                        b"%b\t%b\t%d\t%06d\t%09d\n" % (row.iri, row.digest, side, number, at)
                        for at, row in enumerate(edition.rows(shard))
                    )
        for one in _changed(rows, gone=gone):
            wanted.add(b"%b\t%b\t%b\t%b\n" % (side, number, at, digest) for digest, side, number, at in one)
        for (side, number), group in groupby(_fields(wanted), key=lambda row: (int(row[0]), int(row[1]))):
            shard = sides[side].shards[number]
            lines.add(_tagged(sides[side], shard, side, ((int(row[2]), row[3].rstrip(b"\n")) for row in group)))
        yield from _differences(lines)


def _fields(lines: Sorter) -> Iterator[list[bytes]]:
    return (line.split(b"\t") for line in lines.lines())


def _changed(rows: Sorter, *, gone: bool) -> Iterator[list[tuple[bytes, bytes, bytes, bytes]]]:
    """Of each IRI whose hashes are not the same on both sides: hash, side, shard and place of each."""
    for _, group in groupby(_fields(rows), key=lambda row: row[0]):
        found = [(row[1], row[2], row[3], row[4].rstrip(b"\n")) for row in group]
        hashes: tuple[set[bytes], set[bytes]] = (set(), set())
        for one in found:
            hashes[int(one[1])].add(one[0])
        if hashes[0] != hashes[1] and not (gone and hashes[1]):
            yield found


def _tagged(edition: Edition, shard: Shard, side: int, wanted: Iterator[tuple[int, bytes]]) -> Iterator[bytes]:
    """The statements of the records at these places of a shard, each after the IRI, the side and the hash."""
    kind = b"s" if shard.shared else b"d" if shard.deleted else b"r"
    place, digest = next(wanted, (-1, b""))
    for at, (iri, lines) in enumerate(edition.records(shard)):
        if at == place:
            head = b"%b\t%d\t%b\t%b\t" % (iri, side, digest, kind)
            yield from (head + line for line in lines)
            place, digest = next(wanted, (-1, b""))
        if place < 0:
            return


def _differences(lines: Sorter) -> Iterator[Difference]:
    for iri, group in groupby(lines.lines(), key=lambda line: line[: line.index(b"\t")]):
        sides: list[Side | None] = [None, None]
        for side, rest in groupby((line.split(b"\t", 4) for line in group), key=lambda row: int(row[1])):
            found = list(rest)
            digest, kind = found[0][2], found[0][3]
            sides[side] = Side(digest.decode(), [row[4] for row in found], kind == b"s", kind == b"d")
        yield Difference(iri.decode(), *sides)
