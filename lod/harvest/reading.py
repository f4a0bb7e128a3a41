"""The way from a partition to its records: open each file, read it in its format, judge what it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from lod.harvest import csv, json, jsonl, markdown, yaml
from lod.harvest.files import NATIVE, format_of
from lod.harvest.foreign import Mapper
from lod.harvest.opening import Unreadable, opened, readable, shown
from lod.harvest.partition import Partition
from lod.harvest.record import Harvested, Judge
from lod.source import Source

if TYPE_CHECKING:
    from io import BufferedReader

    from lod.archive import Archive

__all__ = ["FORMATS", "harvest"]

Read = Callable[["BufferedReader", Source, Judge, Partition], Iterator[Harvested]]

FORMATS: dict[str, Read] = {
    "csv": csv.read,
    "json": json.read,
    "jsonl": jsonl.read,
    "markdown": markdown.read,
    "yaml": yaml.read,
}
"""How each format is read."""


class _Setting(NamedTuple):
    """What holds for all files of a partition."""

    archive: Archive
    source: Source
    mapper: Mapper | None


def harvest(archive: Archive, partition: Partition) -> Iterator[Harvested]:
    """The records of a partition, in the order of its files; what cannot be read is a record with a fault.

    Raises ConfigError where the `[[sources]]` table of the partition cannot be followed.
    """
    if partition.source == NATIVE:
        setting = _Setting(archive, Source(path=("releases",)), None)
    else:
        source = archive.config.sources[partition.source]
        setting = _Setting(archive, source, Mapper.of(archive, partition.source))
    for path in partition.paths:
        yield from _file(setting, partition, path)


def _read_of(path: str, source: Source | None) -> Read:
    read = FORMATS.get(format_of(path, source) or "")
    if read is None:
        raise Unreadable(f"not a kind of file that records are read from; there are {', '.join(FORMATS)}")
    return read


def _file(setting: _Setting, partition: Partition, path: str) -> Iterator[Harvested]:
    archive, source, mapper = setting
    judge = Judge(shown(path), archive.defaults, mapper)
    line, none = 0, True
    try:
        full = readable(archive.root, path, inside=partition.source == NATIVE)
        read = _read_of(path, None if partition.source == NATIVE else source)
        with opened(full) as stream:
            for harvested in read(stream, source, judge, partition):
                line = harvested.place.line
                none = False
                yield harvested
    except Unreadable as error:
        yield judge.broken(line + 1 if line else 0, str(error))
        return
    if none and partition.start == 0:
        yield judge.broken(0, "holds no record")
