"""The main job: harvest, describe and encode partition by partition, then merge shard by shard into a dump."""

from __future__ import annotations

import heapq
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from lod.archive import Archive
from lod.dump.changes import write_changes
from lod.dump.dataset import write_dataset
from lod.dump.facts import Facts
from lod.dump.fingerprint import setting_print
from lod.dump.follower import Alone, Staged
from lod.dump.graves import before, dig, edition_of
from lod.dump.known import Known
from lod.dump.life import read_rows
from lod.dump.lock import holding
from lod.dump.manifest import Head, write_lists
from lod.dump.packing import Packing
from lod.dump.passes import Passes, Progress, Tell, worker_of
from lod.dump.pool import engine_of
from lod.dump.promise import write_news_promise, write_promise
from lod.dump.report import Summary, duplicates, first_lines, write_report
from lod.dump.shared import write_shared
from lod.dump.stage import publish, report_folder, staging
from lod.dump.work import Counts, Outcome, Task, rejection
from lod.errors import OutputError
from lod.formats import FORMATS
from lod.harvest import partitions
from lod.version import TOOL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from lod.dump.engine import Engine
    from lod.dump.follower import Followed, Follower
    from lod.dump.life import Row
    from lod.dump.runs import Sighting
    from lod.dump.shards import Dumped, Shard
    from lod.dump.work import Worker

__all__ = ["PARTITION_BYTES", "Progress", "Tell", "export", "now"]

PARTITION_BYTES = 8 << 20


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
    jobs: int | Engine = 1,
    at: datetime | None = None,
    tell: Tell = lambda _progress: None,
    follower: Follower | None = None,
) -> Summary:
    """Write the dump of an archive. Raises ConfigError or OutputError, and then leaves an older dump as it was."""
    follower = follower or Alone()
    _outside(archive, out)
    setting = setting_print(archive, formats, follower.view)
    with holding(out), staging(out, setting) as folder:
        follower.begin()
        stage, packing = folder / "dump", _packing(archive, folder / "dump")
        task = Task(tuple(formats), at or now(), folder / "runs", packing, setting=setting)
        task = task._replace(view=follower.view, ledgers=follower.ledgers)
        worker_of.cache_clear()  # an archive may have changed since this process last exported it
        worker = worker_of(archive.root, task)  # what is wrong with the mapping shows before any process starts
        known = Known(out, folder, task.ledgers)
        parts = list(partitions(archive, PARTITION_BYTES))
        with engine_of(jobs).crew(archive, folder, len(parts)) as crew:
            outcomes, doubles, prints, shards, standing = Passes(archive.root, task, parts, known, tell).run(crew)
        facts = _facts(archive, shards)
        base, files = archive.config.base, [file for shard in shards for file in shard.files]
        old = before(out, base, formats)
        graves = dig(archive, old, edition_of(base, files, (stage, out)), out, outcomes, doubles)
        shards.append(write_shared(worker, facts.shared, packing, graves))
        facts.add(shards[-1].facts)
        counts = _total(outcomes, facts, doubles)
        files += shards[-1].files
        followed = follower.follow(
            Staged(stage, task.runs, task.formats, task.now, files, _rows(outcomes, doubles), out, standing)
        )
        counts.warnings += followed.warned
        new = edition_of(base, files, (stage, out), (counts.exported, counts.statements))
        log = write_changes(old, new, out, packing, formats)
        dataset = write_dataset(archive, facts, followed.files, stage)
        files = [*followed.files, *dataset, *_promises(archive, worker, formats, stage), *log.files]
        write_lists(stage, Head(base, archive.config.title, TOOL, formats, counts, log.state), files)
        summary = _report(out, formats, outcomes, doubles, counts, followed._replace(files=files), log.step)
        follower.settle()
        had = [name for name in FORMATS if (out / name).is_dir()]
        standing |= log.standing
        publish(stage, out, lambda name: name in standing or follower.keeps(name), known.withdraw)
        known.settle(outcomes, prints, files)
    return summary._replace(gone=tuple(name for name in had if not (out / name).exists()))


def _packing(archive: Archive, stage: Path) -> Packing:
    return Packing(stage, archive.config.dump.compression, archive.config.dump.part_records)


def _outside(archive: Archive, out: Path) -> None:
    """Refuse an OUT that the next harvest would take for records, or that holds the archive itself."""
    root, folder = archive.root.resolve(), out.resolve()
    inside = any(folder.is_relative_to(root / name) for name in ("releases", "authorities", "vocab"))
    if inside or root.is_relative_to(folder):
        raise OutputError(str(out), "is part of the archive; choose a folder beside it")


def _facts(archive: Archive, shards: Iterable[Shard]) -> Facts:
    """What is in the shards of releases, and that the publisher of the archive is to be described."""
    facts = Facts(shared={("authority", archive.config.publisher)})
    for shard in shards:
        facts.add(shard.facts)
    return facts


def _promises(archive: Archive, worker: Worker, formats: Sequence[str], stage: Path) -> list[Dumped]:
    news = write_news_promise(archive, stage) if "newsml" in formats else []
    return [*write_promise(archive, worker.files, stage), *news]


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
    change: str,
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
        change=change,
    )
    write_report(folder, rejects, (rejection([error], {"id": path}) for path, error in twice), warnings, summary)
    return summary
