"""Every record of an archive held against the rules; what is found goes to files, since there is no limit to it."""

from __future__ import annotations

from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from lod.archive import Archive
from lod.check.verdict import Verdict, fault_row
from lod.dump import now
from lod.dump.loop import PARTITION_BYTES
from lod.dump.packing import Packing
from lod.dump.pool import engine_of
from lod.dump.runs import Sighting, repeated, write_sightings
from lod.dump.shared import shared_descriptions
from lod.dump.stage import embargoed_folder, report_folder
from lod.dump.work import Counts, Task, Worker
from lod.errors import OutputError
from lod.formats import FORMATS
from lod.harvest import partitions
from lod.ledger import ledger_file, looking
from lod.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lod.dump.engine import Engine
    from lod.harvest import Partition
    from lod.progress import Tell

__all__ = ["checked"]


@contextmanager
def checked(
    archive: Archive, *, against: Path | None = None, jobs: int | Engine = 1, tell: Tell = lambda _progress: None
) -> Iterator[Verdict]:
    """Validate every record; what was found can be read as long as the context lasts.

    `against` is a dump whose ledger says what was published of the releases before. Raises ConfigError where the
    archive itself is wrong, OutputError where the dump has no ledger.
    """
    counts, shared = Counts(), set[tuple[str, str]]()
    parts = list(partitions(archive, PARTITION_BYTES))
    with TemporaryDirectory(prefix="lod-check-") as name:
        folder = Path(name)
        task = _task(folder, _ledgers(against) if against else ())
        worker = _worker(archive.root, task)
        calls = [(archive.root, task, number, part) for number, part in enumerate(parts)]
        with engine_of(jobs).crew(archive, folder, len(parts)) as crew:
            for done, (_, (some, used)) in enumerate(crew.each(_judge, calls), 1):
                counts.add(some)
                shared |= used
                tell(Progress("checking", done, len(parts), counts.harvested))
        shared_descriptions(worker, shared)
        doubles = repeated([_file(task, number, "sightings") for number in range(len(parts))])
        refused = [one for sightings in doubles.values() for one in sightings]
        hidden = sum(not one.public for one in refused)
        counts.rejected += len(refused)
        counts.withheld -= hidden
        counts.exported -= len(refused) - hidden
        yield Verdict(counts, tuple(_file(task, number, "faults") for number in range(len(parts))), doubles)


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


def _file(task: Task, number: int, kind: str) -> Path:
    return task.runs / f"{number:06d}.{kind}"


@lru_cache(maxsize=2)
def _worker(root: Path, task: Task) -> Worker:
    return Worker(Archive.open(root), task)


def _judge(root: Path, task: Task, number: int, partition: Partition) -> tuple[Counts, set[tuple[str, str]]]:
    """Judge one partition: counts, and what its releases share. Faults go to a file; duplicates show in the whole."""
    counts, sightings, shared = Counts(), list[Sighting](), set[tuple[str, str]]()
    with looking(task.ledgers) as ledgers, _file(task, number, "faults").open("wb") as faults:
        for judged in _worker(root, task).judge(partition, ledgers):
            counts.count(judged)
            faults.writelines(map(fault_row, judged.faults))
            if judged.path is not None:
                sightings.append(Sighting(judged.path, str(judged.place), judged.entry is not None))
            if judged.entry is not None:
                shared.update(judged.entry.shared)
    write_sightings(_file(task, number, "sightings"), sightings)
    return counts, shared
