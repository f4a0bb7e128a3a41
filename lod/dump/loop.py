"""The main job: harvest, describe and encode partition by partition, then merge shard by shard into a dump."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from lod.archive import Archive
from lod.dump.complete import complete
from lod.dump.fingerprint import setting_print
from lod.dump.follower import Alone
from lod.dump.known import Known
from lod.dump.lock import holding
from lod.dump.packing import Packing
from lod.dump.passes import Passes, worker_of
from lod.dump.pool import engine_of
from lod.dump.report import Summary, duplicates, first_lines, write_report
from lod.dump.stage import publish, report_folder, staging
from lod.dump.work import Task, rejection
from lod.errors import OutputError
from lod.formats import FORMATS
from lod.harvest import partitions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lod.dump.complete import Made
    from lod.dump.engine import Engine
    from lod.dump.follower import Follower
    from lod.dump.passes import Written
    from lod.progress import Tell

__all__ = ["PARTITION_BYTES", "export", "now"]

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
        packing = Packing(folder / "dump", archive.config.dump.compression, archive.config.dump.part_records)
        task = Task(tuple(formats), at or now(), folder / "runs", packing, setting=setting)
        task = task._replace(view=follower.view, ledgers=follower.ledgers)
        known = Known(out, folder, task.ledgers)
        worker_of.cache_clear()  # an archive may have changed since this process last exported it
        worker = worker_of(archive.root, task)  # what is wrong with the mapping shows before any process starts
        parts = list(partitions(archive, PARTITION_BYTES))
        with engine_of(jobs).crew(archive, folder, len(parts)) as crew:
            written = Passes(archive.root, task, parts, known, tell).run(crew)
        if setting_print(archive, formats, follower.view) != setting:
            known.forget()  # some of it may be as it was before, some as it is now
            raise OutputError(str(archive.root), "was changed while it was exported; export it again")
        made = complete(archive, out, task, worker, written, follower)
        summary = _report(out, formats, written, made)
        follower.settle()
        had = [name for name in FORMATS if (out / name).is_dir()]
        publish(packing.folder, out, lambda name: name in made.standing or follower.keeps(name))
        known.settle(written.prints, made.files)
    return summary._replace(gone=tuple(name for name in had if not (out / name).exists()))


def _outside(archive: Archive, out: Path) -> None:
    """Refuse an OUT that the next harvest would take for records, or that holds the archive itself."""
    root, folder = archive.root.resolve(), out.resolve()
    inside = any(folder.is_relative_to(root / name) for name in ("releases", "authorities", "vocab"))
    if inside or root.is_relative_to(folder):
        raise OutputError(str(out), "is part of the archive; choose a folder beside it")


def _report(out: Path, formats: Sequence[str], written: Written, made: Made) -> Summary:
    """Write OUT.report/, before the dump is published: a dump without its report would hide what it left out."""
    folder = report_folder(out)
    twice = list(duplicates(written.doubles))
    rejects = [outcome.rejects for outcome in written.outcomes]
    warnings = [outcome.warnings for outcome in written.outcomes] + ([made.warnings] if made.warnings else [])
    summary = Summary(
        out=str(out),
        report=str(folder),
        formats=tuple(formats),
        counts=made.counts,
        files=len(made.files),
        bytes=sum(file.bytes for file in made.files),
        faults=(*first_lines(rejects), *(str(error) for _, error in twice))[:20],
        change=made.change,
    )
    write_report(folder, rejects, (rejection([error], {"id": path}) for path, error in twice), warnings, summary)
    return summary
