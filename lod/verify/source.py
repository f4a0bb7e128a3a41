"""One file of a dump, read once and with bounds: measured and digested as stored while its content is handed out."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import zlib
from typing import IO, TYPE_CHECKING, Protocol, Self, cast

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import FileIO
    from pathlib import Path

    from lod.verify.finding import Findings
    from lod.verify.listing import Entry

__all__ = ["Broken", "Source", "open_plain"]

_CHUNK = 1 << 18
_GZIP = 31  # zlib's window bits for a gzip frame
# Where the manifest does not say how long the content is. Press releases pack to a tenth; no honest file comes near.
_MOST_PACKED = 200
_SPARE = 1 << 20
_WINDOW = 1 << 27  # what `zstd --ultra` needs at most without --long
# A DOCTYPE is where entities are declared; neither RDF/XML nor NewsML-G2 needs one, and no text may hold these bytes.
_DOCTYPE = b"<!DOCTYPE"


class Broken(Exception):
    """A file cannot be read to its end: the rule that it breaks, and the reason."""

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(rule, reason)
        self.rule, self.reason = rule, reason


def open_plain(path: Path) -> FileIO:
    """A plain file, opened for reading. Raises Broken for what is missing, or a link, a pipe or a device by now."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
    except OSError as error:
        raise Broken("file-missing", f"cannot be read: {error.strerror}") from None
    file = os.fdopen(handle, "rb", buffering=0)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        file.close()
        raise Broken("file-kind", "is not a plain file")
    return file


class _Unpacker(Protocol):
    def read(self, size: int) -> bytes: ...


class Source:
    """A file below the folder of the dump, as a stream of its content.

    `read` raises Broken where a packed file is damaged or larger than the manifest allows. Links, pipes and devices are
    refused even when they took the place of a file since the folder was listed.
    """

    def __init__(self, out: Path, entry: Entry) -> None:
        self._path, self._entry = out / entry.path, entry
        self._stored, self._content = hashlib.sha256(), hashlib.sha256()
        self._stored_bytes = self._content_bytes = 0
        self._tail = b""
        self._packed = entry.path.endswith((".gz", ".zst"))
        self._xml = "xml" in entry.media_type
        told = entry.unpacked_bytes
        self._limit = told if told is not None else entry.bytes * (_MOST_PACKED if self._packed else 1) + _SPARE
        self.broken: Broken | None = None

    def __enter__(self) -> Self:
        self._file = open_plain(self._path)
        self._unpacker = self._chosen()
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def _chosen(self) -> _Unpacker | None:
        if self._entry.path.endswith(".gz"):
            return _Gunzip(self._raw)
        if self._entry.path.endswith(".zst"):
            import zstandard  # noqa: PLC0415 - only where a file needs it

            return zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(
                cast("IO[bytes]", _Reader(self._raw)), read_size=_CHUNK, read_across_frames=True
            )
        return None

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes of the content, some anyway until the end; all of it for -1, bounded by the manifest."""
        if size < 0:
            return b"".join(iter(lambda: self.read(_CHUNK), b""))
        try:
            data = self._unpacked(size)
        except Broken as error:
            self.broken = error
            raise
        self._content.update(data)
        return data

    def _unpacked(self, size: int) -> bytes:
        try:
            data = self._unpacker.read(size) if self._unpacker else self._raw(size)
        except OSError as error:
            raise Broken("file-missing", f"cannot be read: {error.strerror}") from None
        except _packing_errors() as error:
            raise Broken("unpack", f"cannot be unpacked: {error}") from None
        self._content_bytes += len(data)
        if self._content_bytes > self._limit:
            raise Broken("unpack", f"holds more than the {self._limit:,} bytes that the manifest allows")
        if self._xml:
            self._tail = self._tail[1 - len(_DOCTYPE) :] + data
            if _DOCTYPE in self._tail or b"\0" in data:
                raise Broken("item-form" if "g2" in self._entry.media_type else "syntax", "has a DOCTYPE or no UTF-8")
        return data

    def _raw(self, size: int) -> bytes:
        data = self._file.read(size) or b""
        self._stored.update(data)
        self._stored_bytes += len(data)
        return data

    def judge(self, findings: Findings) -> None:
        """Read what is left, and compare size and digest with the manifest, of the file and of its content."""
        entry = self._entry
        if self.broken is None:
            try:
                while self.read(_CHUNK):
                    pass
            except Broken:
                pass  # noted in self.broken
        while self._raw(_CHUNK):
            pass
        if self.broken is not None:
            findings.add(self.broken.rule, entry.path, self.broken.reason)
        if self._stored.hexdigest() != entry.sha256:
            findings.add("file-digest", entry.path, f"has SHA-256 {self._stored.hexdigest()}; the manifest has another")
        if self.broken is None and entry.unpacked_bytes not in (None, self._content_bytes):
            told = f"unpacks to {self._content_bytes:,} bytes; the manifest says {entry.unpacked_bytes:,}"
            findings.add("content-size", entry.path, told)
        if self.broken is None and entry.unpacked_sha256 not in (None, self._content.hexdigest()):
            findings.add("content-digest", entry.path, "has another content than the manifest says")


class _Gunzip:
    """One gzip frame, unpacked piece by piece, so that no piece is larger than what was asked for."""

    def __init__(self, raw: Callable[[int], bytes]) -> None:
        self._raw, self._waiting = raw, b""
        self._pack = zlib.decompressobj(_GZIP)

    def read(self, size: int) -> bytes:
        while not self._pack.eof:
            chunk = self._waiting or self._raw(_CHUNK)
            data = self._pack.decompress(chunk, size)
            self._waiting = self._pack.unconsumed_tail
            if data:
                return data
            if not chunk and not self._pack.eof:
                raise Broken("unpack", "ends in the middle of a gzip stream")
        if self._pack.unused_data or self._raw(1):
            raise Broken("unpack", "goes on after the end of the gzip stream")
        return b""


class _Reader:
    """The stored bytes as zstandard wants to read them."""

    def __init__(self, raw: Callable[[int], bytes]) -> None:
        self.read = raw


def _packing_errors() -> tuple[type[Exception], ...]:
    """What unpackers raise for damaged data; zstandard counts only where it was needed."""
    if "zstandard" in sys.modules:
        import zstandard  # noqa: PLC0415 - as above

        return zlib.error, zstandard.ZstdError
    return (zlib.error,)
