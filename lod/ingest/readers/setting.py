"""Lines of all pages become blocks: headings by size, paragraphs by space and early ends, lists by their marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from statistics import median

from lod.body import Block, Break, Emphasis, Heading, Link, List, Paragraph, Span, Strong, Text
from lod.ingest.layout import Hyphens, joint, layout, list_mark
from lod.ingest.readers.dress import rejoined
from lod.ingest.readers.page import Line, PageText, Word

__all__ = ["blocks"]

_LARGER = 1.12
_MORE_SPACE = 1.3
_SLACK = 1.0
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"""[.!?:;…][“”"»«’')\]]*$""")
_EDGE_LINES = 3
_REPEATED = 2
_SHORT = 40


def blocks(pages: list[PageText]) -> tuple[Block, ...]:
    """The blocks of a document; headers, footers and page numbers that come again on later pages are left out."""
    lines = [line for page in _without_running_lines(pages) for line in page]
    if not lines:
        return ()
    return tuple(_Setting(lines).blocks())


def _without_running_lines(pages: list[PageText]) -> Iterator[list[Line]]:
    """The letterhead of the first page stays; what later pages repeat of it, and all page numbers, go."""
    edges: Counter[str] = Counter()
    for page in pages:
        edges.update({_place(line) for line in (*page.lines[:_EDGE_LINES], *page.lines[-_EDGE_LINES:])})
    for number, page in enumerate(pages):
        last = len(page.lines) - _EDGE_LINES
        yield [
            line
            for at, line in enumerate(page.lines)
            if not ((at < _EDGE_LINES or at >= last) and _is_running(line, edges, number))
        ]


def _is_running(line: Line, edges: Counter[str], page: int) -> bool:
    return _mask(line) in layout().page_numbers or (page > 0 and edges[_place(line)] >= _REPEATED)


def _mask(line: Line) -> str:
    """A short line without its numbers; in a long one, which may be text, every digit counts."""
    text = line.text.strip().lower()
    return _DIGITS.sub("#", text) if len(text) < _SHORT else text


def _place(line: Line) -> str:
    """What a line says and how far down the page it stands: only the same in the same place is a header."""
    return f"{round(line.top / 4)} {_mask(line)}"


class _Setting:
    """What is usual in this document: the size of its text, the distance of its lines, its hyphens."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        sizes: Counter[float] = Counter()
        for line in lines:
            if line.words[0].table is None:
                sizes[line.size] += len(line.text)
        self.size = max(sizes, key=lambda size: (sizes[size], -size), default=10.0)
        larger = sorted({size for size in sizes if size > self.size * _LARGER}, reverse=True)
        self.levels = {size: min(level, 6) for level, size in enumerate(larger, 1)}
        self.leading = self._leadings()
        self.hyphens = Hyphens.of([line.text for line in lines])

    def _leadings(self) -> dict[float, float]:
        """The smallest usual distance between lines of one size; lines of one paragraph are that far apart."""
        steps: dict[float, list[float]] = {}
        for above, line in pairwise(self.lines):
            step = line.bottom - above.bottom
            if above.size == line.size and 0 < step < 2.2 * line.size and self._is_full(above, line):
                steps.setdefault(line.size, []).append(step)
        return {size: median(found) for size, found in steps.items()}

    def blocks(self) -> Iterator[Block]:
        """Groups of lines, each as a block; items that follow each other as one list."""
        items: list[list[Line]] = []
        marks: list[tuple[str, int, int]] = []
        for group in self._groups():
            mark = list_mark(group[0].text)
            if mark and self._goes_on(mark, marks):
                items.append(group)
                marks.append(mark)
                continue
            yield from self._listed(items, marks)
            items, marks = ([group], [mark]) if mark else ([], [])
            if not mark:
                yield self._block(group)
        yield from self._listed(items, marks)

    @staticmethod
    def _goes_on(mark: tuple[str, int, int], marks: list[tuple[str, int, int]]) -> bool:
        return bool(marks) and mark[0] == marks[-1][0] and (mark[0] != "number" or mark[1] == marks[-1][1] + 1)

    def _listed(self, items: list[list[Line]], marks: list[tuple[str, int, int]]) -> Iterator[Block]:
        if not items:
            return
        if len(items) == 1 and marks[0][0] != "bullet":
            yield self._block(items[0])
            return
        found = tuple((Paragraph(_cut(self._spans(item), mark[2])),) for item, mark in zip(items, marks, strict=True))
        ordered = marks[0][0] == "number"
        yield List(ordered, max(marks[0][1], 1) if ordered else 1, found)

    def _block(self, group: list[Line]) -> Block:
        first = group[0].words[0]
        if first.table is not None:
            return first.table
        level = self.levels.get(group[0].size)
        if level is None:
            return Paragraph(self._spans(group))
        return Heading(level, self._spans([replace(line, words=_plain(line.words)) for line in group], in_heading=True))

    def _groups(self) -> Iterator[list[Line]]:
        group: list[Line] = []
        for at, line in enumerate(self.lines):
            after = self.lines[at + 1] if at + 1 < len(self.lines) else None
            if group and self._apart(group, line, after):
                yield group
                group = []
            group.append(line)
        if group:
            yield group

    def _apart(self, group: list[Line], line: Line, after: Line | None) -> bool:
        """Whether a block begins with this line."""
        above = group[-1]
        if above.words[0].table or line.words[0].table or line.size != above.size:
            return True
        full = self._is_full(above, line)
        if self._is_item(group, line, full=full):
            return True
        step = line.bottom - above.bottom
        if step <= 0 or line.left != above.left:  # the next page or column
            ended = _SENTENCE_END.search(above.text) and line.text[:1].isupper()
            return not full or bool(ended and self._is_set_in(above, line))
        if step > _MORE_SPACE * self.leading.get(line.size, 1.25 * line.size):
            return True
        return line.size not in self.levels and not full and self._begins(above, line, after)

    @staticmethod
    def _is_item(group: list[Line], line: Line, *, full: bool) -> bool:
        """Whether the line begins an item, or goes on behind one: not set in as its lines are."""
        if line.x0 > group[0].x0 + _SLACK:
            return False
        return bool(list_mark(line.text) or (list_mark(group[0].text) and not full))

    def _begins(self, above: Line, line: Line, after: Line | None) -> bool:
        """Whether a paragraph begins without space above it: set in, or as running text after a line that ended."""
        prose = after is not None and after.size == line.size and self._is_full(line, after)
        ended = bool(_SENTENCE_END.search(above.text))
        return self._is_set_in(above, line) or (prose and (ended or above.bold != line.bold))

    @staticmethod
    def _is_set_in(above: Line, line: Line) -> bool:
        return line.size * 0.8 < line.x0 - above.x0 < line.size * 4

    @staticmethod
    def _is_full(above: Line, line: Line) -> bool:
        """Whether the next word would not have fitted above, so that the line was cut and did not end."""
        word = line.words[0]
        room = above.right - above.x1
        if abs(above.x0 - above.left) > above.size and abs((above.x0 - above.left) - room) < above.size:
            room *= 2  # centred
        return room < (word.x1 - word.x0) + 0.2 * above.size

    def _spans(self, group: list[Line], *, in_heading: bool = False) -> tuple[Span, ...]:
        out: list[Span] = []
        words: list[tuple[Word, str]] = []
        for at, line in enumerate(group):
            glue = ""
            if at:
                above = group[at - 1]
                if in_heading or self._is_full(above, line) or _runs_on(above, line):
                    last, before = words.pop()
                    cut, glue = joint(above.text, line.text, self.hyphens.keep)
                    words.append((replace(last, text=last.text[: len(last.text) - cut]), before))
                else:
                    out += (*_dressed(words), Break())
                    words = []
            for number, (word, gap) in enumerate(line.spaced()):
                words.append((word, (" " if gap else "") if number else glue))
        return rejoined((*out, *_dressed(words)))


def _runs_on(above: Line, line: Line) -> bool:
    """A line that ends early in the middle of a sentence, before a word too long to be cut: ragged setting."""
    long = above.x1 - above.x0 > (above.right - above.left) / 2
    return long and line.text[:1].islower() and not _SENTENCE_END.search(above.text) and above.bold == line.bold


def _plain(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Words of a heading: it is bold as a whole, and that says nothing."""
    return tuple(replace(word, bold=False, italic=False) for word in words)


def _dressed(words: list[tuple[Word, str]]) -> Iterator[Span]:
    """Words of one dress become one span; blanks between words of one dress belong to it."""
    run: list[str] = []
    dress: tuple[bool, bool, str | None] | None = None
    for word, before in words:
        own = (word.bold, word.italic, word.href)
        if own == dress:
            run.append(before + word.text)
            continue
        if dress is not None:
            yield from _span("".join(run), dress)
            if before:
                yield Text(before)
        run, dress = [word.text if dress is not None else before + word.text], own
    if dress is not None:
        yield from _span("".join(run), dress)


def _span(text: str, dress: tuple[bool, bool, str | None]) -> Iterator[Span]:
    """Text in its dress. A link covers whole words here, so the full stop behind its last word is taken out of it."""
    bold, italic, href = dress
    tail = ""
    if href is not None:
        linked = text.rstrip(".,;:!?)")
        text, tail = (linked, text[len(linked) :]) if linked and not href.endswith(text[-1]) else (text, "")
    span: Span = Text(text) if href is None else Link(href, (Text(text),))
    if bold:
        span = Strong((span,))
    yield Emphasis((span,)) if italic else span
    if tail:
        yield Text(tail)


def _cut(spans: tuple[Span, ...], count: int) -> tuple[Span, ...]:
    """The spans without their first characters: the mark of a list item."""
    out: list[Span] = []
    for span in spans:
        if count <= 0 or isinstance(span, Break):
            out.append(span)
        elif isinstance(span, Text):
            out.append(Text(span.text[count:]))
            count -= len(span.text)
        else:
            inner = _cut(span.spans, count)
            count -= sum(len(part.text) for part in span.spans if isinstance(part, Text))
            out.append(replace(span, spans=inner))
    return tuple(out)
