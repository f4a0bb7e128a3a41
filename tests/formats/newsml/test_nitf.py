from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from lxml import etree

from lod.body import Block, render
from tests.body.blocks import exact_blocks
from tests.formats.newsml.house import House, texts

N = "{http://iptc.org/std/NITF/2006-10-18/}"


@pytest.fixture(scope="module", name="strict")
def _strict(standards: Path) -> etree.XMLSchema:
    """NITF 3.6."""
    return etree.XMLSchema(file=str(standards / "newsml-g2" / "nitf-3-6.xsd"))


def nitf_of(item: etree._Element) -> etree._Element:
    (nitf,) = item.iter(N + "nitf")
    return nitf


def name(node: etree._Element) -> str:
    return str(etree.QName(node).localname)


def plain(node: etree._Element, gap: str = "\n\n") -> str:
    """The text as a careful reader takes it: blocks, items and rows apart, numbers before numbered items."""
    if name(node) in {"block", "bq"}:
        return gap.join(plain(one, gap) for one in node)
    if name(node) in {"ul", "ol"}:
        first = int(node.get("seqnum", "1"))
        items = (plain(one, "\n") for one in node)
        return "\n".join(f"{n}. {text}" if name(node) == "ol" else text for n, text in enumerate(items, first))
    if name(node) == "table":
        return "\n".join(" | ".join(map(inline, row)) for row in node.iter(N + "tr"))
    if name(node) == "li" and any(name(one) in {"p", "hl2", "ul", "ol", "table", "bq"} for one in node):
        return "\n".join(plain(one, "\n") for one in node)
    return inline(node)


def inline(node: etree._Element) -> str:
    parts = [node.text or ""]
    for one in node:
        parts += ["\n" if one.tag == N + "br" else inline(one), one.tail or ""]
    return "".join(parts)


def test_the_text_stands_in_one_block(nitf: House) -> None:
    item = nitf.item(
        subtitle="Zweite Zeile",
        dateline={"text": "Beispielhausen, 14. September 2026"},
        body="## Zwischentitel\n\n„Wir **handeln**“, sagte sie.\n\n- erstens\n- zweitens\n\n> Zitat\n\n3. drittens\n\n"
        "|A|B|\n|-|-|\n|1|2|\n\n[Verweis](https://x.example/)",
        people=[{"name": "A. B."}],
        quotations=[{"id": "q1", "text": "Wir handeln", "speakers": ["A. B."]}],
    )
    found = nitf_of(item)
    assert found.get("version") == "-//IPTC//DTD NITF 3.6//EN"
    (block,) = [one for one in found.iter(N + "block") if name(one.getparent()) == "body.content"]
    assert [name(one) for one in block] == ["hl2", "p", "ul", "bq", "ol", "table", "p"]
    (quotation,) = found.iter(N + "q")
    assert (quotation.get("quote-source"), inline(quotation)) == ("A. B.", "Wir handeln")
    assert [(name(one), one.text) for one in next(found.iter(N + "hedline"))] == [
        ("hl1", "Städte fordern schnellere Bescheide"),
        ("hl2", "Zweite Zeile"),
    ]
    assert [one.text for one in found.iter(N + "byline", N + "distributor", N + "dateline")] == [
        "Stadt Beispielhausen",
        "Pressearchiv Beispielhausen",
        "Beispielhausen, 14. September 2026",
    ]
    assert texts(item, "//g2:inlineXML/@contenttype") == ["application/nitf+xml"]
    assert texts(item, "//g2:inlineData") == []


def test_both_mark_ups_are_two_feeds(both: House) -> None:
    piece = both.piece(both.release(body="Text."))
    (other,) = piece.others
    assert (piece.path, other.path) == ("2026/stadt.2026.17_v1.xml", "nitf/2026/stadt.2026.17_v1.xml")
    assert b"<nitf " in other.data
    assert b"<html " in piece.data
    assert etree.fromstring(piece.data).get("guid") == etree.fromstring(other.data).get("guid")


@given(blocks=exact_blocks)
def test_nothing_of_the_text_is_lost_and_it_is_valid(
    nitf: House, strict: etree.XMLSchema, schema: etree.XMLSchema, blocks: tuple[Block, ...]
) -> None:
    release = nitf.release(body=render(blocks) + "\n\nEnde.")
    item = etree.fromstring(nitf.piece(release).data)
    found = nitf_of(item)
    (block,) = [one for one in found.iter(N + "block") if name(one.getparent()) == "body.content"]
    assert plain(block) == release.text
    strict.assertValid(etree.fromstring(etree.tostring(found)))
    schema.assertValid(item)
