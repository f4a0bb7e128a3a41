"""Fingerprints: equal for what is equal, wherever it lies and whenever it was touched, and for nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

from lod.archive import Archive
from lod.dump.fingerprint import partition_print, setting_print, shard_print
from lod.harvest import Partition
from tests.dump.archives import CONFIG, make, record

WHOLE = Partition(-1, ("releases/0.jsonl",))


def test_an_archive_may_be_moved(tmp_path: Path) -> None:
    archive = make(tmp_path / "a", [record(1)])
    shutil.copytree(archive, tmp_path / "b")
    one, other = Archive.open(archive), Archive.open(tmp_path / "b")
    assert setting_print(one, ["turtle"], "public") == setting_print(other, ["turtle"], "public")
    assert partition_print(one.root, WHOLE, "") == partition_print(other.root, WHOLE, "")


def test_the_setting_is_formats_view_and_files(tmp_path: Path) -> None:
    archive = make(tmp_path / "a", [record(1)])
    prints = {
        setting_print(Archive.open(archive), formats, view)
        for formats, view in ((["turtle"], "public"), (["turtle", "jsonld"], "public"), (["turtle"], "embargoed"))
    }
    (archive / "vocab").mkdir()
    (archive / "vocab" / "eigene.csv").write_text("code,label@de\na,A\n")
    prints.add(setting_print(Archive.open(archive), ["turtle"], "public"))
    assert len(prints) == 4


def test_mapping_files_count_and_what_an_editor_left_does_not(tmp_path: Path) -> None:
    archive = make(tmp_path / "a", [record(1)], config='mapping = ["core", "mehr.toml"]\n' + CONFIG)
    (archive / "vocab").mkdir()
    prints = []
    for text in ("", "[prefixes]\n"):
        (archive / "vocab" / "mehr.toml").write_text(text)
        prints.append(setting_print(Archive.open(archive), ["turtle"], "public"))
    (archive / "authorities" / ".stadt.json.swp").write_text("")
    prints.append(setting_print(Archive.open(archive), ["turtle"], "public"))
    assert prints[0] != prints[1] == prints[2]


def test_a_range_is_its_bytes_its_line_and_the_start_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "releases" / "0.jsonl"
    path.parent.mkdir()
    path.write_bytes(b"{}\n" * 1000)
    part = Partition(-1, ("releases/0.jsonl",), 1500, 2400, 501)
    first = partition_print(tmp_path, part, "s")
    path.write_bytes(b"{}\n" * 900)
    assert partition_print(tmp_path, part, "s") == first
    assert partition_print(tmp_path, Partition(-1, part.paths, 1500, 2400, 502), "s") != first
    path.write_bytes(b"\0}\n" + b"{}\n" * 899)  # a file that begins so is no text, and none of it is read
    assert partition_print(tmp_path, part, "s") != first


def test_a_file_that_is_gone_is_not_one_that_is_empty(tmp_path: Path) -> None:
    gone = partition_print(tmp_path, WHOLE, "")
    (tmp_path / "releases").mkdir()
    (tmp_path / "releases" / "0.jsonl").touch()
    assert gone != partition_print(tmp_path, WHOLE, "")
    assert gone is not None


def test_a_shard_is_what_is_in_it_however_it_was_dealt_out() -> None:
    assert shard_print("s", "2017", [1, 2, 3], set()) == shard_print("s", "2017", [6], set())
    assert shard_print("s", "2017", [6], {"a"}) != shard_print("s", "2017", [6], set())
    assert shard_print("s", "2018", [6], set()) != shard_print("s", "2017", [6], set())
