"""The few ways an element comes about: names of the namespaces, a child, and text behind what is there."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from lod.term import escape_iri

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LANG", "NAR", "NITF", "XHTML", "Element", "address", "append_text", "child", "read", "write"]

Element = etree._Element  # noqa: SLF001 - the public name of the class of lxml's elements is a function

NAR = "{http://iptc.org/std/nar/2006-10-01/}"
NITF = "{http://iptc.org/std/NITF/2006-10-18/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_HOST = re.compile(r"([a-z][a-z0-9+.-]*://)([^/?@]*)(?=[/?]|$)", re.IGNORECASE)
_PORT = re.compile(r"[^:]*(:\d+)?")
_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'


@lru_cache(maxsize=512)
def address(iri: str) -> str:
    """An address that xs:anyURI takes too: signs that stand where RFC 3986 has no place for them are encoded.

    >>> address("http://https://stadt.example/a#b#c")
    'http://https%3A//stadt.example/a#b%23c'
    """
    before, mark, fragment = escape_iri(iri).partition("#")
    found = _HOST.match(before)
    if found and not _PORT.fullmatch(found[2]):
        before = found[1] + found[2].replace(":", "%3A") + before[found.end() :]
    return before + mark + fragment.replace("#", "%23")


def child(parent: Element, tag: str, attributes: Mapping[str, str] | None = None, text: str | None = None) -> Element:
    """A new last child; the tag is in Clark notation."""
    made = etree.SubElement(parent, tag, attributes)
    if text:
        made.text = text
    return made


def append_text(parent: Element, text: str) -> None:
    """More text at the end of an element."""
    if len(parent):
        last = parent[-1]
        last.tail = (last.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def read(data: bytes) -> Element:
    """A document that reads nothing else: no entities, no DTD, no network."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def write(root: Element) -> bytes:
    """A document in UTF-8, with a line end behind it."""
    return _HEAD + etree.tostring(root, encoding="UTF-8") + b"\n"
