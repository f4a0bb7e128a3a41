"""The main job of `lod verify`: the package, then shard by shard, then what only shows in the sum."""

from __future__ import annotations

import heapq
import tempfile
from contextlib import ExitStack
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from lod.errors import MissingExtra
from lod.progress import Progress
from lod.verify.package import open_package
from lod.verify.plan import Task, plan, schema_in, shapes_for, title
from lod.verify.pool import spread
from lod.verify.totals import compare_totals
from lod.verify.verdict import Verdict
from lod.verify.work import work

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lod.progress import Tell
    from lod.verify.checked import Counted
    from lod.verify.finding import Findings
    from lod.verify.package import Package

__all__ = ["verify"]

_NEEDED = ("pyoxigraph", "pyshacl")


def verify(
    out: Path,
    *,
    jobs: int = 1,
    shapes: Path | None = None,
    schemas: Path | None = None,
    quick: bool = False,
    tell: Tell = lambda _progress: None,
) -> Verdict:
    """Read a dump back and prove it. `jobs` 0 reads in this process; `quick` leaves the shapes out.

    `shapes` are used instead of those in the dump; `schemas` is a folder with the schema of NewsML-G2. Raises
    MissingExtra, and OutputError where there is no dump.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise MissingExtra(f"lod verify ({', '.join(missing)})", "verify")
    package = open_package(out)
    if package.listing is None:
        return Verdict(str(out), package.findings, {"files": 0, "bytes": 0, "records": 0, "statements": 0})
    from lod.verify.chain import prove_changes  # noqa: PLC0415 - pyoxigraph comes with it

    with tempfile.TemporaryDirectory(prefix="lod-verify-") as scratch:
        turtle = None if quick else shapes_for(package, package.listing, shapes)
        schema = schema_in(schemas, package.findings) if schemas else None
        tasks = plan(package, package.listing, Path(scratch), turtle, schema)
        counted = _run(package, tasks, jobs, tell)
        _unique_records(Path(scratch), package.findings)
        _unique_items(Path(scratch), package.findings)
        _final_items(Path(scratch), package.findings)
        prove_changes(package, package.listing, Path(scratch), package.findings)
    _feeds(package)
    compare_totals(package.listing, counted, package.findings)
    proved = {
        "files": len(package.readable),
        "bytes": sum(entry.bytes for entry in package.readable),
        "records": package.listing.records,
        "statements": sum(one.statements or 0 for one in counted),
    }
    return Verdict(str(out), package.findings, proved)


def _feeds(package: Package) -> None:
    """The indexes of the feed, where the dump has one."""
    if any(entry.path.startswith("newsml/") for entry in package.readable):
        from lod.verify.feeds import check_feeds  # noqa: PLC0415 - lxml comes with it

        check_feeds(package)


def _run(package: Package, tasks: Sequence[Task], jobs: int, tell: Tell) -> list[Counted]:
    """What was counted in all files; the findings of each task follow in the order of the tasks."""
    done = {}
    records = 0
    for number, checked in spread(work, tasks, jobs):
        done[number] = checked
        # Every format of a shard has the same records; items are records once more.
        of_shard = [one.records for one in checked.counted if one.statements is not None] if checked else []
        records += max(of_shard, default=0)
        tell(Progress("proving", len(done), len(tasks), records))
    counted: list[Counted] = []
    for number, task in enumerate(tasks):
        checked = done[number]
        if checked is None:
            package.findings.add("reader-crashed", title(task), "breaks its reader down; it may be made to do so")
            continue
        package.findings.extend(checked.findings)
        counted += checked.counted
    return counted


def _unique_records(scratch: Path, findings: Findings) -> None:
    """Each record stands once in all shards. The notes of the shards are sorted, and merged without being held."""
    for record, rows in groupby(_merged(scratch.glob("*.records"), b"\t"), key=lambda row: row[0]):
        shards = [row[1] for row in rows]
        if len(shards) > 1:
            findings.add("record-twice", shards[-1], f"stands in {', '.join(shards)}", record)


def _unique_items(scratch: Path, findings: Findings) -> None:
    for (_, guid), rows in groupby(_merged(scratch.glob("*.items"), b"\t"), key=lambda row: tuple(row[:2])):
        found: dict[int, dict[str, dict[str, str]]] = {}
        for _, _, version, kind, _, path in rows:
            files = found.setdefault(int(version), {"item": {}, "message": {}})
            files[kind].setdefault(path.rpartition("/")[2], path)  # another mark-up has the same name elsewhere
        newest = max((version for version, files in found.items() if files["item"]), default=0)
        for number, files in sorted(found.items()):
            items = list(files["item"].values())
            if len(items) > 1:
                findings.add("item-twice", items[-1], f"version {number} is also {items[0]}", guid)
            for path in files["message"].values() if not items and number > newest else ():
                findings.add("item-message", path, f"holds version {number}, which is no file", guid)


def _final_items(scratch: Path, findings: Findings) -> None:
    """After a canceled version nothing comes; items in messages count like files."""
    for (_, guid), rows in groupby(_merged(scratch.glob("*.items"), b"\t"), key=lambda row: tuple(row[:2])):
        versions = sorted((int(version), status, path) for _, _, version, _, status, path in rows)
        canceled = [version for version, status, _ in versions if status == "stat:canceled"]
        for version, status, path in versions:
            if canceled and version > canceled[0] and status != "stat:canceled":
                findings.add(
                    "news-final", path, f"version {version} is {status}, version {canceled[0]} was canceled", guid
                )


def _merged(paths: Iterator[Path], separator: bytes) -> Iterator[list[str]]:
    with ExitStack() as stack:
        files = [stack.enter_context(path.open("rb")) for path in sorted(paths)]
        for line in heapq.merge(*files):
            yield [part.decode("utf-8", "replace") for part in line.rstrip(b"\n").split(separator)]
