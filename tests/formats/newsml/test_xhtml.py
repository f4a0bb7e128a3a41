from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from lod.body import Block, render
from tests.body.blocks import exact_blocks
from tests.formats.newsml.house import House, texts

H = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module", name="strict")
def _strict(standards: Path) -> etree.XMLSchema:
    """XHTML 1.0 Strict."""
    return etree.XMLSchema(file=str(standards / "newsml-g2" / "xhtml1-strict.xsd"))


def body_of(item: etree._Element) -> etree._Element:
    (body,) = item.iter(H + "body")
    return body


def plain(node: etree._Element, gap: str = "\n\n") -> str:
    """The text of a body as a careful reader takes it: blocks, items and rows apart, numbers before numbered items."""
    name = etree.QName(node).localname
    if name in {"body", "blockquote"}:
        return gap.join(plain(one, gap) for one in node)
    if name in {"ul", "ol"}:
        first = int(node.get("start", "1"))
        items = (plain(one, "\n") for one in node)
        return "\n".join(f"{n}. {text}" if name == "ol" else text for n, text in enumerate(items, first))
    if name == "table":
        return "\n".join(" | ".join(map(inline, row)) for row in node.iter(H + "tr"))
    if name == "li" and any(etree.QName(one).localname in BLOCKS for one in node):
        return "\n".join(plain(one, "\n") for one in node)
    return inline(node)


BLOCKS = {"p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote"}


def inline(node: etree._Element) -> str:
    parts = [node.text or ""]
    for one in node:
        parts += ["\n" if one.tag == H + "br" else inline(one), one.tail or ""]
    return "".join(parts)


def test_blocks_stand_directly_below_the_body(house: House) -> None:
    item = house.item(
        lead="Vorspann.",
        body="# Zwischentitel\n\nText mit **fett**, *kursiv* und [Verweis](https://x.example/?a=1&b=2).\n\n"
        "3. drittens\n4. viertens\n\n> Zitat\n>\n> zweiter Absatz\n\n| A | B |\n|---|---|\n| 1 | 2 |",
    )
    body = body_of(item)
    assert [etree.QName(one).localname for one in body] == ["p", "h2", "p", "ol", "blockquote", "table"]
    assert [etree.QName(one).localname for one in body[2]] == ["strong", "em", "a"]
    assert body[2][2].get("href") == "https://x.example/?a=1&b=2"
    assert body[3].get("start") == "3"
    assert [one.text for one in body[4]] == ["Zitat", "zweiter Absatz"]
    assert [[cell.text for cell in row] for row in body.iter(H + "tr")] == [["A", "B"], ["1", "2"]]


def test_headline_and_dateline_are_not_repeated(house: House) -> None:
    body = body_of(house.item(body="Text.", dateline={"text": "Berlin, 14. September"}))
    assert plain(body) == "Text."


def test_hostile_text_arrives_as_it_was(house: House) -> None:
    text = (
        "Ende ]]> & <b>nicht fett</b> \"'„“‚‘ &amp; &nbsp; <?xml?> <!-- --> {Donaudampf\u00adschifffahrt}"
        "\u00a0\u2009\u2028 Z\u0308 😀 " + "lang" * 500
    )
    item = house.item(title=text[:200], body=text, keywords=[text[:100]], kicker="<kicker/>")
    assert texts(item, "//g2:headline[1]") == [house.release(title=text[:200]).title]
    assert plain(body_of(item)) == house.release(body=text).text
    assert texts(item, "//g2:headline[@rank='3']") == ["<kicker/>"]


def test_a_simple_text_has_one_form_and_a_strict_reader_gets_it_whole(house: House) -> None:
    """Superdesk keeps the characters of each child of the body up to the first element in it."""
    item = house.item(lead="Erstens.", body="Zweitens „so“.\n\n## Titel\n\nDrittens.")
    assert [one.text for one in body_of(item)] == ["Erstens.", "Zweitens „so“.", "Titel", "Drittens."]
    assert texts(item, "//g2:inlineData") == []


@pytest.mark.parametrize("body", ["Text **fett** mehr", "- erstens\n- zweitens", "> Zitat", "a  \nb", "|a|\n|-|\n|1|"])
def test_where_mark_up_would_cost_text_the_plain_text_follows(house: House, body: str) -> None:
    """A reader of that kind takes the last form it knows."""
    release = house.release(body=body)
    item = house.item(body=body)
    (content,) = item.iter("{*}contentSet")
    assert [etree.QName(one).localname for one in content] == ["inlineXML", "inlineData"]
    assert content[1].get("contenttype") == "text/plain"
    assert content[1].text == release.text


def test_quotations_are_marked_where_they_stand(house: House) -> None:
    item = house.item(
        body="„Wir **handeln** jetzt“, sagte sie. Er: „Nein.“",
        people=[{"name": "A. B."}],
        quotations=[
            {"id": "q1", "text": "Wir handeln jetzt", "speakers": ["A. B."]},
            {"id": "q2", "text": "Nein.", "speakers": ["A. B."]},
        ],
    )
    found = [(one.get("cite"), inline(one)) for one in item.iter(H + "q")]
    iri = "https://presse.example.org/release/stadt/2026/17#"
    assert found == [(iri + "q1", "Wir handeln jetzt"), (iri + "q2", "Nein.")]
    assert plain(body_of(item)) == "„Wir handeln jetzt“, sagte sie. Er: „Nein.“"
    (first, _) = item.iter(H + "q")
    assert [etree.QName(one).localname for one in first] == ["strong"]


def test_a_quotation_over_two_paragraphs_has_a_part_in_each(house: House) -> None:
    item = house.item(
        body="„Erstens.\n\nZweitens.“",
        people=[{"name": "A. B."}],
        quotations=[{"id": "q1", "text": "Erstens.\n\nZweitens.", "speakers": ["A. B."]}],
    )
    assert [inline(one) for one in item.iter(H + "q")] == ["Erstens.", "Zweitens."]


def test_a_quotation_that_cuts_through_an_element_is_left_unmarked(house: House) -> None:
    item = house.item(
        body="Er sagte **Ja, und** Nein.",
        people=[{"name": "A. B."}],
        quotations=[{"id": "q1", "text": "und Nein.", "speakers": ["A. B."]}],
    )
    assert list(item.iter(H + "q")) == []
    assert plain(body_of(item)) == "Er sagte Ja, und Nein."


@given(blocks=exact_blocks)
def test_nothing_of_the_text_is_lost(house: House, blocks: tuple[Block, ...]) -> None:
    release = house.release(body=render(blocks) + "\n\nEnde.")
    item = etree.fromstring(house.piece(release).data)
    assert plain(body_of(item)) == release.text


@given(blocks=exact_blocks, data=st.data())
def test_marking_quotations_changes_no_character(house: House, blocks: tuple[Block, ...], data: Any) -> None:
    text = house.release(body=render(blocks) + "\n\nEnde.").text
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    quotations = [
        {"id": f"q{start}", "start": start, "text": text[start:end], "speakers": ["A. B."]}
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
        if text[start:end].strip() and text[start:end] == text[start:end].strip()
    ]
    ids = {one["id"] for one in quotations}
    if len(ids) < len(quotations):
        return
    release = house.release(body=render(blocks) + "\n\nEnde.", people=[{"name": "A. B."}], quotations=quotations)
    item = etree.fromstring(house.piece(release).data)
    assert plain(body_of(item)) == text
    parts: dict[str, list[str]] = {}
    for one in item.iter(H + "q"):
        parts.setdefault(str(one.get("cite")).rpartition("#")[2], []).append(inline(one))
    for quotation in quotations:
        for part in parts.get(quotation["id"], []):
            assert part in quotation["text"]


@given(blocks=exact_blocks)
def test_the_body_is_xhtml_strict(house: House, strict: etree.XMLSchema, blocks: tuple[Block, ...]) -> None:
    """But for the first number of a list, which only the transitional XHTML and HTML know."""
    item = house.item(body=render(blocks) + "\n\nEnde.")
    (html,) = item.iter(H + "html")
    for numbered in html.iter(H + "ol"):
        numbered.attrib.pop("start", None)
    strict.assertValid(etree.fromstring(etree.tostring(html)))


@given(blocks=exact_blocks)
def test_items_with_any_body_are_valid(house: House, schema: etree.XMLSchema, blocks: tuple[Block, ...]) -> None:
    schema.assertValid(house.item(body=render(blocks) + "\n\nEnde."))
