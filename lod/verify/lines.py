"""JSON-LD with one record a line, as dumps have it, read some lines at a time.

A reader of JSON-LD has to hold a document until its end, which takes ten times the file in memory. A dump promises that
every line of `@graph` is a record; so a few lines between the head and the tail are a document of their own.
"""

from __future__ import annotations

import io
from itertools import chain, islice
from typing import TYPE_CHECKING, Protocol, cast

from pyoxigraph import RdfFormat, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Quad

__all__ = ["read_lines"]

_OPEN = [b"{\n", b'"@context": ', b'"@graph": [\n']
_CLOSE = b"]\n}\n"
_AT_ONCE = 200
_LONGEST_HEAD = 1 << 20


class _Stream(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class _Raw(io.RawIOBase):
    """What has only `read`, as Python's buffers want it."""

    def __init__(self, stream: _Stream) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def read_lines(stream: _Stream, base: str) -> Iterator[Quad]:
    """The statements of a JSON-LD file. One in another layout is read as a whole. Raises SyntaxError, ValueError."""
    buffered = io.BufferedReader(cast("io.RawIOBase", _Raw(stream)), 1 << 18)
    head = [buffered.readline(_LONGEST_HEAD) for _ in _OPEN]
    if all(line.startswith(start) for line, start in zip(head, _OPEN, strict=True)) and head[1].endswith(b"},\n"):
        return _pieces(buffered, b"".join(head), base)
    whole = b"".join(head) + buffered.read()
    return iter(parse(whole, format=RdfFormat.JSON_LD, base_iri=base, without_named_graphs=True))


def _pieces(buffered: io.BufferedReader[io.RawIOBase], head: bytes, base: str) -> Iterator[Quad]:
    at = len(_OPEN) + 1
    while True:
        some = list(islice(buffered, _AT_ONCE))
        end = next((number for number, line in enumerate(some) if not line.endswith(b",\n")), None)
        records, rest = (some, []) if end is None else (some[: end + 1], some[end + 1 :])
        if records == [_CLOSE[:2]] and at == len(_OPEN) + 1:  # an empty graph
            records, rest = [], [*records, *rest]
        yield from _piece(head, records, base, at)
        at += len(records)
        if end is not None or not some:
            break
    if b"".join(chain(rest, buffered)) != _CLOSE:
        raise SyntaxError(f"line {at}: after the last record only the end of the graph may follow")


def _piece(head: bytes, records: list[bytes], base: str, at: int) -> Iterator[Quad]:
    body = b"".join(records).rstrip(b",\n")
    document = head + body + b"\n" + _CLOSE
    try:
        yield from parse(document, format=RdfFormat.JSON_LD, base_iri=base, without_named_graphs=True)
    except SyntaxError as error:
        raise SyntaxError(f"lines {at} to {at + len(records) - 1}: {error.msg}") from None
