"""The dump: complete, balanced, the same bytes every time, and the same graph in every format."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import zstandard

from lod.archive import Archive
from lod.dump import Summary, export
from lod.dump.lock import holding
from lod.errors import OutputError
from lod.feed import publish
from lod.formats import FORMATS
from tests.dump.archives import CONFIG, make, record, tree
from tests.oracle import rdfc_hash, read_oxigraph

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
RDF = [name for name, form in FORMATS.items() if not form.items]


def run(archive: Path, out: Path, **options: Any) -> Summary:
    return export(Archive.open(archive), out, list(FORMATS), at=NOW, **options)


def quads(path: Path, form: str) -> set[tuple[str, str, str]]:
    read = pyoxigraph.RdfFormat.from_media_type(FORMATS[form].media_type)
    assert read is not None
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in pyoxigraph.parse(path=str(path), format=read)}


def test_every_record_is_somewhere(tmp_path: Path) -> None:
    records = [record(number) for number in range(1, 13)]
    records += [record(13, title=None), record(14, subjects=["medtop:1"]), record(15, status="withheld")]
    records += [
        record(16, embargo={"until": "2026-12-24T18:00:00+01:00"}),
        record(17, embargo={"note": "bis zur Rede"}),
    ]
    summary = run(make(tmp_path / "a", records), tmp_path / "out")
    counts = summary.counts
    assert (counts.harvested, counts.exported, counts.rejected, counts.withheld) == (17, 12, 2, 3)
    assert counts.balanced
    rejects = [json.loads(line) for line in (tmp_path / "out.report" / "rejects.jsonl").read_text().splitlines()]
    assert [(row["file"], row["line"], row["faults"][0]["field"]) for row in rejects] == [
        ("releases/0.jsonl", 13, "title"),
        ("releases/0.jsonl", 14, "subjects.0"),
    ]
    assert rejects[0]["record"] is not None


def test_what_is_withheld_is_nowhere_in_the_dump(tmp_path: Path) -> None:
    secret = {
        "title": "GEHEIM-1",
        "keywords": ["GEHEIM-2"],
        "people": [{"name": "GEHEIM-3"}],
        "subjects": ["medtop:20000645"],
    }
    hidden = record(2, embargo={"until": "2026-12-24T18:00:00+01:00"}, **secret)
    run(make(tmp_path / "a", [record(1), hidden]), tmp_path / "out")
    everything = b"".join(tree(tmp_path / "out").values()) + " ".join(tree(tmp_path / "out")).encode()
    for canary in (b"GEHEIM", b"20000645", b"2/2018", b"2018/2"):
        assert canary not in everything


def test_an_embargo_ends(tmp_path: Path) -> None:
    held = record(2, embargo={"until": "2026-11-25T13:00:00+01:00"})
    archive = make(tmp_path / "a", [held])
    before = export(Archive.open(archive), tmp_path / "b", ["turtle"], at=datetime(2026, 11, 25, 11, 59, tzinfo=UTC))
    after = export(Archive.open(archive), tmp_path / "c", ["turtle"], at=NOW)
    assert (before.counts.withheld, after.counts.exported) == (1, 1)


def test_two_records_with_one_name_are_both_refused_and_name_each_other(tmp_path: Path) -> None:
    twice = [
        record(1),
        record(2, id="stadt/2017/1", title="Doppelgänger"),
        record(4, id="stadt/2017/1", embargo={"note": "x"}),
    ]
    summary = run(make(tmp_path / "a", [*twice, record(3)], files=3), tmp_path / "out")
    assert (summary.counts.exported, summary.counts.rejected, summary.counts.withheld) == (1, 3, 0)
    assert summary.counts.balanced
    assert any(
        line == 'releases/0.jsonl:1: id: "stadt/2017/1" is also the id of releases/1.jsonl:1, releases/2.jsonl:1'
        for line in summary.faults
    )
    assert "Doppelgänger".encode() not in b"".join(tree(tmp_path / "out").values())


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dump")
    run(make(folder / "a", [record(number) for number in range(1, 40)], files=4), folder / "out")
    return folder


def test_formats_hold_the_same_graph(dump: Path) -> None:
    shards = {path.name.split(".")[0] for path in (dump / "out" / RDF[0]).iterdir()}
    assert shards == {"2016", "2017", "2018", "authorities", "concepts"}
    for shard in shards:
        graphs = [quads(dump / "out" / name / f"{shard}{FORMATS[name].suffix}", name) for name in RDF]
        assert graphs[0]
        assert all(graph == graphs[0] for graph in graphs)


def test_the_manifest_is_true(dump: Path) -> None:
    manifest = json.loads((dump / "out" / "manifest.json").read_text())
    files = tree(dump / "out")
    listed = {row["path"]: row for row in manifest["files"]}
    assert set(listed) == set(files) - {"manifest.json", "SHA256SUMS"}
    for path, row in listed.items():
        assert row["bytes"] == len(files[path])
        assert row["sha256"] == hashlib.sha256(files[path]).hexdigest()
    for name in RDF:
        rows = [row for path, row in listed.items() if path.startswith(f"{name}/")]
        assert sum(row["records"] for row in rows if "/20" in row["path"]) == manifest["counts"]["records"] == 39
        assert sum(row["statements"] for row in rows) == manifest["counts"]["statements"]
        for row in rows:
            assert row["statements"] == len(quads(dump / "out" / row["path"], name))


def test_sha256sum_accepts_it(dump: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=dump / "out", capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, b"")


def test_the_order_of_records_and_the_cut_of_files_change_nothing(dump: Path, tmp_path: Path) -> None:
    records = [record(number) for number in range(1, 40)]
    records = records[20:] + records[:20][::-1]
    run(make(tmp_path / "a", records, files=7), tmp_path / "out")
    assert tree(tmp_path / "out") == tree(dump / "out")


@pytest.mark.parametrize("jobs", [2, 3])
def test_more_processes_change_nothing(dump: Path, tmp_path: Path, jobs: int) -> None:
    run(dump / "a", tmp_path / "out", jobs=jobs)
    assert tree(tmp_path / "out") == tree(dump / "out")


@pytest.mark.parametrize(
    ("seed", "zone", "locale"),
    [("0", "UTC", "C"), ("1", "Asia/Tokyo", "de_DE.UTF-8"), ("2", "America/St_Johns", "tr_TR.UTF-8")],
)
def test_hash_seed_time_zone_and_locale_change_nothing(
    dump: Path, tmp_path: Path, seed: str, zone: str, locale: str
) -> None:
    said = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}
    command = [sys.executable, "-m", "lod", "export", str(dump / "a"), str(tmp_path / "out")]
    command += [word for name in FORMATS for word in ("-f", name)]
    subprocess.run(command, env={**os.environ, **said}, check=True, capture_output=True)
    publish(Archive.open(dump / "a"), tmp_path / "here", list(FORMATS), at=NOW)
    assert tree(tmp_path / "out") == tree(tmp_path / "here")


def test_the_graph_hash_is_that_of_every_format(dump: Path) -> None:
    manifest = json.loads((dump / "out" / "manifest.json").read_text())
    graphs: dict[str, set[str]] = {}
    for row in manifest["files"]:
        form = FORMATS.get(row["path"].split("/")[0])
        if form and not form.items:
            data = (dump / "out" / row["path"]).read_bytes()
            hashes = {row["graph"], rdfc_hash(read_oxigraph(data, form))}
            graphs.setdefault(Path(row["path"]).stem, set()).update(hashes)
    assert set(graphs) == {"2016", "2017", "2018", "authorities", "concepts"}
    assert all(len(hashes) == 1 for hashes in graphs.values())


def test_the_sidecar_has_the_graph_hash_of_every_record(dump: Path) -> None:
    lines = (dump / "out" / "hashes" / "2017.txt").read_text().splitlines()
    assert len(lines) == 13
    digest, subject = lines[0].split("  ")
    assert subject == "https://presse.example.org/release/stadt/2017/1"
    mine = tuple(f"<{subject}{rest}".encode() for rest in (">", "#", "/v"))
    mine += (b"<https://presse.example.org/activity/stadt/2017/1-v1>",)
    triples = (dump / "out" / "ntriples" / "2017.nt").read_bytes().splitlines(keepends=True)
    own = sorted(line for line in triples if line.startswith(mine))
    assert hashlib.sha256(b"".join(own)).hexdigest() == digest


@pytest.mark.parametrize("compression", ["gzip", "zstd"])
def test_a_packed_dump_says_what_is_in_it(dump: Path, tmp_path: Path, compression: str) -> None:
    config = CONFIG.replace('"none"', f'"{compression}"')
    run(make(tmp_path / "a", [record(number) for number in range(1, 40)], config=config), tmp_path / "out")
    plain = {row["path"]: row for row in json.loads((dump / "out" / "manifest.json").read_text())["files"]}
    packed = json.loads((tmp_path / "out" / "manifest.json").read_text())["files"]

    def unpack(data: bytes) -> bytes:
        if compression == "gzip":
            return gzip.decompress(data)
        return zstandard.ZstdDecompressor().decompressobj().decompress(data)

    assert any("unpacked_sha256" in row for row in packed)
    for row in packed:
        same = plain[row["path"].removesuffix(".gz").removesuffix(".zst")]
        if "unpacked_sha256" not in row:
            assert row == same or row["path"].startswith("dataset.")
            continue
        assert (row["unpacked_sha256"], row["unpacked_bytes"]) == (same["sha256"], same["bytes"])
        assert len(unpack((tmp_path / "out" / row["path"]).read_bytes())) == same["bytes"]


def test_a_large_year_is_cut_into_parts(dump: Path, tmp_path: Path) -> None:
    config = CONFIG + "part_records = 5\n"
    archive = make(tmp_path / "a", [record(number) for number in range(1, 40)], config=config, files=3)
    run(archive, tmp_path / "out")
    parts = [tmp_path / "out" / "ntriples" / f"2017-{number}.nt" for number in (1, 2, 3)]
    assert sorted((tmp_path / "out" / "ntriples").glob("2017*")) == parts
    assert b"".join(path.read_bytes() for path in parts) == (dump / "out" / "ntriples" / "2017.nt").read_bytes()
    sidecars = [tmp_path / "out" / "hashes" / f"2017-{number}.txt" for number in (1, 2, 3)]
    assert [len(path.read_text().splitlines()) for path in sidecars] == [5, 5, 3]


def test_a_release_without_a_date_goes_to_undated(tmp_path: Path) -> None:
    run(make(tmp_path / "a", [record(1, issued=None)]), tmp_path / "out")
    assert (tmp_path / "out" / "turtle" / "undated.ttl").exists()


def test_prefixes_are_those_a_shard_uses_even_when_a_record_was_refused(tmp_path: Path) -> None:
    quoted = {"people": [{"name": "A"}], "quotations": [{"id": "q1", "text": "Wir bauen", "speakers": ["A"]}]}
    records = [record(1), record(4, **quoted), record(3, id="stadt/2017/4", issued="2016-01-01")]
    run(make(tmp_path / "a", records), tmp_path / "out")
    text = (tmp_path / "out" / "turtle" / "2017.ttl").read_text()
    assert "@prefix schema:" in text
    assert "@prefix oa:" not in text


def test_the_second_of_two_exports_is_told_who_holds_the_folder(tmp_path: Path) -> None:
    archive = make(tmp_path / "a", [record(1)])
    command = [sys.executable, "-m", "lod", "export", str(archive), str(tmp_path / "out")]
    with holding(tmp_path / "out"):
        done = subprocess.run(command, capture_output=True, check=False, text=True)
    assert done.returncode == 2
    assert f"is being written by process {os.getpid()} on " in done.stderr
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("where", ["releases/out", "vocab", ".", ".."])
def test_a_dump_is_never_part_of_its_archive(tmp_path: Path, where: str) -> None:
    archive = make(tmp_path / "deep" / "a", [record(1)])
    with pytest.raises(OutputError, match="is part of the archive"):
        run(archive, archive / where)


@pytest.mark.parametrize("epoch", ["abc", "99999999999999999"])
def test_a_wrong_pinned_time_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(OutputError, match="is not a number of seconds"):
        export(Archive.open(make(tmp_path / "a", [record(1)])), tmp_path / "out", ["turtle"])


def test_an_archive_without_records_is_a_dump_without_records(tmp_path: Path) -> None:
    summary = run(make(tmp_path / "a", [], files=0), tmp_path / "out")
    assert summary.counts.harvested == 0
    assert (tmp_path / "out" / "manifest.json").exists()


def test_a_wrong_mapping_leaves_the_old_dump(dump: Path, tmp_path: Path) -> None:
    archive = make(tmp_path / "a", [record(1)])
    run(archive, tmp_path / "out")
    before = tree(tmp_path / "out")
    (archive / "archive.toml").write_text('mapping = ["core", "fehlt.toml"]\n' + CONFIG, encoding="utf-8")
    command = [sys.executable, "-m", "lod", "export", str(archive), str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith('lod: archive.toml: mapping: no file "vocab/fehlt.toml"')
    assert "Traceback" not in done.stderr
    assert tree(tmp_path / "out") == before
