"""What earlier exports found out saves work, and never shows: the bytes are always those of a full export."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lod.archive import Archive
from lod.dump import Summary, export, loop, passes
from lod.dump.stage import report_folder
from lod.errors import OutputError
from lod.feed.run import export as publish
from lod.formats import FORMATS
from lod.verify import verify
from tests.dump.archives import AUTHORITY, CONFIG, make, record, tree

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
CANCELED = {
    "status": "canceled",
    "version": 2,
    "changes": [{"version": 2, "at": "2026-11-20T10:00:00Z", "kind": "cancel", "note": "Termin entfällt."}],
}
PHOTO = {
    "name": "bruecke.jpg",
    "url": "https://stadt.example/4711.jpg",
    "media_type": "image/jpeg",
    "role": "picture",
    "caption": "Ein Bild mit Worten.",
}
ALWAYS = {"manifest.json", "SHA256SUMS", "dataset.ttl", "dataset.jsonld"}
"""What every change of a record changes."""

Records = list[dict[str, Any]]


def run(archive: Path, out: Path, formats: list[str] | None = None, at: datetime = NOW, jobs: int = 1) -> Summary:
    return export(Archive.open(archive), out, formats or list(FORMATS), at=at, jobs=jobs)


def full(archive: Path, formats: list[str] | None = None, at: datetime = NOW) -> dict[str, bytes]:
    """What an export writes that knows nothing."""
    out = archive.with_name("full")
    for folder in (out, report_folder(out)):
        shutil.rmtree(folder, ignore_errors=True)
    run(archive, out, formats, at)
    return tree(out)


def agrees(one: dict[str, bytes], other: dict[str, bytes]) -> bool:
    """Whether two dumps say the same today, whatever came before: changes, and what is left of deleted releases."""
    buried = any(_buried(name) for name in (*one, *other))
    return _today(one, buried=buried) == _today(other, buried=buried)


def _buried(name: str) -> bool:
    return name.rpartition("/")[2].partition(".")[0] == "deleted"


def _today(files: dict[str, bytes], *, buried: bool) -> tuple[dict[str, bytes], dict[str, Any]]:
    lists = {"SHA256SUMS", "manifest.json", *(("dataset.ttl", "dataset.jsonld") if buried else ())}
    kept = {name: data for name, data in files.items() if not (name.startswith("changes/") or _buried(name))}
    kept = {name: data for name, data in kept.items() if name not in lists}
    top = json.loads(files["manifest.json"])
    top.pop("state", None)
    top["files"] = [row for row in top["files"] if row["path"] in kept]
    if buried:
        top["counts"].pop("statements")
    return kept, top


def stamps(out: Path) -> dict[str, tuple[int, int]]:
    """Inode and time of change of every file: what tells a file that was written again with the same bytes."""
    files = (path for path in out.rglob("*") if path.is_file())
    return {str(path.relative_to(out)): (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}


def changed(out: Path, before: dict[str, tuple[int, int]]) -> set[str]:
    """The files that are new, gone, or written again."""
    after = stamps(out)
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def left_over(out: Path) -> list[str]:
    """What lies beside OUT and does not belong there."""
    return [path.name for path in out.parent.iterdir() if path.name.startswith(f".{out.name}")]


def write(archive: Path, records: Records, files: int = 3) -> None:
    """Put other records into an archive."""
    shutil.rmtree(archive / "releases")
    (archive / "releases").mkdir()
    for number in range(files):
        lines = [json.dumps(one, ensure_ascii=False) + "\n" for one in records[number::files]]
        (archive / "releases" / f"{number}.jsonl").write_text("".join(lines), encoding="utf-8")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shapes take longer to make than all else of a small dump, and are nobody's concern here."""
    monkeypatch.setattr("lod.dump.promise.shapes_of", lambda *_: "# shapes")


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Partitions of a few records."""
    monkeypatch.setattr(loop, "PARTITION_BYTES", 1500)


@pytest.fixture
def archive(tmp_path: Path, small_parts: None) -> Path:
    return make(tmp_path / "a", [record(number) for number in range(1, 31)], files=3)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The partitions that are read, with the shards they are read for (None: for all)."""
    seen: list[Any] = []
    real = passes._run

    def watched(*args: Any) -> Any:
        seen.append(args[-1])
        return real(*args)

    monkeypatch.setattr(passes, "_run", watched)
    return seen


def test_an_unchanged_archive_is_not_read_and_nothing_is_written(
    archive: Path, tmp_path: Path, read: list[Any]
) -> None:
    first = run(archive, tmp_path / "out")
    before, report = stamps(tmp_path / "out"), tree(report_folder(tmp_path / "out"))
    assert len(read) > 3
    read.clear()
    assert run(archive, tmp_path / "out") == first
    assert (changed(tmp_path / "out", before), read) == (set(), [])
    assert tree(report_folder(tmp_path / "out")) == report
    assert not left_over(tmp_path / "out")


def test_files_that_are_only_touched_are_unchanged(archive: Path, tmp_path: Path, read: list[Any]) -> None:
    run(archive, tmp_path / "out")
    read.clear()
    for path in archive.rglob("*.jsonl"):
        path.touch()
    run(archive, tmp_path / "out")
    assert read == []


def shard(year: int) -> set[str]:
    """The files of a year that are not one for each release."""
    names = {f"{name}/{year}{form.suffix}" for name, form in FORMATS.items() if not form.items}
    return names | {f"hashes/{year}.txt"}


def test_one_changed_record_changes_its_shard_only(archive: Path, tmp_path: Path, read: list[Any]) -> None:
    run(archive, tmp_path / "out")
    before = stamps(tmp_path / "out")
    read.clear()
    records = [record(number) for number in range(1, 31)]
    records[6] = record(7, title="Ein anderer Titel, länger als der alte")
    write(archive, records)
    run(archive, tmp_path / "out")
    items = {"newsml/2017/stadt.2017.7_v1.xml", "ninjs/2017/stadt.2017.7_v1.json"}
    written = {name for name in changed(tmp_path / "out", before) if not name.startswith("changes/")}
    assert written == ALWAYS | shard(2017) | items
    assert set(read) <= {None, frozenset({"2017"})}
    assert agrees(tree(tmp_path / "out"), full(archive))


@pytest.mark.parametrize(
    "change",
    [
        lambda records: [*records, record(31)],
        lambda records: [one for one in records if one != record(7)],
        lambda records: [record(7, **CANCELED) if one == record(7) else one for one in records],
        lambda records: [record(7, status="withheld") if one == record(7) else one for one in records],
        lambda records: [record(7, title=None) if one == record(7) else one for one in records],
    ],
    ids=["added", "removed", "withdrawn", "withheld", "spoilt"],
)
def test_one_record_more_or_less_changes_its_shard_only(
    archive: Path, tmp_path: Path, change: Callable[[Records], Records]
) -> None:
    records = [record(number) for number in range(1, 31)]
    run(archive, tmp_path / "out")
    before = stamps(tmp_path / "out")
    write(archive, change(records))
    run(archive, tmp_path / "out")
    written = changed(tmp_path / "out", before)
    assert written
    assert not any("2016" in name or "2018" in name for name in written)
    assert agrees(tree(tmp_path / "out"), full(archive))
    write(archive, records)
    run(archive, tmp_path / "out")
    assert agrees(tree(tmp_path / "out"), full(archive))


def test_records_in_other_files_are_read_again_but_nothing_is_written(archive: Path, tmp_path: Path) -> None:
    run(archive, tmp_path / "out")
    before = stamps(tmp_path / "out")
    write(archive, [record(number) for number in range(30, 0, -1)], files=5)
    run(archive, tmp_path / "out")
    assert changed(tmp_path / "out", before) == set()


def test_an_embargo_ends_between_two_exports(archive: Path, tmp_path: Path, read: list[Any]) -> None:
    records = [record(number) for number in range(1, 31)]
    records[6] = record(7, embargo={"until": "2026-11-25T14:00:00Z"})
    write(archive, records)
    assert run(archive, tmp_path / "out").counts.withheld == 1
    read.clear()
    assert run(archive, tmp_path / "out", at=NOW + timedelta(minutes=119)).counts.withheld == 1
    assert read == []
    later = NOW + timedelta(hours=2)
    assert run(archive, tmp_path / "out", at=later).counts.withheld == 0
    assert 0 < read.count(None) < 3
    assert agrees(tree(tmp_path / "out"), full(archive, at=later))
    assert run(archive, tmp_path / "out", at=NOW).counts.withheld == 1  # the clock may also be set back
    assert agrees(tree(tmp_path / "out"), full(archive))


def test_a_day_that_was_too_far_ahead_comes_nearer(archive: Path, tmp_path: Path, read: list[Any]) -> None:
    write(archive, [record(1), record(2, issued="2028-01-05")])
    assert run(archive, tmp_path / "out").counts.warnings == 1
    read.clear()
    assert run(archive, tmp_path / "out", at=datetime(2027, 1, 3, 23, 59, tzinfo=UTC)).counts.warnings == 1
    assert read == []
    assert run(archive, tmp_path / "out", at=datetime(2027, 1, 4, tzinfo=UTC)).counts.warnings == 0


def test_a_duplicate_comes_and_goes(archive: Path, tmp_path: Path) -> None:
    records = [record(number) for number in range(1, 31)]
    run(archive, tmp_path / "out")
    before = tree(tmp_path / "out")
    write(archive, [*records, record(31, id="stadt/2017/7", issued="2018-01-02")])
    summary = run(archive, tmp_path / "out")
    assert (summary.counts.exported, summary.counts.rejected) == (29, 2)
    assert agrees(tree(tmp_path / "out"), full(archive))
    assert sum("is also the id of" in line for line in summary.faults) == 2
    write(archive, records)
    run(archive, tmp_path / "out")
    assert agrees(tree(tmp_path / "out"), before)


def test_other_formats_need_a_full_export_but_leave_equal_files_alone(archive: Path, tmp_path: Path) -> None:
    run(archive, tmp_path / "out", ["turtle", "ntriples"])
    before = stamps(tmp_path / "out")
    run(archive, tmp_path / "out", ["turtle"])
    assert changed(tmp_path / "out", before).isdisjoint({"turtle/2016.ttl", "turtle/2017.ttl", "turtle/2018.ttl"})
    assert agrees(tree(tmp_path / "out"), full(archive, ["turtle"]))
    run(archive, tmp_path / "out")
    assert agrees(tree(tmp_path / "out"), full(archive))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("authorities/stadt.json", json.dumps({**AUTHORITY, "name": "Stadt Neuhausen"})),
        ("archive.toml", CONFIG.replace("CNE", "InC").replace("Testarchiv", "Archiv")),
        ("archive.toml", CONFIG + "part_records = 3\n"),
        ("archive.toml", CONFIG.replace('"none"', '"gzip"')),
    ],
    ids=["authority", "title", "parts", "compression"],
)
def test_what_all_records_depend_on_is_never_taken_for_unchanged(
    archive: Path, tmp_path: Path, name: str, text: str
) -> None:
    run(archive, tmp_path / "out")
    (archive / name).write_text(text, encoding="utf-8")
    run(archive, tmp_path / "out")
    assert agrees(tree(tmp_path / "out"), full(archive))


def test_a_table_of_a_source_counts_as_part_of_the_archive(tmp_path: Path) -> None:
    config = (
        CONFIG.replace('[dump]\ncompression = "none"\n', "")
        + """
[[sources]]
path = "fremd.csv"
[sources.fields]
id = { template = "stadt/{nr}" }
title = { path = "titel", table = "titel.csv" }
issuers = { value = ["stadt"] }
"""
    )
    archive = make(tmp_path / "a", [], config=config, files=0)
    (archive / "fremd.csv").write_text("nr,titel\n1,alt\n", encoding="utf-8")
    for title in ("Erster", "Zweiter"):
        (archive / "titel.csv").write_text(f"von,nach\nalt,{title}\n", encoding="utf-8")
        assert run(archive, tmp_path / "out", ["ntriples"]).counts.exported == 1
        assert agrees(tree(tmp_path / "out"), full(archive, ["ntriples"]))


@pytest.mark.parametrize("damage", ["gone", "empty", "cut", "flipped", "folder"])
@pytest.mark.parametrize("what", ["index", "sightings"])
def test_damage_to_what_is_known_only_costs_time(archive: Path, tmp_path: Path, damage: str, what: str) -> None:
    run(archive, tmp_path / "out")
    before = stamps(tmp_path / "out")
    for path in sorted((report_folder(tmp_path / "out") / "known").glob(f"*{what}")):
        data = path.read_bytes()
        path.unlink()
        if damage == "folder" and what == "sightings":
            path.mkdir()
        elif damage != "gone":
            middle = len(data) // 2
            flipped = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
            path.write_bytes({"empty": b"", "cut": data[:middle], "flipped": flipped}.get(damage, b"\xff"))
    run(archive, tmp_path / "out")
    assert changed(tmp_path / "out", before) == set()
    assert agrees(tree(tmp_path / "out"), full(archive))


def test_a_file_of_the_dump_that_is_gone_or_cut_is_written_again(
    archive: Path, tmp_path: Path, read: list[Any]
) -> None:
    run(archive, tmp_path / "out")
    before = tree(tmp_path / "out")
    read.clear()
    (tmp_path / "out" / "turtle" / "2017.ttl").write_text("kurz")
    (tmp_path / "out" / "hashes" / "2016.txt").unlink()
    (tmp_path / "out" / "turtle" / "fremd.txt").write_text("nicht von uns")
    run(archive, tmp_path / "out")
    assert tree(tmp_path / "out") == before
    assert set().union(*read) == {"2016", "2017"}


def test_a_changed_byte_in_the_dump_is_found_though_size_and_time_are_as_before(archive: Path, tmp_path: Path) -> None:
    run(archive, tmp_path / "out")
    before, path = tree(tmp_path / "out"), tmp_path / "out" / "ntriples" / "2017.nt"
    times = (path.stat().st_atime_ns, path.stat().st_mtime_ns)
    path.write_bytes(path.read_bytes().replace("Straßen".encode(), "Brücken".encode(), 1))
    os.utime(path, ns=times)
    assert tree(tmp_path / "out") != before
    run(archive, tmp_path / "out")
    assert tree(tmp_path / "out") == before


def test_a_dump_that_was_copied_is_known_again(archive: Path, tmp_path: Path, read: list[Any]) -> None:
    run(archive, tmp_path / "out")
    for name in ("out", "out.report"):
        shutil.copytree(tmp_path / name, tmp_path / name.replace("out", "copy"))
    before = stamps(tmp_path / "copy")
    read.clear()
    run(archive, tmp_path / "copy")
    assert (changed(tmp_path / "copy", before), read) == (set(), [])


def test_another_dump_put_in_its_place_is_not_taken_for_the_known_one(archive: Path, tmp_path: Path) -> None:
    run(archive, tmp_path / "out")
    before = tree(tmp_path / "out")
    other = make(tmp_path / "b", [record(number, title=f"Mitteilung {number} über Brücken") for number in range(1, 31)])
    run(other, tmp_path / "out2")
    shutil.rmtree(tmp_path / "out")
    (tmp_path / "out2").rename(tmp_path / "out")
    assert not agrees(tree(tmp_path / "out"), before)
    run(archive, tmp_path / "out")
    assert agrees(tree(tmp_path / "out"), before)


def test_more_processes_know_the_same(archive: Path, tmp_path: Path) -> None:
    run(archive, tmp_path / "out", jobs=2)
    before = stamps(tmp_path / "out")
    run(archive, tmp_path / "out", jobs=1)
    assert changed(tmp_path / "out", before) == set()


def test_a_source_that_changes_while_it_is_read_is_read_again(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = passes._run

    def meddled(*args: Any) -> Any:
        write(archive, [record(number, title=f"Neu {number}") for number in range(1, 31)])
        return real(*args)

    with monkeypatch.context() as patch:
        patch.setattr(passes, "_run", meddled)
        run(archive, tmp_path / "out")
    write(archive, [record(number) for number in range(1, 31)])
    run(archive, tmp_path / "out")
    assert agrees(tree(tmp_path / "out"), full(archive))


def test_authorities_that_change_during_an_export_are_not_half_in_the_dump(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(archive, tmp_path / "out")
    before = tree(tmp_path / "out")
    real, authority = passes._run, archive / "authorities" / "stadt.json"

    def meddled(*args: Any) -> Any:
        authority.write_text(json.dumps({**AUTHORITY, "name": "Stadt Neuhausen"}))
        passes.worker_of.cache_clear()
        return real(*args)

    write(archive, [record(number, title=f"Neu {number}") for number in range(1, 31)])
    with monkeypatch.context() as patch:
        patch.setattr(passes, "_run", meddled)
        with pytest.raises(OutputError, match="was changed while it was exported; export it again"):
            run(archive, tmp_path / "out")
    assert tree(tmp_path / "out") == before
    authority.write_text(json.dumps(AUTHORITY))
    run(archive, tmp_path / "out")
    assert agrees(tree(tmp_path / "out"), full(archive))


# ---------------------------------------------------------------------------------------------- exports that end early


def in_child(work: Callable[[], object]) -> int:
    """Do something in a process of its own, which may be killed; its exit code, or minus the signal."""
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


_STEPS = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.utime"}


def steps(event: str, args: tuple[Any, ...]) -> bool:
    """Whether an audit event is a step that changes the disk."""
    return event in _STEPS or (event == "open" and isinstance(args[1], str) and args[1][0] in "wax")


def killed_at(step: int, work: Callable[[], object]) -> int:
    """Do something in a child that kills itself before its n-th change of the disk."""

    def doomed() -> None:
        left = step

        def watch(event: str, args: tuple[Any, ...]) -> None:
            nonlocal left
            left -= steps(event, args)
            if left < 0 and event != "os.kill":
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        work()

    return in_child(doomed)


def moments(seed: int, count: int, work: Callable[[], object]) -> list[int]:
    """Some of the steps of a piece of work, drawn at random; the last ones, where things are put in place, always."""
    reader, writer = os.pipe()

    def counting() -> None:
        seen = 0

        def watch(event: str, args: tuple[Any, ...]) -> None:
            nonlocal seen
            seen += steps(event, args)

        sys.addaudithook(watch)
        work()
        os.write(writer, str(seen).encode())

    assert in_child(counting) == 0
    total = int(os.read(reader, 100))
    os.close(reader)
    os.close(writer)
    return sorted(random.Random(seed).sample(range(total), count))  # noqa: S311 - not for secrets


FORK = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


@FORK
@pytest.mark.parametrize(("seed", "count"), [(1, 4), pytest.param(2, 10, marks=pytest.mark.slow)])
def test_killed_at_some_step_and_begun_again_it_is_as_if_undisturbed(
    archive: Path, tmp_path: Path, seed: int, count: int
) -> None:
    out = tmp_path / "out"
    expected = full(archive)
    for step in moments(seed, count, lambda: run(archive, tmp_path / "count")):
        assert killed_at(step, lambda: run(archive, out)) == -signal.SIGKILL
        run(archive, out)
        assert tree(out) == expected, f"step {step}"
        assert not left_over(out)
        shutil.rmtree(out)
        shutil.rmtree(report_folder(out))


@FORK
@pytest.mark.parametrize(("seed", "count"), [(4, 4), pytest.param(5, 10, marks=pytest.mark.slow)])
def test_killed_while_an_old_dump_is_replaced_either_dump_can_be_made_whole(
    archive: Path, tmp_path: Path, seed: int, count: int
) -> None:
    out = tmp_path / "out"
    old = [record(number) for number in range(1, 31)]
    new = [record(number, title=f"Mitteilung {number} über Brücken") for number in range(1, 31) if number != 7]
    dumps = {}
    for name, records in (("old", old), ("new", new)):
        write(archive, records)
        dumps[name] = full(archive)
    write(archive, old)
    run(archive, tmp_path / "count")
    write(archive, new)
    for turn, step in enumerate(moments(seed, count, lambda: run(archive, tmp_path / "count"))):
        for folder in (out, report_folder(out)):  # what came before has a part in how many steps there are
            shutil.rmtree(folder, ignore_errors=True)
        write(archive, old)
        run(archive, out)
        assert agrees(tree(out), dumps["old"])
        write(archive, new)
        assert killed_at(step, lambda: run(archive, out)) == -signal.SIGKILL
        then = ("new", "old")[turn % 2]
        write(archive, new if then == "new" else old)
        run(archive, out)
        assert agrees(tree(out), dumps[then]), f"step {step}"
        assert verify(out, jobs=0, quick=True).errors == 0, f"step {step}"
        assert not left_over(out)


@FORK
def test_finished_shards_are_taken_from_an_export_that_was_killed(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []
    real = passes._write

    def watched(*args: Any) -> Any:
        if args[2] == "2018":
            written.append("2018")
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args)

    with monkeypatch.context() as patch:
        patch.setattr(passes, "_write", watched)
        assert in_child(lambda: run(archive, tmp_path / "out")) == -signal.SIGKILL
    assert not (tmp_path / "out").exists()
    monkeypatch.setattr(passes, "_write", lambda *args: [written.append(args[2]), real(*args)][1])
    run(archive, tmp_path / "out")
    assert written == ["2018"]
    assert agrees(tree(tmp_path / "out"), full(archive))


@FORK
def test_what_was_staged_for_another_setting_is_thrown_away(archive: Path, tmp_path: Path) -> None:
    step = moments(7, 1, lambda: run(archive, tmp_path / "count"))[0]
    assert killed_at(step, lambda: run(archive, tmp_path / "out")) == -signal.SIGKILL
    run(archive, tmp_path / "out", ["turtle"])
    assert agrees(tree(tmp_path / "out"), full(archive, ["turtle"]))


@pytest.mark.slow
def test_killed_at_ten_moments_with_two_processes(tmp_path: Path) -> None:
    config = CONFIG + "part_records = 100\n"
    archive = make(tmp_path / "a", [record(number) for number in range(1, 1501)], config=config, files=4)
    out = tmp_path / "out"
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}
    command = [sys.executable, "-m", "lod", "export", str(archive), str(out), "--jobs", "2"]
    draw = random.Random(8)  # noqa: S311 - not for secrets
    begun = time.monotonic()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    whole = time.monotonic() - begun
    expected = tree(out)
    for _ in range(10):
        for folder in (out, report_folder(out)):
            shutil.rmtree(folder, ignore_errors=True)
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
            time.sleep(draw.uniform(0.2, 1.0) * whole)
            process.kill()
        subprocess.run(command, env=environment, check=True, capture_output=True)
        assert tree(out) == expected
        assert not left_over(out)


@pytest.mark.parametrize("jobs", ["1", pytest.param("2", marks=pytest.mark.slow)])
def test_asked_to_end_it_leaves_no_spill(tmp_path: Path, jobs: str) -> None:
    archive = make(tmp_path / "a", [record(number) for number in range(1, 3001)], files=4)
    out, spill = tmp_path / "out", tmp_path / ".out.partial" / "runs"
    command = [sys.executable, "-m", "lod", "export", str(archive), str(out), "--jobs", jobs]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        while process.poll() is None and not any(spill.glob("*")):
            time.sleep(0.01)
        process.terminate()
        _, told = process.communicate()
    assert (process.returncode, told) == (2, b"lod: stopped\n")
    assert not spill.exists()
    assert not out.exists()


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """A function that makes a file system of so many kilobytes, or gives the one there is that size."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("only root can mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = False

    def sized(kilobytes: int) -> Path:
        nonlocal mounted
        options = f"size={kilobytes}k" + (",remount" if mounted else "")
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=False, capture_output=True
        )
        if done.returncode:
            pytest.skip("a small disk cannot be mounted here")
        mounted = True
        return folder

    yield sized
    if mounted:
        subprocess.run(["umount", folder], check=True)


def failure(work: Callable[[], object]) -> OutputError | None:
    """The error a piece of work ends with."""
    try:
        work()
    except OutputError as error:
        return error
    return None


def test_a_full_disk_is_one_line_and_leaves_the_old_dump(
    archive: Path, tmp_path: Path, tiny_disk: Callable[[int], Path]
) -> None:
    out = tiny_disk(100_000) / "out"
    run(archive, out)
    old = tree(out)
    records = [record(number, body=f"„Größer“ {number}\n\n" * 500) for number in range(1, 31)]
    write(archive, records)
    expected = full(archive)
    used = sum(path.stat().st_blocks for path in out.parent.rglob("*")) // 2
    need = sum(map(len, expected.values())) // 1024
    failures = 0
    for room in range(need // 4, 4 * need, need // 4):
        tiny_disk(used + room)
        error = failure(lambda: run(archive, out))
        if error is None:
            break
        failures += 1
        assert str(error).count("\n") == 0
        assert "cannot be written: No space left on device" in str(error)
        assert tree(out) == old
        assert not (out.parent / ".out.partial" / "runs").exists()
    assert failures >= 3
    assert agrees(tree(out), expected)
    assert not left_over(out)


def test_a_full_disk_while_runs_are_written_is_one_line(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(archive, tmp_path / "out")
    before = tree(tmp_path / "out")

    def full_disk(*_: Any) -> Any:
        raise OSError(28, "No space left on device")

    (archive / "authorities" / "stadt.json").write_text(json.dumps({**AUTHORITY, "name": "Stadt Neuhausen"}))
    with monkeypatch.context() as patch:
        patch.setattr("lod.dump.runs.write_run", full_disk)
        with pytest.raises(OutputError, match="cannot be written: No space left on device"):
            run(archive, tmp_path / "out")
    assert tree(tmp_path / "out") == before
    assert not left_over(tmp_path / "out")
    run(archive, tmp_path / "out")
    assert agrees(tree(tmp_path / "out"), full(archive))


# ---------------------------------------------------------------------------------------------- any edits

_NUMBERS = st.integers(1, 9)
_EDITS = st.one_of(
    st.tuples(st.just("set"), _NUMBERS, st.sampled_from(["Straßen", "Brücken", "Häfen"])),
    st.tuples(st.just("remove"), _NUMBERS, st.just("")),
    st.tuples(st.just("cancel"), _NUMBERS, st.just("")),
    st.tuples(st.just("next"), _NUMBERS, st.sampled_from(["correction", "picture", "cancel", "withhold", "reinstate"])),
    st.tuples(st.just("name"), _NUMBERS, st.sampled_from(["stadt/2017/1", "stadt/2018/2", "stadt/2016/3"])),
    st.tuples(st.just("rename"), st.just(0), st.sampled_from(["Stadt Beispielhausen", "Stadt Neuhausen"])),
    st.tuples(st.just("meddle"), st.integers(0, 50), st.sampled_from(["flip", "cut", "remove", "link", "add"])),
    st.tuples(st.just("embargo"), _NUMBERS, st.sampled_from(["2026-11-25T12:30:00Z", "2026-11-25T14:00:00Z"])),
    st.tuples(st.just("double"), _NUMBERS, st.sampled_from(["2016-01-01", "2018-01-01"])),
    st.tuples(st.just("spoil"), _NUMBERS, st.just("")),
    st.tuples(st.just("deal"), st.integers(1, 4), st.just("")),
    st.tuples(st.just("wait"), st.integers(20, 70), st.just("")),
)


class Edited:
    """An archive that is edited step by step."""

    def __init__(self) -> None:
        self.records: dict[str, dict[str, Any]] = {str(number): record(number) for number in range(1, 7)}
        self.files, self.at = 2, NOW

    def write(self, archive: Path) -> None:
        write(archive, list(self.records.values()), self.files)

    def version_after(self, number: int, kind: str) -> dict[str, Any]:
        """The next version of a record: with another text, with a picture, or stopped."""
        changes = self.records.get(str(number), {}).get("changes", [])
        version = len(changes) + 2
        status = {"cancel": "canceled", "withhold": "withheld"}.get(kind, "usable")
        told = {"version": version, "at": f"2026-11-2{version % 10}T10:00:00Z", "note": "Berichtigt."}
        told["kind"] = "correction" if kind == "picture" else kind
        pictures = {"attachments": [PHOTO]} if kind == "picture" else {}
        return record(number, version=version, status=status, changes=[*changes, told], **pictures)

    def edit(self, archive: Path, out: Path, kind: str, number: int, word: str) -> None:
        made: dict[str, dict[str, Any] | None] = {
            "set": record(number, title=f"Mitteilung {number} über {word}"),
            "remove": None,
            "cancel": record(number, **CANCELED),
            "embargo": record(number, embargo={"until": word}),
            "next": self.version_after(number, word),
            "name": record(number, related=[word]),
            "spoil": record(number, title=None),
            "double": record(number, id=f"stadt/{2016 + number % 3}/{number}", issued=word),
        }
        if kind == "deal":
            self.files = number
        elif kind == "wait":
            self.at += timedelta(minutes=number)
        elif kind == "rename":
            (archive / "authorities" / "stadt.json").write_text(json.dumps({**AUTHORITY, "name": word}))
        elif kind == "meddle":
            meddle(out, number, word)
        elif (one := made[kind]) is None:
            self.records.pop(str(number), None)
        else:
            self.records[f"{number}{'b' * (kind == 'double')}"] = one


def meddle(out: Path, number: int, how: str) -> None:
    """Do by hand what nobody should do to a dump; not to what tells of the past, which no export can make again."""
    past = {"messages", "archive", "changes"}
    files = sorted(path for path in out.rglob("*") if path.is_file() and past.isdisjoint(path.relative_to(out).parts))
    path = files[number % len(files)]
    data = path.read_bytes()
    if how in {"remove", "link"}:
        path.unlink()
    if how in {"flip", "cut"}:
        path.write_bytes(data[:-2] + bytes([data[-2] ^ 1]) + data[-1:] if how == "flip" else data[:-1])
    elif how == "link":
        other = out.with_name("elsewhere")
        other.write_bytes(data)
        path.symlink_to(other)
    elif how == "add":
        (out / "ntriples" / "fremd.txt").write_text("nicht von uns")


def prove(folder: Path, edits: list[tuple[str, int, str]]) -> None:
    """After every edit the dump that was kept is the one an export makes that knows nothing."""
    formats = ["ntriples", "newsml"]
    state = Edited()
    archive = make(folder / "a", list(state.records.values()), config=CONFIG + "part_records = 2\n")
    run(archive, folder / "out", formats)
    for edit in edits:
        state.edit(archive, folder / "out", *edit)
        state.write(archive)
        before, report = stamps(folder / "out"), report_folder(folder / "out")
        old = tree(folder / "out")
        links = {name for name in old if (folder / "out" / name).is_symlink()}
        run(archive, folder / "out", formats, state.at)
        new = tree(folder / "out")
        assert agrees(new, full(archive, formats, state.at))
        differing = {name for name in {*old, *new} if old.get(name) != new.get(name)}
        assert changed(folder / "out", before) == differing | links
        for name in ("rejects.jsonl", "warnings.txt"):
            assert (report / name).read_bytes() == (folder / "full.report" / name).read_bytes()


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_EDITS, min_size=1, max_size=5))
def test_whatever_is_edited_the_dump_is_that_of_a_full_export(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, int, str]]
) -> None:
    prove(tmp_path_factory.mktemp("edits"), edits)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_EDITS, min_size=1, max_size=8))
def test_whatever_is_edited_again_and_again(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, int, str]]
) -> None:
    prove(tmp_path_factory.mktemp("edits"), edits)


# ---------------------------------------------------------------------------------------------- with a feed


class Twins:
    """A dump with its feed, and a twin of it with the same past that never knows anything."""

    def __init__(self, archive: Path, out: Path) -> None:
        self.archive, self.out, self.twin = archive, out, out.with_name("twin")

    def export(self, at: datetime) -> None:
        """Export into both, and compare all that is published and reported."""
        for folder in (self.twin, report_folder(self.twin)):
            shutil.rmtree(folder, ignore_errors=True)
        if self.out.exists():
            shutil.copytree(self.out, self.twin)
            shutil.copytree(report_folder(self.out), report_folder(self.twin))
            shutil.rmtree(report_folder(self.twin) / "known", ignore_errors=True)
        for out in (self.out, self.twin):
            publish(Archive.open(self.archive), out, ["ntriples", "newsml"], at=at)
        assert tree(self.out) == tree(self.twin)
        for name in ("rejects.jsonl", "warnings.txt"):
            assert (report_folder(self.out) / name).read_bytes() == (report_folder(self.twin) / name).read_bytes()
        assert self.listed() == {name: len(data) for name, data in tree(self.out).items() if name not in _UNLISTED}

    def listed(self) -> dict[str, int]:
        """The files of the manifest with their sizes."""
        files = json.loads((self.out / "manifest.json").read_bytes())["files"]
        return {file["path"]: file["bytes"] for file in files}


_UNLISTED = {"manifest.json", "SHA256SUMS"}


def test_with_a_feed_an_unchanged_archive_is_not_read_and_nothing_is_written(
    archive: Path, tmp_path: Path, read: list[Any]
) -> None:
    twins = Twins(archive, tmp_path / "out")
    twins.export(NOW)
    before = stamps(tmp_path / "out")
    read.clear()
    publish(Archive.open(archive), tmp_path / "out", ["ntriples", "newsml"], at=NOW)
    assert (changed(tmp_path / "out", before), read) == (set(), [])


def test_where_the_feed_keeps_what_it_published_the_shard_is_still_known(
    archive: Path, tmp_path: Path, read: list[Any]
) -> None:
    twins = Twins(archive, tmp_path / "out")
    twins.export(NOW)
    (archive / "authorities" / "stadt.json").write_text(json.dumps({**AUTHORITY, "name": "Stadt Neuhausen"}))
    twins.export(NOW)
    assert b"would look different" in (report_folder(tmp_path / "out") / "warnings.txt").read_bytes()
    read.clear()
    publish(Archive.open(archive), tmp_path / "out", ["ntriples", "newsml"], at=NOW)
    assert read == []
    twins.export(NOW)
    assert b"would look different" in (report_folder(tmp_path / "out") / "warnings.txt").read_bytes()


def test_a_feed_that_was_thrown_away_does_not_keep_what_it_published(archive: Path, tmp_path: Path) -> None:
    twins = Twins(archive, tmp_path / "out")
    twins.export(NOW)
    (archive / "authorities" / "stadt.json").write_text(json.dumps({**AUTHORITY, "name": "Stadt Neuhausen"}))
    twins.export(NOW)
    for folder in (tmp_path / "out" / "newsml" / "messages", tmp_path / "out" / "newsml" / "archive"):
        shutil.rmtree(folder, ignore_errors=True)
    (report_folder(tmp_path / "out") / "ledger.sqlite").unlink()
    twins.export(NOW)
    assert "Neuhausen" in (tmp_path / "out" / "newsml" / "2017" / "stadt.2017.1_v1.xml").read_text()


def test_a_new_version_is_judged_by_the_past_and_the_old_one_again(archive: Path, tmp_path: Path) -> None:
    records = [record(number) for number in range(1, 31)]
    twins = Twins(archive, tmp_path / "out")
    twins.export(NOW)
    change = {"version": 2, "at": "2026-11-20T10:00:00Z", "kind": "correction", "note": "Titel berichtigt"}
    write(archive, [*records[:6], record(7, title="Berichtigt", version=2, changes=[change]), *records[7:]])
    twins.export(NOW)
    assert json.loads((report_folder(twins.out) / "summary.json").read_text())["counts"]["rejected"] == 0
    write(archive, records)  # versions only grow: what was good in the first export is refused now
    twins.export(NOW)
    assert json.loads((report_folder(twins.out) / "summary.json").read_text())["counts"]["rejected"] == 1


def test_who_names_what_is_hidden_is_encoded_without_it_and_known_so(
    archive: Path, tmp_path: Path, read: list[Any]
) -> None:
    records = [record(number) for number in range(1, 31)]
    hidden = record(7, embargo={"until": "2026-11-25T14:00:00Z"})
    write(archive, [*records[:6], hidden, *records[7:9], record(10, related=["stadt/2017/7"]), *records[10:]])
    twins = Twins(archive, tmp_path / "out")
    twins.export(NOW)
    assert b"2017/7" not in b"".join(tree(tmp_path / "out").values())
    read.clear()
    publish(Archive.open(archive), tmp_path / "out", ["ntriples", "newsml"], at=NOW)
    assert read == []
    twins.export(NOW + timedelta(hours=3))
    assert b"2017/7" in b"".join(tree(tmp_path / "out").values())


def prove_with_feed(folder: Path, edits: list[tuple[str, int, str]]) -> None:
    """After every edit, dump and feed are what an export makes that knows only what was published."""
    state = Edited()
    archive = make(folder / "a", list(state.records.values()), config=CONFIG + "part_records = 2\n")
    twins = Twins(archive, folder / "out")
    twins.export(NOW)
    for edit in edits:
        state.edit(archive, twins.out, *edit)
        state.write(archive)
        twins.export(state.at)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_EDITS, min_size=1, max_size=5))
def test_whatever_is_edited_dump_and_feed_are_those_of_a_full_export(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, int, str]]
) -> None:
    prove_with_feed(tmp_path_factory.mktemp("edits"), edits)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_EDITS, min_size=1, max_size=8))
def test_whatever_is_edited_again_and_again_with_a_feed(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, int, str]]
) -> None:
    prove_with_feed(tmp_path_factory.mktemp("edits"), edits)
