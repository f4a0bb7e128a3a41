"""What a check found, read from its files whenever somebody asks: it may be more than memory holds."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import orjson

from lod.dump.report import duplicates
from lod.dump.sink import Sink
from lod.errors import ConfigError, Place, RecordError
from lod.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from lod.dump.runs import Sighting
    from lod.dump.work import Counts

__all__ = ["Verdict", "fault_row"]

_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


@dataclass(frozen=True)
class Verdict:
    """What a check found: counts, files of faults and warnings in the order of the sources, and ids that come twice."""

    counts: Counts
    files: Sequence[Path]
    doubles: Mapping[str, Sequence[Sighting]]

    def faults(self) -> Iterator[RecordError]:
        """Every fault and warning in the order of the files, then the ids that occur more than once."""
        for path in self.files:
            with path.open("rb") as rows:
                for file, line, field, reason, severity in map(orjson.loads, rows):
                    yield RecordError(Place(file, line), field, reason, severity)
        for _, error in duplicates(self.doubles):
            yield error

    def text(self) -> Iterator[bytes]:
        """The verdict for people: a line for each fault and one for the whole."""
        for fault in self.faults():
            yield f"{fault}\n".encode()
        counts = self.counts
        good = counts.exported + counts.withheld
        told = (
            f"{counts.harvested:,} records: {good:,} good, {counts.rejected:,} refused, {counts.warnings:,} warnings."
        )
        yield f"{told}\n".encode()

    def json(self) -> Iterator[bytes]:
        """The verdict as JSON, with one fault on a line."""
        yield b'{\n"counts": ' + orjson.dumps(asdict(self.counts)) + b',\n"faults": ['
        yield from _items(_plain(fault) for fault in self.faults())
        yield b"\n]\n}\n"

    def sarif(self) -> Iterator[bytes]:
        """The verdict as SARIF 2.1.0, which code hosts show beside the lines concerned."""
        yield b'{\n"$schema": ' + orjson.dumps(_SARIF) + b',\n"version": "2.1.0",\n"runs": [{\n"results": ['
        rules: set[str] = set()
        yield from _items(_result(fault, rules) for fault in self.faults())
        driver = {"name": "lod", "version": __version__, "rules": [{"id": rule} for rule in sorted(rules)]}
        yield b'\n],\n"tool": ' + orjson.dumps({"driver": driver}) + b"\n}]\n}\n"

    def write(self, path: Path) -> None:
        """Write the verdict as text, JSON or SARIF, as the suffix says. Raises ConfigError for any other suffix."""
        form = {".txt": self.text, ".json": self.json, ".sarif": self.sarif}.get(path.suffix)
        if form is None:
            raise ConfigError(Place(str(path)), "--report", "the suffix must be .txt, .json or .sarif")
        with Sink(path) as sink:
            for piece in form():
                sink.write(piece)


def fault_row(fault: RecordError) -> bytes:
    """A fault as a line of the files that a verdict reads."""
    place = fault.place
    return orjson.dumps((place.file, place.line, fault.field, fault.reason, fault.severity)) + b"\n"


def _items(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """The items of an array, each on its line."""
    for number, row in enumerate(rows):
        yield (b",\n" if number else b"\n") + orjson.dumps(row)


def _plain(fault: RecordError) -> dict[str, Any]:
    place = fault.place
    return {
        "file": place.file,
        "line": place.line,
        "field": fault.field,
        "reason": fault.reason,
        "severity": fault.severity,
    }


def _result(fault: RecordError, rules: set[str]) -> dict[str, Any]:
    """One result of SARIF; its rule is noted among the others."""
    steps = [step for step in fault.field.split(".") if not step.isdigit()]
    rule = ".".join(steps) or "record"
    rules.add(rule)
    region = {"region": {"startLine": fault.place.line}} if fault.place.line else {}
    place = {"artifactLocation": {"uri": fault.place.file.replace("\\", "/")}, **region}
    text = f"{fault.field}: {fault.reason}" if fault.field else fault.reason
    return {
        "ruleId": rule,
        "level": fault.severity,
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
    }
