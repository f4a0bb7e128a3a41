"""The same release in any medium gives the same record, but for its source."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from lod.ingest.document import read_document
from lod.ingest.prepare import Order, Prepared, prepare
from lod.ingest.readers import MEDIA
from lod.ingest.reading import read
from lod.positioned import load
from tests.ingest import rendition

RELEASE = """\
# Pressemitteilung

**Stadt Größenhausen**\\
Pressemitteilung Nr. 47/2021\\
Größenhausen, 3. Mai 2021

## Neue Brücke über den Mühlbach wird früher fertig

*Rat beschließt zusätzliche Mittel für den Radweg*

**Die Brücke über den Mühlbach wird schon im Herbst für den Verkehr freigegeben. Das hat der Rat der Stadt \
Größenhausen am Montag mit großer Mehrheit beschlossen und die Mittel dafür bereitgestellt.**

„Wir haben lange auf diese Verbindung gewartet, und nun ist sie zum Greifen nah“, sagte Bürgermeisterin **Dr. Änne \
Weißgerber**. Für die Bauarbeiten stellt die Stadt nach § 12 der Satzung rund 6,2 Millionen Euro bereit; weitere \
Mittel kommen vom Land.

### Was sich ändert

Der Rat hat im Einzelnen beschlossen:

- der Radweg wird auf beiden Seiten gebaut,
- die Ampel am Rathaus bleibt in Betrieb,
- der Wochenmarkt zieht vorübergehend um.

Die Öffnungszeiten des Bürgerbüros während der Bauzeit:

| Tag | Uhrzeit |
| --- | --- |
| Montag bis Freitag | 8–16 Uhr |
| Samstag | 9–12 Uhr |

Weitere Auskünfte gibt die [Seite der Stadt](https://www.groessenhausen.example/bruecke).

### Pressekontakt

Stadt Größenhausen, Pressestelle\\
Jörg Süßmilch\\
Telefon 05999 12345\\
presse@groessenhausen.example
"""
MAKERS: dict[str, Callable[[str], bytes]] = {
    "html": rendition.as_html,
    "docx": rendition.as_docx,
    "pdf": rendition.as_pdf,
    "mail": rendition.as_mail,
}
# Real documents that other media can hold whole: without Markdown's own pictures, rules and wrapped source lines.
WHOLE = ("002", "005", "007", "008", "009", "011", "012", "014", "015", "016")
_START = re.compile(r"\s*(?:[-*+>|#]|\d+[.)]\s|---)")


def _printed(markdown: str) -> str:
    """Lines of a letterhead or an address end where they end, as a person sees them."""
    lines = markdown.split("\n")
    pairs = zip(lines, [*lines[1:], ""], strict=True)
    return "\n".join(line + "  " if _ends(line, after) else line for line, after in pairs)


def _ends(line: str, after: str) -> bool:
    return bool(line.strip() and after.strip()) and len(line) < 100 and not _START.match(after) and line[:1] not in "#|"


@pytest.mark.parametrize("medium", MAKERS)
def test_a_release_in_every_medium(medium: str, tmp_path: Path) -> None:
    expected = read(read_document(tmp_path / "a.md", RELEASE.encode(), MEDIA["markdown"])).record()
    found = read(read_document(tmp_path / "a", MAKERS[medium](RELEASE), MEDIA[medium])).record()
    assert found == expected
    assert expected["title"] == "Neue Brücke über den Mühlbach wird früher fertig"
    assert (expected["number"], expected["issued"]) == ("47/2021", "2021-05-03")
    assert "- der Radweg wird auf beiden Seiten gebaut,\n" in expected["body"]
    assert "| Samstag | 9–12 Uhr |" in expected["body"]


@pytest.mark.parametrize("width", [66, 72, 78])
def test_wrapped_text_gives_the_same_words(width: int, tmp_path: Path) -> None:
    expected = read(read_document(tmp_path / "a.md", RELEASE.encode(), MEDIA["markdown"])).record()
    found = read(read_document(tmp_path / "a.txt", rendition.as_plain(RELEASE, width), MEDIA["plain"])).record()
    same = ("number", "issued", "language", "title", "lead", "quotations")
    assert {key: found.get(key) for key in same} == {key: expected.get(key) for key in same}


@pytest.mark.parametrize("medium", ["html", "docx", "pdf"])
@pytest.mark.parametrize("name", WHOLE)
def test_real_documents_in_other_media(name: str, medium: str, corpus: Path) -> None:
    markdown = (corpus / "docs" / f"{name}.md").read_text()
    expected = read(read_document(Path("a.md"), markdown.encode(), MEDIA["markdown"])).record()
    found = read(read_document(Path("a"), MAKERS[medium](_printed(markdown)), MEDIA[medium])).record()
    if medium == "pdf":  # letters have sizes there, and no levels
        expected["body"], found["body"] = (record["body"].replace("###", "##") for record in (expected, found))
    assert found == expected


def test_records_differ_in_their_source_alone(archive: Path, tmp_path: Path) -> None:
    texts = {}
    for name, data in {
        "a.md": RELEASE.encode(),
        "a.html": rendition.as_html(RELEASE),
        "a.pdf": rendition.as_pdf(RELEASE),
    }.items():
        (tmp_path / name).write_bytes(data)
        result = prepare(archive, Order(tmp_path / name))
        assert isinstance(result, Prepared)
        assert result.faults == ()
        front, body = result.text.removeprefix("---\n").split("---\n", 1)
        texts[name] = {**load(front, ".yaml").value, "body": body}
        assert texts[name].pop("source")["bytes"] == len(data)
    assert texts["a.md"] == texts["a.html"] == texts["a.pdf"]
