from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from lod.body import parse, render
from lod.ingest.readers.pdf import read
from tests.ingest.readers.test_html import RELEASE
from tests.ingest.rendition import as_pdf

LONG = (
    "Die Bürgermeisterin hat gestern im Rat erklärt, dass die Arbeiten im Herbst beginnen. Der Kämmerer legte vor:"
    " Die Kosten steigen auf 12,4 Millionen Euro, davon trägt das Land ein Drittel, den Rest die Stadt selbst."
)


def _draw(draw: Callable[[Any, int], None], pages: int = 1) -> Any:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for page in range(pages):
        draw(canvas, page)
        canvas.showPage()
    canvas.save()
    return read(out.getvalue()).text


def _lines(canvas: Any, lines: list[str], x: int = 70, top: int = 760, size: int = 11, leading: int = 14) -> None:
    canvas.setFont("Helvetica", size)
    for at, line in enumerate(lines):
        canvas.drawString(x, top - at * leading, line)


def test_markdown_comes_back() -> None:
    release = RELEASE.replace("> Ein", "Ein").replace(" *früher*", " früher")
    assert read(as_pdf(release)).text == render(parse(release))


def test_paragraphs_over_two_pages_are_one() -> None:
    text = "\n\n".join(
        f"Im Absatz {['eins', 'zwei', 'drei', 'vier', 'fünf'][at % 5] * (at // 5 + 1)}: {LONG}" for at in range(20)
    )
    assert read(as_pdf(text)).text == text


def test_headers_and_page_numbers_of_later_pages_are_left_out() -> None:
    def draw(canvas: Any, page: int) -> None:
        _lines(canvas, ["Stadt Beispiel · Presse"], top=800)
        _lines(
            canvas,
            [f"Auf Seite {('eins', 'zwei', 'drei')[page]} steht ein ganzer Satz, der den Rand erreicht und endet."],
        )
        _lines(canvas, [f"Seite {page + 1} von 3"], top=40)

    text = _draw(draw, 3)
    assert text.count("Stadt Beispiel") == 1
    assert "Seite 2 von 3" not in text
    assert text.count("ein ganzer Satz") == 3


def test_columns_are_read_one_after_the_other() -> None:
    left = [f"Links steht Zeile {at} von zehn hier" for at in range(10)]
    right = [f"Rechts steht Zeile {at} von zehn da" for at in range(10)]

    def draw(canvas: Any, _: object) -> None:
        _lines(canvas, left)
        _lines(canvas, right, x=330)

    text = " ".join(_draw(draw).split())
    assert text.index("Links steht Zeile 9") < text.index("Rechts steht Zeile 0")


def test_hyphens_at_line_ends() -> None:
    lines = [
        "Die Stadt hat für die Rückfüh-",
        "rung der Mittel gesorgt, die Städte-",
        "und Gemeindekasse in Nordrhein-",
        "Westfalen.",
    ]
    expected = (
        "Die Stadt hat für die Rückführung der Mittel gesorgt, die Städte- und Gemeindekasse in Nordrhein-Westfalen."
    )
    assert _draw(lambda canvas, _: _lines(canvas, lines)) == expected


def test_paragraphs_without_space_between_them() -> None:
    lines = [
        "Der Rat hat heute in seiner Sitzung dem Haushalt der Stadt mit großer",
        "Mehrheit zugestimmt.",
        "Die Opposition stimmte dagegen, weil ihr die neuen Schulden der Stadt",
        "zu hoch sind.",
    ]
    assert len(_draw(lambda canvas, _: _lines(canvas, lines)).split("\n\n")) == 2


def test_short_lines_stay_lines() -> None:
    lines = ["Stadt Beispiel", "Marktplatz 1", "12345 Beispielstadt"]
    body = ["Der Rat hat heute in seiner Sitzung dem Haushalt der Stadt zugestimmt."]

    def draw(canvas: Any, _: object) -> None:
        _lines(canvas, lines)
        _lines(canvas, body, top=680)

    assert _draw(draw).split("\n\n")[0] == "Stadt Beispiel\\\nMarktplatz 1\\\n12345 Beispielstadt"


def test_text_at_the_side_of_the_page_is_left_out() -> None:
    def draw(canvas: Any, _: object) -> None:
        _lines(canvas, ["Der Rat hat heute zugestimmt."])
        canvas.saveState()
        canvas.translate(20, 300)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Randtext")
        canvas.restoreState()

    assert _draw(draw) == "Der Rat hat heute zugestimmt."


@pytest.mark.parametrize(("title", "stated"), [("Microsoft Word - pm_12.docx", None), ("Neue Brücke", "Neue Brücke")])
def test_titles_a_program_made_up_are_no_statement(title: str, stated: str | None) -> None:
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.setTitle(title)
    _lines(canvas, ["Der Rat hat heute zugestimmt."])
    canvas.save()
    assert read(out.getvalue()).meta.get("title") == stated


def test_columns_below_a_title_that_spans_them() -> None:
    left = [f"Links steht Zeile {at} von zehn hier" for at in range(10)]
    right = [f"Rechts steht Zeile {at} von zehn da" for at in range(10)]

    def draw(canvas: Any, _: int) -> None:
        _lines(canvas, ["Neue Brücke über den Mühlbach wird früher fertig als geplant"], top=800, size=16)
        _lines(canvas, left)
        _lines(canvas, right, x=330)
        _lines(canvas, ["Impressum: Stadt Beispiel, Marktplatz 1, 12345 Beispielstadt, Telefon 05999 12345"], top=500)

    text = " ".join(_draw(draw).split())
    places = [
        text.index(words) for words in ("Neue Brücke", "Links steht Zeile 9", "Rechts steht Zeile 0", "Impressum")
    ]
    assert places == sorted(places)


def test_lists_with_drawn_and_written_bullets() -> None:
    def draw(canvas: Any, _: int) -> None:
        _lines(canvas, ["Der Rat fordert im Einzelnen diese Dinge von Bund und Land:"], top=790)
        for at, item in enumerate(("mehr Geld,", "weniger Aufwand.")):
            _lines(canvas, [item], x=90, top=760 - 14 * at)
            canvas.circle(80, 764 - 14 * at, 2, stroke=0, fill=1)
        _lines(canvas, ["1. erstens", "2. zweitens"], top=700)

    assert _draw(draw).split("\n\n")[1:] == ["- mehr Geld,\n- weniger Aufwand.", "1. erstens\n2. zweitens"]
