"""Bold and italic runs that belong together: programs cut them at every line and at every change of anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lod.body import Break, Emphasis, Link, Span, Strong

__all__ = ["rejoined"]


def rejoined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Neighbours of one dress as one span; breaks between them belong to it."""
    out: list[Span] = []
    for span in spans:
        at = len(out) - 1
        while at >= 0 and isinstance(out[at], Break):
            at -= 1
        last = out[at] if at >= 0 else None
        if isinstance(span, Strong) and isinstance(last, Strong):
            out[at:] = [Strong((*last.spans, *out[at + 1 :], *span.spans))]
        elif isinstance(span, Emphasis) and isinstance(last, Emphasis):
            out[at:] = [Emphasis((*last.spans, *out[at + 1 :], *span.spans))]
        elif isinstance(span, Link) and isinstance(last, Link) and span.href == last.href and at == len(out) - 1:
            out[at] = Link(last.href, (*last.spans, *span.spans))
        else:
            out.append(span)
    return tuple(
        replace(span, spans=rejoined(span.spans)) if isinstance(span, Strong | Emphasis) else span for span in out
    )
