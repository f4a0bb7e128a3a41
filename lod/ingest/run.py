"""The run: documents in, records out, in order and with a result for each; memory does not grow with their number."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from lod.ingest.document import Unreadable
from lod.ingest.newcomers import Newcomer
from lod.ingest.pool import in_order
from lod.ingest.prepare import Order, Prepared, Refused, Same, prepare
from lod.ingest.register import Register
from lod.ingest.shelf import FAILED, Outcome, Shelf
from lod.ingest.view import View
from lod.ingest.walk import documents

__all__ = ["Problem", "Result", "Summary", "ingest_documents"]

_FEW = 16
"""Documents that are read sooner than a second process has started."""


@dataclass(frozen=True, slots=True)
class Result:
    """One document after the run has dealt with it: the outcome, and what was noticed while reading it."""

    outcome: Outcome
    checks: int = 0
    faults: tuple[str, ...] = ()
    suspicions: tuple[str, ...] = ()
    view: View | None = None


class Problem(NamedTuple):
    """A document that is left for a person: its name as text, its outcome, its record, and what is the matter."""

    document: str
    outcome: str
    record: str
    reason: str


@dataclass(slots=True)
class Summary:
    """What a run has done: documents by outcome, doubts, and names that the archive does not know."""

    outcomes: Counter[str] = field(default_factory=Counter)
    checks: int = 0
    suspicions: int = 0
    invalid: int = 0
    problems: list[Problem] = field(default_factory=list)
    names: Counter[Newcomer] = field(default_factory=Counter)

    @property
    def failed(self) -> bool:
        """Whether something is left to do for a person."""
        return bool(self.problems)

    def add(self, result: Result, names: Iterable[Newcomer]) -> None:
        """Count one document."""
        self.outcomes[result.outcome.kind] += 1
        self.checks += result.checks
        self.suspicions += len(result.suspicions)
        self.invalid += bool(result.faults)
        self.names.update(names)
        if result.outcome.kind in FAILED or result.faults:
            # Not the result itself: its view and its diff are as long as the document.
            outcome = result.outcome
            name = os.fsencode(outcome.document).decode("utf-8", "replace")
            reason = outcome.message or "; ".join(result.faults)
            self.problems.append(Problem(name, outcome.kind, outcome.record, reason))

    def as_json(self) -> dict[str, Any]:
        """The summary for machines."""
        return {
            "documents": self.outcomes.total(),
            "outcomes": dict(sorted(self.outcomes.items())),
            "checks": self.checks,
            "suspicions": self.suspicions,
            "invalid": self.invalid,
            "problems": [problem._asdict() for problem in self.problems],
            "names": [
                {"kind": kind, "name": name, "releases": count}
                for (kind, name), count in sorted(self.names.items(), key=lambda pair: (-pair[1], pair[0]))
            ],
        }


def ingest_documents(
    root: Path,
    paths: Iterable[Path],
    *,
    jobs: int = 1,
    update: bool = False,
    shown: bool = False,
    tell: Callable[[Result], None] = lambda _: None,
) -> Summary:
    """Read documents into the archive at `root`; `tell` hears of each as it is done, in the order of the paths.

    `update`: replace records whose document has changed. `shown`: give each result the view of its reading. Raises
    ConfigError for a broken archive and OutputError where it cannot be written.
    """
    summary = Summary()
    with Register(root) as register:
        shelf = Shelf(root, register, update=update)
        try:
            for found in _results(root, register, paths, jobs, always=update or shown, shown=shown):
                result = _result(shelf.put(found), found)
                summary.add(result, found.names if isinstance(found, Prepared) else ())
                tell(result)
        finally:
            shelf.settle()
    return summary


def _result(outcome: Outcome, found: Prepared | Same | Refused) -> Result:
    if not isinstance(found, Prepared):
        return Result(outcome)
    written = outcome.kind in {"new", "updated"}
    return Result(
        outcome,
        len(found.checks) if written else 0,
        found.faults if written else (),
        found.suspicions if written else (),
        found.view,
    )


def _results(
    root: Path, register: Register, paths: Iterable[Path], jobs: int, *, always: bool, shown: bool
) -> Iterator[Prepared | Same | Refused]:
    """Results in the order of the documents; those that cannot be opened by name come where they were found."""
    found = documents(paths)
    first = list(islice(found, _FEW + 1))
    jobs = 1 if len(first) <= _FEW else jobs
    # An order names what the register knew when it was made; a document comes once in a run, so that is still true.
    orders = (_order(path, register, always=always, shown=shown) for path in chain(first, found))
    yield from in_order(partial(_carried_out, root), orders, jobs, _lost)


def _order(path: Path | Unreadable, register: Register, *, always: bool, shown: bool) -> Order | Refused:
    if isinstance(path, Unreadable):
        return Refused(path.path, path.reason)
    return Order(path, register.document(register.name(path)), always, shown)


def _carried_out(root: Path, order: Order | Refused) -> Prepared | Same | Refused:
    return order if isinstance(order, Refused) else prepare(root, order)


def _lost(order: Order | Refused) -> Prepared | Same | Refused:
    return Refused(order.path, "the process that read it died: it needs too much memory, or a library failed")
