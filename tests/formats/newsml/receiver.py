"""A strict receiver, as Superdesk takes items in: it knows little, and whoever writes for it must know that."""

from __future__ import annotations

from lxml import etree

__all__ = ["paragraphs"]

_G2 = "{http://iptc.org/std/nar/2006-10-01/}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_NITF = "{http://iptc.org/std/NITF/2006-10-18/}"


def paragraphs(item: etree._Element) -> list[str]:
    """The paragraphs of an item, as such a receiver keeps them.

    Of XHTML it keeps the characters of each child of the body up to the first element in it, of NITF all that stands in
    the block; plain text that follows overwrites what came before.
    """
    found: list[str] = []
    for content in item.iterfind(f"{_G2}contentSet/*"):
        if content.tag == _G2 + "inlineData":
            found = (content.text or "").split("\n\n")
        for body in content.iter(_XHTML + "body"):
            found = [one.text or "" for one in body]
        for block in content.iterfind(f"{_NITF}nitf/{_NITF}body/{_NITF}body.content/{_NITF}block"):
            found = [_text(one) for one in block]
    return found


def _text(block: etree._Element) -> str:
    """A block of NITF with a line for each item and row, as in the plain text of a record."""
    local = etree.QName(block).localname
    if local in {"ul", "ol"}:
        first = int(block.get("seqnum", "1"))
        lines = ["".join(map(str, one.itertext())) for one in block]
        return "\n".join(f"{n}. {line}" if local == "ol" else line for n, line in enumerate(lines, first))
    if local == "table":
        rows = block.iter(_NITF + "tr")
        return "\n".join(" | ".join("".join(map(str, cell.itertext())) for cell in row) for row in rows)
    return "".join(map(str, block.itertext())).strip()
