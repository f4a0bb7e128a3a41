"""Blocks as the parser would give them: what Markdown cannot say is brought into the nearest form it can.

No character that is read gets lost, only its dress: a bold blank, a link in a link, a break in a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

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

_BLANKS = re.compile(r"[ \t\r\n]*+[\t\r\n][ \t\r\n]*+|[\t\r]")
_HIGHEST = 999_999_999  # nine digits, CommonMark 5.2


def tidy(blocks: Iterable[Block], depth: int = 0) -> tuple[Block, ...]:
    """Drop empty blocks, unwrap containers nested too deep, and tidy every run of spans."""
    return tuple(inner for block in blocks for inner in _block(block, depth))


def _block(block: Block, depth: int) -> Iterator[Block]:
    if isinstance(block, Paragraph):
        if spans := tidy_spans(block.spans):
            yield Paragraph(spans)
    elif isinstance(block, Heading):
        if spans := _one_line(block.spans):
            yield Heading(min(max(block.level, 1), 6), spans)
    elif isinstance(block, Table):
        header, *rows = (tuple(_one_line(cell) for cell in row) or ((),) for row in (block.header, *block.rows))
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


def tidy_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Merge neighbours, drop what is empty, move blanks out of emphasis, and strip both ends and around breaks."""
    return _stripped(_merged(_pieces(spans, in_link=False)))


def _one_line(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tidy_spans(_unbroken(spans))


def _unbroken(spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        if isinstance(span, Break):
            yield Text(" ")
        elif isinstance(span, Text):
            yield span
        else:
            yield _same(span, tuple(_unbroken(span.spans)))


def unwrapped(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans without bold and italics."""
    return tidy_spans(_bare(spans))


def _bare(spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        if isinstance(span, Strong | Emphasis):
            yield from _bare(span.spans)
        elif isinstance(span, Link):
            yield Link(span.href, tuple(_bare(span.spans)))
        else:
            yield span


def _pieces(spans: Iterable[Span], *, in_link: bool) -> Iterator[Span]:
    for span in spans:
        if isinstance(span, Text):
            yield Text(_BLANKS.sub(" ", span.text))
        elif isinstance(span, Break):
            yield span
        elif isinstance(span, Link):
            inner = _pieces(span.spans, in_link=True)
            if in_link or not is_href(span.href):
                yield from inner
            elif merged := _merged(inner):
                yield Link(span.href, tuple(merged))
        else:
            yield from _emphasised(span, _merged(_pieces(span.spans, in_link=in_link)))


def _emphasised(span: Strong | Emphasis, inner: list[Span]) -> Iterator[Span]:
    """The span around what is left of it when blanks and breaks at its edges have moved out."""
    head, inner = _peeled(inner, 0)
    inner, tail = reversed(_peeled(inner, -1))
    yield from head
    if len(inner) == 1 and isinstance(inner[0], type(span)):
        yield inner[0]
    elif len(inner) == 1 and isinstance(span, Strong) and isinstance(inner[0], Emphasis):
        yield Emphasis((Strong(inner[0].spans),))
    elif inner:
        yield _same(span, tuple(inner))
    yield from reversed(tail)


def _peeled(spans: list[Span], edge: int) -> tuple[list[Span], list[Span]]:
    """Blanks and breaks at one edge (0 or -1), from the outside in, and the spans without them."""
    peel: list[Span] = []
    spans = list(spans)
    while spans:
        span = spans[edge]
        if isinstance(span, Text):
            rest = span.text.lstrip(" ") if edge == 0 else span.text.rstrip(" ")
            if rest != span.text:
                peel.append(Text(" "))
            if rest:
                spans[edge] = Text(rest)
                break
        elif isinstance(span, Break):
            peel.append(span)
        else:
            break
        spans.pop(edge)
    return peel, spans


def _merged(spans: Iterable[Span]) -> list[Span]:
    out: list[Span] = []
    for span in spans:
        last = out[-1] if out else None
        if isinstance(span, Text) and isinstance(last, Text):
            out[-1] = Text(last.text + span.text)
        elif isinstance(span, Strong | Emphasis) and isinstance(last, type(span)):
            out[-1] = _same(span, tuple(_merged((*last.spans, *span.spans))))
        elif not isinstance(span, Text) or span.text:
            out.append(span)
    return out


def _same(span: Strong | Emphasis | Link, inner: tuple[Span, ...]) -> Span:
    if isinstance(span, Link):
        return Link(span.href, inner)
    return Strong(inner) if isinstance(span, Strong) else Emphasis(inner)


def _stripped(spans: list[Span]) -> tuple[Span, ...]:
    """No blanks or breaks at the ends, no blanks next to a break."""
    _, inner = _peeled(spans, 0)
    _, inner = _peeled(inner, -1)
    out: list[Span] = []
    for at, span in enumerate(inner):
        if isinstance(span, Text):
            text = span.text
            if at and isinstance(inner[at - 1], Break):
                text = text.lstrip(" ")
            if at + 1 < len(inner) and isinstance(inner[at + 1], Break):
                text = text.rstrip(" ")
            if text:
                out.append(Text(text))
        else:
            out.append(span)
    return tuple(out)
