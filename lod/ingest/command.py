"""`lod ingest`: documents in, records out."""

from __future__ import annotations

import json
import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lod.argument import Folder
from lod.errors import MissingExtra

if TYPE_CHECKING:
    from collections.abc import Callable

    from lod.ingest.run import Result, Summary

__all__ = ["ingest"]

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = Folder()
_SHOWN_LINES = 40
_SHOWN_NAMES = 10
_NEEDED = ("babel", "charset_normalizer", "docx", "lingua", "pdfplumber")


@click.command()
@click.argument("documents", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DOCUMENT...")
@click.option("--archive", "-a", required=True, type=_FOLDER, help="The archive the records are written into.")
@click.option("--jobs", type=click.IntRange(1), default=None, help="Processes to use.  [default: all cores]")
@click.option("--update", is_flag=True, help="Replace records whose document has changed. Edited records stay.")
@click.option("--explain", is_flag=True, help="Show each document with what was found in it.")
@click.option("--report", type=_FILE, help="Write an HTML page that shows documents and findings side by side.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def ingest(
    documents: tuple[Path, ...],
    archive: Path,
    jobs: int | None,
    update: bool,  # noqa: FBT001 - click passes flags so
    explain: bool,  # noqa: FBT001 - as above
    report: Path | None,
    as_json: bool,  # noqa: FBT001 - as above
) -> None:
    """Read press releases (Markdown, text, HTML, PDF, DOCX, mail) into reviewable records.

    DOCUMENT is a file, or a folder of files. The untouched original is kept in the archive's sources/.
    """
    _need_extra()
    from lod.archive import Archive
    from lod.ingest.run import ingest_documents

    Archive.open(archive)
    with ExitStack() as stack:
        tell = _listeners(stack, documents, explain=explain and not as_json, report=report, quiet=as_json)
        summary = ingest_documents(
            archive, documents, jobs=jobs or _cores(), update=update, shown=explain or report is not None, tell=tell
        )
        tell.summary(summary)
    if as_json:
        click.echo(json.dumps(summary.as_json(), ensure_ascii=False, indent=2, sort_keys=True))
    else:
        _print(summary)
    sys.exit(1 if summary.failed else 0)


def _need_extra() -> None:
    """Raises MissingExtra before anything is read, rather than at the first PDF among ten thousand files."""
    from importlib.util import find_spec

    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise MissingExtra(f"lod ingest ({', '.join(missing)})", "ingest")


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Listeners:
    """Everybody who hears of a document as soon as it is done."""

    def __init__(self) -> None:
        self.each: list[Callable[[Result], None]] = []
        self.at_end: list[Callable[[Summary], None]] = []

    def __call__(self, result: Result) -> None:
        for hear in self.each:
            hear(result)

    def summary(self, summary: Summary) -> None:
        """Tell those who want to know how it ended."""
        for hear in self.at_end:
            hear(summary)


def _listeners(
    stack: ExitStack, documents: tuple[Path, ...], *, explain: bool, report: Path | None, quiet: bool
) -> _Listeners:
    from rich.console import Console

    listeners = _Listeners()
    errors = Console(stderr=True)
    if not quiet:
        listeners.each.append(_print_trouble)
    if explain:
        from lod.ingest.terminal import explain as show

        console = Console()
        listeners.each.append(lambda result: show(result.view, console) if result.view else None)
    if report is not None:
        from lod.ingest.page import Page

        page = stack.enter_context(Page(report))
        listeners.each.append(page.add)
        listeners.at_end.append(lambda summary: setattr(page, "summary", summary))
    if errors.is_terminal and not explain:
        listeners.each.append(_progress(stack, documents, errors))
    return listeners


def _progress(stack: ExitStack, documents: tuple[Path, ...], console: Any) -> Callable[[Result], None]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from lod.ingest.walk import documents as found

    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = stack.enter_context(Progress(*columns, console=console, transient=True))
    task = bar.add_task("", total=sum(1 for _ in found(documents)))
    return lambda _: bar.advance(task)


def _print_trouble(result: Result) -> None:
    """One line for a document that needs a person, and what would change in its record."""
    from lod.ingest.shelf import FAILED

    outcome = result.outcome
    if outcome.kind in FAILED:
        click.echo(f"{_name(outcome.document)}: {outcome.message}", err=True)
        for line in outcome.diff[:_SHOWN_LINES]:
            click.echo(f"    {line}", err=True)
        if len(outcome.diff) > _SHOWN_LINES:
            click.echo(f"    … {len(outcome.diff) - _SHOWN_LINES} more lines", err=True)
    for fault in result.faults:
        click.echo(f"{outcome.record}: {fault}", err=True)


def _name(path: Path) -> str:
    """A file name as text, also where it holds what is no Unicode."""
    return os.fsencode(path).decode("utf-8", "replace")


def _print(summary: Summary) -> None:
    from lod.ingest.newcomers import entries

    counts = ", ".join(f"{count} {kind}" for kind, count in sorted(summary.outcomes.items()))
    total = summary.outcomes.total()
    click.echo(f"{total} document{'s' if total != 1 else ''}: {counts or 'none'}.")
    if summary.checks:
        click.echo(f"{summary.checks} places to check: look for `# check:` in the records.")
    if summary.suspicions:
        click.echo(f"{summary.suspicions} suspicious places in the texts: --explain or --report shows them.")
    if summary.names:
        click.echo(f"{len(summary.names)} names that the archive does not know. To link them, put into authorities/:\n")
        for line in entries(summary.names, most=_SHOWN_NAMES):
            click.echo(line)
        if len(summary.names) > _SHOWN_NAMES:
            click.echo("\n(--report or --json lists all of them.)")
