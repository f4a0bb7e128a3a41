"""Progress: what a long job tells of itself, and the bar that shows it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any, NamedTuple

__all__ = ["Progress", "ProgressBar", "Tell"]


class Progress(NamedTuple):
    """How far a job has come: the step, how much of it is done, how much there is, and the records so far."""

    step: str
    done: int
    total: int
    records: int


Tell = Callable[[Progress], None]


class ProgressBar:
    """A bar for each step on a terminal, with rate and time left; nothing in a pipe.

    The block gets a function that is told how far it is.
    """

    def __enter__(self) -> Tell:
        self._bar: Any = None
        if not sys.stderr.isatty():
            return lambda _progress: None
        from rich.console import Console  # noqa: PLC0415 - `lod --help` stays quick
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415 - as above
        from rich.progress import Progress as RichProgress  # noqa: PLC0415 - as above

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[note]}"),
        )
        self._bar = RichProgress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True)
        self._bar.start()
        tasks: dict[str, Any] = {}
        begun: dict[str, tuple[int, float]] = {}

        def tell(progress: Progress) -> None:
            if progress.step not in tasks:
                tasks[progress.step] = self._bar.add_task(progress.step, total=progress.total, note="")
                begun[progress.step] = progress.records, time.monotonic()
            before, start = begun[progress.step]
            note = _note(progress.records, progress.records - before, time.monotonic() - start)
            self._bar.update(tasks[progress.step], completed=progress.done, total=progress.total, note=note)

        return tell

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()


def _note(records: int, since: int, seconds: float) -> str:
    """How many records there are, and how many of them came in a second.

    >>> _note(12694, 12000, 4.0), _note(12694, 0, 4.0), _note(0, 0, 0.0)
    ('12,694 records, 3,000/s', '12,694 records', '')
    """
    if not records:
        return ""
    return f"{records:,} records, {since / seconds:,.0f}/s" if since and seconds else f"{records:,} records"
