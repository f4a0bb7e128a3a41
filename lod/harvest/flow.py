"""Flow: blocks and spans as HTML mixes them, and how paragraphs come of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from lod.body import Block, Break, Emphasis, Heading, Link, List, Paragraph, Span, Strong, Text

__all__ = ["Flow", "blocks_of", "wrapped"]

Flow = list[Block | Span]
"""Spans that are not yet in a paragraph, between blocks. An empty paragraph only sets apart."""

_BLANK = " \N{NO-BREAK SPACE}"


def wrapped(flow: Flow, wrap: Callable[[tuple[Span, ...]], Span]) -> Flow:
    """The flow with its spans, and the paragraphs and headings in it, in one dress."""
    out: Flow = []
    spans: list[Span] = []
    for one in (*flow, Paragraph(())):
        if isinstance(one, Text | Break | Strong | Emphasis | Link):
            spans.append(one)
            continue
        if spans:
            out.append(wrap(tuple(spans)))
            spans = []
        if isinstance(one, Paragraph):
            out.append(Paragraph((wrap(one.spans),) if one.spans else ()))
        else:
            out.append(Heading(one.level, (wrap(one.spans),)) if isinstance(one, Heading) else one)
    return out[:-1]


def blocks_of(flow: Iterable[Block | Span]) -> tuple[Block, ...]:
    """Loose spans become paragraphs; two breaks in a row end one."""
    out: list[Block] = []
    spans: list[Span] = []
    for one in flow:
        if isinstance(one, Text | Break | Strong | Emphasis | Link):
            spans.append(one)
            continue
        out += _paragraphs(spans)
        spans = []
        if isinstance(one, Paragraph):
            out += _paragraphs(one.spans)
        elif isinstance(one, List) and out and isinstance(last := out[-1], List) and not (one.ordered or last.ordered):
            # Editors make a list of each item; nothing stands between them, so they are one.
            out[-1] = List(ordered=False, start=1, items=last.items + one.items)
        else:
            out.append(one)
    return (*out, *_paragraphs(spans))


def _paragraphs(spans: Iterable[Span]) -> Iterator[Paragraph]:
    part: list[Span] = []
    waiting: list[Span] = []  # a break and the blanks after it: a second break makes a paragraph of it
    for span in spans:
        if isinstance(span, Break):
            if waiting:
                yield from _paragraph(part)
                part, waiting = [], []
            elif part:
                waiting = [span]
        elif waiting and isinstance(span, Text) and not span.text.strip(_BLANK):
            waiting.append(span)
        else:
            part += (*waiting, span)
            waiting = []
    yield from _paragraph(part)


def _paragraph(spans: Sequence[Span]) -> Iterator[Paragraph]:
    found = _started(_ended(spans))
    if found:
        yield Paragraph(tuple(_collapsed(found, blank=True)[0]))


def _started(spans: Sequence[Span]) -> list[Span]:
    """Spans without blanks at the start, non-breaking ones included; empty where they are nothing else."""
    for at, span in enumerate(spans):
        if isinstance(span, Text):
            if text := span.text.lstrip(_BLANK):
                return [Text(text), *spans[at + 1 :]]
        elif not isinstance(span, Break) and (inner := _started(span.spans)):
            return [_same(span, inner), *spans[at + 1 :]]
    return []


def _ended(spans: Sequence[Span]) -> list[Span]:
    """Spans without blanks at the end."""
    for at in range(len(spans) - 1, -1, -1):
        span = spans[at]
        if isinstance(span, Text):
            if text := span.text.rstrip(_BLANK):
                return [*spans[:at], Text(text)]
        elif not isinstance(span, Break) and (inner := _ended(span.spans)):
            return [*spans[:at], _same(span, inner)]
    return []


def _collapsed(spans: Sequence[Span], *, blank: bool) -> tuple[list[Span], bool]:
    """Spans in which a blank does not follow a blank, across their borders too; and whether they end in one."""
    out: list[Span] = []
    for span in spans:
        if isinstance(span, Text):
            text = span.text.lstrip(" ") if blank else span.text
            if text:
                out.append(Text(text))
                blank = text.endswith(" ")
        elif isinstance(span, Break):
            out.append(span)
            blank = True
        else:
            inner, blank = _collapsed(span.spans, blank=blank)
            if inner:
                out.append(_same(span, inner))
    return out, blank


def _same(span: Strong | Emphasis | Link, inner: Sequence[Span]) -> Span:
    return Link(span.href, tuple(inner)) if isinstance(span, Link) else type(span)(tuple(inner))
