# ruff: noqa: E501 - examples stand in one line, whatever their length
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.ingest.blocks import blocks


def _kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks(text)]


def test_kinds_of_blocks() -> None:
    text = "# Titel\n\nAbsatz\nzweite Zeile\n\n- eins\n- zwei\n\n1. erstens\n2. zweitens\n\n![Bild](b.png)\n\n---\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    assert [kind for kind, _ in _kinds(text)] == [
        *("heading", "paragraph", "item", "item", "item", "item", "image", "rule", "table"),
    ]


def test_soft_line_ends_are_joined_and_hyphenation_too() -> None:
    assert _kinds("Die Netz-\nbetreiber der Städte-\nund Gemeinden\nwarten.")[0][1] == (
        "Die Netzbetreiber der Städte- und Gemeinden warten."
    )


def test_a_date_at_the_beginning_is_no_list() -> None:
    assert _kinds("3. Juli 2017\n")[0][0] == "paragraph"


def test_underlined_title() -> None:
    block = blocks("Werk eröffnet\n=============\n")[0]
    assert (block.kind, block.level, block.text) == ("heading", 1, "Werk eröffnet")


def test_block_quotations_are_marked_however_deep() -> None:
    found = blocks("> Wir freuen uns.\n>> Sehr.\n\nEnde")
    assert [block.quoted for block in found] == [True, False]
    assert blocks(">" * 5000 + " tief")[0].quoted


def test_a_row_of_hash_signs_is_an_end_mark() -> None:
    assert _kinds("Text.\n\n###\n\nWeiter")[1][0] == "rule"


def test_blocks_know_where_they_stand() -> None:
    text = "# Eins\n\n> zwei\n\n- drei\n"
    assert [text[block.start : block.end] for block in blocks(text)] == ["Eins", "zwei", "drei"]


@given(st.text(alphabet="ab #>-*1.|\n", max_size=80))
def test_no_text_breaks_it(text: str) -> None:
    for block in blocks(text):
        assert 0 <= block.start <= block.end <= len(text)
        assert block.plain is not None


@pytest.mark.parametrize("text", ["", "\n\n", "   ", "<!-- nur ein Kommentar -->"])
def test_nothing_has_no_blocks(text: str) -> None:
    assert blocks(text) == ()
