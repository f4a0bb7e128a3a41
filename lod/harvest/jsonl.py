"""JSON Lines: one record a line; blank lines are none."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader

from lod.harvest.partition import Partition
from lod.harvest.record import Harvested, Judge
from lod.source import Source

__all__ = ["read"]

_BOM = b"\xef\xbb\xbf"
_SHOWN = 1000


def read(stream: BufferedReader, source: Source, judge: Judge, partition: Partition) -> Iterator[Harvested]:
    """The records of a file, or of a range of its bytes."""
    longest, position, number = source.longest, partition.start, partition.line
    if position:
        stream.seek(position)
    while (not partition.end or position < partition.end) and (line := stream.readline(longest + 1)):
        position += len(line)
        if len(line) > longest and not line.endswith(b"\n"):
            position += _skip(stream, longest)
            yield judge.broken(number, f"longer than {longest} bytes; raise `longest` of the source", line[:_SHOWN])
        elif not line.isspace():
            yield judge.line(number, line.removeprefix(_BOM) if number == 1 else line)
        number += 1


def _skip(stream: BufferedReader, size: int) -> int:
    """Pass over the rest of a line; how many bytes that was."""
    skipped = 0
    while line := stream.readline(size):
        skipped += len(line)
        if line.endswith(b"\n"):
            break
    return skipped
