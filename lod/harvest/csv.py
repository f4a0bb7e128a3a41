"""CSV: one record a row, named columns.

In files of our own shape a column is a field: `title`, `dateline.text`, `people.0.name`; a list of names or codes is
cut at semicolons. Empty cells say nothing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import BufferedReader
from itertools import chain
from typing import Any

from lod.harvest.partition import Partition
from lod.harvest.path import steps_of
from lod.harvest.record import Harvested, Judge, Raw
from lod.source import Source

__all__ = ["read"]

_DELIMITERS = (",", ";", "\t", "|")
_UNDECODED = re.compile("[\udc80-\udcff]")  # bytes that did not decode, PEP 383
_LISTS = frozenset(("issuers", "organisations", "places", "subjects", "keywords", "related", "speakers"))
_TEXTS = frozenset(("boilerplate", "notes"))


def read(stream: BufferedReader, source: Source, judge: Judge, _: Partition) -> Iterator[Harvested]:
    """The records of a file."""
    lines = _lines(stream, source)
    head = list(_head(lines))
    # The limit is one for the process; it only keeps a cell from growing without end.
    csv.field_size_limit(source.longest)
    reader = csv.reader(chain(head, lines), delimiter=source.delimiter or _delimiter(head), strict=True)
    header: list[str] | None = None
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield judge.broken(line, f"not CSV: {error}")
            continue
        if row is None:
            return
        if header is None and row:
            header = [_written_out(name).strip() for name in row]
            if twice := next((name for name in header if header.count(name) > 1), None):
                yield judge.broken(line, f'two columns are called "{twice}"', header)
                return
        elif header is not None and any(row):
            yield _judged(judge, header, row, line, foreign=source.fields is not None)


def _judged(judge: Judge, header: list[str], row: list[str], line: int, *, foreign: bool) -> Harvested:
    shown = [_written_out(cell) for cell in row]
    if len(row) != len(header):
        return judge.broken(line, f"the row has {len(row)} cells, the header {len(header)}", shown)
    cells = {name: cell for name, cell in zip(header, row, strict=True) if cell and not cell.isspace()}
    for name, cell in cells.items():
        if wrong := None if cell.isascii() else _UNDECODED.search(cell):
            byte = ord(wrong[0]) - 0xDC00
            reason = f"column {name}: byte 0x{byte:02X} does not fit the encoding; name it in the source"
            return judge.broken(line, reason, shown)
    return judge.record(Raw(cells if foreign else _nested(cells), line, None, row))


def _written_out(cell: str) -> str:
    """A cell as it may stand in a report, which is UTF-8: bytes that did not decode are written out."""
    return cell if cell.isascii() else cell.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _lines(stream: BufferedReader, source: Source) -> Iterator[str]:
    first = True
    while data := stream.readline(source.longest):
        line = data.decode(source.encoding, "surrogateescape")
        yield line.removeprefix("\ufeff") if first else line
        first = False


def _head(lines: Iterator[str]) -> Iterator[str]:
    """The lines up to the first that is not blank."""
    for line in lines:
        yield line
        if line.strip():
            return


def _delimiter(head: list[str]) -> str:
    """The likeliest separator: the most frequent one in the header, outside of quotes."""
    bare = "".join("".join(head).split('"')[::2])
    return max(_DELIMITERS, key=bare.count)


def _nested(cells: dict[str, str]) -> dict[str, Any]:
    """Cells with dotted names as the mapping they stand for; numbers in names count items."""
    tree: dict[str | int, Any] = {}
    for name, cell in cells.items():
        *above, last = steps_of(name) or (name,)
        here = tree
        for step in above:
            inner = here.setdefault(step, {})
            here = inner if isinstance(inner, dict) else here
        here[last] = _items(cell, last)
    return {str(name): _listed(value) for name, value in tree.items()}


def _items(cell: str, name: str | int) -> str | list[str]:
    if name in _LISTS:
        return [item.strip() for item in cell.split(";") if item.strip()]
    return [cell] if name in _TEXTS else cell


def _listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if all(isinstance(key, int) for key in value):
        return [_listed(item) for _, item in sorted(value.items())]
    return {str(key): _listed(item) for key, item in value.items()}
