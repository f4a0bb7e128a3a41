"""Exports into one folder, one after the other: whoever took an old dump can catch up, and nothing hidden is told."""

from __future__ import annotations

import gzip
import json
import shutil
import tarfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lod.archive import Archive
from lod.bag.making import make_bag
from lod.dump import export
from lod.dump.words import told
from lod.verify import verify
from tests.change.line import RDF, Line
from tests.change.reader import Receiver
from tests.dump.archives import record, tree
from tests.feed.stages import step

CANARY = "KANARIENVOGEL"


def state(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "manifest.json").read_text())["state"]
    return found


def caught_up(copy: Path, out: Path, *, graphs: bool) -> Receiver:
    """A receiver of an old dump that takes all changes since."""
    receiver = Receiver(graphs=graphs).take(copy)
    since = state(copy)["sequence"]
    for folder in sorted(path for path in (out / "changes").glob("*") if path.is_dir()):
        if int(folder.name) > since:
            receiver.follow(folder)
    return receiver


LIVES = st.fixed_dictionaries(
    {"life": st.sampled_from(["usable", "usable", "withheld", "canceled", "gone", "broken", "embargo"])},
    optional={
        "title": st.sampled_from(["Straßen", "Grüße „aus“ § 5"]),
        "body": st.sampled_from(["Kürzer.", "Änne Groß sagt nichts."]),
        "people": st.just([{"name": "Änne Groß", "function": "Kämmerin"}]),
        "issued": st.just("2016-01-05"),
        "related": st.sampled_from([["stadt/2017/1"], ["stadt/2018/2"]]),
    },
)


def living(number: int, *, life: str, **changed: Any) -> list[dict[str, Any]]:
    """A record in its life; every text of it says whether it may be public."""
    text = {**changed, "keywords": ["x"]}
    if life == "gone":
        return []
    if life == "broken":
        return [record(number, **text, genre="genre:Unbekannt")]
    if life == "embargo":
        return [record(number, **text, embargo={"until": "2030-01-01T00:00:00+01:00"})]
    return [record(number, **text, **({"withheld": step("withhold"), "canceled": step("cancel")}.get(life, {})))]


@settings(max_examples=8)
@given(lives=st.lists(st.lists(LIVES, min_size=3, max_size=3), min_size=3, max_size=4))
def test_every_old_dump_and_the_changes_since_are_the_new_dump(
    tmp_path_factory: pytest.TempPathFactory, lives: list[list[dict[str, Any]]]
) -> None:
    line = Line(tmp_path_factory.mktemp("law"))
    for archive in lives:
        line.export(*(one for number, life in enumerate(archive, 1) for one in living(number, **life)))
    for graphs in (False, True):
        expected = Receiver(graphs=graphs).take(line.out).graph
        for copy in line.copies:
            assert caught_up(copy, line.out, graphs=graphs).graph == expected
    shutil.rmtree(line.folder)


def test_each_change_names_where_it_begins_and_where_it_leads(tmp_path: Path) -> None:
    line = Line(tmp_path)
    line.export(record(1))
    line.export(record(1), record(2))
    line.export(record(1, title="Neu"), record(2))
    states = [state(copy) for copy in line.copies]
    assert [one["sequence"] for one in states] == [0, 1, 2]
    receiver = caught_up(line.copies[0], line.out, graphs=False)
    names = [f"<https://presse.example.org/changes/{one['sequence']}/{one['sha256']}>" for one in states]
    assert [(head["prev"], head["id"]) for head in receiver.heads] == [(names[0], names[1]), (names[1], names[2])]
    steps = json.loads((line.out / "changes" / "list.json").read_text())["changes"]
    assert [(one["from"]["sha256"], one["to"]["sha256"]) for one in steps] == [
        (states[0]["sha256"], states[1]["sha256"]),
        (states[1]["sha256"], states[2]["sha256"]),
    ]
    assert steps[-1]["to"]["records"] == 2
    assert verify(line.out, jobs=0).passed


def test_an_unchanged_archive_makes_no_change_and_rewrites_nothing(tmp_path: Path) -> None:
    line = Line(tmp_path)
    line.export(record(1))
    line.export(record(1), record(2))
    before = {path: path.stat().st_ino for path in line.out.rglob("*")}
    line.export(record(2), record(1))
    assert {path: path.stat().st_ino for path in line.out.rglob("*")} == before


def test_an_export_says_where_its_change_is(tmp_path: Path) -> None:
    line = Line(tmp_path)
    line.export(record(1))
    assert line.stage.export(record(1), formats=RDF).dump.change == ""
    summary = line.stage.export(record(1), record(2), formats=RDF).dump
    assert summary.change == "changes/000001"
    assert f"What changed since the last export: {line.out}/changes/000001/en.txt" in told(summary)


def test_what_is_said_of_a_life(tmp_path: Path) -> None:
    line = Line(tmp_path)
    line.export(record(1))
    line.export(record(1), record(2))
    line.export(record(1), record(2, **step("correction"), body="Neu."))
    line.export(record(1), record(2, **step("correction", "withhold")))
    line.export(record(1), record(2, **step("correction", "withhold", "reinstate")))
    line.export(record(1), record(2, **step("correction", "withhold", "reinstate", "cancel")))
    line.export(record(1))
    line.export(record(1), record(2, **step("correction", "withhold", "reinstate", "cancel")))
    kinds = [line.counts(number) for number in range(7)]
    assert kinds == [
        {"created": 1},
        {"updated": 1},
        {"withdrawn": 1},
        {"created": 1},
        {"withdrawn": 1},
        {"deleted": 1},
        {"withdrawn": 1},
    ]
    said = [line.told(number)[0].removeprefix("Pressemitteilung 2/2018 ") for number in range(7)]
    assert said == [
        "vom 3. Juli 2018 wurde veröffentlicht.",
        "wurde berichtigt: weitere Angaben.",
        "wird zurückgehalten; der Text ist vorerst nicht öffentlich.",
        "ist wieder öffentlich.",
        "wurde zurückgezogen; der Text ist nicht mehr öffentlich.",
        "wurde gelöscht; geblieben ist ein Eintrag ohne Text.",
        "wurde zurückgezogen; der Text ist nicht mehr öffentlich.",
    ]


@pytest.mark.parametrize("end", ["withhold", "cancel", "gone"])
def test_what_is_taken_back_leaves_no_word_of_its_text(tmp_path: Path, end: str) -> None:
    """The text was in the dump and in a change; then it is nowhere, and who follows the changes has it no more."""
    line = Line(tmp_path)
    canary = {
        "title": CANARY,
        "lead": CANARY,
        "body": f"{CANARY} spricht.",
        "people": [{"name": CANARY, "function": CANARY}],
        "keywords": [CANARY],
        "attachments": [{"name": f"{CANARY.lower()}.pdf", "media_type": "application/pdf", "role": "rendition"}],
    }
    line.export(record(1))
    line.export(record(1), record(4, **canary))
    line.export(record(1), record(4, **{**canary, "subtitle": CANARY}, **step("update")))
    assert any(CANARY.encode() in data for name, data in tree(line.out).items() if name.startswith("changes/"))
    last = [] if end == "gone" else [record(4, **canary, **step("update", end))]
    line.export(record(1), *last)
    assert [name for name, data in tree(line.out).items() if CANARY.lower().encode() in data.lower()] == []
    for graphs in (False, True):
        for copy in line.copies:
            receiver = caught_up(copy, line.out, graphs=graphs)
            assert receiver.graph == Receiver(graphs=graphs).take(line.out).graph
            assert CANARY.lower() not in "".join(map(str, receiver.store)).lower()
    assert verify(line.out, jobs=0).passed


def test_what_is_taken_back_goes_from_changes_in_other_formats_too(tmp_path: Path) -> None:
    """Since the change was written, the archive packs its files, and no longer has graphs."""
    line = Line(tmp_path)
    line.export(record(1))
    line.export(record(1), record(4, body=CANARY))
    line.stage.config = line.stage.config.replace('"none"', '"gzip"')
    line.formats = ["ntriples"]
    line.export(record(1), record(4, body=CANARY, **step("withhold")))
    held = {name: gzip.decompress(data) if name.endswith(".gz") else data for name, data in tree(line.out).items()}
    assert [name for name, data in held.items() if CANARY.encode() in data] == []
    assert [path.name for path in sorted(line.changes[0].iterdir())] == [
        *("change.json", "de.txt", "en.txt", "patch.rdfp.gz", "records.jsonl"),
    ]
    assert verify(line.out, jobs=0, quick=True).passed


def test_an_embargo_that_ends_is_a_creation_and_nothing_before(tmp_path: Path) -> None:
    line = Line(tmp_path)
    secret = record(4, title=CANARY, embargo={"until": "2030-01-01T00:00:00+01:00"})
    line.export(record(1))
    line.export(record(1), record(2), secret)
    assert CANARY.encode() not in b"".join(tree(line.out).values())
    line.export(record(1), record(2), {**secret, "embargo": {"until": "2026-11-01T00:00:00+01:00"}})
    assert line.counts() == {"created": 1}


def test_a_record_that_is_refused_is_missing_and_not_deleted(tmp_path: Path) -> None:
    line = Line(tmp_path)
    line.export(record(1), record(4))
    line.export(record(1), record(4, title="", issued="3. Juli"))
    assert line.counts() == {"missing": 1}
    assert line.told()[0] == "Pressemitteilung 4/2017 fehlt in diesem Stand; von einer Löschung ist nichts bekannt."
    assert not (line.out / "ntriples" / "deleted.nt").exists()
    line.export(record(1))
    assert line.counts() == {"deleted": 1}
    assert "Gelöschte Pressemitteilung 4/2017" in (line.out / "ntriples" / "deleted.nt").read_text(encoding="utf-8")
    line.export(record(1), record(4))
    assert line.counts() == {"created": 1}
    assert line.told()[0].endswith("ist wieder öffentlich.")
    assert not (line.out / "ntriples" / "deleted.nt").exists()


def test_who_is_refused_for_good_does_not_keep_others_from_being_deleted(tmp_path: Path) -> None:
    line = Line(tmp_path)
    broken = {"number": "99/2017", "title": "Ohne Herausgeber", "issued": "2017-01-01"}
    line.export(record(1), record(4), broken)
    line.export(record(1), broken)
    assert line.counts() == {"deleted": 1}


def test_a_deleted_release_stays_buried_and_its_publisher_stays_described(tmp_path: Path) -> None:
    line = Line(tmp_path, [*RDF, "jsonld", "rdfxml", "trig"])
    line.export(record(1), record(4))
    line.export()
    line.export(record(2))
    buried = (line.out / "ntriples" / "deleted.nt").read_text(encoding="utf-8")
    assert buried.count("activitystreams#Tombstone") == 2
    assert "org/stadt#id> " in (line.out / "ntriples" / "authorities.nt").read_text(encoding="utf-8")
    assert verify(line.out, jobs=0).passed


def test_another_base_begins_a_new_chain_without_the_graves_of_the_old_one(tmp_path: Path) -> None:
    line = Line(tmp_path)
    line.export(record(1), record(4))
    line.export(record(1))
    line.stage.config = line.stage.config.replace("presse.example.org", "archiv.example.org")
    line.stage.write([record(1)])
    export(Archive.open(line.stage.archive), line.out, RDF)
    assert (line.changes, state(line.out)["sequence"]) == ([], 0)
    assert [name for name in tree(line.out) if "deleted" in name] == []
    assert verify(line.out, jobs=0, quick=True).passed


@pytest.mark.parametrize("harm", [shutil.rmtree, lambda folder: (folder / "000001" / "de.txt").write_text("kurz")])
def test_a_chain_that_was_meddled_with_ends_though_nothing_changed(tmp_path: Path, harm: Any) -> None:
    line = Line(tmp_path)
    line.export(record(1))
    line.export(record(1), record(2))
    harm(line.out / "changes")
    line.export(record(1), record(2))
    assert line.changes == []
    assert state(line.out)["sequence"] == 2
    assert verify(line.out, jobs=0, quick=True).passed


def test_a_damaged_dump_begins_a_new_chain(tmp_path: Path) -> None:
    line = Line(tmp_path)
    line.export(record(1))
    line.export(record(1), record(2))
    path = line.out / "ntriples" / "2018.nt"
    path.write_bytes(path.read_bytes().replace(b"Absatz", b"Absatx"))
    line.export(record(1), record(2, title="Neu"))
    assert line.changes == []
    assert state(line.out)["sequence"] == 2
    line.export(record(1))
    assert [folder.name for folder in line.changes] == ["000003"]
    assert verify(line.out, jobs=0).passed


@pytest.mark.parametrize("moved", [0, 1, 4, 9, 14])
def test_an_export_that_dies_while_it_publishes_is_brought_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moved: int
) -> None:
    """Then the archive changes once more: whoever has the old dump still catches up, over the step that nobody saw."""
    line = Line(tmp_path)
    line.export(record(1))
    left = moved
    real = Path.replace

    def doomed(self: Path, target: Path) -> Path:
        nonlocal left
        if target.is_relative_to(line.out) and (line.out.with_name(".out.partial") / "publishing").exists():
            left -= 1
            if left < 0:
                raise KeyboardInterrupt
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", doomed)
        with pytest.raises(KeyboardInterrupt):
            line.stage.export(record(1, title="Zwischendurch"), record(2), formats=RDF)
    line.export(record(2), record(3))
    assert state(line.out)["sequence"] == 2
    assert caught_up(line.copies[0], line.out, graphs=False).graph == Receiver().take(line.out).graph
    assert verify(line.out, jobs=0, quick=True).passed
    assert not line.out.with_name(".out.partial").exists()


def test_a_bag_takes_the_changes_along(tmp_path: Path) -> None:
    line = Line(tmp_path)
    line.export(record(1))
    line.export(record(1), record(2))
    for package in ({"receiver": "da-nrw"}, {"receiver": None, "package": "tar"}):
        made = make_bag(line.out, tmp_path / "bag", **package)
        with tarfile.open(made.path) as held:
            held.extractall(tmp_path / made.path.suffix, filter="data")
        inside = tmp_path / made.path.suffix / "bag" / "data"
        assert (inside / "changes" / "000001" / "patch.rdfp").is_file()
        assert verify(inside, jobs=0, quick=True).passed
