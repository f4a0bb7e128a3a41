"""Opening a source file: what may not be read is told in a sentence, what is packed is unpacked bit by bit."""

from __future__ import annotations

import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import zstandard

__all__ = ["PACKED", "Unreadable", "opened", "readable", "shown", "whole"]

PACKED = (".gz", ".zst")
"""Suffixes of packed files."""

_BUFFER = 1 << 18
_PROBE = 1024
_ZSTD_STEP = 512  # packed bytes at a time: four of them can stand for 128 kB, so this bounds what comes out at once


class Unreadable(Exception):
    """A file, or the rest of it, cannot be read; the reason in a sentence."""


class _Gzip(io.RawIOBase):
    """Members of gzip (RFC 1952) as one stream, handed on as they come: what stands before a defect is not lost."""

    def __init__(self, source: BinaryIO) -> None:
        self._file = gzip.GzipFile(fileobj=source, mode="rb")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._file.read1(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class _Zstandard(io.RawIOBase):
    """Frames of Zstandard (RFC 8878) as one stream; a frame that ends too early is an error, not an end."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._input = self._output = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._output:
            data = self._input or self._source.read(_ZSTD_STEP)
            if not data:
                if self._frame is not None:
                    raise EOFError
                return 0
            self._frame = self._frame or zstandard.ZstdDecompressor().decompressobj()
            self._output, self._input = self._frame.decompress(data), b""
            if self._frame.eof:
                self._input, self._frame = self._frame.unused_data, None
        size = min(len(buffer), len(self._output))
        buffer[:size], self._output = self._output[:size], self._output[size:]
        return size


_UNPACKED = {".gz": _Gzip, ".zst": _Zstandard}


def shown(path: str) -> str:
    """A path as it stands in messages: with slashes, and bytes that are no UTF-8 written out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace").replace(os.sep, "/")


def readable(root: Path, path: str, *, inside: bool) -> Path:
    """The file to open. Raises Unreadable for what is no file, and for links that leave the archive."""
    full = root / path
    try:
        real = full.resolve(strict=True)
        mode = real.stat().st_mode
    except FileNotFoundError:
        raise Unreadable("a link to nothing" if full.is_symlink() else "not found") from None
    except (OSError, RuntimeError) as error:
        raise Unreadable(_told(error)) from None
    if inside and not real.is_relative_to(root.resolve()):
        raise Unreadable("a link that leads out of the archive; name its target in [[sources]] to read it")
    if stat.S_ISDIR(mode):
        raise Unreadable("a link that leads in a circle" if full.is_symlink() else "a folder that cannot be read")
    if not stat.S_ISREG(mode):
        raise Unreadable("not a regular file")
    return full


@contextmanager
def opened(path: Path) -> Iterator[io.BufferedReader]:
    """The bytes of a file, unpacked. Raises Unreadable, also while it is read."""
    try:
        with path.open("rb") as file:
            unpack = _UNPACKED.get(path.suffix.lower())
            reader: io.BufferedReader = io.BufferedReader(unpack(file), _BUFFER) if unpack else file
            if b"\0" in reader.peek(_PROBE)[:_PROBE]:
                raise Unreadable("not text: it holds zero bytes")
            yield reader
    except EOFError:
        raise Unreadable("ends too early: the packed file is cut off") from None
    except (OSError, zlib.error, zstandard.ZstdError) as error:
        raise Unreadable(_told(error)) from None


def whole(stream: io.BufferedReader, longest: int) -> bytes:
    """All of a stream that is read at once. Raises Unreadable where it is empty or longer than allowed."""
    data = stream.read(longest + 1)
    if len(data) > longest:
        raise Unreadable(f"longer than {longest} bytes; put many records into JSON Lines, or raise `longest`")
    if not data.strip():
        raise Unreadable("empty")
    return data


def _told(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror[0].lower()}{error.strerror[1:]}"
    if isinstance(error, RuntimeError):
        return "a link that leads in a circle"
    return f"cannot be unpacked: {error}"
