"""From the outbox into the published dump: what the ledger has decided is carried out, as often as it takes."""

from __future__ import annotations

import shutil
from hashlib import sha256
from typing import TYPE_CHECKING

from lod.dump.sink import sync_folder
from lod.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

    from lod.ledger import Ledger

__all__ = ["place"]

_COPIES = "SELECT file FROM message JOIN copy USING (sequence) WHERE state = ? ORDER BY sequence, feed"


def place(ledger: Ledger, box: Path, out: Path) -> None:
    """Move the messages decided to their places, in their order, then the pages, and remove what is taken back.

    It may be killed anywhere and is then done again: whatever is decided happens, and happens once.
    """
    try:
        folders = set()
        for (name,) in ledger.rows(_COPIES, 0):
            if (box / name).exists():
                folders.add(_move(box / name, out / name))
        for page in sorted(path for path in box.rglob("*") if path.is_file()):
            name = page.relative_to(box).as_posix()
            if (sha256(page.read_bytes()).hexdigest(),) == ledger.one("SELECT sha256 FROM page WHERE path = ?", name):
                folders.add(_move(page, out / name))
        for (name,) in ledger.rows(_COPIES, 2):
            (out / name).unlink(missing_ok=True)
        for folder in sorted(folders):
            sync_folder(folder)
    except OSError as error:
        raise OutputError(str(out), f"cannot be written: {error.strerror}") from None
    with ledger.transaction():
        ledger.run("UPDATE message SET state = 3 WHERE state = 2")
        ledger.run("UPDATE message SET state = 1 WHERE state = 0")
    shutil.rmtree(box, ignore_errors=True)


def _move(source: Path, target: Path) -> Path:
    """Move a file to its place; the folder that changed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)
    return target.parent
