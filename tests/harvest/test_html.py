from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.body import parse, plain_text
from lod.harvest.fault import Fault
from lod.harvest.html import Converter
from lod.source import Markup

PLAIN = Converter(Markup())
STADT = Converter(Markup(base_url="https://stadt.example/presse/1.html"))


def _markdown(html: str, language: str = "de") -> str:
    return STADT.markdown(html, language)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Eins</p>\n\n<p></p><p>&nbsp;</p><p> Zwei  drei\n vier </p>", "Eins\n\nZwei drei vier"),
        ("Lose <div>Block</div> danach", "Lose\n\nBlock\n\ndanach"),
        ("eins<br>zwei<br/><br>drei<br>\n&nbsp;<br>vier<br>", "eins\\\nzwei\n\ndrei\n\nvier"),
        ("<h2>Titel <b>fett</b></h2><h7>x</h7>", "## Titel **fett**\n\nx"),
        ("<p><strong>A </strong><em> b</em><i><b>c</b></i></p>", "**A** *b**c***"),
        ("<ul><li>eins</li><li><p>zwei</p><ol start=3><li>drei</ol></li></ul>", "- eins\n\n- zwei\n\n  3. drei"),
        ("<ul><li>a</li></ul>\n<ul><li>b</li></ul>", "- a\n- b"),
        ("<ul>Text<li>a</li><ul><li>b</li></ul></ul>", "- Text\n- a\n  - b"),
        ("<ol><li>a</ol><ol><li>b</ol>", "1. a\n\n1) b"),
        ("<blockquote><p>a<p>b</blockquote>", "> a\n>\n> b"),
        ("<dl><dt>Ort</dt><dd>Köln</dd></dl>", "**Ort**\n\nKöln"),
        ("<pre>a  b\n  c\n\nd</pre>", "a  b\\\nc\n\nd"),
        ("a<hr>b", "a\n\nb"),
        ("m<sup>2</sup>, CO<sub>2</sub>, 10<sup>th</sup>, x<sup>a<b>2</b></sup>", "m², CO₂, 10th, xa**2**"),
        ("<u>unter</u> <s>strich</s> <code>c*d</code> <span>s</span>", "unter strich c*d s"),
        ("3. Juli 2017<br># kein Titel", "3\\. Juli 2017\\\n\\# kein Titel"),
        ("a <!-- weg --> b <?php weg ?> c", "a b c"),
        ("<p>a<script>alert(1)</script><style>x{}</style><img src=x alt=Bild><iframe>x</iframe></p>", "a"),
        ("Bürger*innen &amp; <b>Schüler*innen</b> &lt;p&gt; \\*", "Bürger*innen & **Schüler*innen** <p> \\\\\\*"),
        ("&#146;&#150;\x92", "’–’"),
        ("<a href='b.html'><b>x</b> y</a>", "[**x** y](https://stadt.example/presse/b.html)"),
        ("<a href='../ b c(d)[e].html'>x</a>", "[x](https://stadt.example/bc\\(d\\)%5Be%5D.html)"),
        ("<a href='mailto:a@b.example'>x</a> <a>y</a> <a href=''>z</a>", "[x](mailto:a@b.example) y z"),
        ("<a href='javascript:x'>x</a> <a href='file:///C:/x'>y</a> <a href='http://[x'>z</a>", "x y z"),
        ("<a href='x'> <img src=y> </a>", ""),
        ("<strong><p>a</p><p>b</p></strong>", "**a**\n\n**b**"),
        ("<a href='x'><h3>a</h3></a>", "### [a](https://stadt.example/presse/x)"),
        ("<span><p>a</p></span><custom>b</custom>", "a\n\nb"),
    ],
)
def test_html_becomes_markdown(html: str, expected: str) -> None:
    assert _markdown(html) == expected


def test_relative_links_need_a_base() -> None:
    assert (
        PLAIN.markdown("<a href='b.html'>x</a> <a href='https://y.example'>y</a>", "de") == "x [y](https://y.example)"
    )


@pytest.mark.parametrize(
    ("language", "expected"),
    [("de", "„a ‚b‘“"), ("en-GB", "“a ‘b’”"), ("fr", "«\N{NO-BREAK SPACE}a “b”\N{NO-BREAK SPACE}»"), ("xx", "“a ‘b’”")],
)
def test_quotation_marks_are_those_of_the_language(language: str, expected: str) -> None:
    assert _markdown("<q>a <q>b</q></q>", language) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<table><caption>Termine</caption><thead><tr><th>Ort<th>Tag</thead><tr><td>Köln<td>a|b</table>",
            "Termine\n\n| Ort | Tag |\n| --- | --- |\n| Köln | a\\|b |",
        ),
        ("<table><tr><th>A<th>B<tr><td>1<td>2</table>", "| A | B |\n| --- | --- |\n| 1 | 2 |"),
        ("<table><tr><td><b>A</b><td><b>B</b><tr><td>1<td>2</table>", "| **A** | **B** |\n| --- | --- |\n| 1 | 2 |"),
        ("<table><tr><td>A<td>B<tr><td>1<td>2</table>", "|  |  |\n| --- | --- |\n| A | B |\n| 1 | 2 |"),
        ("<table><tr><th>A<th>B<tr><td colspan=2>1</table>", "| A | B |\n| --- | --- |\n| 1 |  |"),
        (
            "<table><tr><th>A<th>B<th><tr><td><p>1<p>2<td><ul><li>x<li>y</ul><td></table>",
            "| A | B |\n| --- | --- |\n| 1 2 | x y |",
        ),
        ("<table><tr><td>Nur<p>Layout</table>", "Nur\n\nLayout"),
        (
            "<table><tr><td>a<td><table><tr><th>x<th>y<tr><td>1<td>2</table></table>",
            "a\n\n| x | y |\n| --- | --- |\n| 1 | 2 |",
        ),
        ("<table></table><table><tr></table>", ""),
    ],
)
def test_tables(html: str, expected: str) -> None:
    assert _markdown(html) == expected


def test_text_on_one_line() -> None:
    assert STADT.text("Erste <q>Squeeze</q>-<b>Version</b>\n<p>da</p>", "de") == "Erste „Squeeze“-Version da"
    assert STADT.text("  nur Text\n", "de") == "  nur Text\n"
    assert STADT.text("A &amp; B", "de") == "A & B"


def test_line_feeds_between_chinese_characters_are_no_blanks() -> None:
    assert _markdown("<p>命令\n行和 Debian\n开发者\nund\nso</p>", "zh") == "命令行和 Debian 开发者 und so"


def test_what_the_source_drops() -> None:
    converter = Converter(Markup(drop=["nav", ".print"]))
    assert converter.markdown("<nav>x</nav><p class='a print'>y</p><p class=printed>z</p>", "de") == "z"


def test_unknown_elements_are_refused_only_where_macros_are_used() -> None:
    assert PLAIN.markdown("<correction bash>", "de") == ""
    strict = Converter(Markup(macros={"url": "{0}"}))
    with pytest.raises(Fault, match="unknown element <correction>"):
        strict.markdown("<p><correction bash></p>", "de")


@pytest.mark.parametrize("html", ["a\x00b", "<div>" * 400 + "Ende", "\ud800"])
def test_what_would_lose_text_is_a_fault(html: str) -> None:
    try:
        found = PLAIN.markdown(html, "de")
    except Fault:
        return
    assert plain_text(found) in {"ab", "a\N{REPLACEMENT CHARACTER}b", "Ende"}


_ELEMENTS = (
    "p",
    "div",
    "b",
    "i",
    "strong",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "h2",
    "blockquote",
    "pre",
    "q",
)
_TAGS = [f"<{slash}{name}>" for name in (*_ELEMENTS, "span", "a", "sup") for slash in ("", "/")]
_PIECES = st.sampled_from(["Wort", " ", "\n", "&amp;", "<br>", "*", "|", "_", "1. ", "- ", "# ", *_TAGS])


@given(st.lists(_PIECES, max_size=25).map("".join))
def test_no_word_is_lost(html: str) -> None:
    found = _markdown(html)
    assert plain_text(found).count("Wort") == html.count("Wort")
    assert plain_text(found).count("*") == html.count("*")
    assert parse(found) is not None
    assert "<" not in found


def test_nothing_is_read_from_outside() -> None:
    assert _markdown('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><p>&e; a</p>') in {"&e; a", "]>\n\n&e; a"}


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<ol start="7"><li>a</li></ol>', "7. a"),
        (f'<ol start="{"9" * 5000}"><li>a</li></ol>', "1. a"),
        ('<ol start="²"><li>a</li></ol>', "1. a"),
        (f'<table><tr><td colspan="{"9" * 5000}">a</td><td>b</td></tr></table>', "|  |  |\n| --- | --- |\n| a | b |"),
    ],
)
def test_counts_that_are_none(html: str, expected: str) -> None:
    assert _markdown(html) == expected
