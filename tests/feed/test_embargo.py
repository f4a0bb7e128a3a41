"""The feed of what is under embargo: beside the public folder, for those who may have it."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tests.dump.archives import record, tree
from tests.feed.stages import NS, Stage, step
from tests.feed.test_canary import found

UNTIL = {"until": "2026-11-25T13:03:30+01:00"}  # after the third export, before the fourth
CONTACT = [{"mail": "kanari@stadt.example"}]


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path, newsml="embargo_feed = true")


def closed(stage: Stage) -> list[str]:
    folder = stage.out.with_name("out.embargoed") / "newsml" / "messages"
    return [path.name.partition("_")[2] for path in sorted(folder.glob("*"))]


def test_newsrooms_get_it_early_and_the_public_in_time(stage: Stage) -> None:
    held = record(1, embargo=UNTIL, contacts=CONTACT, title="KANARI")
    first = stage.export(held, record(2))
    assert (first.feed.sent, first.embargoed and first.embargoed.sent) == (1, 1)
    assert closed(stage) == ["stadt.2017.1_v1.xml"]
    (path,) = (stage.out.with_name("out.embargoed") / "newsml" / "messages").iterdir()
    root = etree.parse(path)
    assert root.findtext(".//g2:embargoed", namespaces=NS) == UNTIL["until"]
    assert root.xpath("//g2:pubStatus/@qcode", namespaces=NS) == ["stat:usable"]
    assert root.findtext(".//g2:channel", namespaces=NS) == "embargoed"
    assert "kanari@stadt.example" in etree.tostring(root, encoding="unicode")
    assert found(stage.out, "kanari") == {}
    stage.export(held, record(2))
    assert (len(closed(stage)), stage.messages) == (1, ["stadt.2018.2_v1.xml"])
    stage.export(held, record(2))
    stage.export(held, record(2))
    assert (len(closed(stage)), stage.messages) == (1, ["stadt.2018.2_v1.xml", "stadt.2017.1_v1.xml"])
    assert found(stage.out, "kanari@stadt.example") == {}


def test_newsrooms_that_got_a_release_early_get_its_later_versions_too(stage: Stage) -> None:
    for _ in range(4):
        stage.export(record(1, embargo=UNTIL), record(2))
    stage.export(record(1, embargo=UNTIL, **step("correction")), record(2, **step("correction")))
    assert closed(stage) == ["stadt.2017.1_v1.xml", "stadt.2017.1_v2.xml"]


def test_an_edit_under_embargo_needs_a_version_and_the_public_gets_the_last(stage: Stage) -> None:
    stage.export(record(1, embargo=UNTIL))
    assert stage.export(record(1, embargo=UNTIL, title="Anders")).dump.counts.rejected == 1
    assert "content changed, version did not" in stage.faults[0]
    stage.export(record(1, embargo=UNTIL, title="Anders", **step("correction")))
    assert closed(stage) == ["stadt.2017.1_v1.xml", "stadt.2017.1_v2.xml"]
    stage.export(record(1, embargo=UNTIL, title="Anders", **step("correction")))
    assert stage.messages == ["stadt.2017.1_v2.xml"]


@pytest.mark.parametrize(("kind", "status"), [("cancel", "canceled"), ("withhold", "withheld")])
def test_what_is_stopped_under_embargo_is_told_only_where_it_was_known(stage: Stage, kind: str, status: str) -> None:
    stage.export(record(1, id="stadt/2017/kanari", embargo=UNTIL, title="KANARI-T"))
    done = stage.export(record(1, id="stadt/2017/kanari", embargo=UNTIL, title="KANARI-T", **step(kind)))
    assert closed(stage) == ["stadt.2017.kanari_v2.xml"]
    assert done.embargoed
    assert done.embargoed.withdrawn == 1
    folder = stage.out.with_name("out.embargoed")
    assert found(folder, "kanari-t") == {}
    assert any(f"stat:{status}".encode() in data for data in tree(folder).values())
    assert found(stage.out, "kanari") == {}


def test_a_kill_after_the_embargo_reaches_both(stage: Stage) -> None:
    for _ in range(4):
        stage.export(record(1, embargo=UNTIL))
    stage.export(record(1, embargo=UNTIL, **step("cancel")))
    assert stage.messages == closed(stage) == ["stadt.2017.1_v2.xml"]


def test_there_is_none_unless_the_archive_asks_for_it(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    assert stage.export(record(1, embargo=UNTIL)).embargoed is None
    assert not stage.out.with_name("out.embargoed").exists()


def test_a_tombstone_that_names_what_is_hidden_goes_on_when_nothing_and_when_that_changes(stage: Stage) -> None:
    stage.export(record(1))
    held, gone = record(3, embargo=UNTIL), record(1, **step("cancel"), replaced_by="stadt/2016/3")
    for _ in range(3):  # hidden, still hidden, and public
        assert stage.export(gone, held).dump.counts.rejected == 0
    assert stage.messages == ["stadt.2017.1_v2.xml", "stadt.2016.3_v1.xml"]
