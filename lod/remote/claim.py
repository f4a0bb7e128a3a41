"""Claim: one export into an address at a time, whatever machine it comes from."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from lod.errors import LodError, OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lod.address import Address

__all__ = ["claimed"]


@contextmanager
def claimed(out: Address, who: str) -> Iterator[None]:
    """Hold an address. `who` is the machine, and the copy of the dump there, which only one process works on.

    Raises OutputError, naming the holder. No file system ends a claim with the process that made it: one that was
    killed is followed by the next export with the same copy, and by any other once the file is removed by hand.
    """
    folder, name = out.parent, f".{out.name}.lock"
    made = datetime.now(UTC).isoformat(timespec="seconds")
    claim = f"process {os.getpid()} since {made}\n{who}\n".encode()
    try:
        folder.write(name, claim, new=True)
    except FileExistsError:
        with suppress(FileNotFoundError):
            held = folder.read(name).decode("utf-8", "replace").split("\n")
            if held[1:2] != [who]:
                reason = f"is being written by {held[0]} on {held[1] if held[1:] else 'another machine'}"
                raise OutputError(str(out), f"{reason}; where it was killed, remove {folder / name}") from None
        folder.write(name, claim)
    try:
        yield
    finally:
        with suppress(LodError, FileNotFoundError):
            folder.remove([name])
