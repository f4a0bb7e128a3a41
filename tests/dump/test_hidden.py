"""What shows names nothing that is hidden."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.archive import Archive
from lod.dump import export
from lod.dump.hidden import betrayed, related, without, write_names
from lod.dump.runs import Sighting, seen, write_sightings
from lod.release import Defaults, Release
from tests.dump.archives import make, record, tree

PATHS = ["a/1", "a/2", "b/1", "b/2", "c/1"]


def release(**fields: Any) -> Release:
    base = {"id": "x/1", "title": "Titel", "issuers": ["stadt"]}
    return Release.model_validate({**base, **fields}, context=Defaults("de", ZoneInfo("Europe/Berlin"), None))


def test_only_what_is_hidden_is_left_out() -> None:
    one = release(related=["a/1", "a/2"], replaces="b/1", translation_of="b/2")
    assert related(one) == {"a/1", "a/2", "b/1", "b/2"}
    left = without(one, frozenset({"a/2", "b/1"}))
    assert (left.related, left.replaces, left.translation_of) == (("a/1",), None, "b/2")
    assert without(one, frozenset({"c/1"})) is one


@given(
    st.dictionaries(st.sampled_from(PATHS), st.booleans()),
    st.lists(st.lists(st.sampled_from(PATHS), max_size=4), min_size=1, max_size=4),
)
def test_those_that_betray_something_are_found(public: dict[str, bool], named: list[list[str]]) -> None:
    with TemporaryDirectory() as folder:
        sightings = [Sighting(path, f"{path}.yaml", shows) for path, shows in public.items()]
        write_sightings(Path(folder) / "s", sightings)
        files = [Path(folder) / str(number) for number in range(len(named))]
        for file, names in zip(files, named, strict=True):
            write_names(file, names)
        found = betrayed(seen([Path(folder) / "s"]), files)
    hidden = {path for path, shows in public.items() if not shows}
    expected = {number: hidden & set(names) for number, names in enumerate(named) if hidden & set(names)}
    assert found == expected


@pytest.mark.parametrize("jobs", [1, 2])
def test_partitions_that_betray_something_are_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr("lod.dump.loop.PARTITION_BYTES", 400)
    hush = record(4, id="stadt/2017/kanari", status="withheld")
    told = [record(1, related=["stadt/2017/kanari", "stadt/2018/2"]), record(2, replaces="stadt/2017/kanari")]
    archive = Archive.open(make(tmp_path / "a", [hush, *told, record(3)], files=4))
    summary = export(archive, tmp_path / "out", ["ntriples", "newsml"], jobs=jobs)
    assert (summary.counts.exported, summary.counts.withheld) == (3, 1)
    files = tree(tmp_path / "out")
    assert not any(b"kanari" in data for data in files.values())
    assert b"relation> <https://presse.example.org/release/stadt/2018/2>" in files["ntriples/2017.nt"]
