"""From the blocks of a body to elements: one walk for every mark-up, which counts characters as the plain text does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from lod.body import (
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
    plain_spans,
)
from lod.news.elements import Element, address, append_text, child
from lod.news.quoted import Mark, level, marks, within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from lod.release import Release

__all__ = ["Markup", "Styled", "Walk", "write_blocks"]

_MARKED = (Strong, Emphasis)
_GAP = 2  # a blank line between blocks of the plain text


Styled = tuple[str, dict[str, str]]
"""An element and its attributes."""


class Markup(NamedTuple):
    """The element for each kind of block and span, in Clark notation; headings by level, the highest first."""

    paragraph: str
    headings: tuple[Styled, ...]
    numbered: str
    first_number: str
    """The attribute of a numbered list that has its first number."""
    bulleted: str
    item: str
    quote: tuple[str, ...]
    table: str
    head: str
    rows: str
    row: str
    head_cell: str
    cell: str
    strong: Styled
    emphasis: Styled
    link: str
    line_break: str
    quotation: str
    quotation_attributes: Callable[[Mark], Mapping[str, str]]


@dataclass(slots=True)
class Walk:
    """A walk over the blocks of one text. `at` is how far it has come in the plain text, in code points."""

    markup: Markup
    marks: Sequence[Mark]
    top: int = 1
    """The level of the highest headings."""
    at: int = 0

    def blocks(self, parent: Element, blocks: Iterable[Block], depth: int, gap: int = _GAP) -> None:
        """Write blocks into a parent that stands at a depth of the file; white space between blocks has no meaning."""
        for number, block in enumerate(blocks):
            if number:
                self.at += gap
            self._block(parent, block, depth, gap)
        _set_apart(parent, depth)

    def _block(self, parent: Element, block: Block, depth: int, gap: int) -> None:
        markup = self.markup
        if isinstance(block, Paragraph):
            self._spans(child(parent, markup.paragraph), block.spans)
        elif isinstance(block, Heading):
            below = min(max(block.level - self.top, 0), len(markup.headings) - 1)
            self._spans(child(parent, *markup.headings[below]), block.spans)
        elif isinstance(block, List):
            self._list(parent, block, depth)
        elif isinstance(block, Quote):
            made = [parent]
            for tag in markup.quote:
                made.append(child(made[-1], tag))
            self.blocks(made[-1], block.blocks, depth + len(markup.quote), gap)
            for below, outer in enumerate(made[1:-1], 1):
                _set_apart(outer, depth + below)
        else:
            self._table(parent, block, depth)

    def _list(self, parent: Element, block: List, depth: int) -> None:
        made = child(parent, self.markup.numbered if block.ordered else self.markup.bulleted)
        if block.ordered and block.start != 1:
            made.set(self.markup.first_number, str(block.start))
        for number, item in enumerate(block.items, block.start):
            if number > block.start:
                self.at += 1
            if block.ordered:
                self.at += len(f"{number}. ")
            entry = child(made, self.markup.item)
            if len(item) == 1 and isinstance(item[0], Paragraph):
                self._spans(entry, item[0].spans)
            else:
                self.blocks(entry, item, depth + 2, 1)
        _set_apart(made, depth + 1)

    def _table(self, parent: Element, block: Table, depth: int) -> None:
        made = child(parent, self.markup.table)
        if block.rows:
            head = child(made, self.markup.head)
            self._row(head, block.header, self.markup.head_cell, depth + 3)
            _set_apart(head, depth + 2)
            rows = child(made, self.markup.rows)
            for row in block.rows:
                self.at += 1
                self._row(rows, row, self.markup.cell, depth + 3)
            _set_apart(rows, depth + 2)
        else:
            self._row(made, block.header, self.markup.head_cell, depth + 2)
        _set_apart(made, depth + 1)

    def _row(self, parent: Element, cells: Sequence[Sequence[Span]], tag: str, depth: int) -> None:
        row = child(parent, self.markup.row)
        for number, cell in enumerate(cells or ((),)):
            if number:
                self.at += len(" | ")
            self._spans(child(row, tag), cell)
        _set_apart(row, depth)

    def _spans(self, parent: Element, spans: Sequence[Span]) -> None:
        if self.marks:
            found = within(self.marks, self.at, self.at + len(plain_spans(spans)))
            self._level(parent, spans, found)
        else:
            self._unmarked(parent, spans)

    def _unmarked(self, parent: Element, spans: Sequence[Span]) -> None:
        """Write spans without looking for quotations; most texts name none, and most paragraphs are mere text."""
        if len(spans) == 1 and isinstance(spans[0], Text):
            parent.text = spans[0].text
            return
        for span in spans:
            if isinstance(span, Text):
                append_text(parent, span.text)
            else:
                self._span(parent, span, ())

    def _level(self, parent: Element, spans: Sequence[Span], found: Sequence[Mark]) -> None:
        """Write spans that have one parent; quotations that fit become elements between the parent and its spans."""
        if not self.marks:
            self._unmarked(parent, spans)
            return
        here = level(found, spans, self.at)
        deeper = [mark for mark in found if mark not in here]
        target, end = parent, -1
        for span in spans:
            for text, quoted in self._pieces(span, here):
                if self.at == end:
                    target = parent
                if quoted is not None:
                    target = child(parent, self.markup.quotation, self.markup.quotation_attributes(quoted))
                    end = quoted.end
                if text is None:
                    self._span(target, span, deeper)
                else:
                    append_text(target, text)
                    self.at += len(text)

    def _pieces(self, span: Span, here: Sequence[Mark]) -> Iterable[tuple[str | None, Mark | None]]:
        """A span cut where quotations begin and end: the characters (None: another span), and what begins with them."""
        starts = {mark.start: mark for mark in here}
        if not isinstance(span, Text):
            yield None, starts.get(self.at)
            return
        first, last = self.at, self.at + len(span.text)
        cuts = sorted({first, *(point for mark in here for point in mark[:2] if first < point < last)})
        for start, end in zip(cuts, [*cuts[1:], last], strict=True):
            yield span.text[start - first : end - first], starts.get(start)

    def _span(self, parent: Element, span: Span, found: Sequence[Mark]) -> None:
        markup = self.markup
        if isinstance(span, Break):
            child(parent, markup.line_break)
            self.at += 1
        elif isinstance(span, Link):
            self._level(child(parent, markup.link, {"href": address(span.href)}), span.spans, found)
        elif isinstance(span, _MARKED):
            made = child(parent, *(markup.strong if isinstance(span, Strong) else markup.emphasis))
            self._level(made, span.spans, found)


def write_blocks(parent: Element, release: Release, markup: Markup, depth: int) -> None:
    """Write the whole text of a release into a parent that stands at a depth of the file."""
    blocks = release.blocks
    # Texts begin with # or with ##, as they like: the highest heading there is comes first.
    top = min((block.level for block in blocks if isinstance(block, Heading)), default=1)
    Walk(markup, marks(release), top).blocks(parent, blocks, depth)


def _set_apart(parent: Element, depth: int) -> None:
    """Each child on a line of its own; only where all children are blocks."""
    if not len(parent):
        return
    parent.text = "\n" + "  " * (depth + 1)
    for one in parent:
        one.tail = parent.text
    parent[-1].tail = "\n" + "  " * depth
