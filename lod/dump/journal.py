"""Rows of JSON in a file that may end anywhere: each has its own digest, and what is damaged is passed over."""

from __future__ import annotations

import os
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import orjson

from lod.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["line_of", "read_lines", "tell"]

_DIGEST = 16


def line_of(row: Any) -> bytes:
    """A row as a line: the digest of its JSON, a blank, its JSON."""
    data = orjson.dumps(row)
    return _digest(data) + b" " + data + b"\n"


def read_lines(path: Path) -> Iterator[Any]:
    """The rows of a file that are whole; none where it cannot be read."""
    try:
        with path.open("rb") as file:
            for line in file:
                digest, _, data = line.rstrip(b"\n").partition(b" ")
                if data and digest == _digest(data):
                    yield orjson.loads(data)
    except OSError:
        return


def tell(path: Path, row: Any) -> None:
    """Add a row to a file; it is on the disk when this returns. Raises OutputError."""
    try:
        with path.open("ab") as file:
            file.write(b"\n" + line_of(row))  # a line that was cut off before must not swallow this one
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise OutputError(str(path), f"cannot be written: {error.strerror}") from None


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=_DIGEST).hexdigest().encode()
