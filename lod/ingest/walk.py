"""The documents that are named on the command line, or lie in the folders named there."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from lod.ingest.document import Unreadable, medium_of

__all__ = ["documents"]


def documents(paths: Iterable[Path]) -> Iterator[Path | Unreadable]:
    """Every document once, in the order of the arguments, and by name within a folder.

    A file that is named is a document, whatever it is. In a folder, files of other kinds and hidden ones are passed
    over. Links are followed; one that leads to a folder above itself comes out as Unreadable.
    """
    seen: set[str] = set()
    several = not isinstance(paths, list | tuple) or len(paths) > 1
    for path in paths:
        for found in _folder(path, ()) if path.is_dir() else (path,):
            if several and not isinstance(found, Unreadable):
                name = os.path.abspath(found)  # noqa: PTH100 - text is smaller than a Path
                if name in seen:
                    continue
                seen.add(name)
            yield found


def _folder(folder: Path, above: tuple[tuple[int, int], ...]) -> Iterator[Path | Unreadable]:
    try:
        status = folder.stat()
        own = (status.st_dev, status.st_ino)
        if own in above:
            yield Unreadable(folder, "a link to a folder above it")
            return
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    except OSError as error:
        yield Unreadable(folder, (error.strerror or str(error)).lower())
        return
    for name in names:
        path = folder / name
        if path.is_dir():
            yield from _folder(path, (*above, own))
        elif medium_of(path) is not None:
            yield path
