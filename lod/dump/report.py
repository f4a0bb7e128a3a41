"""OUT.report/: what the maintainer must know and the public must not: the rejects and the counts that balance."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from lod.dump.sink import Sink, write_whole
from lod.errors import Place, RecordError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from lod.dump.runs import Sighting
    from lod.dump.work import Counts

__all__ = ["Summary", "duplicates", "first_lines", "write_report"]


class Summary(NamedTuple):
    """What an export did, for people and machines; `faults` are the first lines of what was wrong.

    `gone` are formats that an earlier export had left in OUT, and this one was not asked for.
    `change` is the folder that says what changed since the last export; empty where nothing did, or nobody can say.
    """

    out: str
    report: str
    formats: Sequence[str]
    counts: Counts
    files: int
    bytes: int
    faults: Sequence[str]
    gone: Sequence[str] = ()
    change: str = ""

    def told(self) -> dict[str, Any]:
        """The summary as plain values."""
        return {**self._asdict(), "counts": asdict(self.counts), "out": _shown(self.out), "report": _shown(self.report)}


def _shown(path: str) -> str:
    """A path as it stands in JSON: bytes that are no UTF-8 are written out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def duplicates(repeated: Mapping[str, Sequence[Sighting]]) -> Iterator[tuple[str, RecordError]]:
    """Each sighting of a path that occurs more than once, as an error that names all the others."""
    for path, sightings in sorted(repeated.items()):
        for one in sightings:
            others = ", ".join(other.place for other in sightings if other is not one)
            file, _, line = one.place.rpartition(":")
            where = Place(file, int(line)) if line.isdigit() and file else Place(one.place)
            yield path, RecordError(where, "id", f'"{path}" is also the id of {others}')


def first_lines(rejects: Sequence[Path], limit: int = 20) -> Iterator[str]:
    """The first faults in files of rejects, a line each."""
    for path in rejects:
        with path.open("rb") as source:
            for line in source:
                row = orjson.loads(line)
                for fault in row["faults"]:
                    yield str(RecordError(Place(row["file"], fault["line"]), fault["field"], fault["reason"]))
                    limit -= 1
                    if limit == 0:
                        return


def write_report(
    folder: Path, rejects: Sequence[Path], more: Iterable[bytes], warnings: Sequence[Path], summary: Summary
) -> None:
    """Write rejects.jsonl (in the order of the sources, then the duplicates), warnings.txt and summary.json."""
    folder.mkdir(parents=True, exist_ok=True)
    with Sink(folder / "rejects.jsonl") as sink:
        _append(sink, rejects)
        for line in more:
            sink.write(line)
    with Sink(folder / "warnings.txt") as sink:
        _append(sink, warnings)
    lasting = {key: value for key, value in summary.told().items() if key != "gone"}  # what is gone is not known yet
    write_whole(folder / "summary.json", orjson.dumps(lasting, option=orjson.OPT_INDENT_2) + b"\n")


def _append(sink: Sink, paths: Sequence[Path]) -> None:
    for path in paths:
        with path.open("rb") as source:
            while chunk := source.read(1 << 20):
                sink.write(chunk)
