"""From shards to a whole dump: what they share, the feed, what changed, and what the dump says of itself."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, NamedTuple

from lod.dump.changes import write_changes
from lod.dump.dataset import write_dataset
from lod.dump.facts import Facts
from lod.dump.follower import Staged
from lod.dump.graves import before, dig, edition_of
from lod.dump.life import read_rows
from lod.dump.manifest import Head, write_lists
from lod.dump.promise import write_news_promise, write_promise
from lod.dump.shared import write_shared
from lod.dump.work import Counts
from lod.version import TOOL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from lod.archive import Archive
    from lod.dump.follower import Follower
    from lod.dump.life import Row
    from lod.dump.passes import Written
    from lod.dump.runs import Sighting
    from lod.dump.shards import Dumped, Shard
    from lod.dump.work import Outcome, Task, Worker

__all__ = ["Made", "complete"]


class Made(NamedTuple):
    """A dump that is whole: its counts and files, those of the old one that it keeps, and what was noted.

    `warnings` are those of the follower, `change` is the folder that says what changed.
    """

    counts: Counts
    files: list[Dumped]
    standing: frozenset[str]
    warnings: Path | None
    change: str


def complete(archive: Archive, out: Path, task: Task, worker: Worker, written: Written, follower: Follower) -> Made:
    """Write all that comes with the shards. What `follower` decides is not binding yet."""
    stage, base = task.packing.folder, archive.config.base
    facts, files = _facts(archive, written.shards), [file for shard in written.shards for file in shard.files]
    old = before(out, base, task.formats)
    graves = dig(archive, old, edition_of(base, files, (stage, out)), out, written.outcomes, written.doubles)
    shared = write_shared(worker, facts.shared, task.packing, graves)
    facts.add(shared.facts)
    counts = _total(written.outcomes, facts, written.doubles)
    rows = _rows(written.outcomes, written.doubles)
    staged = Staged(stage, task.runs, task.formats, task.now, [*files, *shared.files], rows, out, written.standing)
    followed = follower.follow(staged)
    counts.warnings += followed.warned
    new = edition_of(base, staged.files, (stage, out), (counts.exported, counts.statements))
    log = write_changes(old, new, out, task.packing, task.formats)
    dataset = write_dataset(archive, facts, followed.files, stage)
    files = [*followed.files, *dataset, *_promises(archive, worker, task.formats, stage), *log.files]
    write_lists(stage, Head(base, archive.config.title, TOOL, task.formats, counts, log.state), files)
    return Made(counts, files, written.standing | log.standing, followed.warnings, log.step)


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
