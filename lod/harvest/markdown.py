"""Markdown with YAML front matter: the front matter is the record, what follows is its `body`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BufferedReader

from lod.harvest.opening import whole
from lod.harvest.partition import Partition
from lod.harvest.record import Harvested, Judge, LineOf, Raw
from lod.positioned import Malformed, load
from lod.source import Source

__all__ = ["read"]

_FRONT = re.compile(
    r"---[ \t]*\n(?P<front>(?:(?!(?:---|\.\.\.)[ \t]*$).*\n)*)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.MULTILINE
)
_BODY = "body"


def read(stream: BufferedReader, source: Source, judge: Judge, _: Partition) -> Iterator[Harvested]:
    """The one record of a file."""
    data = whole(stream, source.longest)
    try:
        text = data.decode(source.encoding).removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        yield judge.broken(line, f"not {source.encoding}: byte 0x{data[error.start]:02X}", data)
        return
    found = _FRONT.match(text)
    if found is None:
        yield judge.broken(1, "no front matter: the file must begin with a line ---, the record in YAML, and ---", data)
        return
    try:
        value, line_of = load(found["front"], ".yaml", 2)
    except Malformed as error:
        yield judge.broken(error.line, error.reason, data)
        return
    yield _record(judge, value, line_of, text, found.end(), data)


def _record(judge: Judge, value: object, line_of: LineOf, text: str, end: int, data: bytes) -> Harvested:
    body = text[end:]
    if not isinstance(value, dict):
        return judge.broken(2, "the front matter is no mapping of fields", data)
    if _BODY in value and body.strip():
        return judge.broken(line_of([_BODY]), "there is a body in the front matter, and another one after it", data)
    if not body.strip():
        return judge.record(Raw(value, 1, line_of, data))
    first = text.count("\n", 0, end + len(body) - len(body.lstrip("\n"))) + 1

    def line(path: Sequence[str | int]) -> int:
        return first if list(path[:1]) == [_BODY] else line_of(path)

    return judge.record(Raw({**value, _BODY: body.strip("\n")}, 1, line, data))
