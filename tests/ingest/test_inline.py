from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.ingest.inline import Plain, plain


def _plain(text: str) -> Plain:
    return plain([(text, 0)])


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("ein **fettes** Wort", "ein fettes Wort"),
        ("ein *schräges* Wort", "ein schräges Wort"),
        ("***beides***", "beides"),
        ('siehe [Seite](https://stadt.example/a_(b) "Titel")', "siehe Seite"),
        ("<presse@stadt.example>", "presse@stadt.example"),
        ("Wappen: ![Löwe](l.png)", "Wappen:"),
        ("5 \\* 3", "5 * 3"),
        ("M&uuml;ller &amp; S&#246;hne", "Müller & Söhne"),
        ("Aus\u00adstellung", "Ausstellung"),
        ("a<br>b", "a\nb"),
        ("viele   Leerzeichen\tund Tabulatoren", "viele Leerzeichen und Tabulatoren"),
    ],
)
def test_marks_are_read_and_not_kept(markdown: str, text: str) -> None:
    assert _plain(markdown).text == text


@pytest.mark.parametrize("text", ["2 * 3 * 4", "snake_case_name", "**offen", "a * b", "[kein Link]", "_offen", "*"])
def test_what_is_no_mark_stays(text: str) -> None:
    assert _plain(text).text == text


def test_each_character_knows_its_place() -> None:
    markdown = "„**Gut**“, sagt [Anna](https://a.example) *Muster*."
    found = _plain(markdown)
    start = found.text.index("Anna")
    assert markdown[slice(*found.span(start, start + 4))] == "Anna"
    start = found.text.index("Muster")
    assert markdown[slice(*found.span(start, start + 6))] == "Muster"


def test_links_and_emphasis_are_remembered() -> None:
    found = _plain("**Anna** und [Bernd](https://b.example)")
    assert [(mark.kind, found.text[mark.start : mark.end]) for mark in found.marks] == [
        ("strong", "Anna"),
        ("link", "Bernd"),
    ]


def test_covered_means_all_letters() -> None:
    assert _plain("**Alles fett!**").covered("strong")
    assert not _plain("**Fast** alles").covered("strong")


@given(st.text(alphabet="aB ä*_[]()<>!&;\\\n„“", max_size=60))
def test_no_text_breaks_it_and_places_stay_inside(text: str) -> None:
    found = _plain(text)
    for index in range(len(found.text)):
        assert 0 <= found.at(index) <= len(text)
