"""JSON: a file is one record, or a list of them."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader

from lod.harvest.document import records
from lod.harvest.partition import Partition
from lod.harvest.record import Harvested, Judge
from lod.source import Source

__all__ = ["read"]


def read(stream: BufferedReader, source: Source, judge: Judge, _: Partition) -> Iterator[Harvested]:
    """The records of a file."""
    return records(stream, ".json", source, judge)
