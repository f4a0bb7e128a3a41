"""lod check: everything that is wrong, in one order, and in memory that does not grow with it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lod.archive import Archive
from lod.check import checked
from lod.errors import MappingError
from tests.dump.archives import CONFIG, make, record

BAD = {"title": None, "issued": "3. Juli", "thema": "Straßen", "people": [{"function": "Rätin"}], "version": "zwei"}
PEAK = """
import re, sys
from pathlib import Path
from lod.cli import main
try:
    main()
finally:
    status = Path("/proc/self/status").read_text()
    sys.stderr.write(re.search("VmHWM:\\\\s*([0-9]+)", status)[1])
"""


def _told(archive: Path, jobs: int) -> tuple[list[str], list[str]]:
    with checked(Archive.open(archive), jobs=jobs) as verdict:
        return [str(fault) for fault in verdict.faults()], b"".join(verdict.text()).decode().splitlines()


def test_faults_come_in_the_order_of_the_files_and_doubles_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [record(number, **(BAD if number % 4 == 1 else {})) for number in range(1, 13)]
    archive = make(tmp_path / "a", [*records, record(2), record(4)], files=3)
    monkeypatch.setattr("lod.check.checking.PARTITION_BYTES", 600)
    faults, text = _told(archive, 1)
    assert text[:-1] == faults
    assert text[-1] == "14 records: 7 good, 7 refused, 0 warnings."
    places = [fault.split(": ")[0] for fault in faults]
    assert places[:15] == sorted(places[:15])
    assert len(set(places[:15])) == 3
    assert ["is also the id of" in fault for fault in faults] == [False] * 15 + [True] * 4
    assert _told(archive, 2) == (faults, text)


def test_every_form_says_the_same(tmp_path: Path) -> None:
    records = [record(1), record(2, **BAD), record(1), record(3, subjects=["medtop:20000609"], issued="2025-03-01")]
    with checked(Archive.open(make(tmp_path / "a", records))) as verdict:
        faults = list(verdict.faults())
        for suffix in (".txt", ".json", ".sarif"):
            verdict.write(tmp_path / f"r{suffix}")
    assert (tmp_path / "r.txt").read_text().splitlines()[:-1] == [str(fault) for fault in faults]
    plain = json.loads((tmp_path / "r.json").read_text())
    assert plain["counts"]["harvested"] == 4
    assert [(row["file"], row["line"], row["field"], row["reason"], row["severity"]) for row in plain["faults"]] == [
        (fault.place.file, fault.place.line, fault.field, fault.reason, fault.severity) for fault in faults
    ]
    (run,) = json.loads((tmp_path / "r.sarif").read_text())["runs"]
    assert [result["level"] for result in run["results"]] == [fault.severity for fault in faults]
    assert {"error", "warning"} == {fault.severity for fault in faults}
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == sorted(
        {result["ruleId"] for result in run["results"]}
    )


@pytest.mark.parametrize(
    ("issued", "first", "told"),
    [
        ("0001-01-01", None, "0001-01-01: before the first year of the archive (1900; `first_year`)"),
        ("1899-12-31", None, "1899-12-31: before the first year of the archive (1900; `first_year`)"),
        ("1900-01-01", None, None),
        ("1899-12-31", 1850, None),
        ("1949-05-23", 1990, "1949-05-23: before the first year of the archive (1990; `first_year`)"),
        ("2027-11-26", None, None),
        ("2027-11-27", None, "2027-11-27: more than a year ahead"),
        ("9999-12-31", None, "9999-12-31: more than a year ahead"),
        (None, None, None),
    ],
)
def test_a_year_that_is_most_likely_a_slip_is_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, issued: str | None, first: int | None, told: str | None
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795608000")  # 2026-11-25
    config = f"first_year = {first}\n{CONFIG}" if first else CONFIG
    made = record(1, issued=issued, id="a")
    del made["number"]
    archive = make(tmp_path / "a", [made], config=config)
    with checked(Archive.open(archive)) as verdict:
        found = [str(fault) for fault in verdict.faults()]
        assert verdict.counts.rejected == 0
        assert verdict.counts.warnings == len(found)
    assert found == ([f"warning: releases/0.jsonl:1: issued: {told}"] if told else [])


def test_nothing_wrong_is_well_formed_too(tmp_path: Path) -> None:
    with checked(Archive.open(make(tmp_path / "a", [record(1)]))) as verdict:
        assert json.loads(b"".join(verdict.json()))["faults"] == []
        assert json.loads(b"".join(verdict.sarif()))["runs"][0]["results"] == []


def test_what_releases_share_is_checked_as_well(tmp_path: Path) -> None:
    """An export would end with it, after all records were good."""
    rule = '[authority]\nrules = [{ property = "schema:position", field = "name", as = "xsd:integer" }]\n'
    archive = make(tmp_path / "a", [record(1)], config=f'mapping = ["core", "own.toml"]\n{CONFIG}')
    (archive / "vocab").mkdir()
    (archive / "vocab" / "own.toml").write_text(rule, encoding="utf-8")
    with (
        pytest.raises(MappingError, match=r'cannot describe the authority "stadt": name: .*xsd:integer'),
        checked(Archive.open(archive)),
    ):
        pass


@pytest.mark.slow
@pytest.mark.parametrize("form", ["--jobs=1", "--json"])
def test_memory_does_not_grow_with_what_is_wrong(tmp_path: Path, form: str) -> None:
    if not Path("/proc/self/status").exists():
        pytest.skip("no /proc on this system")
    peaks = []
    for count in (2_000, 12_000):
        archive = make(tmp_path / str(count), [record(number, **BAD) for number in range(count)])
        command = [sys.executable, "-c", PEAK, "check", str(archive), "--report", str(tmp_path / "r.sarif"), form]
        with (tmp_path / "told").open("wb") as told:
            done = subprocess.run(command, stdout=told, stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == 1, done.stderr
        assert len(json.loads((tmp_path / "r.sarif").read_text())["runs"][0]["results"]) == 5 * count
        peaks.append(int(done.stderr))
    assert peaks[1] - peaks[0] < 10_000, peaks  # kB; 50,000 faults more would be 30 MB
