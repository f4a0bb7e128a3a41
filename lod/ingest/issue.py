"""The date of issue: which of the days in a document is the one it was given out on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lod.ingest.blocks import Block
from lod.ingest.dateline import Dateline, row_dateline
from lod.ingest.dates import Day, find_days
from lod.ingest.inline import Plain
from lod.ingest.letterhead import Letterhead
from lod.ingest.patterns import words
from lod.ingest.rows import Row
from lod.ingest.tongue import Tongue

NOWHERE = Plain("", (), ())
_ELSEWHERE = ("notes", "boilerplate", "correction", "caption")
__all__ = ["Issue", "find_issue"]


@dataclass(frozen=True, slots=True)
class Issue:
    """A day that may be the one of issue: where it stands, how sure, and why."""

    day: Day
    start: int
    end: int
    confidence: float
    why: str
    line: Dateline | None = None
    row: Plain = NOWHERE


def find_issue(
    letterhead: Letterhead,
    inline: tuple[Dateline | None, Plain | None],
    blocks: tuple[Block, ...],
    parts: Sequence[str],
    tongue: Tongue,
    order: str,
) -> Issue | None:
    """The surest day of issue; None where no day is one."""
    found = list(_rows(letterhead, tongue, order))
    dateline, plain = inline
    if dateline is not None and dateline.day is not None and plain is not None:
        found.append(_issue(dateline.day, plain, 0.95, "stands before the first sentence"))
    if not found:
        found += _below(blocks, parts, letterhead.text_from, tongue, order)
    if not found:
        found += _last_resort(blocks, parts, tongue, order)
    # Of equally sure days the first one counts.
    return max(found, key=lambda issue: issue.confidence) if found else None


def _issue(day: Day, plain: Plain, confidence: float, why: str) -> Issue:
    start, end = plain.span(day.start, day.end)
    return Issue(day, start, end, confidence, why)


def _rows(letterhead: Letterhead, tongue: Tongue, order: str) -> list[Issue]:
    found = []
    for row in letterhead.rows:
        if row.embargo or row is letterhead.title or not row.days:
            continue
        issue = _row(row, tongue, order)
        if issue is not None:
            found.append(issue)
    return found


def _row(row: Row, tongue: Tongue, order: str) -> Issue | None:
    text = row.plain.text
    other = words(tongue.tables.dates.other)
    for day in row.days:
        before = text[: day.start]
        cut = max(before.rfind("|"), before.rfind(";"), before.rfind("·"), before.rfind("\n"))
        before = before[cut + 1 :].rstrip(" :,(")
        if re.search(rf"(?:{other.pattern})\s*\W*$", before, re.IGNORECASE):
            continue
        if row.label or row.number:
            return _issue(day, row.plain, 0.97, "stands beside the number or the word for a release")
        if re.search(rf"(?:{words(tongue.tables.dates.issue).pattern})\s*\W*$", before, re.IGNORECASE):
            return _issue(day, row.plain, 0.96, "stands behind a word for the date of issue")
        line = row_dateline(text, tongue, order)
        if line is not None and line.day is not None and line.day.start == day.start:
            return _issue(day, row.plain, line.confidence, "stands in the dateline")
        if not row.rest:
            return _issue(day, row.plain, 0.9, "stands alone above the text")
        if row.form != "heading" and len(row.rest.split()) <= 6 and not tongue.dockets.search(before):
            return _issue(day, row.plain, 0.6, "stands above the text")
    return None


def _last_resort(blocks: tuple[Block, ...], parts: Sequence[str], tongue: Tongue, order: str) -> list[Issue]:
    """The day of a first version that a correction names, or of the state of the text."""
    found = []
    for cues, sure, why in (
        (tongue.tables.dates.original, 0.7, "the notice of a correction names it"),
        (tongue.tables.dates.last, 0.55, "only the state of the text is dated"),
    ):
        pattern = words(cues)
        for index, block in enumerate(blocks):
            text = block.plain.text
            for cue in pattern.finditer(text):
                days = find_days(text[cue.end() : cue.end() + 40], tongue, order)
                if days and days[0].start < 6 and (parts[index] == "correction" or len(text) < 120):
                    day = days[0]
                    start, end = block.plain.span(cue.end() + day.start, cue.end() + day.end)
                    found.append(Issue(day, start, end, sure, why))
    return found


def _below(blocks: tuple[Block, ...], parts: Sequence[str], text_from: int, tongue: Tongue, order: str) -> list[Issue]:
    """Days in short lines below the text: "Paris, le 3 juillet 2017", "Published 3 July 2017"."""
    other = words(tongue.tables.dates.other)
    rows = [
        row
        for index in range(text_from, len(blocks))
        if blocks[index].kind in ("paragraph", "table", "item") and parts[index] not in _ELSEWHERE
        for row in blocks[index].rows
        if len(row.text) <= 90 and not other.search(row.text)
    ]
    return [issue for row in rows if (issue := _line_below(row, tongue, order)) is not None]


def _line_below(row: Plain, tongue: Tongue, order: str) -> Issue | None:
    text = row.text
    days = find_days(text, tongue, order)
    line = row_dateline(text, tongue, order) if days else None
    if line is not None and line.day is not None and line.confidence > 0.7:
        alone = text.strip(" .") == text[line.day.start : line.day.end]
        if line.places or alone:
            start, end = row.span(line.day.start, line.day.end)
            return Issue(line.day, start, end, 0.8, "stands below the text", line, row)
    cue = rf"(?:{words(tongue.tables.dates.issue).pattern})\s*\W*$"
    if days and (re.search(cue, text[: days[0].start].rstrip(" :"), re.IGNORECASE) or tongue.labels.match(text)):
        return _issue(days[0], row, 0.85, "stands below the text behind a word for the date of issue")
    return None
