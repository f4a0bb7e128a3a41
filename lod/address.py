"""Address: a folder on a file system that fsspec opens, such as s3://bucket/folder, and what is done with its files.

Who asks, and whom, stands in the environment that each service defines itself (AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL, …).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

from lod.errors import LodError, MissingExtra, OutputError

__all__ = ["Address", "Stored", "place_of"]

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://")
_SECRET = re.compile(r"//[^/@]*@")
# What says that a file changed, by the names that file systems have for it.
_MARKS = ("ETag", "etag", "md5Hash", "checksum", "LastModified", "last_modified", "modified", "mtime", "created")
# Their folders come and go with their files, and to make one would make a bucket.
_OBJECTS = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "adl", "az", "oci", "oss", "memory"})


class Stored(NamedTuple):
    """A file there: its size in bytes, and a mark that changes when it does ("" where nobody knows)."""

    size: int
    mark: str


def place_of(text: str) -> Path | Address:
    """A folder of this machine, given by its path or as file://, or an address elsewhere."""
    scheme = _SCHEME.match(text)
    if scheme is None:
        return Path(text)
    if scheme[1] in {"file", "local"}:
        return Path(url2pathname(text[scheme.end() :]))
    return Address(text.rstrip("/"))


@dataclass(frozen=True)
class Address:
    """A folder that is not a path of this machine. Names in it have slashes and are relative.

    What goes wrong is raised as OutputError, in one line, or as MissingExtra where the file system is not installed.
    """

    url: str

    @classmethod
    def of(cls, place: Path | Address) -> Address:
        """The address of any place."""
        return place if isinstance(place, Address) else cls(place.absolute().as_uri())

    def __str__(self) -> str:
        return _SECRET.sub("//", self.url)

    def __reduce__(self) -> tuple[type[Address], tuple[str]]:
        return Address, (self.url,)

    def __truediv__(self, name: str) -> Address:
        return Address(f"{self.url}/{name}")

    @property
    def name(self) -> str:
        """The last part of it; "" for the root of a file system."""
        path = urlsplit(self.url).path
        return PurePosixPath(path).name

    @property
    def parent(self) -> Address:
        """The folder it is in."""
        return Address(self.url.rpartition("/")[0])

    def holds(self, other: Address) -> bool:
        """Whether another address is this one or lies below it."""
        return f"{other.url}/".startswith(f"{self.url}/")

    @cached_property
    def _opened(self) -> tuple[Any, str]:
        """The file system, and the path of this folder on it."""
        try:
            import fsspec  # type: ignore[import-untyped]  # noqa: PLC0415 - only where something is elsewhere
        except ImportError:
            raise MissingExtra(f"{self}", "cluster") from None
        scheme = urlsplit(self.url).scheme
        options = {"auto_mkdir": True} if scheme == "file" else {"use_listings_cache": False}
        try:
            files, path = fsspec.core.url_to_fs(self.url, **options)
        except ImportError as error:
            raise OutputError(str(self), f"needs a further package: {_line(error)}") from None
        except ValueError as error:
            raise OutputError(str(self), f"is no address that is known here: {_line(error)}") from None
        return files, str(path).rstrip("/")

    def _path(self, name: str) -> str:
        return f"{self._opened[1]}/{name}" if name else self._opened[1]

    @contextmanager
    def _told(self, name: str = "", *, reading: bool = False) -> Iterator[Any]:
        """The file system; what it raises becomes one line, a file to read that is missing stays FileNotFoundError."""
        try:
            yield self._opened[0]
        except (LodError, FileExistsError):
            raise
        except FileNotFoundError as error:
            if reading:
                raise
            raise OutputError(str(self / name if name else self), f"cannot be written: {_line(error)}") from None
        except Exception as error:  # noqa: BLE001 - each file system has errors of its own
            raise OutputError(str(self / name if name else self), f"cannot be used: {_line(error)}") from None

    def files(self) -> dict[str, Stored]:
        """All files below it, by name; none where it is not there. Raises OutputError for a name that leads out."""
        with self._told() as files:
            try:
                found = files.find(self._path(""), detail=True)
            except FileNotFoundError:
                return {}
            start = len(self._path("")) + 1
            stored = {path[start:]: info for path, info in sorted(found.items()) if not path.endswith("/")}
        for name in stored:
            if not name or "\\" in name or "\0" in name or set(name.split("/")) & {"", ".", ".."}:
                raise OutputError(f"{self}/{name}", "is a name that no folder of this machine can have")
        return {name: Stored(int(info["size"] or 0), _mark(info)) for name, info in stored.items()}

    def read(self, name: str, start: int | None = None, end: int | None = None) -> bytes:
        """The bytes of a file, or some of them. Raises FileNotFoundError."""
        with self._told(name, reading=True) as files:
            data: bytes = files.cat_file(self._path(name), start=start, end=end)
        return data

    def fetch(self, files: Mapping[str, Path]) -> None:
        """Copy files from there. Raises FileNotFoundError."""
        for path in files.values():
            path.parent.mkdir(parents=True, exist_ok=True)
        with self._told(reading=True) as system:
            if files:
                system.get([self._path(name) for name in files], [str(path) for path in files.values()])

    def put(self, files: Mapping[str, Path]) -> None:
        """Copy files there; each has its name only when it is whole, where the file system can do so."""
        with self._told() as system:
            self._make_folders(system, files)
            if files:
                system.put([str(path) for path in files.values()], [self._path(name) for name in files])

    def write(self, name: str, data: bytes, *, new: bool = False) -> None:
        """Write a small file. Raises FileExistsError where it is there and should be `new`."""
        with self._told(name) as files:
            self._make_folders(files, [name])
            files.pipe_file(self._path(name), data, mode="create" if new else "overwrite")

    def move(self, names: Sequence[str], to: Address) -> None:
        """Move files to another folder of the same file system, under the same names."""
        with self._told() as files:
            to._make_folders(files, names)
            if names:
                here, there = [self._path(name) for name in names], [to._path(name) for name in names]
                files.copy(here, there, on_error="raise")
                files.rm(here)

    def remove(self, names: Sequence[str]) -> None:
        """Remove files that are there."""
        with self._told() as files:
            if names:
                files.rm([self._path(name) for name in names])

    def clear(self) -> None:
        """Remove everything below it, and the folder."""
        with self._told() as files, suppress(FileNotFoundError):
            files.rm(self._path(""), recursive=True)

    def _make_folders(self, files: Any, names: Sequence[str] | Mapping[str, Path]) -> None:
        protocols = {files.protocol} if isinstance(files.protocol, str) else set(files.protocol)
        if protocols.isdisjoint(_OBJECTS):
            for folder in sorted({self._path(name).rpartition("/")[0] for name in names}):
                files.makedirs(folder, exist_ok=True)


def _mark(info: Mapping[str, Any]) -> str:
    return next((f"{info[name]}" for name in _MARKS if info.get(name)), "")


def _line(error: Exception) -> str:
    """What an error says, in one line and not too long of it."""
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) < 200 else f"{text[:200]}…"  # noqa: PLR2004 - a line of a terminal or two
