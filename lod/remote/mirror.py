"""Mirror: the files of an address, in a folder of this machine; only what changed is fetched again."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import orjson

from lod.archive import CONFIG_NAME, Archive
from lod.dump.sink import write_whole
from lod.errors import ConfigError, OutputError, Place
from lod.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lod.address import Address, Stored
    from lod.progress import Tell

__all__ = ["fetched", "mirror"]

_AT_ONCE = 200  # files that are asked for together


def mirror(address: Address, folder: Path, index: Path, tell: Tell) -> None:
    """Bring a folder up to date with an address. `index` is a file that says what was there before.

    Raises OutputError, and ConfigError for an archive with sources that are not part of it.
    """
    there = address.files()
    if CONFIG_NAME not in there:
        raise ConfigError(Place(f"{address}/{CONFIG_NAME}"), "", "not found: not an archive")
    _remove_others(folder, there)
    before = _read(index)
    same = {name: one for name, one in there.items() if one.mark and before.get(name) == [*one]}
    same = {name: one for name, one in same.items() if _size(folder / name) == one.size}
    _write(index, same)
    fetch(address, folder, [name for name in there if name not in same], tell)
    _write(index, there)
    _closed(folder, address)


def fetch(address: Address, folder: Path, names: list[str], tell: Tell) -> None:
    """Copy files into a folder. Raises OutputError."""
    try:
        for start in range(0, len(names), _AT_ONCE):
            address.fetch({name: folder / name for name in names[start : start + _AT_ONCE]})
            tell(Progress("fetching", min(start + _AT_ONCE, len(names)), len(names), 0))
    except FileNotFoundError:
        raise OutputError(str(address), "was changed while it was read; try again") from None
    except OSError as error:
        raise OutputError(str(folder), f"cannot be written: {error.strerror}") from None


@contextmanager
def fetched(address: Address, tell: Tell = lambda _progress: None) -> Iterator[Path]:
    """A copy of all that is at an address, for as long as the block. Raises OutputError where nothing is there."""
    there = list(address.files())
    if not there:
        raise OutputError(str(address), "is not there, or empty")
    with TemporaryDirectory(prefix="lod-") as name:
        folder = Path(name) / (address.name or "out")
        fetch(address, folder, there, tell)
        yield folder


def _closed(folder: Path, address: Address) -> None:
    """Refuse sources that lie beside the archive: the copy has nothing beside it."""
    for number, source in enumerate(Archive.open(folder).config.sources):
        for pattern in source.path:
            if Path(pattern).is_absolute() or os.path.normpath(pattern).startswith(".."):
                reason = f'"{pattern}" leads out of {address}; put the files into the archive'
                raise ConfigError(Place(CONFIG_NAME), f"sources.{number}.path", reason)


def _remove_others(folder: Path, there: Mapping[str, Stored]) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(folder).as_posix() not in there:
            path.unlink()


def _size(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None


def _read(index: Path) -> dict[str, list[object]]:
    try:
        read: dict[str, list[object]] = orjson.loads(index.read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return {}
    return read


def _write(index: Path, stored: Mapping[str, Stored]) -> None:
    write_whole(index, orjson.dumps({name: [*one] for name, one in stored.items()}))
