"""Blocks in the one form that Markdown can say: what it cannot say is brought into the nearest form it can.

Nothing that is read gets lost, only its dress: a bold blank, a link in a link, a break in a heading. Of bold
and italics the one that reaches further stands outside; a link holds the dress that it has for itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from lod.body.block import DEEPEST
from lod.body.inline import is_href
from lod.body.nodes import (
    Block,
    Break,
    Emphasis,
    Heading,
    Link,
    List,
    Paragraph,
    Quote,
    Span,
    Strong,
    Table,
    Text,
)

__all__ = ["tidy", "tidy_spans", "unwrapped"]

_HIGHEST = 999_999_999  # nine digits, CommonMark 5.2


def tidy(blocks: Iterable[Block], depth: int = 0) -> tuple[Block, ...]:
    """Drop empty blocks, unwrap containers nested too deep, and tidy every run of spans."""
    return tuple(inner for block in blocks for inner in _block(block, depth))


def _block(block: Block, depth: int) -> Iterator[Block]:
    if isinstance(block, Paragraph):
        if spans := tidy_spans(block.spans):
            yield Paragraph(spans)
    elif isinstance(block, Heading):
        if spans := tidy_spans(block.spans, " "):
            yield Heading(min(max(block.level, 1), 6), spans)
    elif isinstance(block, Table):
        header, *rows = (tuple(tidy_spans(cell, " ") for cell in row) or ((),) for row in (block.header, *block.rows))
        yield Table(header, tuple(rows))
    elif depth >= DEEPEST:
        inner = (block.blocks,) if isinstance(block, Quote) else block.items
        yield from tidy((found for part in inner for found in part), depth)
    elif isinstance(block, Quote):
        if quoted := tidy(block.blocks, depth + 1):
            yield Quote(quoted)
    elif block.items:
        start = min(max(block.start, 0), _HIGHEST) if block.ordered else 1
        yield List(block.ordered, start, tuple(tidy(item, depth + 1) for item in block.items))


_Strip = Callable[[str], str]


class _Run(NamedTuple):
    """Characters in one dress; a line feed is a break."""

    text: str
    strong: bool
    emphasis: bool
    href: str | None

    def in_common(self, other: _Run) -> _Run:
        """This run with no more dress than the other has too."""
        href = self.href if self.href == other.href else None
        return _Run(self.text, self.strong and other.strong, self.emphasis and other.emphasis, href)


_MOST_TRIES = 4  # where bold and italics overlap, a blank that falls out can free its neighbours
_PLAIN = _Run("", strong=False, emphasis=False, href=None)
_WHITE = re.compile(r"[ \t\r\n]+")
_EDGES = re.compile(r"([ \n]*)(.*?)([ \n]*)", re.DOTALL)


def tidy_spans(spans: Iterable[Span], breaks: str = "\n") -> tuple[Span, ...]:
    """Merge neighbours, drop what is empty, move blanks out of emphasis, and strip both ends and around breaks."""
    found = tuple(spans)
    for _ in range(_MOST_TRIES):
        before, found = found, tuple(_built(_bare_blanks(_stripped(list(_runs(found, _PLAIN, breaks))))))
        if found == before or all(isinstance(span, Text) for span in found):
            break
    return found


def unwrapped(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans without bold and italics."""
    runs = _stripped(list(_runs(spans, _PLAIN, "\n")))
    return tuple(_built(_bare_blanks([run._replace(strong=False, emphasis=False) for run in runs])))


def _runs(spans: Iterable[Span], dress: _Run, breaks: str) -> Iterator[_Run]:
    for span in spans:
        if isinstance(span, Text):
            text = span.text
            if "\n" in text or "\t" in text or "\r" in text:
                text = _WHITE.sub(lambda found: " " if found[0].strip(" ") else found[0], text)
            yield dress._replace(text=text)
        elif isinstance(span, Break):
            yield dress._replace(text=breaks)
        elif isinstance(span, Link):
            href = span.href if dress.href is None and is_href(span.href) else dress.href
            yield from _runs(span.spans, dress._replace(href=href), breaks)
        elif isinstance(span, Strong):
            yield from _runs(span.spans, dress._replace(strong=True), breaks)
        else:
            yield from _runs(span.spans, dress._replace(emphasis=True), breaks)


def _stripped(runs: list[_Run]) -> list[_Run]:
    """No blanks or breaks at the ends, no blanks next to a break."""
    ahead = _after_breaks(runs, lambda text: text.lstrip(" "), lambda text: text.lstrip(" \n"), -1)
    return _after_breaks(ahead[::-1], lambda text: text.rstrip(" "), lambda text: text.rstrip(" \n"), 0)[::-1]


def _after_breaks(runs: list[_Run], strip: _Strip, strip_all: _Strip, edge: int) -> list[_Run]:
    """Runs from one end, without blanks there and after each break; `edge` is the last character of a run seen so."""
    out: list[_Run] = []
    last = ""
    for run in runs:
        text = strip_all(run.text) if not out else strip(run.text) if last == "\n" else run.text
        if text:
            lines = text.split("\n")
            text = "\n".join(line.strip(" ") if 0 < at < len(lines) - 1 else line for at, line in enumerate(lines))
            out.append(run._replace(text=text))
            last = text[edge]
    return out


def _bare_blanks(runs: list[_Run]) -> list[_Run]:
    """Blanks and breaks between words have only the dress that the words on both sides have."""
    parts: list[_Run] = []
    for run in runs:
        edges = _EDGES.fullmatch(run.text)
        parts += [run._replace(text=text) for text in (edges.groups() if edges else ()) if text]
    words = [at for at, part in enumerate(parts) if part.text.strip(" \n")]
    out = list(parts)
    for before, after in pairwise(words):
        for at in range(before + 1, after):
            out[at] = parts[at].in_common(parts[before]).in_common(parts[after])
    return out


def _built(runs: list[_Run]) -> Iterator[Span]:
    """Spans from runs. A link is one item; its dress stands outside only where a neighbour shares it."""
    items: list[_Item] = []
    for href, group in groupby(runs, lambda run: run.href):
        parts = [run._replace(href=None) for run in group]
        if href is None:
            items += [_Item(run.strong, run.emphasis, run.text) for run in parts]
        else:
            strong, emphasis = all(run.strong for run in parts), all(run.emphasis for run in parts)
            items.append(_Item(strong, emphasis, "", href, parts))
    for at, item in enumerate(items):
        if item.href is not None:
            strong = item.strong and _shared(items, at, lambda one: one.strong)
            emphasis = item.emphasis and _shared(items, at, lambda one: one.emphasis)
            items[at] = item._replace(strong=strong, emphasis=emphasis)
    yield from _joined(_dressed(items))


class _Item(NamedTuple):
    """Something that may be dressed: characters, or a link with the runs in it."""

    strong: bool
    emphasis: bool
    text: str
    href: str | None = None
    parts: Sequence[_Run] = ()

    @property
    def blank(self) -> bool:
        return self.href is None and not self.text.strip(" \n")

    def spans(self, *, strong: bool, emphasis: bool) -> Iterator[Span]:
        """What it is, inside of what dresses it already."""
        if self.href is None:
            lines = self.text.split("\n")
            for at, line in enumerate(lines):
                yield from (Break(), Text(line)) if at else (Text(line),)
            return
        inner = [_Item(run.strong and not strong, run.emphasis and not emphasis, run.text) for run in self.parts]
        yield Link(self.href, tuple(_joined(_dressed(inner))))


def _dressed(items: Sequence[_Item], *, strong: bool = False, emphasis: bool = False) -> Iterator[Span]:
    """Bold and italics around as many items as they reach, the longer reach outside; not around blanks at the edges."""
    at = 0
    while at < len(items):
        bold = 0 if strong or items[at].blank else _reach(items, at, lambda item: item.strong)
        slanted = 0 if emphasis or items[at].blank else _reach(items, at, lambda item: item.emphasis)
        end = at + max(bold, slanted, 1)
        if slanted and slanted >= bold:
            yield Emphasis(tuple(_joined(_dressed(items[at:end], strong=strong, emphasis=True))))
        elif bold:
            yield Strong(tuple(_joined(_dressed(items[at:end], strong=True, emphasis=emphasis))))
        else:
            yield from items[at].spans(strong=strong, emphasis=emphasis)
        at = end


def _shared(items: Sequence[_Item], at: int, has: Callable[[_Item], bool]) -> bool:
    """Whether a word or link on either side has the same dress, all the way there."""
    for way in (range(at - 1, -1, -1), range(at + 1, len(items))):
        for other in way:
            if not has(items[other]):
                break
            if not items[other].blank:
                return True
    return False


def _reach(items: Sequence[_Item], at: int, has: Callable[[_Item], bool]) -> int:
    """How many items from here on have a dress, blanks at the end not counted."""
    end = at
    while end < len(items) and has(items[end]):
        end += 1
    while end > at and items[end - 1].blank:
        end -= 1
    return end - at


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Neighbouring texts as one."""
    for is_text, group in groupby(spans, lambda span: isinstance(span, Text)):
        if is_text:
            text = "".join(span.text for span in group if isinstance(span, Text))
            yield from [Text(text)] if text else []
        else:
            yield from group
