"""A bag in one file: tar, tar with gzip, or zip, the same bytes for the same bag, and read back for the check."""

from __future__ import annotations

import gzip
import tarfile
import zipfile
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

__all__ = ["PACKAGES", "members", "pack"]

PACKAGES = ("tgz", "zip", "tar")
"""The kinds of packages, which are also their suffixes."""

_CHUNK = 1 << 20
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # zip knows no earlier time


def pack(folder: Path, target: Path, instant: datetime | None) -> None:
    """Write the folder of a bag, with itself as the one folder at the top. Times are those of the bag."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    if target.suffix == ".zip":
        _zip(folder, paths, target, instant)
    else:
        with target.open("wb") as file, _stream(file, packed=target.suffix == ".tgz") as stream:
            _tar(folder, paths, stream, instant)


@contextmanager
def _stream(file: IO[bytes], *, packed: bool) -> Iterator[IO[bytes]]:
    if not packed:
        yield file
        return
    with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=file, mtime=0) as stream:
        yield cast("IO[bytes]", stream)


def _tar(folder: Path, paths: list[Path], stream: IO[bytes], instant: datetime | None) -> None:
    with tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        for path in paths:
            info = tarfile.TarInfo(path.relative_to(folder.parent).as_posix())
            info.size = path.stat().st_size
            info.mtime = int(instant.timestamp()) if instant else 0
            info.mode = 0o644
            with path.open("rb") as file:
                tar.addfile(info, file)


def _zip(folder: Path, paths: list[Path], target: Path, instant: datetime | None) -> None:
    time = max(instant.timetuple()[:6], _EARLIEST) if instant else _EARLIEST
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in paths:
            info = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), time)
            info.create_system = 3  # Unix, whatever system this is
            info.external_attr = 0o100644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            with path.open("rb") as file, archive.open(info, "w", force_zip64=True) as sink:
                while chunk := file.read(_CHUNK):
                    sink.write(chunk)


def members(bag: Path) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The files of a bag, packed or not: path with the folder at the top, and content in pieces, to be read at once."""
    if bag.is_dir():
        for path in sorted(path for path in bag.rglob("*") if not path.is_dir()):
            with path.open("rb") as file:
                yield path.relative_to(bag.parent).as_posix(), _pieces(file)
    elif bag.suffix == ".zip":
        with zipfile.ZipFile(bag) as archive:
            for name in archive.namelist():
                with archive.open(name) as member:
                    yield name, _pieces(member)
    else:
        with tarfile.open(bag, "r|*") as tar:
            for info in tar:
                content = tar.extractfile(info)
                yield info.name, _pieces(content) if content else iter(())


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk
