"""Fingerprints: all that an export depends on in a few letters, so that the next one knows what has not changed."""

from __future__ import annotations

import hashlib
import os
import sys
import zlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import TZPATH

from lod.archive import CONFIG_NAME
from lod.harvest.files import NATIVE
from lod.harvest.opening import Unreadable, readable
from lod.positioned import SUFFIXES
from lod.version import TOOL
from lod.vocabulary import vocab_root

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from lod.archive import Archive
    from lod.harvest import Partition

__all__ = ["PROBE", "discreet_print", "edition", "lasting_files", "partition_print", "setting_print", "shard_print"]

_LIBRARIES = ("PyYAML", "lxml", "orjson", "pydantic", "zstandard")
_SUFFIXES = {*SUFFIXES, ".jsonl", ".csv"}  # of authorities and tables; what an editor lays beside them is not read
_CHUNK = 1 << 20
PROBE = 1024
"""A range of a file is read only where so many bytes at its start look like text."""


def setting_print(archive: Archive, formats: Sequence[str], view: str) -> str:
    """The SHA-256 of all that every record depends on.

    The program and its code tables, the libraries that make bytes, the formats, whom the dump is for, and of the
    archive its archive.toml, time zone, authorities, code tables, mapping files, and the tables of its sources.
    """
    digest = hashlib.sha256(repr((sys.version, edition(), _zone(archive.config.time_zone), [*formats], view)).encode())
    _take_in(digest, archive.root, lasting_files(archive))
    return digest.hexdigest()


def edition() -> dict[str, str]:
    """What makes the bytes of a dump, beside the archive: the program with its code tables, and the libraries."""
    libraries = {name: version(name) for name in _LIBRARIES}
    python = ".".join(map(str, sys.version_info[:3]))
    return {TOOL: _program()[:12], "Python": python, "zlib": zlib.ZLIB_RUNTIME_VERSION, **libraries}


@cache
def _program() -> str:
    """The digest of the program and its code tables, as they were when this process first asked."""
    program = Path(__file__).parents[1]
    digest = hashlib.sha256()
    _take_in(digest, program, program.rglob("*.py"))
    _take_in(digest, vocab_root(), vocab_root().rglob("*"))
    return digest.hexdigest()


def _take_in(digest: Any, folder: Path, files: Iterable[Path]) -> None:
    for path in sorted(set(files)):
        if path.is_file():
            digest.update(repr((os.path.relpath(path, folder), _readable(path))).encode())


def _zone(name: str) -> bytes | str:
    """What the machine knows of a time zone; countries change theirs."""
    paths = (Path(folder, name) for folder in TZPATH)
    found = next((path for path in paths if path.is_file()), None)
    return _content(found) if found else version("tzdata")


def _readable(path: Path) -> bytes | str | None:
    """The digest of a file; what keeps it from being read, of which whoever needs it will complain."""
    try:
        return _content(path)
    except OSError as error:
        return error.strerror


def lasting_files(archive: Archive) -> Iterator[Path]:
    """The files of an archive that stand behind all its records; some may be folders, or not there."""
    yield archive.root / CONFIG_NAME
    for folder in ("authorities", "vocab"):
        yield from (path for path in (archive.root / folder).rglob("*") if path.suffix in _SUFFIXES)
    for source in archive.config.sources:
        yield from (archive.root / name for name in _tables(source.model_dump()))


def _tables(value: Any) -> Iterator[str]:
    """The files that rules of a source name as their tables."""
    if isinstance(value, dict):
        if isinstance(name := value.get("table"), str):
            yield name
        value = list(value.values())
    if isinstance(value, list | tuple):
        for one in value:
            yield from _tables(one)


def partition_print(root: Path, partition: Partition, setting: str) -> str | None:
    """The fingerprint of a partition: where its files are and what is in them; None where that cannot be known."""
    start, end = partition.start, partition.end
    where = (setting, partition.source, partition.paths, start > 0, partition.line)
    digest = hashlib.blake2b(repr(where).encode(), digest_size=20)
    home = os.path.realpath(root)
    for path in partition.paths:
        try:
            full = readable(root, path, inside=partition.source == NATIVE)
            digest.update(repr(os.path.relpath(os.path.realpath(full), home)).encode())
            digest.update(_content(full, 0, PROBE) if start else b"")
            digest.update(_content(full, start, end))
        except Unreadable as error:
            digest.update(repr(str(error)).encode())
        except OSError:
            return None
    return digest.hexdigest()


def discreet_print(fingerprint: str | None, hidden: Iterable[str]) -> str | None:
    """The fingerprint of a partition whose records may not name what is hidden."""
    if fingerprint is None:
        return None
    return hashlib.blake2b(repr((fingerprint, sorted(hidden))).encode(), digest_size=20).hexdigest()


def shard_print(setting: str, shard: str, sums: Iterable[int], refused: Collection[str]) -> str:
    """The fingerprint of a shard: which entries are in it, wherever they came from, and which of them are refused."""
    told = (setting, shard, sum(sums) % (1 << 256), sorted(refused))
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _content(path: Path, start: int = 0, end: int = 0) -> bytes:
    """The digest of a file, or of a range of its bytes; `end` 0 is the end of the file."""
    digest = hashlib.blake2b(digest_size=20)
    with path.open("rb", buffering=0) as file:
        file.seek(start)
        left = end - start if end else sys.maxsize
        while left > 0 and (chunk := file.read(min(_CHUNK, left))):
            digest.update(chunk)
            left -= len(chunk)
    return digest.digest()
