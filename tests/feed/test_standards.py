"""All that a feed holds is valid, kept to the rules, and read whole by others: for a life with every event in it.

`slow` tests say the same of two real archives.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from lod.archive import Archive
from lod.feed import publish
from lod.harvest import harvest, partitions
from lod.mapping import Mapping
from lod.release import Release
from lod.verify import verify
from lod.verify.news import item_faults, message_faults
from tests.dump.archives import record
from tests.feed.stages import NS, Stage, step
from tests.formats.newsml.conftest import schema
from tests.formats.newsml.receiver import paragraphs
from tests.formats.newsml.test_media import PHOTO, STUDY
from tests.formats.test_ninjs import _valid
from tests.harvest.archives.ready import ready

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

__all__ = ["schema"]

valid = _valid
G2 = "{http://iptc.org/std/nar/2006-10-01/}"
MARKED_UP = (
    "## Ziele\n\nText mit **fett**, *kursiv* und [Verweis](https://stadt.example/).\n\n- erstens\n- zweitens\n\n"
    "3. drittens\n\n> Ein Zitat.\n\n|A|B|\n|-|-|\n|1|2|"
)
FORMATS = ["turtle", "newsml", "ninjs"]
EMBARGO = {"until": "2026-11-25T13:02:30+01:00", "note": "Bis zur Ratssitzung."}


def lives() -> Iterator[list[dict[str, Any]]]:
    """One state of an archive after the other: all that can happen to a release happens to one."""
    contacts = [{"name": "E. Muster", "phone": "+49 1"}, {"organisation": "Presseamt", "channel": "public"}]
    pictured = record(5, attachments=[PHOTO, STUDY, {**STUDY, "name": "pm.pdf", "role": "rendition"}])
    told = record(7, body=MARKED_UP, lead="Der Anfang.", contacts=contacts, rights={"notice": "© Stadt"})
    early = record(8, embargo=EMBARGO, body=MARKED_UP, attachments=[PHOTO])
    open_end = record(10, embargo={"note": "Bis zur Rede."})
    first = [record(1), record(2), record(4), pictured, told, early, open_end, record(11, status="withheld")]
    yield first
    second = [record(1, **step("update")), record(2, **step("withhold")), record(4, **step("correction"))]
    second += [record(5, attachments=[STUDY], **step("update")), told, early, open_end]
    second += [record(13, language="en", translation_of="stadt/2017/7", related=["stadt/2017/1"])]
    yield second
    third = [record(1, **step("update", "cancel")), record(2, **step("withhold", "reinstate"))]
    third += [record(4, **step("correction", "correction")), record(5, **step("update", "withhold")), told, early]
    third += [record(10, embargo={"note": "Bis zur Rede."}, **step("cancel")), *second[-1:]]
    yield [*third, record(14, replaces="stadt/2017/1", recorded="2026-11-24T10:00:00+01:00")]


@pytest.fixture(scope="module", params=["xhtml", "nitf", "both"])
def lived(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    settings = f'body = "{request.param}"\nembargo_feed = true\ndata_mining = "prohibited"'
    stage = Stage(tmp_path_factory.mktemp("lived"), settings)
    for records in lives():
        assert stage.export(*records, formats=FORMATS).dump.counts.rejected == 0
    return stage


def folders(stage: Stage) -> list[Path]:
    return [stage.out, stage.out.with_name("out.embargoed")]


def news(out: Path) -> list[Path]:
    return sorted((out / "newsml").rglob("*.xml"))


def faults(path: Path, schema: etree.XMLSchema) -> list[str]:
    """What the schema and the rules say against a file."""
    root = etree.parse(path).getroot()
    if etree.QName(root).localname == "catalog":
        return []  # the only file that is no item: what a catalogRef leads to
    found = [] if schema.validate(root) else [str(schema.error_log)]
    items = list(root.iterfind(f"{G2}itemSet/*")) if root.tag == G2 + "newsMessage" else [root]
    found += [str(one) for one in message_faults(root)] if root.tag == G2 + "newsMessage" else []
    return found + [str(one) for item in items for one in item_faults(item)]


def test_every_file_is_valid_and_keeps_the_rules(lived: Stage, schema: etree.XMLSchema) -> None:
    for out in folders(lived):
        assert {path.name: found for path in news(out) if (found := faults(path, schema))} == {}
    statuses = {
        str(code)
        for path in news(lived.out)
        for code in etree.parse(path).xpath("//g2:pubStatus/@qcode", namespaces=NS)
    }
    assert statuses == {"stat:usable", "stat:withheld", "stat:canceled"}


def test_every_object_is_valid_ninjs(lived: Stage, valid: Draft202012Validator) -> None:
    found = sorted((lived.out / "ninjs").rglob("*.json"))
    assert len(found) == 8
    for path in found:
        valid.validate(json.loads(path.read_bytes()))


def test_the_library_of_the_iptc_reads_every_item_and_message(lived: Stage) -> None:
    newsmlg2 = pytest.importorskip("NewsMLG2")
    read = 0
    for out in folders(lived):
        for path in news(out):
            root = etree.parse(path).getroot()
            if etree.QName(root).localname == "catalog" or _without_end(root):
                continue
            document = newsmlg2.NewsMLG2Document(path.read_bytes())
            item = document.get_item()
            if root.get("guid"):
                assert (item.guid, item.version) == (root.get("guid"), root.get("version"))
            else:
                assert item is not None
            read += 1
    assert read > 40


def _without_end(root: etree._Element) -> bool:
    """An embargo without an end, which is right, is one thing that NewsMLG2 1.1 breaks down on."""
    return any(not (one.text or "").strip() for one in root.iter(G2 + "embargoed"))


def releases(archive: Archive) -> dict[str, Release]:
    """The records of an archive by their paths."""
    found = (one.release for part in partitions(archive, 8 << 20) for one in harvest(archive, part))
    return {release.path: release for release in found if release}


def test_a_strict_receiver_gets_the_paragraphs_of_the_record(lived: Stage) -> None:
    archive = Archive.open(lived.archive)
    records = releases(archive)
    naming = Mapping.load(archive).archive.config.base + "release/"
    read = 0
    for out in folders(lived):
        for path in sorted((out / "newsml").glob("**/201?/*.xml")):
            item = etree.parse(path).getroot()
            iri = item.findtext(f"{G2}contentMeta/{G2}altId", "")
            release = records.get(iri.removeprefix(naming))
            if release is not None and item.find(f"{G2}contentSet/{G2}inlineXML") is not None:
                assert paragraphs(item) == release.text.split("\n\n"), path.name
                read += 1
    assert read >= 6


@pytest.mark.slow
@pytest.mark.parametrize(("name", "least"), [("debian", 693), ("doj", 12693)])
def test_a_real_archive_is_valid_whole(
    corpus: Path, tmp_path: Path, schema: etree.XMLSchema, valid: Draft202012Validator, name: str, least: int
) -> None:
    """In both mark-ups, items and messages, and in ninjs."""
    root = ready(name, corpus, tmp_path)
    config = root / "archive.toml"
    text = config.read_text(encoding="utf-8")
    assert "[newsml]" not in text
    config.write_text(text + '\n[newsml]\nbody = "both"\n', encoding="utf-8")
    archive = Archive.open(root)
    done = publish(archive, tmp_path / "out", ["newsml", "ninjs"], jobs=2, at=datetime(2026, 11, 25, tzinfo=UTC))
    assert done.feed.sent == done.dump.counts.exported >= least
    found = news(tmp_path / "out")
    assert len(found) > 4 * least
    assert {path.name: bad for path in found if (bad := faults(path, schema))} == {}
    for path in (tmp_path / "out" / "ninjs").rglob("*.json"):
        valid.validate(json.loads(path.read_bytes()))


def test_a_dump_with_all_this_is_proved(lived: Stage, standards: Path) -> None:
    """Tombstones of withheld and canceled releases are in its graph, and its shapes were applied."""
    for out in folders(lived):
        verdict = verify(out, jobs=0, schemas=standards / "newsml-g2")
        assert [str(one) for one in verdict.findings] == []
    graph = "".join(path.read_text(encoding="utf-8") for path in (lived.out / "turtle").glob("201?.ttl"))
    assert {f"pubstat:{status}" in graph for status in ("usable", "withheld", "canceled")} == {True}
