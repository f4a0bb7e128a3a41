"""Lock: a file that one process holds at a time, and that tells the next one who that is."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

from lod.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["locked"]

_STEP = 0.1  # seconds between two looks at a lock


@contextmanager
def locked(path: Path, what: str, doing: str, wait: float = 0) -> Iterator[None]:
    """Hold a file for this process. Raises OutputError, naming `what` and its holder, after so many seconds.

    `doing` stands before the holder in the message: "is being written by". The lock is the system's own: it ends with
    the process, however that ends, and a file left behind holds nothing.
    """
    end = time.monotonic() + wait
    while (file := _held(path)) is None:
        if time.monotonic() >= end:
            raise OutputError(what, f"{doing} {_holder(path)}")
        time.sleep(_STEP)
    with file:
        file.truncate(0)
        file.write(f"process {os.getpid()} on {os.uname().nodename}")
        file.flush()
        yield


def _held(path: Path) -> TextIO | None:
    """The file, locked; None where another process has it."""
    import fcntl  # noqa: PLC0415 - not on every system, and only who writes needs it

    while True:
        file = _opened(path)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return None
        # Its last holder may have removed it after it was opened here: then the name leads to no file, or to another.
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return file
        file.close()


def _opened(path: Path) -> TextIO:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("a+", encoding="utf-8")
    except OSError as error:
        raise OutputError(str(path), f"cannot be written: {error.strerror}") from None


def _holder(path: Path) -> str:
    told = ""
    with suppress(OSError):
        told = path.read_text(encoding="utf-8", errors="replace").strip()
    return told or "another process"
