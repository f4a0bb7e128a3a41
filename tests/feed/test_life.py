"""The life of a release across exports: what is sent, what is refused, what is taken back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from lod.archive import Archive
from lod.feed import export
from tests.dump.archives import record, tree
from tests.feed.stages import FORMAT_NAMES, NS, Stage, change, step


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def everything(folder: Path) -> bytes:
    return b"\n".join(name.encode() + b"\n" + data for name, data in tree(folder).items())


def test_each_version_is_a_message_and_nothing_is_sent_twice(stage: Stage) -> None:
    first = stage.export(record(1), record(2)).feed
    assert (first.sent, first.last) == (2, 2)
    before = tree(stage.out)
    again = stage.export(record(1), record(2)).feed
    assert (again.sent, again.last) == (0, 2)
    assert tree(stage.out) == before
    third = stage.export(record(1), record(2, title="Neu", **step("correction"))).feed
    assert (third.sent, third.last) == (1, 3)
    assert stage.messages == ["stadt.2017.1_v1.xml", "stadt.2018.2_v1.xml", "stadt.2018.2_v2.xml"]
    assert {name: data for name, data in tree(stage.out).items() if "/messages/" in name}.items() > {
        name: data for name, data in before.items() if "/messages/" in name
    }.items()


def test_messages_come_in_the_order_of_their_versions_then_of_their_issue(stage: Stage) -> None:
    late = record(3, recorded="2026-11-01T00:00:00Z")
    stage.export(record(10, issued="2017-01-05"), record(2, issued="2018-01-01"), late, record(4, issued="2017-01-05"))
    assert [name.split("_")[0] for name in stage.messages] == [
        "stadt.2016.3",
        "stadt.2017.4",
        "stadt.2017.10",
        "stadt.2018.2",
    ]


def test_an_edit_without_a_new_version_is_refused_with_place_and_digests(stage: Stage) -> None:
    stage.export(record(1), record(2), formats=FORMAT_NAMES)
    done = stage.export(record(1), record(2, body="Ganz anders: GEHEIM"), formats=FORMAT_NAMES).dump
    counts = done.counts
    assert (counts.harvested, counts.exported, counts.rejected) == (2, 1, 1)
    assert counts.balanced
    (fault,) = stage.faults
    assert re.fullmatch(
        r"releases/0\.jsonl:2: version: content changed, version did not: "
        r'version 1 of "stadt/2018/2" was published as [0-9a-f]{8} and is now [0-9a-f]{8}; '
        r"give it version 2, and say under changes what changed",
        fault,
    )
    assert b"GEHEIM" not in everything(stage.out)
    assert not any("2018" in name for name in tree(stage.out) if "/messages/" not in name)
    assert stage.messages == ["stadt.2017.1_v1.xml", "stadt.2018.2_v1.xml"]


@pytest.mark.parametrize(
    "edit",
    [
        {"keywords": ["Neu"]},
        {"subjects": ["medtop:20000630"]},
        {"people": [{"name": "Erika Muster"}]},
        {"contacts": [{"mail": "neu@stadt.example"}]},
        {"rights": {"notice": "© 2026"}},
        {"status": "withheld"},
        {"status": "canceled"},
    ],
)
def test_every_edit_needs_a_version(stage: Stage, edit: dict[str, Any]) -> None:
    stage.export(record(1))
    assert stage.export(record(1, **edit)).dump.counts.rejected == 1
    assert "content changed, version did not" in stage.faults[0]


def test_a_document_filed_anew_is_no_edit(stage: Stage) -> None:
    stage.export(record(1, source={"file": "sources/a.md", "url": "https://stadt.example/1"}))
    moved = {"file": "sources/b.md", "sha256": "0" * 64, "url": "https://stadt.example/1"}
    assert stage.export(record(1, source=moved)).dump.counts.rejected == 0


def test_versions_only_grow(stage: Stage) -> None:
    stage.export(record(1, **step("correction", "update")))
    assert stage.export(record(1, **step("correction"))).dump.counts.rejected == 1
    assert 'is 2, but version 3 of "stadt/2017/1" was published; versions only grow' in stage.faults[0]


def test_a_version_may_be_left_out(stage: Stage) -> None:
    stage.export(record(1))
    assert stage.export(record(1, **step("correction", "update"))).feed.sent == 1
    assert stage.messages == ["stadt.2017.1_v1.xml", "stadt.2017.1_v3.xml"]


def test_first_created_never_changes(stage: Stage) -> None:
    stage.export(record(1, recorded="2026-11-01T09:00:00+01:00"))
    stage.export(record(1, recorded="2026-11-01T10:00:00+01:00", **step("correction")))
    (fault,) = stage.faults
    assert fault.startswith('releases/0.jsonl:1: recorded: "stadt/2017/1" was published as first created 2026-11-01T09')
    assert fault.endswith("and would now be 2026-11-01T10:00:00+01:00; that never changes")
    assert stage.export(record(1, recorded="2026-11-01T08:00:00+00:00", **step("correction"))).feed.sent == 1


def test_a_version_is_later_than_the_one_before(stage: Stage) -> None:
    stage.export(record(1, **step("correction")))
    early = {**change(3, "update"), "at": "2026-11-12T10:00:00+01:00"}
    stage.export(record(1, version=3, changes=[change(2), early]))
    assert "changes.1.at" in stage.faults[0]
    assert "not after version 2 of 2026-11-12T10:00:00+01:00; say under changes" in stage.faults[0]
    stage.export(record(1, version=3))
    assert "changes: " in stage.faults[0]


@pytest.mark.parametrize(("kind", "status"), [("cancel", "canceled"), ("withhold", "withheld")])
def test_what_is_taken_back_is_a_tombstone_everywhere_and_its_text_is_nowhere(
    stage: Stage, kind: str, status: str
) -> None:
    words = {"title": "KANARI-A", "body": "KANARI-B", "keywords": ["KANARI-C"]}
    stage.export(record(1, **words), record(2), formats=FORMAT_NAMES)
    corrected = change(2, note="KANARI-D statt KANARI-E")
    stage.export(record(1, **words, version=2, changes=[corrected]), record(2), formats=FORMAT_NAMES)
    assert everything(stage.out).count(b"KANARI-B") > 4
    gone = {"version": 3, "status": status, "changes": [corrected, change(3, kind, "Irrtum.")]}
    done = stage.export(record(1, **words, **gone), record(2), formats=FORMAT_NAMES)
    assert (done.dump.counts.exported, done.dump.counts.withheld) == (2, 0)
    assert (done.feed.sent, done.feed.withdrawn) == (1, 2)
    assert b"KANARI" not in everything(stage.out)
    assert stage.messages == ["stadt.2018.2_v1.xml", "stadt.2017.1_v3.xml"]
    (message,) = (stage.out / "newsml" / "messages").glob("*2017.1_v3.xml")
    root = etree.parse(message)
    assert root.xpath("//g2:pubStatus/@qcode", namespaces=NS) == [f"stat:{status}"]
    assert root.findtext(".//g2:priority", namespaces=NS) == {"canceled": "1", "withheld": "2"}[status]
    turtle = (stage.out / "turtle" / "2017.ttl").read_text()
    assert f"schema:creativeWorkStatus pubstat:{status}" in turtle
    assert "Irrtum." in turtle


def test_a_canceled_release_never_comes_back(stage: Stage) -> None:
    stage.export(record(1))
    stage.export(record(1, **step("cancel")))
    back = record(1, version=3)
    assert stage.export(back).dump.counts.rejected == 1
    (fault,) = stage.faults
    assert fault.startswith('releases/0.jsonl:1: status: "stadt/2017/1" was canceled with version 2, and that is final')
    assert stage.messages == ["stadt.2017.1_v2.xml"]
    assert stage.export(record(1, **step("cancel"))).feed.sent == 0


def test_the_text_of_a_canceled_release_may_leave_its_record(stage: Stage) -> None:
    stage.export(record(1))
    stage.export(record(1, **step("cancel")))
    before = tree(stage.out)
    bare = record(1, body=None, subjects=None, title="Gelöscht", **step("cancel"))
    assert stage.export(bare).dump.counts.rejected == 0
    assert tree(stage.out) == before


def test_what_was_withheld_can_come_back(stage: Stage) -> None:
    stage.export(record(1))
    stage.export(record(1, **step("withhold")))
    assert stage.export(record(1, **step("withhold", "reinstate"))).feed.sent == 1
    assert stage.messages == ["stadt.2017.1_v2.xml", "stadt.2017.1_v3.xml"]


def test_what_never_was_public_is_nowhere(stage: Stage) -> None:
    hidden = [
        record(2, **step("withhold")),
        record(4, status="withheld"),
        record(5, embargo={"until": "2027-01-01T00:00:00Z"}),
        record(7, embargo={"until": "2027-01-01T00:00:00Z"}, **step("cancel")),
        record(8, embargo={"note": "bis zur Rede"}, status="canceled"),
    ]
    done = stage.export(record(1), *hidden, formats=FORMAT_NAMES)
    assert (done.dump.counts.exported, done.dump.counts.withheld) == (1, 5)
    said = everything(stage.out)
    for number in (2, 4, 5, 7, 8):
        assert f"/{2016 + number % 3}/{number}".encode() not in said
        assert f".{2016 + number % 3}.{number}_".encode() not in said


def test_a_kill_after_the_embargo_is_told(stage: Stage) -> None:
    ended = {"until": "2026-11-12T09:00:00+01:00"}
    stage.export(record(1, embargo=ended, **step("cancel")))
    assert stage.messages == ["stadt.2017.1_v2.xml"]


def test_an_embargo_that_passes_brings_the_first_message(stage: Stage) -> None:
    held = record(1, embargo={"until": "2026-11-25T13:02:30+01:00"})
    assert stage.export(held).feed.sent == 0
    assert stage.export(held).feed.sent == 0
    assert stage.export(held).feed.sent == 1


def test_what_is_public_cannot_be_put_under_embargo(stage: Stage) -> None:
    stage.export(record(1))
    stage.export(record(1, embargo={"until": "2027-01-01T00:00:00Z"}, **step("update")))
    assert 'embargo: version 1 of "stadt/2017/1" is public; it can be withheld' in stage.faults[0]


def test_an_item_keeps_its_bytes_when_only_the_archive_learned_something(stage: Stage) -> None:
    stage.export(record(1), formats=FORMAT_NAMES)
    before = tree(stage.out)
    stage.write([record(1)])
    authority = stage.archive / "authorities" / "stadt.json"
    authority.write_text(authority.read_text().replace("Stadt Beispielhausen", "Großstadt Beispielhausen"))
    summary = export(Archive.open(stage.archive), stage.out, FORMAT_NAMES, at=stage.at)
    after = tree(stage.out)
    assert summary.counts.warnings == 1
    assert "newsrooms keep what was published until the next version" in stage.warnings
    for name in before:
        if name.endswith("_v1.xml"):
            assert after[name] == before[name], name
    assert "Großstadt" in after["turtle/authorities.ttl"].decode()


def test_a_record_that_is_gone_is_said(stage: Stage) -> None:
    stage.export(record(1), record(2))
    done = stage.export(record(2))
    assert done.dump.counts.warnings == 1
    assert stage.warnings.startswith("warning: stadt/2017/1: version 1 was published, and no record has it any more")
    assert len(stage.messages) == 2
    assert stage.export(record(1), record(2)).feed.sent == 0


def test_a_refused_record_is_not_gone(stage: Stage) -> None:
    stage.export(record(1), record(2))
    stage.export(record(1, title="Anders"), record(2))
    assert stage.warnings == ""


def test_an_archive_of_linked_data_alone_may_be_edited_freely(stage: Stage) -> None:
    stage.export(record(1), formats=["turtle"])
    assert stage.export(record(1, title="Anders"), formats=["turtle"]).dump.counts.rejected == 0
    done = stage.export(record(1, title="Anders", **step("withhold")), formats=["turtle"])
    assert done.dump.counts.exported == 1
    assert "schema:creativeWorkStatus pubstat:withheld" in (stage.out / "turtle" / "2017.ttl").read_text()
    assert not (stage.out / "newsml").exists()


def test_a_feed_begins_when_it_is_first_asked_for(stage: Stage) -> None:
    stage.export(record(1), formats=["turtle"])
    assert stage.export(record(1), formats=["turtle", "newsml"]).feed.sent == 1


def test_a_feed_goes_on_whatever_is_asked_for(stage: Stage) -> None:
    stage.export(record(1))
    done = stage.export(record(1, **step("cancel")), formats=["turtle"])
    assert done.dump.formats == ("turtle", "newsml")
    assert stage.messages == ["stadt.2017.1_v2.xml"]
