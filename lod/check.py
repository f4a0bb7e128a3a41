"""Checking an archive: the same eyes as an export, and nothing written."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import orjson

from lod.archive import Archive
from lod.dump import now
from lod.dump.loop import PARTITION_BYTES, Progress
from lod.dump.packing import Packing
from lod.dump.pool import engine_of
from lod.dump.report import duplicates
from lod.dump.runs import Sighting, repeated, write_sightings
from lod.dump.sink import write_whole
from lod.dump.stage import embargoed_folder, report_folder
from lod.dump.work import Counts, Task, Worker
from lod.errors import ConfigError, OutputError, Place, RecordError
from lod.formats import FORMATS
from lod.harvest import partitions
from lod.ledger import ledger_file
from lod.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lod.dump.engine import Engine
    from lod.dump.loop import Tell
    from lod.harvest import Partition

__all__ = ["Verdict", "check_archive", "write_verdict"]

_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


@dataclass(frozen=True)
class Verdict:
    """What a check found: counts, and every fault and warning in the order of the files."""

    counts: Counts
    faults: tuple[RecordError, ...]

    def lines(self) -> Iterator[str]:
        """The verdict for people, a line for each fault and one for the whole."""
        yield from map(str, self.faults)
        counts = self.counts
        good = counts.exported + counts.withheld
        yield f"{counts.harvested:,} records: {good:,} good, {counts.rejected:,} refused, {counts.warnings:,} warnings."

    def summary(self) -> dict[str, Any]:
        """The verdict as plain values."""
        return {"counts": asdict(self.counts), "faults": [_row(fault) for fault in self.faults]}

    def sarif(self) -> dict[str, Any]:
        """The verdict as SARIF 2.1.0, which code hosts show beside the lines concerned."""
        rules = sorted({_rule(fault) for fault in self.faults})
        driver = {"name": "lod", "version": __version__, "rules": [{"id": rule} for rule in rules]}
        return {
            "$schema": _SARIF,
            "version": "2.1.0",
            "runs": [{"tool": {"driver": driver}, "results": [_result(fault) for fault in self.faults]}],
        }


def check_archive(
    archive: Archive, *, against: Path | None = None, jobs: int | Engine = 1, tell: Tell = lambda _progress: None
) -> Verdict:
    """Validate every record; `against` is a dump whose ledger says what was published of the releases before.

    Raises ConfigError where the archive itself is wrong, OutputError where the dump has no ledger.
    """
    counts = Counts()
    faults: dict[int, list[RecordError]] = {}
    parts = list(partitions(archive, PARTITION_BYTES))
    with TemporaryDirectory(prefix="lod-check-") as name, engine_of(jobs).crew(archive, Path(name), len(parts)) as crew:
        task = _task(Path(name), _ledgers(against) if against else ())
        _worker(archive.root, task)
        calls = [(archive.root, task, number, part) for number, part in enumerate(parts)]
        for number, (some, found) in crew.each(_judge, calls):
            counts.add(some)
            faults[number] = found
            tell(Progress("checking", len(faults), len(parts), counts.harvested))
        doubles = repeated([task.runs / f"{number:06d}.sightings" for number in range(len(parts))])
    twice = [error for _, error in duplicates(doubles)]
    hidden = sum(not one.public for sightings in doubles.values() for one in sightings)
    counts.rejected += len(twice)
    counts.withheld -= hidden
    counts.exported -= len(twice) - hidden
    everything = [fault for number in sorted(faults) for fault in faults[number]] + twice
    return Verdict(counts, tuple(everything))


def write_verdict(verdict: Verdict, path: Path) -> None:
    """Write the verdict as text, JSON or SARIF, as the suffix says. Raises ConfigError for any other suffix."""
    if path.suffix == ".txt":
        text = "".join(f"{line}\n" for line in verdict.lines()).encode()
    elif path.suffix in {".json", ".sarif"}:
        value = verdict.sarif() if path.suffix == ".sarif" else verdict.summary()
        text = orjson.dumps(value, option=orjson.OPT_INDENT_2) + b"\n"
    else:
        raise ConfigError(Place(str(path)), "--report", "the suffix must be .txt, .json or .sarif")
    write_whole(path, text)


def _ledgers(out: Path) -> tuple[Path, ...]:
    """The ledger of a dump, and that of its feed for what is under embargo, where there is one."""
    own, closed = (ledger_file(report_folder(folder)) for folder in (out, embargoed_folder(out)))
    if not own.exists():
        raise OutputError(str(own), "is not there: this dump does not know what it published")
    return (own, closed) if closed.exists() else (own,)


def _task(folder: Path, ledgers: tuple[Path, ...]) -> Task:
    """Only formats that may refuse a record are needed to judge one."""
    strict = tuple(name for name, form in FORMATS.items() if form.items)
    return Task(strict, now(), folder, Packing(folder), ledgers=ledgers)


@lru_cache(maxsize=2)
def _worker(root: Path, task: Task) -> Worker:
    return Worker(Archive.open(root), task)


def _judge(root: Path, task: Task, number: int, partition: Partition) -> tuple[Counts, list[RecordError]]:
    """Judge one partition; the sightings go to a file, since duplicates show only in the whole."""
    counts, faults, sightings = Counts(), list[RecordError](), list[Sighting]()
    for judged in _worker(root, task).judge(partition):
        counts.count(judged)
        faults.extend(judged.faults)
        if judged.path is not None:
            sightings.append(Sighting(judged.path, str(judged.place), judged.entry is not None))
    write_sightings(task.runs / f"{number:06d}.sightings", sightings)
    return counts, faults


def _row(fault: RecordError) -> dict[str, Any]:
    place = fault.place
    return {
        "file": place.file,
        "line": place.line,
        "field": fault.field,
        "reason": fault.reason,
        "severity": fault.severity,
    }


def _rule(fault: RecordError) -> str:
    steps = [step for step in fault.field.split(".") if not step.isdigit()]
    return ".".join(steps) or "record"


def _result(fault: RecordError) -> dict[str, Any]:
    region = {"region": {"startLine": fault.place.line}} if fault.place.line else {}
    place = {"artifactLocation": {"uri": fault.place.file.replace("\\", "/")}, **region}
    text = f"{fault.field}: {fault.reason}" if fault.field else fault.reason
    return {
        "ruleId": _rule(fault),
        "level": fault.severity,
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
    }
