from __future__ import annotations

from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from lod.errors import OutputError
from lod.ingest.page import Page
from lod.ingest.run import Result, ingest_documents
from lod.ingest.shelf import Outcome
from lod.ingest.terminal import explain
from lod.ingest.view import Mark, Note, View, pieces

EVIL = """\
# Neue Brücke <script>alert(1)</script> & "mehr"

Stadt Beispiel Nr. 1/2020, 2020-05-03 Meinungs austausch.
"""
VIEW = View(
    "a.md",
    "text/markdown",
    "Gerd Landsberg sagt: Nein.",
    (
        Mark(0, 26, "lead", "Gerd …", 0.9, "first paragraph"),
        Mark(0, 14, "people", "Gerd Landsberg", 0.6, "two capitals"),
    ),
    (Note(21, 25, "quotation", "no marks"),),
    "---\n# check: who?\ntitle: x\n---\n",
)


class _Elements(HTMLParser):
    """Collects elements and attributes, and checks that what opens is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in {"meta", "link", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _page(path: Path, *results: Result) -> _Elements:
    with Page(path) as page:
        for result in results:
            page.add(result)
    elements = _Elements()
    elements.feed(path.read_text())
    assert not elements.open
    return elements


def test_pieces_cover_the_text_once() -> None:
    found = list(pieces(VIEW))
    assert "".join(part for part, _, _ in found) == VIEW.text
    assert [mark.field for mark in found[0][1]] == ["lead", "people"], "the widest first"
    assert [len(notes) for _, _, notes in found] == [0, 0, 1, 0]


def test_a_run_writes_a_page(archive: Path, tmp_path: Path, reader: None) -> None:
    (tmp_path / "evil <b>.md").write_text(EVIL)
    with Page(tmp_path / "page.html") as page:
        page.summary = ingest_documents(archive, [tmp_path / "evil <b>.md"], shown=True, tell=page.add)
    html = (tmp_path / "page.html").read_text()
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert "evil &lt;b&gt;.md" in html
    assert "1 document: 1 new." in html
    assert '<span class="check"># check: looks like a issued</span>' in html
    assert 'title="a broken word">Meinungs austausch</span>' in html
    assert "name: Erika Muster" in html


def test_links_lead_somewhere_and_nothing_is_fetched(tmp_path: Path) -> None:
    elements = _page(tmp_path / "page.html", *[Result(Outcome("new", Path("a.md"), "r.md"), view=VIEW)] * 2)
    ids = [attributes["id"] for _, attributes in elements.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {attributes["href"] for tag, attributes in elements.found if tag == "a"}
    assert {target.removeprefix("#") for target in targets if target} <= set(ids)
    assert all("src" not in attributes for _, attributes in elements.found)
    assert ("html", {"lang": "en"}) in elements.found


def test_what_would_change_is_shown(tmp_path: Path) -> None:
    outcome = Outcome("changed", Path("a.md"), "r.md", "the document has changed", ("-alt <x>", "+neu"))
    _page(tmp_path / "page.html", Result(outcome))
    assert "-alt &lt;x&gt;\n+neu" in (tmp_path / "page.html").read_text()


def test_a_page_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no such folder"), Page(tmp_path / "missing" / "page.html"):
        pass


def test_a_failed_run_leaves_no_page(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), Page(tmp_path / "page.html"):
        _ = 1 / 0
    assert not (tmp_path / "page.html").exists()


def _explained(**options: Any) -> str:
    out = StringIO()
    explain(VIEW, Console(file=out, width=120, **options))
    return out.getvalue()


def test_explained_in_plain_text() -> None:
    text = _explained()
    assert "\x1b" not in text
    assert "Gerd Landsberg sagt: Nein." in text
    assert "people                    60%  Gerd Landsberg  0-14  two capitals" in text
    assert "suspicious: quotation at 21-25: no marks" in text


def test_explained_in_colour() -> None:
    assert "\x1b[" in _explained(force_terminal=True, color_system="truecolor")
