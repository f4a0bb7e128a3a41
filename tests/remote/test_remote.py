"""Archives and dumps at addresses: the same bytes as in folders, whole after any kill, and held by one export."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from lod.address import Address
from lod.archive import Archive
from lod.check import checked
from lod.errors import ConfigError, OutputError
from lod.feed import publish
from lod.remote import Means, at_hand, fetched
from lod.remote.claim import claimed
from tests.dump.archives import CONFIG, make, record, tree
from tests.remote.stores import put, stored

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
FORMATS = ["turtle", "ntriples", "newsml"]


def export(archive: Path | Address, out: Path | Address, **means: Any) -> None:
    with at_hand(archive, out, Means(jobs=1, **means)) as here:
        publish(Archive.open(here.archive), here.out, FORMATS, at=NOW)


def expected(tmp_path: Path, *archives: Path) -> dict[str, bytes]:
    """What exports of archives into one folder, one after the other, make of it."""
    shutil.rmtree(tmp_path / "expected", ignore_errors=True)
    shutil.rmtree(tmp_path / "expected.report", ignore_errors=True)
    for archive in archives:
        export(archive, tmp_path / "expected")
    return tree(tmp_path / "expected")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return make(tmp_path / "a", [record(number) for number in range(1, 13)], files=3)


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The archive later: a record more in 2017, and none of 2018."""
    records = [record(number) for number in range(1, 14) if number % 3 != 2]
    return make(tmp_path / "later", records, files=3)


def test_a_dump_at_an_address_is_that_in_a_folder(archive: Path, bucket: Address, tmp_path: Path) -> None:
    export(put(archive, bucket / "a"), bucket / "x/out")
    assert stored(bucket / "x/out") == expected(tmp_path, archive)
    assert {name.split("/")[0] for name in (bucket / "x").files()} == {"out", "out.report"}
    assert json.loads((bucket / "x/out.report").read("summary.json"))["counts"]["exported"] == 12


def test_a_change_is_sent_and_nothing_else(
    archive: Path, changed: Path, bucket: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(archive, bucket / "out")
    before = stored(bucket / "out")
    sent: list[str] = []
    move = Address.move

    def noting(here: Address, names: Sequence[str], to: Address) -> None:
        sent.extend(names)
        move(here, names, to)

    monkeypatch.setattr(Address, "move", noting)
    export(archive, bucket / "out")
    assert sent == []
    export(changed, bucket / "out")
    after = expected(tmp_path, archive, archive, changed)
    assert stored(bucket / "out") == after
    assert set(sent) == {name for name in after if before.get(name) != after[name]}
    assert sent[-1] == "manifest.json"
    assert "turtle/2018.ttl" in before.keys() - after.keys()


def test_what_others_laid_there_stays(archive: Path, changed: Path, bucket: Address) -> None:
    export(archive, bucket / "out")
    (bucket / "out").write("index.html", b"<p>Hallo")
    export(changed, bucket / "out")
    assert stored(bucket / "out")["index.html"] == b"<p>Hallo"


def test_another_machine_goes_on(archive: Path, changed: Path, bucket: Address, tmp_path: Path) -> None:
    """It knows what newsrooms got, and the first machine notices that its copy has fallen behind."""
    export(archive, bucket / "out", workdir=tmp_path / "one")
    export(changed, bucket / "out", workdir=tmp_path / "two")
    assert stored(bucket / "out") == expected(tmp_path, archive, changed)
    export(archive, bucket / "out", workdir=tmp_path / "one")
    assert stored(bucket / "out") == expected(tmp_path, archive, changed, archive)


def graphs(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name.startswith(("turtle/", "ntriples/", "hashes/"))}


@pytest.mark.parametrize("lost", [False, True], ids=["copy", "no copy"])
@pytest.mark.parametrize("moves", [0, 3, 8])
def test_a_kill_while_it_is_sent_is_mended(
    archive: Path, changed: Path, bucket: Address, tmp_path: Path, moves: int, *, lost: bool
) -> None:
    """Also where the archive is as before again, and where the copy of the killed export is gone."""
    export(archive, bucket / "out")
    move, left = Address.move, moves

    def killed(here: Address, names: Sequence[str], to: Address) -> None:
        nonlocal left
        for name in names:
            if not left:
                raise KeyboardInterrupt
            left -= 1
            move(here, [name], to)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Address, "move", killed)
        with pytest.raises(KeyboardInterrupt):
            export(changed, bucket / "out")
    assert (bucket / "out").read("manifest.json") == expected(tmp_path, archive)["manifest.json"]
    if lost:
        shutil.rmtree(tmp_path / "cache")
    export(archive, bucket / "out")
    # Messages that were decided on stay; what is in the graphs is as it was.
    assert graphs(stored(bucket / "out")) == graphs(expected(tmp_path, archive))
    export(changed, bucket / "out")
    assert stored(bucket / "out") == expected(tmp_path, archive, changed, archive, changed)
    assert {name.split("/")[0] for name in bucket.files()} == {"out", "out.report"}


def test_one_export_at_a_time(archive: Path, bucket: Address, tmp_path: Path) -> None:
    with claimed(bucket / "out", "rechner-2, /copy"), pytest.raises(OutputError) as error:
        export(archive, bucket / "out")
    assert str(error.value).startswith("s3://presse/out: is being written by process ")
    assert str(error.value).endswith("on rechner-2, /copy; where it was killed, remove s3://presse/.out.lock")
    with at_hand(archive, bucket / "out", Means()), pytest.raises(OutputError, match="s3://presse/out: is being writt"):
        export(archive, bucket / "out")
    export(archive, bucket / "out")
    assert ".out.lock" not in bucket.files()


def test_a_claim_of_a_killed_export_holds_nobody_up_on_its_machine(archive: Path, bucket: Address) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Address, "remove", lambda *_: None)
        export(archive, bucket / "out")
    assert ".out.lock" in bucket.files()
    export(archive, bucket / "out")
    assert ".out.lock" not in bucket.files()


def test_somebody_elses_files_are_left_alone(archive: Path, bucket: Address) -> None:
    for name, data in (("index.html", b"<p>Hallo"), ("manifest.json", b'{"name": "App"}')):
        (bucket / "web").write(name, data)
        before = stored(bucket / "web")
        with pytest.raises(OutputError, match="was not written by an export; choose another folder"):
            export(archive, bucket / "web")
        assert stored(bucket / "web") == before


def test_only_what_changed_in_an_archive_is_fetched(
    archive: Path, bucket: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = put(archive, bucket / "a")
    fetch, fetched_names = Address.fetch, list[str]()

    def noting(here: Address, files: dict[str, Path]) -> None:
        fetched_names.extend(files)
        fetch(here, files)

    monkeypatch.setattr(Address, "fetch", noting)
    export(there, tmp_path / "out")
    assert sorted(fetched_names) == sorted(tree(archive))
    fetched_names.clear()
    there.write("releases/1.jsonl", json.dumps(record(40)).encode())
    there.remove(["releases/2.jsonl"])
    export(there, tmp_path / "out")
    assert fetched_names == ["releases/1.jsonl"]
    (archive / "releases" / "1.jsonl").write_text(json.dumps(record(40)))
    (archive / "releases" / "2.jsonl").unlink()
    again = make(tmp_path / "b", [record(number) for number in range(1, 13)], files=3)
    assert tree(tmp_path / "out") == expected(tmp_path, again, archive)


def test_an_archive_is_checked_and_a_dump_fetched(archive: Path, bucket: Address, tmp_path: Path) -> None:
    with at_hand(put(archive, bucket / "a"), None, Means(jobs=1)) as here, checked(Archive.open(here.archive)) as found:
        assert found.counts.exported == 12
    export(archive, bucket / "out")
    with fetched(bucket / "out") as folder:
        assert tree(folder) == expected(tmp_path, archive)


@pytest.mark.parametrize("path", ["/srv/archiv.jsonl", "../anderes/*.jsonl"])
def test_sources_beside_a_distant_archive_are_refused(bucket: Address, tmp_path: Path, path: str) -> None:
    there = put(make(tmp_path / "a", [record(1)], config=f'{CONFIG}\n[[sources]]\npath = "{path}"\n'), bucket / "a")
    with pytest.raises(ConfigError, match="leads out of s3://presse/a; put the files into the archive"):
        export(there, tmp_path / "out")


@pytest.mark.parametrize(
    ("archive_at", "out_at", "told"),
    [
        ("fehlt", "out", "s3://presse/fehlt/archive.toml: not found: not an archive"),
        ("a", "a/out", "s3://presse/a/out: is part of the archive; choose a folder beside it"),
        ("a/b", "a", "s3://presse/a: is part of the archive; choose a folder beside it"),
        ("a", "", "s3://presse: is part of the archive; choose a folder beside it"),
        ("", "out", "s3://presse/out: is part of the archive; choose a folder beside it"),
    ],
)
def test_places_that_cannot_be_used_are_one_line(bucket: Address, archive_at: str, out_at: str, told: str) -> None:
    archive = bucket / archive_at if archive_at else bucket
    with pytest.raises((ConfigError, OutputError)) as error:
        export(archive, bucket / out_at if out_at else bucket)
    assert str(error.value) == told


def test_a_dump_needs_a_name(archive: Path, bucket: Address) -> None:
    with pytest.raises(OutputError, match="s3://presse: has no name to put a report beside it"):
        export(archive, bucket)
