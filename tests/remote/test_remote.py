"""Archives and dumps at addresses: the same bytes as in folders, whole after any kill, and held by one export."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from lod.address import Address
from lod.archive import Archive
from lod.check import checked
from lod.cli import main
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


def test_the_ledger_goes_first(archive: Path, bucket: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it decided can be carried out later; messages that it does not know would be sent again."""
    put_there, move, steps = Address.put, Address.move, list[str]()

    def putting(here: Address, files: dict[str, Path]) -> None:
        steps.extend(files)
        put_there(here, files)

    def moving(here: Address, names: Sequence[str], to: Address) -> None:
        steps.append("moves")
        move(here, names, to)

    monkeypatch.setattr(Address, "put", putting)
    monkeypatch.setattr(Address, "move", moving)
    export(archive, bucket / "out")
    messages = [number for number, name in enumerate(steps) if name.startswith("newsml/messages/")]
    assert len(messages) == 12
    assert steps.index("ledger.sqlite") < messages[0]
    assert steps.index("manifest.json") < steps.index("moves")


def test_what_others_laid_there_stays(archive: Path, changed: Path, bucket: Address) -> None:
    export(archive, bucket / "out")
    (bucket / "out").write("index.html", b"<p>Hallo")
    export(changed, bucket / "out")
    assert stored(bucket / "out")["index.html"] == b"<p>Hallo"


@pytest.mark.slow
def test_another_machine_goes_on(archive: Path, changed: Path, bucket: Address, tmp_path: Path) -> None:
    """It knows what newsrooms got, and the first machine notices that its copy has fallen behind."""
    export(archive, bucket / "out", workdir=tmp_path / "one")
    export(changed, bucket / "out", workdir=tmp_path / "two")
    assert stored(bucket / "out") == expected(tmp_path, archive, changed)
    export(archive, bucket / "out", workdir=tmp_path / "one")
    assert stored(bucket / "out") == expected(tmp_path, archive, changed, archive)


def whole(dump: Address) -> bool:
    """Whether every file is what the manifest says, and there is no other."""
    files = stored(dump)
    listed = {row["path"]: row["sha256"] for row in json.loads(files.pop("manifest.json"))["files"]}
    files.pop("SHA256SUMS")
    return listed == {name: sha256(data).hexdigest() for name, data in files.items()}


@pytest.mark.parametrize(
    ("moves", "lost"),
    [
        (3, False),
        *(pytest.param(*case, marks=pytest.mark.slow) for case in ((0, False), (0, True), (8, False), (3, True))),
    ],
)
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
    assert whole(bucket / "out") is (moves == 0)
    if lost:
        shutil.rmtree(tmp_path / "cache")
    for last in (archive, changed):
        export(last, bucket / "out")
        assert whole(bucket / "out")
    sent = [name.partition("_")[2] for name in (bucket / "out/newsml/messages").files()]
    assert sorted(sent) == sorted(set(sent))
    if not lost:
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


def lod(*arguments: str | Path | Address) -> tuple[int, str]:
    """Exit code and last line of a command."""
    done = CliRunner().invoke(
        main, [str(one) if isinstance(one, Path) else getattr(one, "url", one) for one in arguments]
    )
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.output.splitlines()[-1]


def test_commands_take_addresses(archive: Path, bucket: Address, tmp_path: Path) -> None:
    there, out = put(archive, bucket / "a"), bucket / "out"
    assert lod("export", there, out, "--jobs", "1") == (0, "That is a copy; the dump is at s3://presse/out.")
    assert lod("feed", there, out, "--jobs", "1") == (0, "That is a copy; the feed is at s3://presse/out.")
    assert lod("check", there, "--jobs", "1")[0] == 0
    assert lod("verify", out, "--quick", "--jobs", "1") == (0, "s3://presse/out: proved: 0 errors, 0 warnings")
    out.write("turtle/2017.ttl", b"")
    code, last = lod("verify", out, "--quick", "--jobs", "1")
    assert (code, last.startswith("s3://presse/out: NOT PROVED")) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["verify", "s3://presse/nichts"], "lod: s3://presse/nichts: is not there, or empty"),
        (["bag", "s3://presse/out", "bag"], "s3://presse/out is not on this machine; copy it here first."),
        (["show", "s3://presse/a", "1/2017"], "s3://presse/a is not on this machine; copy it here first."),
        (["deliver", "s3://presse/out", "in"], "s3://presse/out is not on this machine; copy it here first."),
        (
            ["export", "s3://presse/a", "s3://presse"],
            "lod: s3://presse: is part of the archive; choose a folder beside it",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(bucket: Address, arguments: list[str], told: str) -> None:
    code, last = lod(*arguments)
    assert (code, last.endswith(told)) == (2, True), last


def test_a_bucket_is_never_made(archive: Path, bucket: Address) -> None:
    """Whoever misspells one is told so."""
    code, last = lod("export", archive, "s3://press/out", "--jobs", "1")
    assert (code, last.startswith("lod: s3://press/.out.lock: cannot be written: ")) == (2, True)
    assert Address("s3://press").files() == {}


def test_the_way_there_and_back_is_told(archive: Path, bucket: Address) -> None:
    told: list[tuple[str, int, int]] = []
    with at_hand(put(archive, bucket / "a"), bucket / "out", Means(jobs=1), lambda one: told.append(one[:3])) as here:
        publish(Archive.open(here.archive), here.out, FORMATS, at=NOW)
    count = len(stored(bucket / "out"))
    assert told == [("fetching", 5, 5), ("sending", count, count)]
