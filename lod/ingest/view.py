"""What a person sees of a reading: the document, the findings in it, and the record made of it. Plain values only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lod.ingest.document import Document
    from lod.ingest.reading import Reading

__all__ = ["Mark", "Note", "View", "pieces", "view_of"]


class Mark(NamedTuple):
    """A finding: span (empty where the container states it), field, the value read, how sure the reader is, and why."""

    start: int
    end: int
    field: str
    value: str
    confidence: float
    why: str


class Note(NamedTuple):
    """Something suspicious in the text."""

    start: int
    end: int
    kind: str
    message: str


class View(NamedTuple):
    """One document as it is shown."""

    path: str
    media_type: str
    text: str
    marks: tuple[Mark, ...]
    notes: tuple[Note, ...]
    record: str


def view_of(document: Document, reading: Reading, record: str) -> View:
    """The view of a reading; `record` is the text of its file."""
    size = len(document.text)
    marks = {
        Mark(each.start, each.end, each.field, _shown(each.value), each.confidence, each.why)
        for each in reading.findings
        if 0 <= each.start <= each.end <= size
    }
    notes = sorted(Note(each.start, each.end, each.kind, each.message) for each in reading.suspicions)
    return View(str(document.path), document.media_type, document.text, tuple(sorted(marks)), tuple(notes), record)


_UNSAID = frozenset({"authority", "channel", "family", "given", "id", "start"})


def _shown(value: object) -> str:
    """A value in one line: of a mapping, what it says and not how it is built."""
    if isinstance(value, dict):
        return ", ".join(_shown(part) for key, part in value.items() if key not in _UNSAID and part)
    if isinstance(value, list | tuple):
        return ", ".join(map(_shown, value))
    return " ".join(str(value).split())


def pieces(view: View) -> Iterator[tuple[str, tuple[Mark, ...], tuple[Note, ...]]]:
    """The text cut where marks and notes begin and end: each piece with those that cover it, the widest first."""
    cuts = sorted({0, len(view.text), *_ends(view.marks), *_ends(view.notes)} & set(range(len(view.text) + 1)))
    for start, end in pairwise(cuts):
        marks = [mark for mark in view.marks if mark.start <= start and mark.end >= end]
        marks.sort(key=lambda mark: (mark.start - mark.end, mark.field))
        notes = tuple(note for note in view.notes if note.start <= start and note.end >= end)
        yield view.text[start:end], tuple(marks), notes


def _ends(spans: Iterable[Mark | Note]) -> Iterator[int]:
    for span in spans:
        yield span.start
        yield span.end
