"""A folder of this machine, or one that is mounted here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lod.deliver.store import Parcel
    from lod.deliver.target import Target

__all__ = ["Connection"]


class Connection:
    """A folder, made where it is missing."""

    def __init__(self, target: Target) -> None:
        self._folder = Path(target.path)
        self._folder.mkdir(parents=True, exist_ok=True)

    def put(self, parcel: Parcel, name: str) -> None:
        """Copy a file; its bytes are on the disk when this returns."""
        with parcel.file.open("rb") as source, (self._folder / name).open("wb") as sink:
            while chunk := source.read(1 << 20):
                sink.write(chunk)
            sink.flush()
            os.fsync(sink.fileno())

    def rename(self, old: str, new: str) -> None:
        """Rename a file."""
        (self._folder / old).replace(self._folder / new)

    def size(self, name: str) -> int | None:
        """How large a file is."""
        path = self._folder / name
        return path.stat().st_size if path.exists() else None

    def remove(self, name: str) -> None:
        """Remove a file."""
        (self._folder / name).unlink(missing_ok=True)

    def close(self) -> None:
        """Nothing is open."""
