"""One export into one folder at a time: whoever comes second is told who holds it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lod.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["holding"]


@contextmanager
def holding(out: Path, name: str = "") -> Iterator[None]:
    """Hold OUT for this process. Raises OutputError, naming the holder, where another one has it.

    `name` is what it is called in messages, where that is not its path.

    The lock is the system's own: it ends with the process, however that ends, and a file left behind holds nothing.
    """
    import fcntl  # noqa: PLC0415 - not on every system, and only an export needs it

    if out.name in {"", ".."}:
        raise OutputError(str(out), "has no name to put a report beside it; call the folder by its own name")
    path = out.with_name(f".{out.name}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+")
    except OSError as error:
        raise OutputError(str(path), f"cannot be written: {error.strerror}") from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            holder = file.read().strip() or "another process"
            raise OutputError(name or str(out), f"is being written by {holder}") from None
        file.truncate(0)
        file.write(f"process {os.getpid()} on {os.uname().nodename}")
        file.flush()
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
