"""Blocks as Markdown. The law: `parse(render(blocks)) == tidy(blocks)`, but for emphasis that Markdown cannot write.

A bold „Zitat“ that touches the next word has no form in CommonMark (its asterisks would not flank): there the
emphasis is given up, never the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lod.body import inline
from lod.body.block import MARKER, RULE
from lod.body.nodes import Block, Break, Emphasis, Heading, Link, List, Paragraph, Quote, Span, Strong, Table, Text
from lod.body.tidy import tidy, tidy_spans, unwrapped

__all__ = ["render"]

_SPECIAL = re.compile(r"\\|(?<![^\W_])\*|\*(?![^\W_])|\](?=\()")
_IN_LINK = re.compile(r"\\|(?<![^\W_])\*|\*(?![^\W_])|[\[\]]")
_IN_HREF = re.compile(r"[()\[\]\\]")
_HEADING = re.compile(r"#{1,6}(?: |$)")
_NINE_DIGITS = 999_999_999


def render(blocks: Iterable[Block]) -> str:
    """Write blocks as Markdown, without a line feed at the end."""
    return "\n".join(_lines(tidy(blocks)))


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    twin = False  # a list right after one of its kind needs another mark
    for at, block in enumerate(blocks):
        before = blocks[at - 1] if at else None
        twin = isinstance(block, List) and isinstance(before, List) and before.ordered == block.ordered and not twin
        if at:
            yield ""
        yield from _block(block, twin=twin)


def _block(block: Block, *, twin: bool) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield from _paragraph(block.spans)
    elif isinstance(block, Heading):
        text = _spans(block.spans)
        yield "#" * block.level + " " + (text[:-1] + "\\#" if _looks_closed(text) else text)
    elif isinstance(block, Quote):
        yield from ("> " + line if line else ">" for line in _lines(block.blocks))
    elif isinstance(block, List):
        yield from _list(block, twin=twin)
    else:
        yield from _table(block)


def _paragraph(spans: tuple[Span, ...]) -> Iterator[str]:
    lines = [_guarded(line) for line in _spans(spans).split("\n")]
    yield from (line + "\\" for line in lines[:-1])
    yield lines[-1]


def _guarded(line: str) -> str:
    """Escape what would begin another block."""
    if not line or line[0] not in "#>-+|:0123456789":
        return line
    if line[0] == ">" or _HEADING.match(line) or RULE.fullmatch(line):
        return "\\" + line
    mark = MARKER.match(line)
    if mark is None:
        return line
    return "\\" + line if mark[1] else f"{mark[2]}\\{line[mark.end(2) :]}"


def _looks_closed(heading: str) -> bool:
    bare = heading.rstrip("#")
    return bare != heading and (not bare or bare.endswith(" "))


def _list(block: List, *, twin: bool) -> Iterator[str]:
    for at, item in enumerate(block.items):
        number = min(block.start + at, _NINE_DIGITS)
        mark = f"{number}{')' if twin else '.'}" if block.ordered else "*" if twin else "-"
        indent = " " * (len(mark) + 1)
        first, *rest = _item(item) or [""]
        if at and not (_compact(block.items[at - 1]) and _compact(item)):
            yield ""
        yield f"{mark} {first}" if first else mark
        yield from (indent + line if line else "" for line in rest)


def _item(item: tuple[Block, ...]) -> list[str]:
    lines = list(_lines(item))
    if _compact(item) and len(item) > 1:
        lines.remove("")
    return lines


def _compact(item: tuple[Block, ...]) -> bool:
    """A paragraph, and perhaps a list that may follow it without a blank line."""
    if len(item) <= 1:
        return True
    first, second, *more = item
    if more or not isinstance(first, Paragraph) or not isinstance(second, List):
        return False
    return bool(second.items[0]) and second.start == 1


def _table(table: Table) -> Iterator[str]:
    yield _row(table.header)
    yield "| " + " | ".join("---" for _ in table.header) + " |"
    yield from (_row(row) for row in table.rows)


def _row(row: tuple[tuple[Span, ...], ...]) -> str:
    return "| " + " | ".join(_spans(cell).replace("|", "\\|") for cell in row) + " |"


def _spans(spans: tuple[Span, ...]) -> str:
    """Spans as text with a line feed for a break; emphasis only where it reads back as it was."""
    text = _written(spans)
    if "*" not in text or inline.spans(text) == spans:
        return text
    kept = tidy_spans(part for at in range(len(spans)) for part in _readable(spans, at))
    text = _written(kept)
    return text if inline.spans(text) == kept else _written(unwrapped(spans))


def _readable(spans: tuple[Span, ...], at: int) -> tuple[Span, ...]:
    """One span, without its emphasis where that does not read back between its neighbours."""
    span = spans[at]
    if not isinstance(span, Strong | Emphasis):
        return (span,)
    around = spans[max(at - 1, 0) : at + 2]
    return (span,) if inline.spans(_written(around)) == around else unwrapped((span,))


def _written(spans: tuple[Span, ...], special: re.Pattern[str] = _SPECIAL) -> str:
    out: list[str] = []
    for span in spans:
        if isinstance(span, Text):
            out.append(special.sub(r"\\\g<0>", span.text))
        elif isinstance(span, Break):
            out.append("\n")
        elif isinstance(span, Link):
            href = _IN_HREF.sub(r"\\\g<0>", span.href)
            out.append(f"[{_written(span.spans, _IN_LINK)}]({href})")
        else:
            mark = "**" if isinstance(span, Strong) else "*"
            out.append(mark + _written(span.spans, special) + mark)
    return "".join(out)
