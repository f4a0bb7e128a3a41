from __future__ import annotations

from typing import Any

import pytest

from lod.body import parse, render
from lod.ingest.readers.html import read
from tests.ingest.rendition import as_html

RELEASE = """\
# Pressemitteilung

Stadt Beispiel Nr. 12/2020\\
Beispielstadt, 3. Mai 2020

## Neue Brücke *früher* fertig

**Der Rat hat zugestimmt.** „Wir freuen uns“, so [Müller](https://stadt.example/mueller).

- erstens
- zweitens

| Tag | Zeit |
| --- | --- |
| Montag | 8–12 Uhr |

> Ein Zitat für sich.
"""


def _read(body: str, head: str = "", attributes: str = "") -> Any:
    return read(f"<!DOCTYPE html><html {attributes}><head>{head}</head><body>{body}</body></html>".encode())


def test_markdown_comes_back() -> None:
    assert read(as_html(RELEASE)).text == render(parse(RELEASE))


def test_what_surrounds_the_content_is_left_out() -> None:
    text = read(as_html(RELEASE)).text
    assert not any(word in text for word in ("Startseite", "Rathaus", "Impressum", "track", "color"))


OLD = """
<div id="top"><a href="/">Stadt X</a></div>
<div class="menu"><ul><li><a href="/a">Rathaus</a></li><li><a href="/b">Leben</a></li></ul></div>
<div class="cookieHinweis">Wir verwenden Cookies. <a href="#">Zustimmen</a></div>
<table><tr><td class="side"><a href="/1">Archiv</a></td><td>
<b>Pressemitteilung Nr. 15/2017</b><br><br>Berlin, 3. Juli 2017<br>
<h2>Entlastung der Kommunen</h2><p>Der Rat hat <font color="red">zugestimmt</font>.<p>Die Bürger freuen sich.
</td></tr></table>
<div id="footer">Impressum</div>
"""


def test_old_pages_without_landmarks() -> None:
    assert render(parse(_read(OLD).text)).split("\n\n") == [
        "Stadt X",
        "**Pressemitteilung Nr. 15/2017**",
        "Berlin, 3. Juli 2017",
        "## Entlastung der Kommunen",
        "Der Rat hat zugestimmt.",
        "Die Bürger freuen sich.",
    ]


def test_a_title_outside_the_main_element_comes_first() -> None:
    page = "<h1>Neue Brücke</h1><main><p>Der Rat hat zugestimmt.</p></main>"
    assert _read(page).text == "# Neue Brücke\n\nDer Rat hat zugestimmt."


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>Bürger&shy;büro&nbsp;neu</p>", "Bürger\u00adbüro\u00a0neu"),
        ("<p>a <b>b </b>c</p>", "a **b** c"),
        ("<p>Er sagt <q>Nein</q>.</p>", "Er sagt „Nein“."),
        ("<p><a href='presse.pdf'>PDF</a></p>", "[PDF](https://stadt.example/2020/presse.pdf)"),
        ("<p><a href='javascript:x()'>klick</a></p>", "klick"),
        ("<dl><dt>Datum</dt><dd>3. Mai</dd><dt>Nr.</dt><dd>5</dd></dl>", "Datum\\\n3\\. Mai\n\nNr.\\\n5"),
        ("<pre>Zeile 1\nZeile 2</pre>", "Zeile 1\\\nZeile 2"),
        ("<p hidden>x</p><p style='display: none'>y</p><p>Text</p>", "Text"),
        ("<ol start=3><li>a</li><li>b</li></ol>", "3. a\n4. b"),
        ("<p>Text</p><div class='share-buttons'>Teilen</div>", "Text"),
        ("<p>Text</p><div class='presse-kontakt footer'>Tel. 1</div>", "Text\n\nTel. 1"),
        (
            "<p>a<img src='/b.jpg' alt='Die [neue] Brücke'>c</p>",
            "a\n\n![Die (neue) Brücke](https://stadt.example/b.jpg)\n\nc",
        ),
        ("<p>a<img src='/b.jpg' alt=''>c</p><img src='data:x' alt='x'>", "ac"),
        ("<span>a</span><div>b</div>c", "a\n\nb\n\nc"),
    ],
)
def test_elements(html: str, markdown: str) -> None:
    page = _read(html, '<link rel="canonical" href="https://stadt.example/2020/12.html">', 'lang="de"')
    assert page.text == markdown


HEAD = """
<title>Neue Brücke | Stadt Beispiel</title>
<meta property="og:site_name" content="Stadt Beispiel"><meta name="keywords" content="Brücke, Verkehr">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "x"},
{"@type": ["NewsArticle"], "headline": "Neue Brücke fertig", "datePublished": "2020-05-03T10:00:00+02:00",
"publisher": {"@type": "Organization", "name": "Stadt Beispiel – Presse"}}]}</script>
<script type="application/ld+json">{broken</script>
"""


def test_statements() -> None:
    meta = _read("<p>Text</p>", HEAD, 'lang="de-DE"').meta
    assert meta["title"] == "Neue Brücke fertig"
    assert meta["issued"] == "2020-05-03T10:00:00+02:00"
    assert meta["publisher"] == "Stadt Beispiel – Presse"
    assert meta["language"] == "de-DE"
    assert meta["keywords"] == ("Brücke", "Verkehr")


def test_statements_of_plain_pages() -> None:
    head = "<title>Neue Brücke | Stadt Beispiel</title><meta property='og:site_name' content='Stadt Beispiel'>"
    meta = _read("<p>Am <time itemprop='datePublished' datetime='2020-05-03'>3. Mai</time></p>", head).meta
    assert (meta["title"], meta["issued"]) == ("Neue Brücke", "2020-05-03")


def test_declared_windows_page() -> None:
    data = "<html><head><meta charset='iso-8859-1'></head><body><p>„Grüße“ – 5 €</p></body></html>".encode("cp1252")
    assert read(data).text == "„Grüße“ – 5 €"
