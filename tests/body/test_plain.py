from __future__ import annotations

import timeit

import pytest
from hypothesis import given

from lod.body import parse, plain, plain_text
from tests.body.blocks import markdown

SAMPLE = """# Öffnungszeiten

Das **Bürgerbüro** öffnet um [8 Uhr](https://stadt.example).\\
Mehr nicht.

- erstens
- zweitens

  3. drittens
  4. viertens

> „Wir handeln.“
>
> Sagt sie.

| Ort | Datum |
|-----|-------|
| Köln | 3. Juli |
"""


def test_plain_text_has_all_words_and_no_marks() -> None:
    assert plain_text(SAMPLE) == (
        "Öffnungszeiten\n\nDas Bürgerbüro öffnet um 8 Uhr.\nMehr nicht.\n\n"
        "erstens\nzweitens\n3. drittens\n4. viertens\n\n"
        "„Wir handeln.“\n\nSagt sie.\n\nOrt | Datum\nKöln | 3. Juli"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "Ein Absatz",
        "\n\nEin Absatz\n\n",
        "Zwei\nZeilen\n\nund noch eine",
        "a\n\n\nb",
        "1. Juli",
        "1.Juli",
        "2017\n2018. Ende",
        "a\n 1. b",
        "    a",
        "a  \nb",
        "a \nb",
        " - x",
        "[sic] (so)",
        "a\x0bb\N{NO-BREAK SPACE}\n\N{NO-BREAK SPACE}\n\nb",
    ],
)
def test_the_quick_way_gives_what_the_long_way_gives(text: str) -> None:
    assert plain_text(text) == plain(parse(text))


@given(markdown)
def test_the_quick_way_and_the_long_way_agree(text: str) -> None:
    assert plain_text(text) == plain(parse(text))


@pytest.mark.slow
def test_it_is_quick() -> None:
    paragraph = "Das Land Nordrhein-Westfalen unterstützt die Kommunen „mit Nachdruck“ bei der Wärmeplanung. " * 5
    body = "\n\n".join([paragraph.strip()] * 11)
    assert len(body) > 5_000
    assert min(timeit.repeat(lambda: plain_text(body), number=100, repeat=5)) / 100 < 30e-6
    marked = body + "\n\n- **eins**\n- zwei"
    assert min(timeit.repeat(lambda: plain_text(marked), number=100, repeat=5)) / 100 < 500e-6
