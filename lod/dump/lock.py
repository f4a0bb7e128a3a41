"""One export into one folder at a time: whoever comes second is told who holds it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from lod.errors import OutputError
from lod.lock import locked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["holding"]


@contextmanager
def holding(out: Path, name: str = "") -> Iterator[None]:
    """Hold OUT for this process. Raises OutputError, naming the holder, where another one has it.

    `name` is what it is called in messages, where that is not its path.
    """
    if out.name in {"", ".."}:
        raise OutputError(str(out), "has no name to put a report beside it; call the folder by its own name")
    path = out.with_name(f".{out.name}.lock")
    with locked(path, name or str(out), "is being written by"):
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
