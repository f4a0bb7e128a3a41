"""Which files of an archive hold records: those of the folder `releases/`, and those that `[[sources]]` names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from glob import glob, has_magic
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lod.errors import ConfigError, Place
from lod.harvest.opening import PACKED
from lod.source import Source

if TYPE_CHECKING:
    from lod.archive import Archive

__all__ = ["FOLDER", "NATIVE", "Found", "format_of", "found"]

FOLDER = "releases"
"""The folder of an archive's own records."""

NATIVE = -1
"""The number of the source that is the folder `releases/`."""

_FORMATS = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".md": "markdown",
}


class Found(NamedTuple):
    """A file that holds records: the number of its source, and its path, seen from the archive."""

    source: int
    path: str


def format_of(path: str, source: Source | None = None) -> str | None:
    """The format of a file: as its source says, or by its suffix, that of packing left aside."""
    if source is not None and source.format is not None:
        return source.format
    suffixes = [suffix.lower() for suffix in Path(path).suffixes]
    if suffixes and suffixes[-1] in PACKED:
        suffixes.pop()
    return _FORMATS.get(suffixes[-1]) if suffixes else None


def found(archive: Archive) -> list[Found]:
    """All files with records, each once, sources first, sorted by path.

    Raises ConfigError for a path to nothing, and for an archive that has no place for records.
    """
    root = archive.root.resolve()
    if not archive.config.sources and not (root / FOLDER).is_dir():
        reason = f"no folder {FOLDER}/ beside this file, and no [[sources]]: there is nothing to read"
        raise ConfigError(Place("archive.toml"), "", reason)
    taken: set[str] = set()
    files = []
    for number, source in enumerate(archive.config.sources):
        for path in sorted(set(_named(root, number, source))):
            real = os.path.realpath(root / path)
            if real not in taken:
                taken.add(real)
                files.append(Found(number, path))
    native = sorted(path for path in _Walk(root, root).files(FOLDER) if str(root / path) not in taken)
    return files + [Found(NATIVE, path) for path in native]


def _named(root: Path, number: int, source: Source) -> Iterator[str]:
    for pattern in source.path:
        paths = glob(pattern, root_dir=root, recursive=True)  # noqa: PTH207 - Path.glob takes no ".." and no links
        if not paths and not (root / _fixed(pattern)).is_dir():
            reason = f'no such file or folder: "{pattern}"'
            raise ConfigError(Place("archive.toml"), f"sources.{number}.path", reason)
        for path in map(os.path.normpath, paths):
            if not (root / path).is_dir():
                yield path
            elif not has_magic(pattern):
                yield from _Walk(root, None).files(path)


def _fixed(pattern: str) -> Path:
    """The folder that a pattern searches; a plain path itself."""
    return Path(*takewhile(lambda part: not has_magic(part), Path(pattern).parts))


class _Walk:
    """The files below a folder that look like records; folders first, then links to what they do not hold.

    Links are followed only to what lies inside of a folder; None: wherever they lead. One that must not be followed is
    given back like a file, so that whoever opens it learns why not.
    """

    def __init__(self, root: Path, inside: Path | None) -> None:
        self._root, self._inside = root, inside
        self._seen: set[Path] = set()
        self._links: list[str] = []

    def files(self, folder: str) -> Iterator[str]:
        """Paths as seen from the root, each file once."""
        if (self._root / folder).is_dir():
            yield from self._folder(folder)
        while self._links:
            self._links.sort(reverse=True)
            yield from self._link(self._links.pop())

    def _folder(self, folder: str) -> Iterator[str]:
        waiting = [folder]
        while waiting:
            here = waiting.pop()
            real = (self._root / here).resolve()
            self._seen.add(real)
            try:
                entries = sorted(os.scandir(real), key=lambda entry: entry.name)
            except OSError:
                yield here
                continue
            for entry in entries:
                path = f"{here}/{entry.name}"
                if entry.is_symlink():
                    self._links.append(path)
                elif entry.is_dir():
                    waiting += [] if entry.name.startswith(".") else [path]
                elif _concerns(entry.name):
                    self._seen.add(real / entry.name)
                    yield path

    def _link(self, link: str) -> Iterator[str]:
        full = self._root / link
        if full.name.startswith("."):
            return
        try:
            real = full.resolve()
            here = full.parent.resolve()
        except (OSError, RuntimeError):  # it leads to itself
            yield link
            return
        folder = real.is_dir()
        if real.is_file() and not _concerns(full.name):
            return
        circle = folder and here.is_relative_to(real)
        leaves = self._inside is not None and not real.is_relative_to(self._inside)
        if circle or leaves or not real.exists():
            yield link
        elif real not in self._seen:
            self._seen.add(real)
            yield from self._folder(link) if folder else [link]


def _concerns(name: str) -> bool:
    """Whether a file is meant as records, even if it cannot be read; other files are nobody's business here."""
    if name.startswith(".") or name.endswith("~"):
        return False
    return any(suffix.lower() in _FORMATS for suffix in Path(name).suffixes)
