"""HTML as the blocks of our Markdown: text stays, dress stays where Markdown has it, scripts and pictures go."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from urllib.parse import urljoin

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from lod.body import (
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
    Text,
    plain,
    render,
    tidy,
)
from lod.harvest.elements import BLOCKS, DROPPED, PLAIN, count_of
from lod.harvest.fault import Fault
from lod.harvest.flow import Flow, blocks_of, wrapped
from lod.harvest.languages import Marks, languages
from lod.harvest.macros import Expander
from lod.harvest.table import table_of
from lod.source import Markup
from lod.term import escape_iri

__all__ = ["Converter"]

_SPACE = re.compile(r"[ \t\n\r\f]+")
# CSS Text 3, section 4.1.3: a line feed between characters of Chinese and Japanese is no blank.
_WIDE = r"[\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff]"
_WIDE_BREAK = re.compile(rf"(?<={_WIDE})[ \t\r]*\n\s*(?={_WIDE})")
_C1 = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}  # as HTML 5 reads &#146;
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class Converter:
    """Reads the HTML of one source. Raises Fault for what would be lost."""

    def __init__(self, markup: Markup) -> None:
        self._expand = Expander(markup)
        self._base = markup.base_url
        self._strict = bool(markup.macros or markup.definitions)
        self._names = frozenset(name for name in markup.drop if not name.startswith("."))
        self._classes = frozenset(name[1:] for name in markup.drop if name.startswith("."))
        self._parser = HTMLParser(
            encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
        )

    def markdown(self, html: str, language: str) -> str:
        """The HTML as our Markdown; empty where it shows nothing."""
        return render(self._blocks(html, language))

    def text(self, html: str, language: str) -> str:
        """The HTML as plain text on one line."""
        if "<" not in html and "&" not in html:
            return html
        return " ".join(plain(tidy(self._blocks(html, language))).split())

    def _blocks(self, html: str, language: str) -> tuple[Block, ...]:
        html = self._expand(html)
        try:
            data = f"<div>{html}</div>".encode()
            root = document_fromstring(data, parser=self._parser)
        except (UnicodeEncodeError, etree.LxmlError, ValueError) as error:
            raise Fault(f"not HTML: {error}") from None
        if fatal := [entry for entry in self._parser.error_log if entry.level_name == "FATAL"]:
            raise Fault(f"not HTML: {fatal[0].message} (line {fatal[0].line})")
        reading = _Reading(self._base, languages().marks_of(language), self._skips)
        return blocks_of(reading.inside(root))

    def _skips(self, element: HtmlElement) -> bool:
        """Whether an element is left out. Raises Fault for one that nobody knows, where macros could be meant."""
        tag = str(element.tag)
        if tag in DROPPED or tag in self._names:
            return True
        if self._strict and tag not in _KNOWN:
            raise Fault(f"unknown element <{tag}>; it may be a macro: name it in `markup.macros` or `markup.drop`")
        return bool(self._classes) and not self._classes.isdisjoint((element.get("class") or "").split())


class _Reading:
    """One walk through a tree."""

    def __init__(self, base: str | None, marks: Marks, skips: Callable[[HtmlElement], bool]) -> None:
        self._base, self._marks, self._skips = base, marks, skips
        self._quotes = 0
        self._pre = 0

    def inside(self, element: HtmlElement) -> Flow:
        """What an element holds, its own dress left aside."""
        out: Flow = list(self._text(element.text))
        for child in element:
            if not self._skips(child):
                out += self._element(child)
            out += self._text(child.tail)
        return out

    def _text(self, text: str | None) -> Iterator[Span]:
        if not text:
            return
        text = text.translate(_C1) if not text.isascii() else text
        if not self._pre:
            yield Text(_SPACE.sub(" ", text if text.isascii() else _WIDE_BREAK.sub("", text)))
            return
        for at, line in enumerate(text.split("\n")):
            if at:
                yield Break()
            yield Text(line)

    def _element(self, element: HtmlElement) -> Flow:
        tag = str(element.tag)
        if tag in BLOCKS:
            return [Paragraph(()), *self.inside(element), Paragraph(())]
        special = _SPECIAL.get(tag)
        return special(self, element) if special else self.inside(element)

    def bold(self, element: HtmlElement) -> Flow:
        return wrapped(self.inside(element), Strong)

    def italic(self, element: HtmlElement) -> Flow:
        return wrapped(self.inside(element), Emphasis)

    def line_break(self, _: HtmlElement) -> Flow:
        return [Break()]

    def rule(self, _: HtmlElement) -> Flow:
        return [Paragraph(())]

    def heading(self, element: HtmlElement) -> Flow:
        level = int(str(element.tag)[1])
        out: Flow = []
        for block in blocks_of(self.inside(element)):
            out.append(Heading(level, block.spans) if isinstance(block, Paragraph) else block)
        return out

    def link(self, element: HtmlElement) -> Flow:
        inner = self.inside(element)
        try:
            href = urljoin(self._base or "", (element.get("href") or "").strip())
        except ValueError:
            return inner
        href = escape_iri(_SPACE.sub("", href))
        return wrapped(inner, lambda spans: Link(href, spans)) if element.get("href") else inner

    def quotation(self, element: HtmlElement) -> Flow:
        marks = self._marks
        opening, closing = marks[2:] if self._quotes % 2 else marks[:2]
        self._quotes += 1
        inner = self.inside(element)
        self._quotes -= 1
        return [Text(opening), *inner, Text(closing)]

    def raised(self, element: HtmlElement) -> Flow:
        return _shifted(self.inside(element), _RAISED)

    def lowered(self, element: HtmlElement) -> Flow:
        return _shifted(self.inside(element), _LOWERED)

    def preformatted(self, element: HtmlElement) -> Flow:
        self._pre += 1
        inner = self.inside(element)
        self._pre -= 1
        return [Paragraph(()), *inner, Paragraph(())]

    def blockquote(self, element: HtmlElement) -> Flow:
        return [Quote(blocks_of(self.inside(element)))]

    def itemized(self, element: HtmlElement) -> Flow:
        items: list[tuple[Block, ...]] = []
        for is_item, children in groupby(self._parts(element), lambda part: part[0]):
            if is_item:
                items += (blocks_of(flow) for _, flow in children)
            elif stray := blocks_of([one for _, flow in children for one in flow]):
                # A list in a list belongs to the item before it; browsers show it so.
                items = [*items[:-1], (*items[-1], *stray)] if items else [stray]
        return [List(element.tag == "ol", count_of(element.get("start")), tuple(items))]

    def _parts(self, element: HtmlElement) -> Iterator[tuple[bool, Flow]]:
        yield False, list(self._text(element.text))
        for child in element:
            if not self._skips(child):
                yield child.tag == "li", self.inside(child) if child.tag == "li" else self._element(child)
            yield False, list(self._text(child.tail))

    def item(self, element: HtmlElement) -> Flow:
        return [List(False, 1, (blocks_of(self.inside(element)),))]  # noqa: FBT003 - an item without a list

    def term(self, element: HtmlElement) -> Flow:
        return [Paragraph(()), *self.bold(element), Paragraph(())]

    def table(self, element: HtmlElement) -> Flow:
        return table_of(element, self.inside, self._element, self._skips)


def _shifted(flow: Flow, table: dict[int, int]) -> Flow:
    """Digits above or below the line, where nothing but digits stands there: m² stays apart from m2."""
    if len(flow) == 1 and isinstance(flow[0], Text) and flow[0].text.strip().isdecimal():
        return [Text(flow[0].text.strip().translate(table))]
    return flow


_SPECIAL: dict[str, Callable[[_Reading, HtmlElement], Flow]] = {
    "a": _Reading.link,
    "b": _Reading.bold,
    "strong": _Reading.bold,
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), _Reading.italic),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _Reading.heading),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), _Reading.itemized),
    "blockquote": _Reading.blockquote,
    "br": _Reading.line_break,
    "dt": _Reading.term,
    "hr": _Reading.rule,
    "li": _Reading.item,
    "pre": _Reading.preformatted,
    "q": _Reading.quotation,
    "sub": _Reading.lowered,
    "sup": _Reading.raised,
    "table": _Reading.table,
}
_KNOWN = PLAIN | BLOCKS | DROPPED | frozenset(_SPECIAL)
