"""The text of a release as XHTML: what a reader of a small HTML can show, and a strict one can take apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from lod.formats.newsml.elements import LANG, XHTML, Element, child
from lod.formats.newsml.markup import Markup, Walk, highest
from lod.formats.newsml.quoted import Mark, marks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lod.formats.newsml.item import Item
    from lod.release import Release

__all__ = ["fill_body", "xhtml_body"]

_NAMESPACES: dict[str | None, str] = {None: XHTML[1:-1]}
_DEPTH = 4  # newsItem, contentSet, inlineXML, html, body


def xhtml_body(parent: Element, tag: str, value: Release, attributes: Mapping[str, str], item: Item) -> None:
    """An XHTML document around an empty body; its paragraphs come when the rest of the item is set on its lines."""
    language = value.language
    made = child(
        parent,
        tag,
        {
            **attributes,
            "contenttype": "application/xhtml+xml",
            "wordcount": str(len(value.text.split())),
            LANG: language,
        },
    )
    html = etree.SubElement(made, XHTML + "html", {LANG: language, "lang": language}, nsmap=_NAMESPACES)
    child(child(html, XHTML + "head"), XHTML + "title", None, value.title)
    item.body_element = child(html, XHTML + "body")


def fill_body(item: Item) -> None:
    """Write the paragraphs directly below the body: some receivers look no deeper. The headline is not among them."""
    release = item.release
    walk = Walk(_markup(item.iri), marks(release), highest(release.blocks))
    walk.blocks(item.body_element, release.blocks, _DEPTH)


def _markup(iri: str) -> Markup:
    def quotation(mark: Mark) -> Mapping[str, str]:
        # The text has its own quotation marks: a browser must not add others.
        return {"cite": f"{iri}#{mark.id}", "style": "quotes: none"}

    return _MARKUP._replace(quotation_attributes=quotation)


def _names(*names: str) -> tuple[str, ...]:
    return tuple(XHTML + name for name in names)


_MARKUP = Markup(
    paragraph=XHTML + "p",
    headings=_names("h2", "h3", "h4", "h5", "h6"),
    numbered=XHTML + "ol",
    bulleted=XHTML + "ul",
    item=XHTML + "li",
    quote=_names("blockquote"),
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
