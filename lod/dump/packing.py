"""Where the files of a dump are built, and how they are packed."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

__all__ = ["Packing"]


class Packing(NamedTuple):
    """The folder that files are built in, and whether RDF files are packed with gzip."""

    folder: Path
    gzip: bool
