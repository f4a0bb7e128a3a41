"""Where the files of a dump are built, and how they are packed and cut."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

__all__ = ["SUFFIXES", "Compression", "Packing"]

Compression = Literal["none", "gzip", "zstd"]

SUFFIXES: dict[Compression, str] = {"none": "", "gzip": ".gz", "zstd": ".zst"}
"""What the name of a packed file ends in."""


class Packing(NamedTuple):
    """The folder that files are built in, how RDF files are packed, and how many records one of them holds at most."""

    folder: Path
    compression: Compression = "none"
    part_records: int = 10_000
