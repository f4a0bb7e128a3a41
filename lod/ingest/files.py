"""Files get their name only when they are whole."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from lod.errors import OutputError

__all__ = ["put", "put_once", "settle"]


def put(path: Path, data: bytes) -> None:
    """Write a file under a temporary name beside it and rename it; `settle` makes it last. Raises OutputError."""
    # The name holds the process, since two may store the same source at once.
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            _write(draft, data)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(draft, data)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise OutputError(str(path), (error.strerror or str(error)).lower()) from None


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)


def put_once(path: Path, data: bytes) -> None:
    """Write a file that is named by its content; where it is, as long as it should be, it is right."""
    if not path.exists() or path.stat().st_size != len(data):
        put(path, data)


def settle(paths: Iterable[Path]) -> None:
    """Wait until files are on the disk. Many at once cost little more than one. Raises OutputError."""
    for path in paths:
        try:
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise OutputError(str(path), (error.strerror or str(error)).lower()) from None
