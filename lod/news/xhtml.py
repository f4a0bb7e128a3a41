"""The text of a release as XHTML: what a reader of a small HTML can show, and a strict one can take apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from lod.news.elements import LANG, XHTML, Element, child
from lod.news.markup import Markup, write_blocks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lod.news.quoted import Mark
    from lod.news.text import TextItem
    from lod.release import Release

__all__ = ["xhtml_body", "xhtml_fragment"]

_NAMESPACES: dict[str | None, str] = {None: XHTML[1:-1]}
_DEPTH = 4  # newsItem, contentSet, inlineXML, html, body


def xhtml_body(parent: Element, tag: str, value: Release, attributes: Mapping[str, str], item: TextItem) -> None:
    """An XHTML document whose paragraphs stand directly below the body: some receivers look no deeper.

    Headline and dateline are not among them, since the item says them elsewhere.
    """
    said = {**attributes, "contenttype": "application/xhtml+xml", "wordcount": item.words, LANG: value.language}
    html = etree.SubElement(
        child(parent, tag, said), XHTML + "html", {LANG: value.language, "lang": value.language}, nsmap=_NAMESPACES
    )
    child(child(html, XHTML + "head"), XHTML + "title", None, value.title)
    body = child(html, XHTML + "body")
    item.later.append(lambda: write_blocks(body, value, _markup(item.iri), _DEPTH))


def xhtml_fragment(release: Release, iri: str) -> str:
    """The text of a release as one `div`, for formats that are not XML."""
    root = etree.Element(XHTML + "div", {LANG: release.language}, nsmap=_NAMESPACES)
    write_blocks(root, release, _markup(iri), 0)
    return etree.tostring(root, encoding="unicode")


def _markup(iri: str) -> Markup:
    def quotation(mark: Mark) -> Mapping[str, str]:
        # The text has its own quotation marks: a browser must not add others.
        return {"cite": f"{iri}#{mark.id}", "style": "quotes: none"}

    return _MARKUP._replace(quotation_attributes=quotation)


_MARKUP = Markup(
    paragraph=XHTML + "p",
    headings=tuple((f"{XHTML}h{level}", {}) for level in range(2, 7)),
    numbered=XHTML + "ol",
    first_number="start",
    bulleted=XHTML + "ul",
    item=XHTML + "li",
    quote=(XHTML + "blockquote",),
    table=XHTML + "table",
    head=XHTML + "thead",
    rows=XHTML + "tbody",
    row=XHTML + "tr",
    head_cell=XHTML + "th",
    cell=XHTML + "td",
    strong=(XHTML + "strong", {}),
    emphasis=(XHTML + "em", {}),
    link=XHTML + "a",
    line_break=XHTML + "br",
    quotation=XHTML + "q",
    quotation_attributes=lambda _mark: {},
)
