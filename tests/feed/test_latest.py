"""What tells of the latest releases: one message, RSS for people, a sitemap for news search."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from lxml import etree

from tests.dump.archives import record
from tests.feed.stages import NS, Stage

WITHHELD = {
    "version": 2,
    "status": "withheld",
    "changes": [{"version": 2, "at": "2026-11-25T12:30:00+01:00", "kind": "withhold", "note": "Ein Irrtum."}],
}


def recent(number: int, issued: str, **changed: object) -> dict[str, object]:
    return {**record(1), "number": f"{number}/2026", "issued": issued, **changed}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    made = Stage(tmp_path_factory.mktemp("latest"), newsml="latest = 3")
    old = [record(1), record(2)]
    made.export(*old)
    made.export(
        *old,
        recent(5, "2026-11-23T12:58:00+01:00", title="Drei Minuten zu alt"),
        recent(6, "2026-11-24", title="Gestern & heute <b>", lead="Der Anfang.", keywords=["Straße", "Bau"]),
        recent(7, "2026-11-25T09:00:00+01:00", title="Heute", language="pt-BR"),
    )
    made.export(
        *old,
        recent(5, "2026-11-23T12:58:00+01:00", title="Drei Minuten zu alt"),
        recent(6, "2026-11-24", title="Gestern & heute <b>", lead="Der Anfang.", keywords=["Straße", "Bau"]),
        recent(7, "2026-11-25T09:00:00+01:00", title="Heute", language="pt-BR", **WITHHELD),
    )
    return made


def test_the_latest_message_holds_the_newest_releases_in_their_last_version(stage: Stage) -> None:
    root = etree.parse(stage.out / "newsml" / "feed.xml")
    found = root.xpath("//g2:newsItem/@guid | //g2:newsItem/@version", namespaces=NS)
    names = [one.rpartition(":")[2] for one in found]
    assert names[:2] == ["stadt.2026.7", "2"]
    assert len(names) == 6
    assert root.findtext(".//g2:transmitId", namespaces=NS) == "000000000006-latest"
    assert root.findtext(".//g2:priority", namespaces=NS) == "2"  # that of the weightiest


def test_rss_is_for_people(stage: Stage) -> None:
    channel = etree.parse(stage.out / "rss.xml").find("channel")
    assert channel is not None
    items = channel.findall("item")
    assert [item.findtext("title") for item in items] == ["Gestern & heute <b>", "Drei Minuten zu alt"]
    first = items[0]
    assert first.findtext("link") == "https://presse.example.org/release/stadt/2026/6"
    assert first.findtext("guid") == "urn:newsml:presse.example.org:20260101:stadt.2026.6"
    assert [one.get("isPermaLink") for one in first.findall("guid")] == ["false"]
    assert parsedate_to_datetime(first.findtext("pubDate") or "").isoformat() == "2026-11-24T00:00:00+01:00"
    assert [one.text for one in first.findall("category")] == ["Straße", "Bau"]
    assert first.findtext("description") == "Der Anfang."
    html = first.findtext("{http://purl.org/rss/1.0/modules/content/}encoded") or ""
    assert html.startswith("<p>Der Anfang.</p>")
    assert "xmlns" not in html


def test_the_sitemap_has_the_last_two_days(stage: Stage) -> None:
    root = etree.parse(stage.out / "news-sitemap.xml").getroot()
    (entry,) = root.iterfind("s:url", NS)
    assert entry.findtext("s:loc", namespaces=NS) == "https://presse.example.org/release/stadt/2026/6"
    (news,) = entry.iterfind("n:news", NS)
    assert news.findtext("n:title", namespaces=NS) == "Gestern & heute <b>"
    assert news.findtext("n:publication_date", namespaces=NS) == "2026-11-24"
    assert news.findtext("n:publication/n:name", namespaces=NS) == "Testarchiv"
    assert news.findtext("n:publication/n:language", namespaces=NS) == "de"


def test_text_in_nitf_is_told_without_its_mark_up(tmp_path: Path) -> None:
    stage = Stage(tmp_path, newsml='body = "nitf"')
    stage.export(record(1))
    (item,) = etree.parse(stage.out / "rss.xml").iterfind("channel/item")
    assert item.findtext("title") == "Mitteilung 1 über Straßen"
    assert item.find("{http://purl.org/rss/1.0/modules/content/}encoded") is None
