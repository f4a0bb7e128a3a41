"""Files that get their name only when they are whole, and know their size and digest when they do."""

from __future__ import annotations

import hashlib
import os
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, Protocol, Self

from lod.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from lod.dump.packing import Compression

__all__ = ["Measured", "Sink", "sync_folder", "write_whole"]

_GZIP = 31  # zlib's window bits for a gzip frame


class Measured(NamedTuple):
    """What a finished file weighs: bytes and SHA-256 as stored, and of its content where that is packed."""

    bytes: int
    sha256: str
    unpacked_bytes: int | None = None
    unpacked_sha256: str | None = None


class Sink:
    """A binary file under a temporary name. Leaving the `with` block names it; an exception leaves nothing behind.

    `durable`: the bytes are on the disk before the name is. Staged files leave that to the one sync before publishing.
    Raises OutputError, with the reason the system gives, where the disk is full or the folder cannot be written.
    """

    def __init__(self, path: Path, *, compression: Compression = "none", durable: bool = True) -> None:
        self.path = path
        self._durable = durable
        self._partial = path.with_name(path.name + ".partial")
        self._pack = _packer(compression)
        self._digest = hashlib.sha256()
        self._content = hashlib.sha256()
        self._size = self._unpacked = 0

    def __enter__(self) -> Self:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._partial.open("wb", buffering=1 << 16)
        except OSError as error:
            raise _failed(self.path, error) from None
        return self

    def write(self, data: bytes) -> None:
        """Append bytes."""
        if self._pack is None:
            self._put(data)
            return
        self._content.update(data)
        self._unpacked += len(data)
        self._put(self._pack.compress(data))

    def _put(self, data: bytes) -> None:
        if not data:
            return
        self._digest.update(data)
        self._size += len(data)
        try:
            self._file.write(data)
        except OSError as error:
            raise _failed(self.path, error) from None

    @property
    def measured(self) -> Measured:
        """Size and digest of what was written; true once the block is left."""
        if self._pack is None:
            return Measured(self._size, self._digest.hexdigest())
        return Measured(self._size, self._digest.hexdigest(), self._unpacked, self._content.hexdigest())

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                if self._pack:
                    self._put(self._pack.flush())
                self._file.flush()
                if self._durable:
                    os.fsync(self._file.fileno())
                self._file.close()
                self._partial.replace(self.path)
        except OSError as error:
            raise _failed(self.path, error) from None
        finally:
            self._discard()

    def _discard(self) -> None:
        """Close and remove what has no name; quiet, since a full disk may refuse even the close."""
        with suppress(OSError):
            self._file.close()
        self._partial.unlink(missing_ok=True)


class _Packer(Protocol):
    """What packs bytes as they come."""

    def compress(self, data: bytes, /) -> bytes: ...

    def flush(self) -> bytes: ...


def _packer(compression: Compression) -> _Packer | None:
    """Neither writes a name or a time, so that equal content is equal bytes, as long as the library is the same."""
    if compression == "gzip":
        return zlib.compressobj(6, zlib.DEFLATED, _GZIP)
    if compression == "zstd":
        import zstandard  # noqa: PLC0415 - only where the archive asks for it

        return zstandard.ZstdCompressor(level=3, write_checksum=True).compressobj()
    return None


def write_whole(path: Path, data: bytes, *, durable: bool = True) -> Measured:
    """Write a small file whole."""
    with Sink(path, durable=durable) as sink:
        sink.write(data)
    return sink.measured


def sync_folder(folder: Path) -> None:
    """Make the renames in a folder last, where the system lets a folder be synced."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _failed(path: Path, error: OSError) -> OutputError:
    return OutputError(str(path), f"cannot be written: {error.strerror or error}")
