"""HTML: the main content as Markdown, and what head, JSON-LD and OpenGraph state."""

from __future__ import annotations

import re

from lod.ingest.encoding import clean, decode
from lod.ingest.readers.content import Content, Unsuitable
from lod.ingest.readers.flow import Flow
from lod.ingest.readers.pagehead import stated
from lod.ingest.readers.pagemain import main_content

__all__ = ["read"]

_CHARSET = re.compile(
    rb"""<(?:meta[^>]{0,200}charset|\?xml[^>]{0,100}encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_TAG = re.compile(r"<[a-zA-Z/!]")
# What browsers take these names for (WHATWG Encoding, section 4.2).
_MEANT = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "iso8859-1": "cp1252"}


def read(data: bytes) -> Content:
    """The main content as Markdown. Raises Unsuitable where there is no mark-up or nothing to read."""
    declared = _CHARSET.search(data[:4096])
    name = declared[1].decode("ascii", "ignore").lower() if declared else None
    text, encoding = decode(data, _MEANT.get(name, name) if name else None)
    return read_text(text, encoding)


def read_text(text: str, encoding: str) -> Content:
    """As `read`, for a page that is text already (a part of a mail)."""
    from lxml import etree, html

    if not _TAG.search(text):
        raise Unsuitable("wrong suffix: the content is not HTML")
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        # Characters that XML forbids would stop lxml later, when text is moved from one element to another.
        page = html.document_fromstring(_DECLARATION.sub("", clean(text)[0]), parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise Unsuitable(f"broken HTML: {error}") from None
    meta = stated(page)
    flow = Flow(str(meta.get("language", "")), str(meta.get("url", "")))
    return Content(flow.markdown(main_content(page)), meta | {"encoding": encoding})
