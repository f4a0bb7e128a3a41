"""Tables of HTML: those that hold data become tables, those that only set a page become what they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from lod.body import Block, Break, Heading, Paragraph, Span, Strong, Table, Text, plain
from lod.harvest.elements import count_of
from lod.harvest.flow import Flow, blocks_of

__all__ = ["table_of"]

_WIDEST = 50

Inside = Callable[[HtmlElement], Flow]
Skips = Callable[[HtmlElement], bool]
_Cell = tuple[Block, ...]


@dataclass
class _Rows:
    """What stands in a table: what is in no cell, and the cells row by row; `heads` are rows of headings only."""

    stray: Flow = field(default_factory=list)
    rows: list[list[_Cell]] = field(default_factory=list)
    heads: list[bool] = field(default_factory=list)


def table_of(element: HtmlElement, inside: Inside, whole: Inside, skips: Skips) -> Flow:
    """The blocks of a table. `inside` reads what an element holds, `whole` the element itself."""
    found = _Rows()
    _collect(element, found, inside, whole, skips)
    width = max(map(len, found.rows), default=0)
    if width <= 1 or next(element.iterdescendants("table"), None) is not None:
        return [*found.stray, *(block for row in found.rows for cell in row for block in cell)]
    rows = [tuple(tuple(_spans(cell)) for cell in row) for row in found.rows if any(row)]
    heads = [head for row, head in zip(found.rows, found.heads, strict=True) if any(row)]
    filled = max((at for row in rows for at, cell in enumerate(row, 1) if cell), default=0)
    rows = [row[:filled] for row in rows]
    header = rows.pop(0) if _is_header(rows, heads) else ((),) * filled
    return [Paragraph(()), *found.stray, Paragraph(()), Table(header, tuple(rows))]


def _is_header(rows: list[tuple[tuple[Span, ...], ...]], heads: list[bool]) -> bool:
    """Whether the first row names the columns: all headings, or in bold where the next row is not."""
    if not rows or heads[0]:
        return bool(rows)
    return len(rows) > 1 and _is_bold(rows[0]) and not _is_bold(rows[1])


def _is_bold(row: tuple[tuple[Span, ...], ...]) -> bool:
    return all(isinstance(span, Strong) for cell in row for span in cell)


def _collect(element: HtmlElement, found: _Rows, inside: Inside, whole: Inside, skips: Skips) -> None:
    found.stray += _text(element.text)
    for child in element:
        if not skips(child):
            if child.tag in {"thead", "tbody", "tfoot"}:
                _collect(child, found, inside, whole, skips)
            elif child.tag == "tr":
                _row(child, found, inside, whole, skips)
            else:
                found.stray += whole(child)
        found.stray += _text(child.tail)


def _row(element: HtmlElement, found: _Rows, inside: Inside, whole: Inside, skips: Skips) -> None:
    row: list[_Cell] = []
    head = True
    found.stray += _text(element.text)
    for child in element:
        if not skips(child):
            if child.tag in {"td", "th"}:
                head = head and child.tag == "th"
                row += (blocks_of(inside(child)), *[()] * (_span(child) - 1))
            else:
                found.stray += whole(child)
        found.stray += _text(child.tail)
    found.rows.append(row)
    found.heads.append(bool(row) and head)


def _text(text: str | None) -> Flow:
    return [Text(text)] if text and not text.isspace() else []


def _span(cell: HtmlElement) -> int:
    """How many columns a cell covers."""
    return min(max(count_of(cell.get("colspan")), 1), _WIDEST)


def _spans(cell: _Cell) -> Iterator[Span]:
    """The blocks of a cell in one run; a cell of our tables holds no blocks."""
    for at, block in enumerate(cell):
        if at:
            yield Break()
        if isinstance(block, Paragraph | Heading):
            yield from block.spans
        else:
            yield Text(plain((block,)))
