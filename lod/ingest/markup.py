"""Blocks of a document as the Markdown subset of a record's body."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lod.body import Block as Node
from lod.body import Break, Emphasis, Heading, Link, List, Paragraph, Quote, Span, Strong, Table, Text, render, tidy
from lod.ingest.blocks import Block
from lod.ingest.inline import Mark, Plain
from lod.ingest.inline import plain as plain_of

__all__ = ["body_of", "spans"]

_ADDRESSES = ("http://", "https://", "mailto:", "tel:")


def body_of(blocks: Sequence[tuple[Block, str, int]]) -> str:
    """The body made of blocks, each with its form (paragraph, heading, item, links, table) and its beginning."""
    nodes: list[Node] = []
    items: list[tuple[tuple[Span, ...], int | None, bool]] = []
    for block, form, start in blocks:
        if form == "item":
            if items and (items[-1][1] is None) != (block.number is None):
                nodes += _list(items)
                items = []
            items.append((spans(block.plain, start), block.number, block.quoted))
            continue
        nodes += _list(items)
        items = []
        nodes += _node(block, form, start)
    nodes += _list(items)
    return render(tidy(nodes))


def _list(items: list[tuple[tuple[Span, ...], int | None, bool]]) -> list[Node]:
    if not items:
        return []
    first = items[0][1]
    listed: Node = List(
        first is not None, first if first is not None else 1, tuple((Paragraph(each),) for each, _, _ in items)
    )
    return [Quote((listed,)) if items[0][2] else listed]


def _node(block: Block, form: str, start: int) -> list[Node]:
    if form == "table":
        return _table(block)
    if form == "links":
        lines = [row for row in block.rows if row.text]
        return [List(ordered=False, start=1, items=tuple((Paragraph(spans(row, 0)),) for row in lines))]
    inline = spans(block.plain, start)
    if not inline:
        return []
    if form == "heading":
        return [Heading(min(6, max(2, block.level or 3)), _unemphasised(inline))]
    paragraph = Paragraph(inline)
    return [Quote((paragraph,)) if block.quoted else paragraph]


def _unemphasised(inline: tuple[Span, ...]) -> tuple[Span, ...]:
    if len(inline) == 1 and isinstance(inline[0], Strong | Emphasis):
        return inline[0].spans
    return inline


def _table(block: Block) -> list[Node]:
    rows = []
    for line in block.lines:
        cells = [cell.strip() for cell in line.text.strip().strip("|").split("|")]
        if all(cell and not cell.strip("-: ") for cell in cells):
            continue
        rows.append(tuple(spans(plain_of([(cell, line.start)]), 0) for cell in cells))
    width = max(map(len, rows), default=0)
    full = [row + ((),) * (width - len(row)) for row in rows]
    return [Table(full[0], tuple(full[1:]))] if full else []


def spans(plain: Plain, start: int) -> tuple[Span, ...]:
    """The inline spans of plain characters from an offset on."""
    text = plain.text
    while start < len(text) and text[start].isspace():
        start += 1
    marks = [Mark(mark.kind, max(mark.start, start), mark.end, mark.href) for mark in plain.marks if mark.end > start]
    kept = [mark for mark in marks if mark.kind != "link" or mark.href.startswith(_ADDRESSES)]
    return tuple(_inside(text, start, len(text), kept))


def _inside(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterable[Span]:
    position = start
    rest = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.kind))
    while rest:
        mark = rest.pop(0)
        if mark.start < position or mark.end > end:
            continue
        yield from _text(text[position : mark.start])
        inner = [other for other in rest if mark.start <= other.start and other.end <= mark.end]
        content = tuple(_inside(text, mark.start, mark.end, inner))
        if mark.kind == "link":
            yield Link(mark.href, content)
        else:
            yield Strong(content) if mark.kind == "strong" else Emphasis(content)
        position = mark.end
    yield from _text(text[position:end])


def _text(text: str) -> Iterable[Span]:
    for index, line in enumerate(text.split("\n")):
        if index:
            yield Break()
        if line:
            yield Text(line)
