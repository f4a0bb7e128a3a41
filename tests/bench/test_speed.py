from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.bench.alike import differences, graph
from tests.bench.goals import GOALS, Figures, Goal
from tests.bench.naive import floor, with_pyoxigraph, with_rdflib
from tests.bench.peers import PEERS
from tests.bench.running import Failed, run
from tests.bench.speed import table
from tests.bench.synthetic import CSV, LINES, make, records

FEW = 50


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench") / "archive"
    make(folder, FEW, 7)
    return folder


def test_the_same_seed_gives_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    make(tmp_path / "again", FEW, 7)
    make(tmp_path / "other", FEW, 8)
    for name in (Path(CSV), "flat" / LINES, "core" / LINES):
        assert (tmp_path / "again" / name).read_bytes() == (archive / name).read_bytes()
        assert (tmp_path / "other" / name).read_bytes() != (archive / name).read_bytes()


def test_records_are_of_the_size_and_the_letters_of_real_ones(archive: Path) -> None:
    lines = (archive / "flat" / LINES).read_bytes().splitlines()
    assert 4_000 < sum(map(len, lines)) / FEW < 7_000
    texts = [json.loads(line)["body"] for line in lines]
    assert all(all(sign in text for sign in ("\n\n", "„", "“", "ü")) for text in texts)
    assert all(any(sign in text for text in texts) for sign in ("§ ", '"', "\u00ad", "\n- ", "ß", "&"))


def test_rows_hold_what_records_hold() -> None:
    for made in records(FEW, 7):
        assert (made.row["subtitle"] or None) == made.record.get("subtitle")
        assert made.row["issued_day"] + made.row["issued_at"] == made.record["issued"]
        assert all(one["text"] in made.row["text"] for one in made.record["quotations"])


def test_empty_cells_occur_and_records_are_told_apart(archive: Path) -> None:
    with (archive / CSV).open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    assert len({(row["publisher"], row["year"], row["count"]) for row in rows}) == FEW
    for column in ("subtitle", "partner", "modified", "issued_at", "issued_day"):
        assert {bool(row[column]) for row in rows} == {True, False}


def test_everybody_writes_the_same_graph(archive: Path, tmp_path: Path) -> None:
    written = tmp_path / "written"
    written.mkdir()
    for peer in PEERS:
        if peer.tool == "lod" and peer.graph and peer.jobs == 1:
            log = tmp_path / "log.txt"
            run(peer.command(archive, written / f"{peer.name}.{peer.formats[0]}"), Path.cwd(), log, limit=60)
    for form in ("ntriples", "turtle"):
        with_rdflib(form, archive / "flat", written / f"rdflib.{form}")
        with_pyoxigraph(form, archive / "flat", written / f"pyoxigraph.{form}")
    assert len([one for one in written.iterdir() if one.suffix != ".report"]) == 3 + 4
    assert list(differences(written)) == []
    assert len(graph(written / "rdflib.ntriples")) > 50 * FEW


def test_a_graph_that_differs_is_told(tmp_path: Path) -> None:
    (tmp_path / "rdflib.ntriples").write_text('<urn:x:a> <urn:x:b> "1" .\n', encoding="utf-8")
    (tmp_path / "other.turtle").write_text('<urn:x:a> <urn:x:b> "2" .\n', encoding="utf-8")
    assert list(differences(tmp_path)) == [
        "other.turtle: 1 statements are missing, 1 are too many",
        '  - <urn:x:a> <urn:x:b> "1"',
        '  + <urn:x:a> <urn:x:b> "2"',
    ]


def test_the_floor_writes_what_it_read(archive: Path, tmp_path: Path) -> None:
    floor("", archive / "flat", tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == (archive / "flat" / LINES).read_bytes()


def test_a_run_is_measured_and_a_failure_says_why(tmp_path: Path) -> None:
    taken = run(["python3", "-c", "x = bytes(60_000_000)"], tmp_path, tmp_path / "log", limit=30)
    assert taken.peak > 60
    assert 0 < taken.wall < 30
    with pytest.raises(Failed, match="no such thing"):
        run(["python3", "-c", "raise SystemExit('no such thing')"], tmp_path, tmp_path / "log", limit=30)
    with pytest.raises(Failed, match="not done in 0 s"):
        run(["sleep", "20"], tmp_path, tmp_path / "log", limit=0.2)


@pytest.mark.parametrize(
    ("least", "value", "verdict"),
    [(True, 2.0, "reached"), (True, 1.5, "missed by 25%"), (False, 2.0, "reached"), (False, 2.5, "missed by 25%")],
)
def test_a_goal_is_reached_or_missed_by_so_much(least: bool, value: float, verdict: str) -> None:
    assert Goal("", 2, lambda _found: value, least).verdict({}) == (value, verdict)


def test_who_is_missing_is_named_in_table_and_goals() -> None:
    found = {"lod ntriples 1": Figures(500.0, 25_000.0, 2.0, 2.0, 60.0)}
    lines = "\n".join(table(found, {"Morph-KGC 2": "not installed"}))
    assert "Morph-KGC 2            not installed" in lines
    assert "not measured: floor is missing" in lines


def test_goals_name_peers_that_exist() -> None:
    figures = dict.fromkeys((peer.name for peer in PEERS), Figures(1.0, None, 1.0, 1.0, 1.0))
    assert [goal.text for goal in GOALS if goal.verdict(figures)[0] is None] == []
