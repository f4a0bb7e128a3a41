"""Receipts: how far a target has got, whatever happened to the process that wrote them."""

from __future__ import annotations

from pathlib import Path

import pytest

from lod.deliver import deliver
from lod.deliver.receipts import Receipts
from lod.deliver.run import Manner
from lod.deliver.store import Refused
from lod.deliver.target import Target, target_of
from lod.errors import OutputError
from tests.dump.archives import record
from tests.feed.stages import Stage

QUICK = Manner(pauses=(0.0,), sleep=lambda _seconds: None)


@pytest.fixture
def target(tmp_path: Path) -> Target:
    return target_of(str(tmp_path / "in"))


def test_they_say_how_far_it_got(tmp_path: Path, target: Target) -> None:
    path = tmp_path / "receipts" / "a.jsonl"
    receipts = Receipts(path, target)
    assert (receipts.last, receipts.pending) == (0, None)
    receipts.note(1, "a.xml", "00", "uploaded")
    receipts.note(1, "a.xml", "00", "sent")
    receipts.note(2, "b.xml", "00", "uploaded")
    receipts.close()
    again = Receipts(path, target)
    assert again.last == 1
    assert again.pending
    assert (again.pending.sequence, again.pending.state) == (2, "uploaded")
    again.close()


def test_a_line_that_a_crash_left_unfinished_is_not_believed(tmp_path: Path, target: Target) -> None:
    path = tmp_path / "a.jsonl"
    receipts = Receipts(path, target)
    receipts.note(1, "a.xml", "00", "sent")
    receipts.close()
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"sequence":2,"name":"b.xml","sta')
    again = Receipts(path, target)
    assert again.last == 1
    again.close()
    assert path.read_bytes() == whole


def test_receipts_that_are_damaged_are_not_guessed_at(tmp_path: Path, target: Target) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\x00\x00\n")
    with pytest.raises(OutputError, match="what was sent is not known any more"):
        Receipts(path, target)


class Flaky:
    """A target that fails at every step once, before or after the step has happened."""

    def __init__(self, fail: list[str]) -> None:
        self.files: dict[str, bytes] = {}
        self.arrived: list[str] = []
        self.fail = fail

    def _fails(self, when: str) -> None:
        if when in self.fail:
            self.fail.remove(when)
            raise ConnectionResetError(104, "Connection reset by peer")

    def put(self, parcel: object, name: str) -> None:
        self._fails("before put")
        self.files[name] = parcel.file.read_bytes()  # type: ignore[attr-defined]
        self._fails("after put")

    def rename(self, old: str, new: str) -> None:
        self._fails("before rename")
        self.files[new] = self.files.pop(old)
        self.arrived.append(new)
        self._fails("after rename")

    def size(self, name: str) -> int | None:
        self._fails("size")
        return len(self.files[name]) if name in self.files else None

    def remove(self, name: str) -> None:
        self.files.pop(name, None)

    def close(self) -> None:
        self._fails("close")


@pytest.mark.parametrize("when", ["before put", "after put", "before rename", "after rename", "size", "close"])
def test_a_connection_that_breaks_anywhere_loses_and_doubles_nothing(
    stage: Stage, target: Target, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    store = Flaky([when])
    monkeypatch.setattr("lod.deliver.run.open_store", lambda _target: store)
    done = deliver(stage.out, target, QUICK)
    assert (done.failure, done.sent) == (None, 5)
    assert [name.partition("_")[2] for name in store.arrived] == stage.messages


def test_a_message_that_fails_is_not_recorded_and_stops_those_after_it(
    stage: Stage, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Flaky(["before put"] * 2)
    monkeypatch.setattr("lod.deliver.run.open_store", lambda _target: store)
    done = deliver(stage.out, target, QUICK)
    assert (done.sent, done.last) == (0, 0)
    assert (done.failure or "").endswith("ConnectionResetError: [Errno 104] Connection reset by peer")
    assert deliver(stage.out, target, QUICK).sent == 5


def test_a_no_is_not_tried_again(stage: Stage, target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def refuse(_target: Target) -> object:
        asked.append(1)
        raise Refused("login failed")

    monkeypatch.setattr("lod.deliver.run.open_store", refuse)
    assert deliver(stage.out, target, QUICK).failure == "000000000001_stadt.2016.3_v1.xml: login failed"
    assert asked == [1]


def test_a_message_that_an_export_has_not_placed_yet_is_left_for_the_next_time(stage: Stage, target: Target) -> None:
    from lod.ledger import Ledger, ledger_file

    with Ledger.writing(ledger_file(stage.out.with_name("out.report"))) as ledger:
        ledger.run("UPDATE message SET state = 0 WHERE sequence = 3")
    assert deliver(stage.out, target, QUICK).last == 2


def test_an_export_can_go_on_while_a_target_is_slow(
    stage: Stage, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(Flaky):
        def put(self, parcel: object, name: str) -> None:
            if not self.files and not self.arrived:
                stage.export(*(record(number) for number in range(1, 7)))
            super().put(parcel, name)

    store = Slow([])
    monkeypatch.setattr("lod.deliver.run.open_store", lambda _target: store)
    monkeypatch.setattr("lod.ledger.store._PATIENCE", 1.0)
    assert deliver(stage.out, target, QUICK).sent == 6
    assert [name.partition("_")[2] for name in store.arrived] == stage.messages


def test_a_folder_without_a_feed_is_one_line(tmp_path: Path, target: Target) -> None:
    with pytest.raises(OutputError, match="has no feed; `lod feed` makes one"):
        deliver(tmp_path / "nichts", target)


def test_it_goes_on_after_the_feed_grew(stage: Stage, target: Target, tmp_path: Path) -> None:
    deliver(stage.out, target, QUICK)
    stage.export(*(record(number) for number in range(1, 8)))
    assert deliver(stage.out, target, QUICK).sent == 2
    assert len(list((tmp_path / "in").iterdir())) == 7
