"""What a part of the proof gives back: findings, and what was counted in each file."""

from __future__ import annotations

from typing import NamedTuple

from lod.verify.finding import Findings

__all__ = ["Checked", "Counted"]


class Counted(NamedTuple):
    """What a file really holds: records, and statements and graph hash where it is RDF that could be read."""

    path: str
    records: int
    statements: int | None
    graph: str | None


class Checked(NamedTuple):
    """The result of one task."""

    findings: Findings
    counted: tuple[Counted, ...]
