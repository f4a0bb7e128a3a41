from __future__ import annotations

import pytest
from hypothesis import given

from lod.body import (
    Block,
    Break,
    Emphasis,
    Heading,
    Link,
    List,
    Paragraph,
    Strong,
    Table,
    Text,
    parse,
    plain,
    render,
    tidy,
)
from tests.body.blocks import any_blocks, exact_blocks


@given(exact_blocks)
def test_what_is_written_reads_back_the_same(blocks: tuple[Block, ...]) -> None:
    assert parse(render(blocks)) == tidy(blocks)


@given(any_blocks)
def test_whatever_is_written_keeps_its_text_and_is_stable(blocks: tuple[Block, ...]) -> None:
    once = parse(render(blocks))
    assert plain(once) == plain(tidy(blocks))
    assert render(once) == render(blocks)


@pytest.mark.parametrize(
    "text",
    [
        "# kein Titel",
        "- keine Liste",
        "+ keine Liste",
        "* keine Liste",
        "3. Juli 2017",
        "12) zwölf",
        "> kein Zitat",
        "|---|",
        "C:\\Daten\\*.txt",
        "[kein Link](https://x.example)",
        "#",
        "-",
        "1.",
        "endet mit \\",
        "Bürger*innen",
        "*",
        "5 * 6",
        "a ** b",
    ],
)
def test_text_that_looks_like_marks_stays_text(text: str) -> None:
    blocks = (Paragraph((Text(text),)),)
    assert parse(render(blocks)) == blocks
    broken = (Paragraph((Text("a|b"), Break(), Text(text), Break(), Text("c"))),)
    assert parse(render(broken)) == broken


def test_a_heading_that_ends_in_number_signs() -> None:
    blocks = (Heading(2, (Text("Wir sind #"),)), Heading(2, (Text("C#"),)))
    assert render(blocks) == "## Wir sind \\#\n\n## C#"
    assert parse(render(blocks)) == blocks


def test_marks_are_written_only_where_they_are_needed() -> None:
    text = "Bürger*innen [sic] zahlen 3.50 € - oder 1. nichts_anderes & <mehr>."
    assert render((Paragraph((Text(text),)),)) == text


def test_emphasis_that_markdown_cannot_write_is_given_up_alone() -> None:
    spans = (Strong((Text("WO:"),)), Text("Rathaus, "), Strong((Text("jetzt"),)))
    assert render((Paragraph(spans),)) == "WO:Rathaus, **jetzt**"


def test_lists_side_by_side_stay_two() -> None:
    item = (Paragraph((Text("a"),)),)
    for ordered in (False, True):
        blocks = (List(ordered, 1, (item,)),) * 3
        assert parse(render(blocks)) == blocks


def test_a_list_is_as_tight_as_it_can_be() -> None:
    assert render(parse("- a\n\n- b\n  - c\n\n\n  - d")) == "- a\n- b\n  - c\n  - d"


def test_pipes_in_cells() -> None:
    table = Table(((Text("a|b"),), ()), (((Text("\\"),), (Text("\\|"),)),))
    assert parse(render((table,))) == (table,)


def test_addresses_with_brackets() -> None:
    blocks = (Paragraph((Link("https://x.example/a)b[c]\\", (Text("a](b)"),)),)),)
    assert parse(render(blocks)) == blocks


def test_emphasis_in_a_link_in_emphasis() -> None:
    blocks = (Paragraph((Emphasis((Text("a "), Link("https://x.example", (Strong((Text("b"),)), Text(" c"))))),)),)
    assert parse(render(blocks)) == blocks
