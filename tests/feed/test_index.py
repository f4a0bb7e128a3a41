"""The index: every message once, pages that never change, and kills that nobody can miss."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.dump.archives import record, tree
from tests.feed.stages import NS, Stage, step

MESSAGE = "application/vnd.iptc.g2.newsmessage+xml"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """250 messages, of which pages hold 100; then a kill of the first, and an update of the second."""
    made = Stage(tmp_path_factory.mktemp("index"))
    records = [record(number) for number in range(1, 251)]
    made.export(*records)
    made.before = tree(made.out)  # type: ignore[attr-defined]
    made.first = made.index()["entries"][0]  # type: ignore[attr-defined]
    made.export(record(1, **step("cancel")), record(2, **step("correction")), *records[2:])
    return made


def walk(stage: Stage) -> list[dict[str, Any]]:
    """All entries, as a reader finds them that goes back page by page, the oldest first and each once."""
    found: dict[int, dict[str, Any]] = {}
    folder, name = stage.out / "newsml", "index.json"
    while name:
        page = json.loads((folder / name).read_text())
        found |= {entry["sequence"]: entry for entry in page["entries"]}
        folder, name = (folder / name).parent, page["previous"]
    return [found[number] for number in sorted(found)]


def walk_atom(stage: Stage) -> list[etree._Element]:
    """All links to messages in Atom, going back by prev-archive."""
    found = {}
    path: Path | None = stage.out / "newsml" / "index.atom"
    while path:
        root = etree.parse(path)
        for link in root.xpath("//a:link[@rel='alternate']", namespaces=NS):
            found[link.get("{https://presse.example.org/ns/feed/1.0#}sequence")] = link
        previous = root.xpath("/a:feed/a:link[@rel='prev-archive']/@href", namespaces=NS)
        path = (path.parent / previous[0]).resolve() if previous else None
    return [found[number] for number in sorted(found, key=int)]


def test_a_reader_that_walks_back_finds_every_message(stage: Stage) -> None:
    numbers = [entry["sequence"] for entry in walk(stage)]
    assert numbers == list(range(1, 253))
    there = [entry["sequence"] for entry in walk(stage) if entry["file"]]
    assert len(there) == 251
    assert [
        int(link.get("{https://presse.example.org/ns/feed/1.0#}sequence", "")) for link in walk_atom(stage)
    ] == there


def test_entries_are_true(stage: Stage) -> None:
    links = {link.get("{https://presse.example.org/ns/feed/1.0#}sequence"): link for link in walk_atom(stage)}
    gone = [entry for entry in walk(stage) if not entry["file"]]
    assert [(entry["guid"].rpartition(":")[2], entry["taken_back_by"]) for entry in gone] == [("stadt.2017.1", 251)]
    for entry in walk(stage):
        link = links.get(str(entry["sequence"]))
        assert (link is None) == (entry in gone)
        if link is not None:
            assert entry["media_type"] == link.get("type") == MESSAGE
            assert entry["bytes"] == int(link.get("length", ""))
            assert entry["sha256"] == link.get("{https://presse.example.org/ns/feed/1.0#}sha256")
            path = stage.out / "newsml" / "messages" / entry["file"].rpartition("/")[2]
            assert hashlib.sha256(path.read_bytes()).hexdigest() == entry["sha256"]


def test_links_lead_to_files(stage: Stage) -> None:
    folder = stage.out / "newsml"
    for page in (folder / "index.json", *(folder / "archive").glob("*.json")):
        for entry in json.loads(page.read_text())["entries"]:
            assert entry["file"] is None or (page.parent / entry["file"]).resolve().exists()
    for page in (folder / "index.atom", *(folder / "archive").glob("*.atom")):
        for link in etree.parse(page).xpath("//a:link[@rel='alternate']/@href", namespaces=NS):
            assert (page.parent / link).resolve().exists()


def test_full_pages_change_only_where_a_message_was_taken_back(stage: Stage) -> None:
    before = stage.before  # type: ignore[attr-defined]
    after = tree(stage.out)
    assert after["newsml/archive/000001.atom"] != before["newsml/archive/000001.atom"]
    assert after["newsml/archive/000002.atom"] == before["newsml/archive/000002.atom"]
    root = etree.fromstring(after["newsml/archive/000001.atom"])
    (deleted,) = root.iterfind("at:deleted-entry", NS)
    assert deleted.get("ref", "").endswith(":stadt.2017.1")
    assert deleted.get("when") == "2026-11-02T09:00:00+01:00", "no newer version is deleted"
    assert deleted.findtext("at:comment", namespaces=NS) == "Message 87 was taken back; message 251 says why."
    assert len(root.findall("a:entry", NS)) == 99


def test_full_pages_say_nothing_of_the_text(stage: Stage) -> None:
    before = {name: data for name, data in stage.before.items() if "/archive/" in name}  # type: ignore[attr-defined]
    assert sorted(before) == [
        f"newsml/archive/{number:06d}{suffix}" for number in (1, 2) for suffix in (".atom", ".json")
    ]
    for data in before.values():
        assert b"Mitteilung" not in data
        assert b"gelesen" not in data
    archived = etree.fromstring(before["newsml/archive/000002.atom"])
    assert archived.find("fh:archive", NS) is not None
    assert archived.xpath("a:link[@rel='current']/@href", namespaces=NS) == ["../index.atom"]
    assert archived.xpath("a:link[@rel='prev-archive']/@href", namespaces=NS) == ["000001.atom"]


def test_a_kill_is_a_deleted_entry_and_an_entry(stage: Stage) -> None:
    root = etree.parse(stage.out / "newsml" / "index.atom").getroot()
    (deleted,) = (one for one in root.iterfind("at:deleted-entry", NS) if one.find("a:link", NS) is not None)
    guid = "urn:newsml:presse.example.org:20260101:stadt.2017.1"
    assert (deleted.get("ref"), deleted.get("when")) == (guid, "2026-11-12T10:00:00+01:00")
    (link,) = deleted.iterfind("a:link", NS)
    assert link.get("href", "").endswith("_stadt.2017.1_v2.xml")
    (entry,) = (one for one in root.iterfind("a:entry", NS) if one.findtext("a:id", namespaces=NS) == guid)
    assert [one.get("term") for one in entry.iterfind("a:category", NS)] == ["canceled"]
    assert entry.findtext("a:updated", namespaces=NS) == deleted.get("when")


def test_the_cursor_is_the_last_number(stage: Stage) -> None:
    assert stage.index()["cursor"] == 252
    assert [entry["version"] for entry in stage.index()["entries"][-2:]] == [2, 2]


def test_the_feed_has_what_atom_demands(stage: Stage) -> None:
    for path in sorted((stage.out / "newsml").rglob("*.atom")):
        root = etree.parse(path).getroot()
        for name in ("id", "title", "updated", "author"):
            assert len(root.findall(f"a:{name}", NS)) == 1
        for entry in root.iterfind("a:entry", NS):
            for name in ("id", "title", "updated"):
                assert entry.findtext(f"a:{name}", namespaces=NS)


def test_what_the_folder_lost_is_written_again_as_it_was(stage: Stage, tmp_path: Path) -> None:
    import shutil

    for name in ("archive", "out", "out.report"):
        shutil.copytree(stage.archive.parent / name, tmp_path / name)
    copy = Stage(tmp_path)
    copy.at = stage.at
    before = tree(copy.out)
    names = sorted(name for name in before if "/messages/" in name or "/archive/" in name)
    for name in names[::7]:
        (copy.out / name).unlink()
    records = [record(number) for number in range(3, 251)]
    done = copy.export(record(1, **step("cancel")), record(2, **step("correction")), *records)
    assert done.feed.sent == 0
    assert done.feed.restored > 30
    after = tree(copy.out)
    lost = {name for name in before if name not in after}
    assert lost <= {"newsml/messages/000000000168_stadt.2018.2_v1.xml"}  # nobody knows the text of an old version
    assert {name for name in names if name in after and "/messages/" in name and after[name] != before[name]} == set()


def test_a_feed_that_lost_its_ledger_is_not_begun_anew(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.export(record(1))
    (tmp_path / "out.report" / "ledger.sqlite").unlink()
    with pytest.raises(Exception, match=r"ledger\.sqlite: is missing, and .*out has a feed"):
        stage.export(record(1))


def test_guids_cannot_change_under_a_feed(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.export(record(1))
    stage.config += '[newsml]\ndomain = "andere.example"\n'
    with pytest.raises(Exception, match=r'archive\.toml: newsml\.domain: guids would begin with "urn:newsml:andere'):
        stage.export(record(1))


def test_an_empty_archive_has_an_empty_index_and_no_message(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.export()
    assert stage.index()["entries"] == []
    assert not (stage.out / "newsml" / "feed.xml").exists()
