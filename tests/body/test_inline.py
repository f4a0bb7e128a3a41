from __future__ import annotations

import pytest

from lod.body import Break, Emphasis, Link, Span, Strong, Text
from lod.body.inline import is_href, spans


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**fett**", (Strong((Text("fett"),)),)),
        ("*kursiv*", (Emphasis((Text("kursiv"),)),)),
        ("***beides***", (Emphasis((Strong((Text("beides"),)),)),)),
        ("**a *b***", (Strong((Text("a "), Emphasis((Text("b"),)))),)),
        ("Haus**tür**", (Text("Haus"), Strong((Text("tür"),)))),
        ("(**Sperrfrist**)", (Text("("), Strong((Text("Sperrfrist"),)), Text(")"))),
        ("**a\nb**", (Strong((Text("a"), Break(), Text("b"))),)),
    ],
)
def test_emphasis(source: str, expected: tuple[Span, ...]) -> None:
    assert spans(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "Bürger*innen und Schüler*innen",
        "2*3*4",
        "5 * 6 * 7",
        "**",
        "*offen",
        "****vier****",
        "* * *",
        "snake_case und __unter__",
        "`Code` & <b>HTML</b>",
        "a** b**",
    ],
)
def test_what_is_no_emphasis_is_text(source: str) -> None:
    assert spans(source) == (Text(source),)


def test_a_backslash_makes_a_mark_text_and_stands_for_itself_before_letters() -> None:
    assert spans(r"\*nicht\* \[kursiv\] C:\Daten \\") == (Text(r"*nicht* [kursiv] C:\Daten " + "\\"),)


@pytest.mark.parametrize(
    ("source", "href", "text"),
    [
        ("[Stadt](https://stadt.example/a_(b)?c=d#e)", "https://stadt.example/a_(b)?c=d#e", "Stadt"),
        ("[Mail](mailto:presse@stadt.example)", "mailto:presse@stadt.example", "Mail"),
        ("[Tel](TEL:+49211)", "TEL:+49211", "Tel"),
        (r"[a \[b\]](http://x.example/\)\(\\)", "http://x.example/)(\\", "a [b]"),
        ("[IRI](https://bücher.example/straße)", "https://bücher.example/straße", "IRI"),
    ],
)
def test_links(source: str, href: str, text: str) -> None:
    assert spans(source) == (Link(href, (Text(text),)),)


@pytest.mark.parametrize(
    "source",
    [
        "[a](/relativ)",
        "[a](javascript:alert(1))",
        "[a](data:text/html,x)",
        "[a](file:///etc/passwd)",
        "[a](https://x.example mit Leerzeichen)",
        '[a](https://x.example "Titel")',
        "[a](<https://x.example>)",
        "[a](https://x.example/(unpaar)",
        "[](https://x.example)",
        "[a] (https://x.example)",
        "[a][b]",
        "[sic]",
        "https://x.example",
        "<https://x.example>",
    ],
)
def test_what_is_no_link_is_text(source: str) -> None:
    assert spans(source) == (Text(source),)


def test_a_link_holds_no_link_but_emphasis() -> None:
    assert spans("[a [b](https://b.example) c](https://a.example)") == (
        Text("[a "),
        Link("https://b.example", (Text("b"),)),
        Text(" c](https://a.example)"),
    )
    assert spans("[**a** b](https://a.example)") == (Link("https://a.example", (Strong((Text("a"),)), Text(" b"))),)


def test_a_link_binds_tighter_than_emphasis() -> None:
    assert spans("*a [b* c](https://a.example)") == (Text("*a "), Link("https://a.example", (Text("b* c"),)))


@pytest.mark.parametrize("href", ["https://x.example/", "HTTP://x.example", "mailto:a@b.example", "tel:110"])
def test_addresses_that_may_be_links(href: str) -> None:
    assert is_href(href)


@pytest.mark.parametrize(
    "href", ["", "https://", "//x.example", "/x", "x", "javascript:x", "https://a b", "https://a\nb"]
)
def test_addresses_that_may_not(href: str) -> None:
    assert not is_href(href)
