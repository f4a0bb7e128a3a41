"""The archive that `lod init` makes: a commented archive.toml, authorities of each kind, and sample releases."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from lod.errors import OutputError
from lod.vocabulary import vocab_root

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["make_archive"]


def make_archive(directory: Path) -> int:
    """Copy the sample archive to a new or empty folder: how many releases it holds. Raises OutputError."""
    sample = vocab_root() / "sample"
    try:
        if directory.exists() and any(directory.iterdir()):
            raise OutputError(str(directory), "is not empty; nothing was written")
        shutil.copytree(sample, directory, dirs_exist_ok=True, copy_function=shutil.copyfile)
    except OSError as error:
        raise OutputError(str(directory), f"cannot be written: {error.strerror}") from None
    return sum(path.is_file() for path in (directory / "releases").rglob("*"))
