from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.body import List, Paragraph, Quote, parse, plain, render
from lod.ingest.readers.plain import blocks, read
from tests.ingest.rendition import as_plain

WRAPPED = """\
STADT BEISPIEL
Pressestelle

Pressemitteilung Nr. 12/2020
Beispielstadt, 3. Mai 2020

Die Stadt hat am Montag die neue Brücke über den Bach eröffnet. Die Bau-
arbeiten dauerten zwei Jahre und kosteten 6,2 Millionen Euro. Die Städte-
und Gemeindekasse trägt die Hälfte.

Rathaus
Marktplatz 1
12345 Beispielstadt
"""


OPENED = (
    "Die Stadt hat am Montag die neue Brücke über den Bach eröffnet. Die Bauarbeiten dauerten zwei Jahre und"
    " kosteten 6,2 Millionen Euro. Die Städte- und Gemeindekasse trägt die Hälfte."
)
PROSE = (
    (
        "Die Bürgermeisterin der Stadt hat gestern in einer öffentlichen Sitzung des Rates erklärt, dass die Arbeiten"
        " am neuen Rathaus im Herbst beginnen. „Wir haben lange darauf gewartet“, sagte sie den Anwesenden."
    ),
    (
        "Der Kämmerer legte Zahlen vor: Die Kosten steigen auf 12,4 Millionen Euro, davon trägt das Land ein Drittel."
        " Die übrigen Mittel kommen aus Rücklagen der Gemeinde und aus Krediten."
    ),
)


def _text(text: str) -> Any:
    return plain(blocks(text)).split("\n\n")


def test_wrapped_lines_become_paragraphs_and_short_lines_stay() -> None:
    assert _text(WRAPPED) == [
        "STADT BEISPIEL\nPressestelle",
        "Pressemitteilung Nr. 12/2020\nBeispielstadt, 3. Mai 2020",
        OPENED,
        "Rathaus\nMarktplatz 1\n12345 Beispielstadt",
    ]


def test_unwrapped_lines_are_paragraphs() -> None:
    first, second = "Der Rat hat heute zugestimmt. " * 5, "Die Bürger freuen sich sehr darüber. " * 4
    assert _text(f"Titel der Meldung\nNr. 5\n{first}\n{second}") == [
        "Titel der Meldung\nNr. 5",
        first.strip(),
        second.strip(),
    ]


def test_paragraphs_that_are_only_set_in() -> None:
    prose = "Der Rat der Stadt hat in seiner letzten Sitzung vor der Sommerpause\ndem Haushalt zugestimmt.\n"
    assert (
        len(_text(prose + "    Die Opposition stimmte dagegen, weil ihr die Schulden der Stadt\nzu hoch sind.\n")) == 2
    )


@pytest.mark.parametrize(
    ("text", "ordered", "items"),
    [
        ("- erstens\n- zweitens,\n  mit Zusatz\n- drittens", False, 3),
        ("• nur einer", False, 1),
        ("- erstens\n\n- zweitens", False, 2),
        ("1. erstens\n2. zweitens", True, 2),
        ("Der Rat fordert:\n- erstens\n- zweitens", False, 2),
    ],
)
def test_lists(text: str, ordered: bool, items: int) -> None:
    found = [block for block in blocks(text) if isinstance(block, List)]
    assert [(block.ordered, len(block.items)) for block in found] == [(ordered, items)]


@pytest.mark.parametrize("text", ["1. Juli 2017", "- 30 -", "24. Juni 2019\n\n12. Woche", "3. Mai\n5. Juni"])
def test_no_lists(text: str) -> None:
    assert all(isinstance(block, Paragraph) for block in blocks(text))


def test_underlined_headings_and_quoted_lines() -> None:
    assert render(blocks("Titel\n=====\n\n> Wir handeln.\n> Sofort.")) == "# Titel\n\n> Wir handeln.\\\n> Sofort."
    assert isinstance(blocks("> Wir")[0], Quote)


def test_marks_of_markdown_are_characters_here() -> None:
    text = read(b"# Nr. 5\n\n*Hinweis* an alle\n").text
    assert plain(parse(text)) == "# Nr. 5\n\n*Hinweis* an alle"


@pytest.mark.parametrize("width", [60, 66, 72, 78])
def test_any_width_gives_the_paragraphs_back(width: int) -> None:
    assert plain(parse(read(as_plain("\n\n".join(PROSE), width)).text)).split("\n\n") == list(PROSE)


@given(st.text(alphabet=st.sampled_from("ab-•>. \n\t1=“")))
def test_no_letter_is_lost(text: str) -> None:
    kept = "".join(char for char in plain(blocks(text)) if char in "ab“")
    assert kept == "".join(char for char in text if char in "ab“")
