"""Partitions: the work of a harvest, cut so that processes can share it, always in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lod.harvest.files import NATIVE, Found, format_of, found
from lod.harvest.opening import PACKED

if TYPE_CHECKING:
    from lod.archive import Archive

__all__ = ["Partition", "partitions"]

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Partition:
    """Some files of one source, or a range of bytes of a single one.

    `source` is the number of a `[[sources]]` table (-1: the folder `releases/`), `paths` are seen from the archive,
    `start` and `end` bytes (end 0: to the end), and `line` is the 1-based line that stands at `start`.
    """

    source: int
    paths: tuple[str, ...]
    start: int = 0
    end: int = 0
    line: int = 1


def partitions(archive: Archive, size: int) -> Iterator[Partition]:
    """Cut the files of an archive into parts of about `size` bytes. Raises ConfigError for a source without files.

    A plain JSON Lines file is cut between its lines; a packed one is a part of its own; other files are put together.
    """
    batch: list[Found] = []
    filled = 0
    for file in found(archive):
        full = archive.root / file.path
        large = _bytes(full)
        alone = file.path.lower().endswith(PACKED) or (large > size and _cuttable(archive, file))
        if batch and (alone or filled + large > size or batch[0].source != file.source):
            yield _together(batch)
            batch, filled = [], 0
        if not alone:
            batch.append(file)
            filled += large
        elif file.path.lower().endswith(PACKED):
            yield Partition(file.source, (file.path,))
        else:
            yield from _cut(file, full, size)
    if batch:
        yield _together(batch)


def _together(files: list[Found]) -> Partition:
    return Partition(files[0].source, tuple(file.path for file in files))


def _cuttable(archive: Archive, file: Found) -> bool:
    source = None if file.source == NATIVE else archive.config.sources[file.source]
    return format_of(file.path, source) == "jsonl"


def _bytes(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:
        return 0


def _cut(file: Found, path: Path, size: int) -> Iterator[Partition]:
    """Ranges of at least `size` bytes that end with a line; a file that cannot be read is one range."""
    start, line, position, lines = 0, 1, 0, 0
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                at = 0
                while (end := chunk.find(b"\n", max(start + size - position - 1, at)) + 1) > 0:
                    lines += chunk.count(b"\n", at, end)
                    yield Partition(file.source, (file.path,), start, position + end, line)
                    start, line, lines, at = position + end, line + lines, 0, end
                lines += chunk.count(b"\n", at)
                position += len(chunk)
    except OSError:
        yield Partition(file.source, (file.path,))
        return
    if position > start:
        yield Partition(file.source, (file.path,), start, position, line)
