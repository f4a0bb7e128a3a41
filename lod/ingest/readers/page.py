"""One page of a PDF as lines in reading order: columns are read one after the other, tables are taken as tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from lod.body import Table, Text

if TYPE_CHECKING:
    from pdfplumber.page import Page

__all__ = ["Line", "PageText", "Word", "page_text"]

_BOLD = re.compile(r"bold|black|heavy|semibd|demi", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|kursiv", re.IGNORECASE)
# ISO 32000-1, annex D.2, note 3: unused codes of WinAnsi mean the bullet, which pdfminer does not know.
_BULLET_CODE = "(cid:127)"
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_GLUED = 0.14
"""Share of the size: a smaller gap is no blank."""
_GUTTER = 1.4
_COLUMN_LINES = 4
_PROSE_WORDS = 3.0
_DEEPEST = 12
_GRID = 2
_DISC = (2, 7)
"""Points: how small and how large a drawn bullet is."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands, in points from the upper left corner; a table stands like one large word."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float = 0.0
    bold: bool = False
    italic: bool = False
    href: str | None = None
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line, and the left and right edge of the column they stand in."""

    words: tuple[Word, ...]
    left: float
    right: float

    @property
    def x0(self) -> float:
        """Left edge of its first word."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Right edge of its last word."""
        return self.words[-1].x1

    @property
    def top(self) -> float:
        """Upper edge of its tallest word."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """Lower edge of its lowest word."""
        return max(word.bottom for word in self.words)

    @property
    def size(self) -> float:
        """The size that most of its letters have: raised digits do not count."""
        sizes: Counter[float] = Counter()
        for word in self.words:
            sizes[word.size] += len(word.text)
        return max(sizes, key=lambda size: (sizes[size], size))

    @property
    def bold(self) -> bool:
        """Whether all its words are bold."""
        return all(word.bold for word in self.words)

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(f"{' ' if gap else ''}{word.text}" for word, gap in self.spaced())

    def spaced(self) -> Iterator[tuple[Word, bool]]:
        """Each word, and whether a blank stands before it: a change of font cuts a word without one."""
        before = None
        for word in self.words:
            yield word, before is not None and word.x0 - before.x1 > _GLUED * max(word.size, 1.0)
            before = word


@dataclass(frozen=True, slots=True)
class PageText:
    """The lines of a page in reading order, and whether pictures stand on it."""

    lines: tuple[Line, ...]
    pictures: bool = False
    height: float = 0.0
    words: tuple[Word, ...] = field(default=(), repr=False)


def page_text(page: Page) -> PageText:
    """Read one page of pdfplumber."""
    # Text printed twice to look bold, one shade beside the other, is one text.
    page = page.dedupe_chars() if len(page.chars) < 50_000 else page
    found = page.extract_words(
        extra_attrs=["fontname", "size", "upright"], keep_blank_chars=False, x_tolerance_ratio=0.15, y_tolerance=2
    )
    words = [_word(each) for each in found if each["upright"]]
    words += _drawn_bullets(page)
    words = list(_linked(words, page))
    words = list(_with_tables(words, page))
    lines = tuple(line for region in _regions(words, 0) for line in _lines(region))
    return PageText(lines, bool(page.images), float(page.height), tuple(words))


def _word(each: dict[str, Any]) -> Word:
    font = _SUBSET.sub("", str(each["fontname"]))
    return Word(
        each["text"].replace(_BULLET_CODE, "•"),
        each["x0"],
        each["x1"],
        each["top"],
        each["bottom"],
        round(float(each["size"]) * 2) / 2,
        bool(_BOLD.search(font)),
        bool(_ITALIC.search(font)),
    )


def _drawn_bullets(page: Page) -> list[Word]:
    """Browsers draw the bullets of a list as small discs, and write no character."""
    least, most = _DISC
    discs = [curve for curve in page.curves if least < curve["width"] < most and least < curve["height"] < most]
    return [Word("•", disc["x0"], disc["x1"], disc["top"] - 2, disc["bottom"] + 2) for disc in discs[:500]]


def _linked(words: list[Word], page: Page) -> Iterator[Word]:
    links = [link for link in page.hyperlinks if isinstance(link.get("uri"), str)]
    for word in words:
        middle = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        href = next(
            (link["uri"] for link in links if _inside(middle, (link["x0"], link["top"], link["x1"], link["bottom"]))),
            None,
        )
        yield replace(word, href=href) if href else word


def _inside(point: tuple[float, float], box: Sequence[float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _with_tables(words: list[Word], page: Page) -> Iterator[Word]:
    """Words, with those of a ruled table replaced by the table."""
    boxes = []
    if len(page.rects) + len(page.lines) >= 4:
        for found in page.find_tables():
            table = _table(found.extract(x_tolerance_ratio=0.15))
            if table is not None:
                x0, top, x1, bottom = found.bbox
                boxes.append(found.bbox)
                yield Word("", x0, x1, top, bottom, table=table)
    for word in words:
        middle = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        if not any(_inside(middle, box) for box in boxes):
            yield word


def _table(rows: list[list[str | None]]) -> Table | None:
    """A table of at least two rows and columns that are mostly filled; a frame around a text is none."""
    cells = [[" ".join((cell or "").split()) for cell in row] for row in rows]
    cells = [row for row in cells if any(row)]
    filled = sum(bool(cell) for row in cells for cell in row)
    if len(cells) < _GRID or len(cells[0]) < _GRID or filled * 2 < sum(map(len, cells)):
        return None
    header, *body = [tuple((Text(cell),) for cell in row) for row in cells]
    return Table(header, tuple(body))


def _regions(words: list[Word], depth: int) -> Iterator[list[Word]]:
    """Recursive cutting along white space (Nagy, Seth: XY-cut): gutters first, then the widest gap between lines."""
    if not words or depth > _DEEPEST:
        if words:
            yield words
        return
    gutter = _gutter(words)
    if gutter is not None:
        yield from _regions([word for word in words if word.x1 <= gutter], depth + 1)
        yield from _regions([word for word in words if word.x1 > gutter], depth + 1)
        return
    gap = _gap(words) if _has_columns(words) else None
    if gap is None:
        yield words
        return
    yield from _regions([word for word in words if word.bottom <= gap], depth + 1)
    yield from _regions([word for word in words if word.bottom > gap], depth + 1)


def _free(intervals: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """White space between intervals, from the smallest to the largest coordinate."""
    end: float | None = None
    for start, stop in sorted(intervals):
        if end is not None and start > end:
            yield end, start
        end = stop if end is None else max(end, stop)


def _gutter(words: list[Word]) -> float | None:
    """Where a column ends: white from top to bottom, with running text on both sides of it."""
    size = max((word.size for word in words), default=10.0) or 10.0
    body = sorted(word.size for word in words)[len(words) // 2] or size
    for start, end in _free([(word.x0, word.x1) for word in words]):
        if end - start < _GUTTER * body:
            continue
        left, right = [word for word in words if word.x1 <= start], [word for word in words if word.x0 >= end]
        if _is_prose(left) and _is_prose(right):
            return start
    return None


def _is_prose(words: list[Word]) -> bool:
    rows = len(_rows(words))
    return rows >= _COLUMN_LINES and len(words) / rows >= _PROSE_WORDS


def _has_columns(words: list[Word]) -> bool:
    """Whether several rows have a hole that is wider than any blank, at nearly the same place: worth cutting."""
    holes: Counter[int] = Counter()
    for row in _rows(words):
        for before, word in pairwise(row):
            if word.x0 - before.x1 > _GUTTER * max(word.size, 6.0):
                holes[round(word.x0 / 4)] += 1
    return any(count >= _COLUMN_LINES for count in holes.values())


def _gap(words: list[Word]) -> float | None:
    gaps = list(_free([(word.top, word.bottom) for word in words]))
    if not gaps:
        return None
    start, end = max(gaps, key=lambda gap: gap[1] - gap[0])
    return start if end - start > 1 else None


def _rows(words: list[Word]) -> list[list[Word]]:
    """Words that share a line: their middles are less than half a letter apart."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: ((word.top + word.bottom) / 2, word.x0)):
        middle = (word.top + word.bottom) / 2
        last = rows[-1][0] if rows else None
        if last is not None and word.table is None and last.table is None and last.top <= middle <= last.bottom:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.x0) for row in rows]


def _lines(words: list[Word]) -> Iterator[Line]:
    left, right = min(word.x0 for word in words), max(word.x1 for word in words)
    for row in _rows(words):
        yield Line(tuple(row), left, right)
