"""A message: valid, with the items unchanged, and a header that orders it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree

from lod.feed.message import bare, transmit_id, whole
from lod.feed.names import feed_of, lasting, message_name
from tests.dump.archives import record
from tests.feed.stages import NS, Stage, step

PHOTO = {"name": "bild.jpg", "url": "https://stadt.example/b.jpg", "media_type": "image/jpeg", "role": "picture"}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    made = Stage(tmp_path_factory.mktemp("message"), newsml='body = "both"')
    made.export(record(1, attachments=[PHOTO]), record(2), record(4, related=["stadt/2018/2"]))
    made.export(
        record(1, attachments=[PHOTO]),
        record(2, **step("cancel")),
        record(4, related=["stadt/2018/2"], **step("withhold")),
    )
    return made


def messages(stage: Stage, feed: str = "") -> list[Path]:
    return sorted((stage.out / "newsml" / feed / "messages").glob("*.xml"))


def test_every_message_is_valid(stage: Stage, standards: Path) -> None:
    schema = etree.XMLSchema(etree.parse(standards / "newsml-g2" / "NewsML-G2_2.35-spec-All-Power.xsd"))
    found = [
        path for feed in ("", "nitf") for path in (*messages(stage, feed), stage.out / "newsml" / feed / "feed.xml")
    ]
    assert len(found) == 8
    for path in found:
        schema.assertValid(etree.parse(path))


def test_the_header_says_who_when_and_in_which_order(stage: Stage) -> None:
    header = etree.parse(messages(stage)[0]).getroot()[0]
    said = {etree.QName(one).localname: one.text for one in header}
    assert said["sender"] == "presse.example.org"
    assert said["transmitId"] == "000000000001"
    assert said["priority"] == "5"
    assert said["origin"] == "https://presse.example.org/"
    assert said["channel"] == "public"
    assert datetime.fromisoformat(said["sent"] or "").utcoffset() is not None
    assert said["sent"] == "2026-11-25T13:01:00+01:00"
    assert [one.get("role") for one in header.iterfind("g2:timestamp", NS)] == ["minDateTime", "maxDateTime"]


def test_the_items_are_those_of_the_folder_byte_by_byte(stage: Stage) -> None:
    for feed in ("", "nitf"):
        data = messages(stage, feed)[0].read_bytes()
        root = etree.fromstring(data)
        names = [etree.QName(item).localname for item in root.iterfind("g2:itemSet/*", NS)]
        assert names == ["packageItem", "newsItem", "newsItem"]
        files = sorted((stage.out / "newsml" / feed / "2017").glob("stadt.2017.1*_v1.xml"))
        assert len(files) == 3
        for file in files:
            assert bare(file.read_bytes()) in data


def test_only_a_message_that_names_nothing_else_is_to_be_used_as_a_whole(stage: Stage) -> None:
    signals = [etree.parse(path).xpath("//g2:header/g2:signal/@qcode", namespaces=NS) for path in messages(stage)]
    assert signals[0] == ["nmsig:atomic"]
    assert whole([b'<newsItem guid="a">', b'<packageItem guid="b"><itemRef residref="a"/>'])
    assert not whole([b'<newsItem guid="a">', b'<packageItem guid="b"><itemRef residref="c"/>'])
    assert not whole([b'<newsItem guid="a">'])


def test_numbers_are_unique_and_grow(stage: Stage) -> None:
    numbers = [path.name.partition("_")[0] for path in messages(stage)]
    assert numbers == sorted(set(numbers))
    ids = [etree.parse(path).findtext(".//g2:transmitId", namespaces=NS) for path in messages(stage)]
    assert ids == numbers
    assert ids[-1] == transmit_id(5)


def test_a_kill_is_first_in_priority(stage: Stage) -> None:
    found = {path.name[13:]: etree.parse(path).findtext(".//g2:priority", namespaces=NS) for path in messages(stage)}
    assert found == {"stadt.2017.1_v1.xml": "5", "stadt.2018.2_v2.xml": "1", "stadt.2017.4_v2.xml": "2"}


def test_other_readers_read_it(stage: Stage) -> None:
    """NewsMLG2, the library of the IPTC."""
    newsmlg2 = pytest.importorskip("NewsMLG2")
    for path in messages(stage):
        assert newsmlg2.NewsMLG2Document(path.read_bytes()).get_item() is not None


def test_long_names_are_cut_where_a_file_system_would_refuse_them() -> None:
    name = message_name(7, "stadt/2026/" + "lang-" * 60, 12)
    assert len(name) < 240
    assert name.endswith("_v12.xml")


def test_names_tell_what_stays() -> None:
    assert lasting("newsml/messages/000000000001_a_v1.xml")
    assert lasting("newsml/nitf/archive/000001.atom")
    assert not lasting("newsml/2017/a_v1.xml")
    assert not lasting("newsml/feed.xml")
    assert not lasting("turtle/messages/a.ttl")
    assert (feed_of("2017/a_v1.xml"), feed_of("nitf/2017/a_v1.xml")) == ("", "nitf")
