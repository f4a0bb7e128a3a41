"""Elements of HTML become blocks and spans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from lod.body import Block, Break, Emphasis, Heading, Link, List, Paragraph, Quote, Span, Strong, Table, Text, render
from lod.body.inline import is_href

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Flow"]

_BLANKS = re.compile(r"[ \t\r\n\f]+")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(_HEADINGS) | {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "header", "hgroup", "hr", "html", "li", "main", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"i", "em", "cite", "dfn", "var"})
# Marks of <q>, which a browser sets by language (HTML rendering, section 15.3.5).
_MARKS = {"de": ("„", "“"), "fr": ("« ", " »"), "es": ("«", "»"), "nl": ("“", "”")}
_PICTURE = "\ue000{}\ue001"
_NO_BRACKETS = str.maketrans("[]\ue000\ue001", "()  ")
_NO_ADDRESS = re.compile(r"[()\ue000\ue001]")
_CELL_TEXT = 300
"""Characters; a longer cell holds running text, so the table only arranges it."""


class Flow:
    """The rules of one page: its language, for quotation marks, and its address, for relative links."""

    def __init__(self, language: str, url: str) -> None:
        self.marks = _MARKS.get(language[:2].lower(), ("“", "”"))
        self.url = url
        self.pictures: list[str] = []

    def markdown(self, element: HtmlElement) -> str:
        """What an element holds, as Markdown; pictures stand on lines of their own."""
        text = render(self.blocks(element))
        # A body has no pictures, so nothing but this writes them: each has stood as one character of private use.
        for at, picture in enumerate(self.pictures):
            text = text.replace(_PICTURE.format(at), picture)
        return text

    def blocks(self, element: HtmlElement) -> tuple[Block, ...]:
        """The blocks of what an element holds."""
        return tuple(self._inside(element))

    def _inside(self, element: HtmlElement) -> Iterator[Block]:
        spans: list[Span] = [*_text(element.text)]
        for child in element:
            if not isinstance(child.tag, str):
                spans += _text(child.tail)
                continue
            if self._is_block(child):
                yield from _paragraphs(spans)
                spans = []
                yield from self._block(child)
            else:
                spans += self._spans(child)
            spans += _text(child.tail, after=spans)
        yield from _paragraphs(spans)

    def _is_block(self, element: HtmlElement) -> bool:
        return any(inner.tag in _BLOCKS or (inner.tag == "img" and self._shown(inner)) for inner in element.iter())

    def _block(self, element: HtmlElement) -> Iterator[Block]:
        tag = element.tag
        if tag == "img":
            yield from self._picture(element)
        elif tag in _HEADINGS:
            yield Heading(_HEADINGS[tag], self._all_spans(element))
        elif tag in {"ul", "ol"}:
            yield from self._list(element)
        elif tag == "blockquote":
            yield Quote(self.blocks(element))
        elif tag == "table":
            yield from self._table(element)
        elif tag == "pre":
            yield Paragraph(tuple(_lines("".join(str(part) for part in element.itertext()))))
        elif tag == "dl":
            yield from self._terms(element)
        else:
            yield from self._inside(element)

    def _picture(self, element: HtmlElement) -> Iterator[Block]:
        if picture := self._shown(element):
            yield Paragraph((Text(_PICTURE.format(len(self.pictures))),))
            self.pictures.append(picture)

    def _shown(self, element: HtmlElement) -> str:
        """A picture that says what it shows; all others are ornament (HTML Living Standard, section 4.8.4.4.6)."""
        words = " ".join(element.get("alt", "").translate(_NO_BRACKETS).split())
        address = self._address(element.get("src", "")) if words else ""
        return f"![{words}]({address})" if is_href(address) and not _NO_ADDRESS.search(address) else ""

    def _list(self, element: HtmlElement) -> Iterator[Block]:
        items = tuple(self.blocks(item) for item in element.iterchildren("li"))
        items = tuple(item for item in items if item)
        if not items:
            yield from self._inside(element)
            return
        start = element.get("start", "1")
        yield List(element.tag == "ol", int(start) if start.isdecimal() and len(start) < 9 else 1, items)

    def _terms(self, element: HtmlElement) -> Iterator[Block]:
        """A list of terms: each term with what belongs to it, one per line."""
        spans: list[Span] = []
        for child in element.iter("dt", "dd"):
            if child.tag == "dt":
                yield from _paragraphs(spans)
                spans = []
            spans += [Break(), *self._all_spans(child)] if spans else self._all_spans(child)
        yield from _paragraphs(spans)

    def _table(self, element: HtmlElement) -> Iterator[Block]:
        rows = [list(row.iterchildren("td", "th")) for row in element.iter("tr")]
        rows = [row for row in rows if row]
        if _arranges(element, rows):
            yield from (block for row in rows for cell in row for block in self._inside(cell))
            return
        for caption in element.iterchildren("caption"):
            yield from self._inside(caption)
        cells = [tuple(spans for cell in row for spans in self._cell(cell)) for row in rows]
        yield Table(cells[0], tuple(cells[1:]))

    def _cell(self, cell: HtmlElement) -> Iterator[tuple[Span, ...]]:
        yield self._all_spans(cell)
        span = cell.get("colspan", "1")
        if span.isdecimal() and 1 < int(span[:3]) < 50:
            yield from ((),) * (int(span[:3]) - 1)

    def _all_spans(self, element: HtmlElement) -> tuple[Span, ...]:
        """Everything in an element as spans; blocks inside are set apart by a break."""
        spans: list[Span] = [*_text(element.text)]
        for child in element:
            if isinstance(child.tag, str):
                if child.tag in _BLOCKS and spans:
                    spans.append(Break())
                spans += self._all_spans(child) if child.tag in _BLOCKS else self._spans(child)
            spans += _text(child.tail, after=spans)
        return tuple(spans)

    def _spans(self, element: HtmlElement) -> tuple[Span, ...]:
        tag = element.tag
        if tag == "br":
            return (Break(),)
        inner = self._all_spans(element)
        if tag in _BOLD:
            return (Strong(inner),)
        if tag in _ITALIC:
            return (Emphasis(inner),)
        if tag == "q":
            return (Text(self.marks[0]), *inner, Text(self.marks[1]))
        if tag == "a" and element.get("href"):
            return (Link(self._address(element.get("href", "")), inner),)
        return inner

    def _address(self, href: str) -> str:
        try:
            return urljoin(self.url, href.strip()).replace(" ", "%20")
        except ValueError:
            return ""


def _arranges(table: HtmlElement, rows: list[list[HtmlElement]]) -> bool:
    """Whether a table only arranges text on the page: no grid, tables inside, or running text in its cells."""
    if len(rows) < 2 or max(map(len, rows)) < 2 or table.get("role") == "presentation":
        return True
    if next(table.iterdescendants("table", "h1", "h2", "blockquote", "ul"), None) is not None:
        return True
    return any(len(cell.text_content()) > _CELL_TEXT for row in rows for cell in row)


def _text(text: str | None, after: Sequence[Span] = ()) -> Iterator[Text]:
    if text:
        text = _BLANKS.sub(" ", text)
        yield Text(text.lstrip(" ") if after and isinstance(after[-1], Break) else text)


def _lines(text: str) -> Iterator[Span]:
    for at, line in enumerate(text.strip("\n").split("\n")):
        if at:
            yield Break()
        yield Text(line)


def _paragraphs(spans: list[Span]) -> Iterator[Block]:
    """Paragraphs of a run of spans: two breaks in a row set one apart, as old pages do it."""
    part: list[Span] = []
    broken = False
    for span in spans:
        if isinstance(span, Break):
            if broken:
                yield from _paragraph(part)
                part = []
            part.append(span)
            broken = True
        else:
            part.append(span)
            broken = broken and isinstance(span, Text) and not span.text.strip()
    yield from _paragraph(part)


def _paragraph(spans: list[Span]) -> Iterator[Block]:
    if any(not isinstance(span, Break) and not (isinstance(span, Text) and not span.text.strip()) for span in spans):
        yield Paragraph(tuple(spans))
