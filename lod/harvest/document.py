"""Files that are read at once: one record, a list of records, or a list somewhere inside."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader

from lod.harvest.opening import whole
from lod.harvest.path import lookup, steps_of
from lod.harvest.record import Harvested, Judge, LineOf, Raw
from lod.positioned import Malformed, load
from lod.source import Source

__all__ = ["records"]


def records(stream: BufferedReader, suffix: str, source: Source, judge: Judge) -> Iterator[Harvested]:
    """The records of a YAML or JSON file. Raises Unreadable where it is empty or too long."""
    data = whole(stream, source.longest)
    try:
        value, line_of = load(data, suffix)
    except Malformed as error:
        column = f" (column {error.column})" if error.column else ""
        yield judge.broken(error.line, error.reason + column, data)
        return
    steps: tuple[str | int, ...] = ()
    if source.records is not None:
        steps = steps_of(source.records)
        value = lookup(value, steps)
        if value is None:
            yield judge.broken(0, f'nothing at "{source.records}", where the source says the records are', data)
            return
    if not isinstance(value, list):
        yield judge.record(Raw(value, line_of(steps), _below(line_of, steps), data))
        return
    for index, item in enumerate(value):
        here = (*steps, index)
        yield judge.record(Raw(item, line_of(here), _below(line_of, here), item))


def _below(line_of: LineOf, steps: tuple[str | int, ...]) -> LineOf:
    return lambda path: line_of((*steps, *path))
