"""The few ways an element comes about: names of the namespaces, a child, and text behind what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LANG", "NAR", "NITF", "XHTML", "Element", "append_text", "child", "write"]

Element = etree._Element  # noqa: SLF001 - the public name of the class of lxml's elements is a function

NAR = "{http://iptc.org/std/nar/2006-10-01/}"
NITF = "{http://iptc.org/std/NITF/2006-10-18/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'


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


def write(root: Element) -> bytes:
    """A document in UTF-8, with a line end behind it."""
    return _HEAD + etree.tostring(root, encoding="UTF-8") + b"\n"
