"""Where the quotations of a release stand in its text, so that the body can mark them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lod.body import Span, Text, plain_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lod.release import Release

__all__ = ["Mark", "level", "marks", "within"]


class Mark(NamedTuple):
    """A quotation in the plain text: code points from 0, end exclusive; its id, and who said it."""

    start: int
    end: int
    id: str
    speakers: tuple[str, ...]


def marks(release: Release) -> tuple[Mark, ...]:
    """The quotations in the order of the text; one that begins inside another is left out."""
    found: list[Mark] = []
    spans = release.spans if release.quotations else {}
    for quotation in sorted(release.quotations, key=lambda one: spans[one.id]):
        mark = Mark(*spans[quotation.id], quotation.id, quotation.speakers)
        if not found or mark.start >= found[-1].end:
            found.append(mark)
    return tuple(found)


def within(found: Iterable[Mark], start: int, end: int) -> list[Mark]:
    """The parts of quotations that lie in a stretch of the text; one over several paragraphs has a part in each."""
    return [
        mark._replace(start=max(mark.start, start), end=min(mark.end, end))
        for mark in found
        if mark.start < end and mark.end > start
    ]


def level(found: Iterable[Mark], spans: Sequence[Span], at: int) -> list[Mark]:
    """Those that begin and end between spans or inside plain characters, so that one element can hold each."""
    stretches = []
    for span in spans:
        end = at + len(plain_spans((span,)))
        stretches.append((at, end, isinstance(span, Text)))
        at = end

    def free(point: int) -> bool:
        return any(point in {start, end} or (open_ and start < point < end) for start, end, open_ in stretches)

    return [mark for mark in found if free(mark.start) and free(mark.end)]
