"""The main job: harvest, describe and encode partition by partition, then merge shard by shard into a dump."""

from __future__ import annotations

import heapq
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lod.archive import Archive
from lod.dump.dataset import write_dataset
from lod.dump.facts import Facts
from lod.dump.follower import Alone, Staged
from lod.dump.hidden import betrayed
from lod.dump.life import read_rows
from lod.dump.lock import holding
from lod.dump.manifest import Head, write_manifest, write_sums
from lod.dump.packing import Packing
from lod.dump.pool import each, pool_of
from lod.dump.promise import write_news_promise, write_promise
from lod.dump.report import Summary, duplicates, first_lines, write_report
from lod.dump.runs import repeated, seen
from lod.dump.shards import Shard, write_shard
from lod.dump.shared import write_shared
from lod.dump.stage import publish, report_folder, staging
from lod.dump.work import Counts, Outcome, Task, Worker, rejection
from lod.errors import OutputError
from lod.harvest import partitions
from lod.version import TOOL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from concurrent.futures import Executor
    from pathlib import Path

    from lod.dump.follower import Followed, Follower
    from lod.dump.life import Row
    from lod.dump.runs import Run, Sighting
    from lod.harvest import Partition

__all__ = ["PARTITION_BYTES", "Progress", "Tell", "export", "now"]

PARTITION_BYTES = 8 << 20


class Progress(NamedTuple):
    """How far an export has come: the step, how much of it is done, how much there is, and the records so far."""

    step: str
    done: int
    total: int
    records: int


Tell = Callable[[Progress], None]


def now() -> datetime:
    """The instant embargoes are held against: SOURCE_DATE_EPOCH where it is set, else the clock.

    Raises OutputError where SOURCE_DATE_EPOCH is not a number of seconds since 1970.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    except (ValueError, OverflowError, OSError):
        raise OutputError("SOURCE_DATE_EPOCH", f'is not a number of seconds since 1970: "{epoch}"') from None


def export(
    archive: Archive,
    out: Path,
    formats: Sequence[str],
    *,
    jobs: int = 1,
    at: datetime | None = None,
    tell: Tell = lambda _progress: None,
    follower: Follower | None = None,
) -> Summary:
    """Write the dump of an archive. Raises ConfigError or OutputError, and then leaves an older dump as it was."""
    follower = follower or Alone()
    _outside(archive, out)
    with holding(out), staging(out) as folder:
        follower.begin()
        stage = folder / "dump"
        packing = Packing(stage, archive.config.dump.compression, archive.config.dump.part_records)
        task = Task(tuple(formats), at or now(), folder / "runs", packing, view=follower.view, ledgers=follower.ledgers)
        _worker.cache_clear()  # an archive may have changed since this process last exported it
        worker = _worker(archive.root, task)  # what is wrong with the mapping shows before any process starts
        parts = list(partitions(archive, PARTITION_BYTES))
        with pool_of(min(jobs, len(parts))) as pool:
            loop = _Loop(archive, task, pool, tell)
            outcomes = loop.discreet(parts, loop.encode(parts))
            doubles = repeated([outcome.sightings for outcome in outcomes])
            shards = loop.write(outcomes, frozenset(doubles))
        facts = Facts(shared={("authority", archive.config.publisher)})
        for shard in shards:
            facts.add(shard.facts)
        shards.append(write_shared(worker, facts.shared, packing))
        facts.add(shards[-1].facts)
        counts = _total(outcomes, facts, doubles)
        files = [file for shard in shards for file in shard.files]
        rows = _rows(outcomes, doubles)
        followed = follower.follow(Staged(stage, task.runs, task.formats, task.now, files, rows))
        counts.warnings += followed.warned
        files = [*followed.files]
        files += [*write_dataset(archive, facts, files, stage), *write_promise(archive, worker.files, stage)]
        if "newsml" in formats:
            files += write_news_promise(archive, stage)
        write_manifest(stage, Head(archive.config.base, archive.config.title, TOOL, formats, counts), files)
        write_sums(stage, files)
        summary = _report(out, formats, outcomes, doubles, counts, followed._replace(files=files))
        follower.settle()
        publish(stage, out, follower.keeps)
    return summary


def _outside(archive: Archive, out: Path) -> None:
    """Refuse an OUT that the next harvest would take for records, or that holds the archive itself."""
    root, folder = archive.root.resolve(), out.resolve()
    inside = any(folder.is_relative_to(root / name) for name in ("releases", "authorities", "vocab"))
    if inside or root.is_relative_to(folder):
        raise OutputError(str(out), "is part of the archive; choose a folder beside it")


@lru_cache(maxsize=2)
def _worker(root: Path, task: Task) -> Worker:
    """The worker of this process."""
    return Worker(Archive.open(root), task)


def _run(root: Path, task: Task, number: int, partition: Partition) -> Outcome:
    return _worker(root, task).run(partition, f"{number:06d}")


def _write(root: Path, task: Task, shard: str, runs: Sequence[Run], refused: frozenset[str]) -> Shard:
    return write_shard(shard, runs, _worker(root, task).serializers, task.packing, refused)


@dataclass(frozen=True)
class _Loop:
    """The two passes of an export over one archive."""

    archive: Archive
    task: Task
    pool: Executor | None
    tell: Tell

    def encode(self, parts: Sequence[Partition]) -> list[Outcome]:
        """The outcome of every partition, in the order of the partitions."""
        done: dict[int, Outcome] = {}
        calls = [(self.archive.root, self.task, number, part) for number, part in enumerate(parts)]
        records = 0
        for number, outcome in each(self.pool, _run, calls):
            done[number] = outcome
            records += outcome.counts.harvested
            self.tell(Progress("reading", len(done), len(parts), records))
        return [done[number] for number in range(len(parts))]

    def discreet(self, parts: Sequence[Partition], outcomes: list[Outcome]) -> list[Outcome]:
        """The outcomes, with those partitions encoded again whose public records name one that is hidden."""
        sightings = seen([outcome.sightings for outcome in outcomes])
        found = betrayed(sightings, [outcome.names for outcome in outcomes])
        task = self.task._replace(hidden=frozenset().union(*found.values()))
        calls = [(self.archive.root, task, number, parts[number]) for number in sorted(found)]
        for index, outcome in each(self.pool, _run, calls):
            outcomes[calls[index][2]] = outcome
        return outcomes

    def write(self, outcomes: Sequence[Outcome], refused: frozenset[str]) -> list[Shard]:
        """Every shard, written in all formats, without the paths that are refused."""
        runs = [run for outcome in outcomes for run in outcome.runs]
        names = sorted({shard for run in runs for shard in run.spans})
        calls = [
            (self.archive.root, self.task, name, [run for run in runs if name in run.spans], refused) for name in names
        ]
        done: dict[int, Shard] = {}
        for number, shard in each(self.pool, _write, calls):
            done[number] = shard
            self.tell(Progress("writing", len(done), len(names), sum(one.facts.records for one in done.values())))
        return [done[number] for number in range(len(names))]


def _total(outcomes: Sequence[Outcome], facts: Facts, doubles: Mapping[str, Sequence[Sighting]]) -> Counts:
    """The counts of all partitions; a record refused as a duplicate counts as rejected, whatever it was before."""
    counts = Counts()
    for outcome in outcomes:
        counts.add(outcome.counts)
    refused = [one for sightings in doubles.values() for one in sightings]
    hidden = sum(not one.public for one in refused)
    counts.rejected += len(refused)
    counts.exported -= len(refused) - hidden
    counts.withheld -= hidden
    counts.statements = facts.statements
    return counts


def _rows(outcomes: Sequence[Outcome], doubles: Mapping[str, Sequence[Sighting]]) -> Iterator[Row]:
    """Where every record stands, sorted by path; records refused for their name are there once, as refused."""
    last = None
    for row in heapq.merge(*(read_rows(outcome.rows) for outcome in outcomes), key=lambda row: row.path):
        if row.path not in doubles:
            yield row
        elif row.path != last:
            yield row._replace(state="refused")
        last = row.path


def _report(
    out: Path,
    formats: Sequence[str],
    outcomes: Sequence[Outcome],
    doubles: Mapping[str, Sequence[Sighting]],
    counts: Counts,
    followed: Followed,
) -> Summary:
    """Write OUT.report/, before the dump is published: a dump without its report would hide what it left out."""
    folder = report_folder(out)
    twice = list(duplicates(doubles))
    rejects = [outcome.rejects for outcome in outcomes]
    warnings = [outcome.warnings for outcome in outcomes] + ([followed.warnings] if followed.warnings else [])
    summary = Summary(
        out=str(out),
        report=str(folder),
        formats=tuple(formats),
        counts=counts,
        files=len(followed.files),
        bytes=sum(file.bytes for file in followed.files),
        faults=(*first_lines(rejects), *(str(error) for _, error in twice))[:20],
    )
    write_report(folder, rejects, (rejection([error], {"id": path}) for path, error in twice), warnings, summary)
    return summary
