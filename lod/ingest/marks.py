"""Quotation marks: which stretches of paragraphs stand in them, whatever marks are used, nested, cut or missing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lod.ingest.singles import SINGLE, doubled

__all__ = ["Quoted", "quoted"]

_MARKS = re.compile("[\"„“”«»‟\uff02]|''|``|,,(?=\\w)")
_REACH = 5
_LOW = ("„", ",,", "``")
_OPENERS = " \t\n\u00a0\u202f([{–—-/„“«»"
_CLOSERS = " \t\n\u00a0\u202f.,;:!?)]}–—-/…"


@dataclass(frozen=True, slots=True)
class Quoted:
    """Characters between marks, in one paragraph. `opened` and `closed` say whether the marks are really there."""

    block: int
    start: int
    end: int
    opened: bool = True
    closed: bool = True
    continues: bool = False
    marked: bool = True


def quoted(paragraphs: list[tuple[int, str]]) -> list[Quoted]:
    """The outermost quoted stretches of paragraphs that follow each other."""
    found: list[Quoted] = []
    running = False
    texts = doubled(paragraphs)
    for index, (block, text) in enumerate(texts):
        if (
            running
            and _MARKS.search(text) is None
            and _goes_on([each for _, each in texts[index + 1 : index + _REACH]])
        ):
            found.append(Quoted(block, 0, len(text), opened=False, closed=False, continues=True))
            continue
        spans, running = _paragraph(block, text, running=running)
        found += spans
    return found


def _goes_on(texts: list[str]) -> bool:
    """Whether a quotation that was opened before is closed in one of the next paragraphs, before another is opened."""
    for text in texts:
        found = _MARKS.search(text)
        if found is not None:
            start, end = found.span()
            before, after = text[start - 1] if start else " ", text[end] if end < len(text) else " "
            return start > 0 and _kind(found.group(), before, after, "") == "close"
    return False


def _paragraph(block: int, text: str, *, running: bool) -> tuple[list[Quoted], bool]:
    spans: list[Quoted] = []
    open_at, depth, opener = None, 0, ""
    for found in _MARKS.finditer(text):
        mark, start, end = found.group(), found.start(), found.end()
        before, after = text[start - 1] if start else " ", text[end] if end < len(text) else " "
        kind = _kind(mark, before, after, opener if open_at is not None else "")
        if kind == "open":
            if open_at is None:
                open_at, depth, opener = end, 1, mark
            elif mark == opener and mark in '"„':
                # The same mark again: the one before was never closed, unless this one is nested.
                depth += 1 if mark == "„" else 0
            else:
                depth += 1
        elif open_at is None:
            if running or _stray(text, start):
                begin = 0 if running else _begin(text, start, spans)
                spans.append(Quoted(block, begin, start, opened=False, continues=running))
                running = False
        else:
            depth -= 1
            if depth <= 0:
                continues = running and not spans and text[:open_at].strip(_OPENERS + '"') == ""
                spans.append(Quoted(block, open_at, start, continues=continues))
                running, open_at = False, None
    if open_at is not None:
        continues = running and not spans and text[:open_at].strip(_OPENERS + '"') == ""
        spans.append(Quoted(block, open_at, len(text), closed=False, continues=continues))
    elif running and not spans:
        running = False
    spans += _singles(block, text, spans)
    spans.sort(key=lambda span: span.start)
    return [_stripped(span, text) for span in spans if span.end > span.start], bool(spans) and not spans[-1].closed


def _kind(mark: str, before: str, after: str, opener: str) -> str:
    """Whether a mark opens or closes, from its form and its neighbours; `opener` is the mark that is open, if any."""
    opens = before in _OPENERS and not after.isspace() and after not in ".,;:!?)"
    closes = not before.isspace() and after in _CLOSERS + "\"„“”«»'’‘"
    if mark in _LOW:
        return "open"
    if mark in ("«", "»"):
        return _guillemet(mark, before, after, opener, opens=opens)
    if mark == "“":
        closing = opener in _LOW or (bool(opener) and closes) or (not opener and before not in _OPENERS)
        return "close" if closing else "open"
    if mark == "”":
        return "open" if not opener and opens else "close"
    if mark == opener:
        return "close" if closes or not opens else "open"
    return "close" if (not opens and (bool(opener) or closes)) or (closes and bool(opener)) else "open"


def _guillemet(mark: str, before: str, after: str, opener: str, *, opens: bool) -> str:
    """French marks open with «, German ones with »; Swiss ones stand without blanks."""
    if mark == "«":
        if opener == "»":
            return "close"
        stray = bool(opener) and opener != "«" and not opens and bool(before.strip()) and after in _CLOSERS
        return "close" if stray else "open"
    if opener == "«":
        return "close"
    return "open" if opens and opener != "»" else "close"


def _stray(text: str, start: int) -> bool:
    """Whether a closing mark without an opening one ends a quotation: sentence punctuation stands at it."""
    return (start > 30 and bool(re.match(r"[\"“”»]\s*,|[\"“”»]\s*(?:[–—-]\s)?[a-zà-ü]", text[start:]))) or text[
        start - 1 : start
    ] in ".!?,"


def _begin(text: str, start: int, spans: list[Quoted]) -> int:
    """Where a quotation without opening mark begins: after the last colon before it, else with the paragraph."""
    last = spans[-1].end + 1 if spans else 0
    colon = text.rfind(": ", last, start)
    return colon + 2 if colon >= 0 else last


def _singles(block: int, text: str, taken: list[Quoted]) -> list[Quoted]:
    """What stands in single marks, and not inside of other ones."""
    return [
        Quoted(block, match.start(1), match.end(1))
        for match in SINGLE.finditer(text)
        if not any(span.start <= match.start() < span.end for span in taken)
    ]


def _stripped(span: Quoted, text: str) -> Quoted:
    inner = text[span.start : span.end]
    start = span.start + len(inner) - len(inner.lstrip())
    return Quoted(span.block, start, start + len(inner.strip()), span.opened, span.closed, span.continues, span.marked)
