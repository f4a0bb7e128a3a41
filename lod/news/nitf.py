"""The text of a release as NITF 3.6, for receivers whose way with XHTML loses text that has mark-up in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from lod.news.elements import LANG, NITF, Element, child
from lod.news.markup import Markup, write_blocks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lod.news.text import TextItem
    from lod.release import Release

__all__ = ["nitf_body"]

_NAMESPACES: dict[str | None, str] = {None: NITF[1:-1]}
_VERSION = "-//IPTC//DTD NITF 3.6//EN"
_DEPTH = 6  # newsItem, contentSet, inlineXML, nitf, body, body.content, block


def nitf_body(parent: Element, tag: str, value: Release, attributes: Mapping[str, str], item: TextItem) -> None:
    """A NITF document with its text in one block, where readers that know XHTML badly keep the whole of it."""
    said = {**attributes, "contenttype": "application/nitf+xml", "wordcount": item.words, LANG: value.language}
    nitf = etree.SubElement(
        child(parent, tag, said), NITF + "nitf", {"version": _VERSION, LANG: value.language}, nsmap=_NAMESPACES
    )
    child(child(nitf, NITF + "head"), NITF + "title", None, value.title)
    body = child(nitf, NITF + "body")
    _head(child(body, NITF + "body.head"), value, item)
    block = child(child(body, NITF + "body.content"), NITF + "block")
    item.later.append(lambda: write_blocks(block, value, _MARKUP, _DEPTH))


def _head(head: Element, release: Release, item: TextItem) -> None:
    hedline = child(head, NITF + "hedline")
    child(hedline, NITF + "hl1", None, release.title)
    if release.subtitle:
        child(hedline, NITF + "hl2", None, release.subtitle)
    child(head, NITF + "byline", None, item.by)
    child(head, NITF + "distributor", None, item.provider.names[0][1])
    if release.dateline and release.dateline.text:
        child(head, NITF + "dateline", None, release.dateline.text)


_MARKUP = Markup(
    paragraph=NITF + "p",
    headings=tuple((NITF + "hl2", {"class": f"level{level}"}) for level in range(1, 6)),
    numbered=NITF + "ol",
    first_number="seqnum",
    bulleted=NITF + "ul",
    item=NITF + "li",
    quote=(NITF + "bq", NITF + "block"),
    table=NITF + "table",
    head=NITF + "thead",
    rows=NITF + "tbody",
    row=NITF + "tr",
    head_cell=NITF + "th",
    cell=NITF + "td",
    strong=(NITF + "em", {"class": "bold"}),
    emphasis=(NITF + "em", {"class": "italic"}),
    link=NITF + "a",
    line_break=NITF + "br",
    quotation=NITF + "q",
    quotation_attributes=lambda mark: {"quote-source": ", ".join(mark.speakers)},
)
