"""Kill -9 while a feed is written, then again: no message lost, none twice, no half file."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from lxml import etree

from tests.dump.archives import record, tree
from tests.feed.killed import kill_at, steps_of
from tests.feed.stages import NS, Stage, step

EPOCH = {"SOURCE_DATE_EPOCH": "1795608600"}
FIRST = [record(1), record(2), record(4)]
SECOND = [record(1, **step("cancel")), record(2, **step("correction")), record(4), record(5)]
WANTED = [
    "stadt.2017.1_v2.xml",
    "stadt.2017.4_v1.xml",
    "stadt.2018.2_v1.xml",
    "stadt.2018.2_v2.xml",
    "stadt.2018.5_v1.xml",
]
POINTS = 4


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """A feed of three messages, and an archive that has a kill, a correction and a new release for it."""
    stage = Stage(tmp_path_factory.mktemp("kill"))
    stage.export(*FIRST)
    stage.write(SECOND)
    return stage


def copy(ready: Stage, folder: Path) -> Stage:
    for name in ("archive", "out", "out.report"):
        if (ready.archive.parent / name).exists():
            shutil.copytree(ready.archive.parent / name, folder / name)
    return Stage(folder)


def arguments(stage: Stage, jobs: int = 1) -> list[str]:
    return ["feed", str(stage.archive), str(stage.out), "--jobs", str(jobs)]


def moments(steps: int, points: int) -> list[int]:
    """Some steps from the first to the last."""
    return sorted({1 + (steps - 1) * number // (points - 1) for number in range(points)})


def whole(stage: Stage) -> dict[str, bytes]:
    """The messages that are there, each of them whole and its number its own."""
    found = {}
    for path in sorted((stage.out / "newsml" / "messages").glob("*")):
        root = etree.fromstring(path.read_bytes())
        assert root.findtext(".//g2:transmitId", namespaces=NS) == path.name.partition("_")[0]
        found[path.name] = path.read_bytes()
    return found


def check(stage: Stage, seen: dict[str, bytes], wanted: list[str]) -> None:
    after = whole(stage)
    assert sorted(name.partition("_")[2] for name in after) == sorted(wanted)
    assert all(after[name] == data for name, data in seen.items() if name in after)
    taken_back = {name for name in seen if name not in after}
    assert taken_back <= {name for name in seen if name.endswith("stadt.2017.1_v1.xml")}
    rows = stage.index()["entries"]
    entries = {one["file"].rpartition("/")[2]: one for one in rows if one["file"]}
    assert [one["sequence"] for one in rows] == list(range(1, len(rows) + 1))
    assert set(entries) == set(after)
    for name, entry in entries.items():
        assert hashlib.sha256(after[name]).hexdigest() == entry["sha256"]
    left = [path for path in stage.out.parent.rglob("*") if "partial" in path.name or path.name == "outbox"]
    assert left == []


def run(stage: Stage, log: Path) -> None:
    steps_of(arguments(stage), log, **EPOCH)


def resume(stage: Stage, log: Path, at: int) -> None:
    kill_at(at, arguments(stage), log, **EPOCH)
    seen = whole(stage) if (stage.out / "newsml" / "messages").exists() else {}
    run(stage, log)
    check(stage, seen, WANTED)


@pytest.mark.slow
def test_a_killed_feed_goes_on_as_if_nothing_had_been(ready: Stage, tmp_path: Path) -> None:
    unharmed = copy(ready, tmp_path / "unharmed")
    steps = steps_of(arguments(unharmed), tmp_path / "log", **EPOCH)
    assert steps > POINTS
    for at in moments(steps, POINTS):
        stage = copy(ready, tmp_path / str(at))
        resume(stage, tmp_path / "log", at)
        assert tree(stage.out) == tree(unharmed.out), at


@pytest.mark.slow
def test_a_feed_can_be_killed_at_forty_moments(ready: Stage, tmp_path: Path) -> None:
    unharmed = copy(ready, tmp_path / "unharmed")
    steps = steps_of(arguments(unharmed), tmp_path / "log", **EPOCH)
    for at in moments(steps, 40):
        stage = copy(ready, tmp_path / str(at))
        resume(stage, tmp_path / "log", at)
        assert tree(stage.out) == tree(unharmed.out), at


@pytest.mark.slow
def test_a_feed_of_two_processes_can_be_killed(ready: Stage, tmp_path: Path) -> None:
    """Those that it had started end with it, and are in nobody's way."""
    unharmed = copy(ready, tmp_path / "unharmed")
    unharmed.write(SECOND, files=3)
    steps = steps_of(arguments(unharmed, 2), tmp_path / "log", **EPOCH)
    for at in moments(steps, 12):
        stage = copy(ready, tmp_path / str(at))
        stage.write(SECOND, files=3)
        kill_at(at, arguments(stage, 2), tmp_path / "log", **EPOCH)
        steps_of(arguments(stage, 2), tmp_path / "log", **EPOCH)
        assert tree(stage.out) == tree(unharmed.out), at


@pytest.mark.slow
def test_a_full_page_changes_with_the_messages_it_tells_of(tmp_path: Path) -> None:
    """Killed between the decision and the end, it is the old page or the new one, and in the end the new one."""
    many = [record(number) for number in range(1, 102)]
    stage = Stage(tmp_path / "ready")
    stage.export(*many)
    page = (stage.out / "newsml" / "archive" / "000001.json").read_bytes()
    stage.write([record(1, **step("cancel")), *many[1:]])
    unharmed = copy(stage, tmp_path / "unharmed")
    steps = steps_of(arguments(unharmed), tmp_path / "log", **EPOCH)
    wanted = tree(unharmed.out)
    assert wanted["newsml/archive/000001.json"] != page
    for at in moments(steps, 60)[-12:]:
        other = copy(stage, tmp_path / str(at))
        kill_at(at, arguments(other), tmp_path / "log", **EPOCH)
        assert tree(other.out)["newsml/archive/000001.json"] in {page, wanted["newsml/archive/000001.json"]}
        run(other, tmp_path / "log")
        assert tree(other.out) == wanted, at


@pytest.mark.slow
def test_the_very_first_feed_can_be_killed(ready: Stage, tmp_path: Path) -> None:
    def fresh(name: str) -> Stage:
        stage = Stage(tmp_path / name)
        stage.write(FIRST)
        return stage

    steps = steps_of(arguments(fresh("unharmed")), tmp_path / "log", **EPOCH)
    for at in moments(steps, 8):
        stage = fresh(str(at))
        kill_at(at, arguments(stage), tmp_path / "log", **EPOCH)
        run(stage, tmp_path / "log")
        assert tree(stage.out) == tree(tmp_path / "unharmed" / "out"), at


@pytest.mark.slow
def test_what_was_decided_is_sent_though_the_archive_has_changed_since(ready: Stage, tmp_path: Path) -> None:
    """Between the decision and the end a newsroom may have seen a message already."""
    unharmed = copy(ready, tmp_path / "unharmed")
    steps = steps_of(arguments(unharmed), tmp_path / "log", **EPOCH)
    outcomes = set()
    for at in moments(steps, 4):
        stage = copy(ready, tmp_path / str(at))
        kill_at(at, arguments(stage), tmp_path / "log", **EPOCH)
        seen = whole(stage)
        stage.write([*SECOND[:1], record(2, **step("correction", "update")), record(4), record(5)])
        run(stage, tmp_path / "log")
        names = [name.partition("_")[2] for name in whole(stage)]
        decided = "stadt.2018.2_v2.xml" in names
        outcomes.add(decided)
        expected = [*WANTED, "stadt.2018.2_v3.xml"]
        check(stage, seen, expected if decided else [name for name in expected if name != "stadt.2018.2_v2.xml"])
    assert outcomes == {True, False}
