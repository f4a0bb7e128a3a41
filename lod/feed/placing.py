"""From the outbox into the published dump: what the ledger has decided is carried out, as often as it takes."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from lod.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

    from lod.ledger import Ledger

__all__ = ["place"]

_COPIES = "SELECT file FROM message JOIN copy USING (sequence) WHERE state = ? ORDER BY sequence, feed"


def place(ledger: Ledger, box: Path, out: Path) -> None:
    """Remove the messages that are taken back, then move those decided to their places, in their order.

    It may be killed anywhere and is then done again: whatever is decided happens, and happens once.
    """
    try:
        for (name,) in ledger.rows(_COPIES, 2):
            (out / name).unlink(missing_ok=True)
        folders = set()
        for (name,) in ledger.rows(_COPIES, 0):
            source, target = box / name, out / name
            if source.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                source.replace(target)
                folders.add(target.parent)
        for folder in sorted(folders):
            _sync(folder)
    except OSError as error:
        raise OutputError(str(out), f"cannot be written: {error.strerror}") from None
    with ledger.transaction():
        ledger.run("UPDATE message SET state = 3 WHERE state = 2")
        ledger.run("UPDATE message SET state = 1 WHERE state = 0")
    shutil.rmtree(box, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Make the renames last before the ledger says that they were done."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
