"""The body as plain text: what a search index, a length check or the offset of a quotation counts in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from lod.body.block import parse
from lod.body.nodes import Block, Break, Heading, List, Paragraph, Quote, Span, Text

__all__ = ["plain", "plain_spans", "plain_text"]

_MARKS = ("*", "\\", "|", "\t", "\r")  # anywhere in the text; looking for one character is a memchr
_STARTERS = frozenset("#>-+ ")  # at the start of a line
_NUMBERED = re.compile(r"\d{1,9}[.)](?: |$)")
_DIGITS = frozenset("0123456789")


def plain(blocks: Iterable[Block]) -> str:
    """Blocks joined by a blank line; list items and table rows one per line, numbered items with their number."""
    return "\n\n".join(_block(block, "\n\n") for block in blocks)


def plain_text(markdown: str) -> str:
    """`plain(parse(markdown))`, quickly where the text has no marks."""
    text = markdown.strip("\n")
    lines = text.split("\n")
    if _has_marks(text, lines):
        return plain(parse(markdown))
    if all(lines[::2]) and not any(lines[1::2]):
        return text
    paragraphs = (" ".join(lines) for filled, lines in groupby(lines, bool) if filled)
    return "\n\n".join(paragraphs)


def _has_marks(text: str, lines: list[str]) -> bool:
    for mark in _MARKS:
        if mark in text:
            return True
    if "[" in text and "](" in text:
        return True
    starts = {line[:1] for line in lines}
    if not starts.isdisjoint(_STARTERS) or " " in {line[-1:] for line in lines}:
        return True
    return not starts.isdisjoint(_DIGITS) and any(_NUMBERED.match(line) for line in lines)


def plain_spans(spans: Iterable[Span]) -> str:
    """The characters of spans; a break is a line feed."""
    parts = []
    for span in spans:
        if isinstance(span, Text):
            parts.append(span.text)
        else:
            parts.append("\n" if isinstance(span, Break) else plain_spans(span.spans))
    return "".join(parts)


def _block(block: Block, gap: str) -> str:
    if isinstance(block, Paragraph | Heading):
        return plain_spans(block.spans)
    if isinstance(block, Quote):
        return gap.join(_block(inner, gap) for inner in block.blocks)
    if isinstance(block, List):
        return "\n".join(_items(block))
    return "\n".join(" | ".join(plain_spans(cell) for cell in row) for row in (block.header, *block.rows))


def _items(block: List) -> Iterable[str]:
    for number, item in enumerate(block.items, block.start):
        text = "\n".join(_block(inner, "\n") for inner in item)
        yield f"{number}. {text}" if block.ordered else text
