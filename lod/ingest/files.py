"""Files get their name only when they are whole."""

from __future__ import annotations

import os
from pathlib import Path

from lod.errors import OutputError

__all__ = ["put", "put_once"]


def put(path: Path, data: bytes) -> None:
    """Write a file under a temporary name beside it and rename it. Raises OutputError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # The name holds the process, since two may store the same source at once.
        draft = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            with draft.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(str(path), (error.strerror or str(error)).lower()) from None


def put_once(path: Path, data: bytes) -> None:
    """Write a file that is named by its content; where it is, it is right. Raises OutputError."""
    if not path.exists():
        put(path, data)
