"""Bags: valid for other tools, the same bytes for the same dump, whole or not at all."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import bagit
import pytest
from click.testing import CliRunner, Result

from lod.bag import Refused, make_bag
from lod.bag.check import faults
from lod.bag.packages import PACKAGES, members, pack
from lod.cli import main
from lod.errors import OutputError
from lod.verify import verify
from tests.verify.dumps import Dump


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def info(bag: Path) -> dict[str, str]:
    lines = (bag / "bag-info.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines)


def test_a_bag_holds_the_whole_dump(exported: Path, tmp_path: Path) -> None:
    made = make_bag(exported, tmp_path / "bag")
    assert made.path == tmp_path / "bag"
    assert tree(tmp_path / "bag" / "data") == tree(exported)
    assert [path.name for path in tmp_path.iterdir()] == ["bag"]
    assert verify(tmp_path / "bag" / "data", jobs=0, quick=True).passed


@pytest.mark.parametrize("md5", [False, True])
def test_the_tool_of_the_library_of_congress_finds_it_valid(exported: Path, tmp_path: Path, md5: bool) -> None:
    made = make_bag(exported, tmp_path / "bag", md5=md5)
    bag = bagit.Bag(str(tmp_path / "bag"))
    bag.validate()
    assert set(bag.algorithms) == set(made.algorithms) == {"sha256", "sha512"} | ({"md5"} if md5 else set())
    assert bag.version_info == (1, 0)
    command = [sys.executable, "-m", "bagit", "--validate", str(made.path)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_bag_info_says_what_the_dump_says(exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    made = make_bag(exported, tmp_path / "bag")
    told = info(tmp_path / "bag")
    manifest = json.loads((exported / "manifest.json").read_bytes())
    assert told["External-Identifier"] == f"{manifest['base']}dataset"
    assert told["External-Description"].startswith(manifest["title"])
    assert told["Source-Organization"] == "Stadtarchiv Beispielhausen"
    assert told["Payload-Oxum"] == f"{made.bytes}.{made.files}"
    assert told["Bagging-Date"] == made.date
    assert f'"{made.date}' in (exported / "dataset.ttl").read_text(encoding="utf-8")


def test_the_date_can_be_pinned(exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764072000")
    assert make_bag(exported, tmp_path / "bag").date == "2025-11-25"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    made = make_bag(Dump().write(tmp_path / "dump"), tmp_path / "other")
    assert made.date == ""
    assert "Bagging-Date" not in info(tmp_path / "other")


@pytest.mark.parametrize("package", PACKAGES)
def test_the_same_dump_is_the_same_package(exported: Path, tmp_path: Path, package: str) -> None:
    first = make_bag(exported, tmp_path / "a" / "presse", package=package)
    copy = tmp_path / "copy"
    shutil.copytree(exported, copy, copy_function=shutil.copyfile)
    second = make_bag(copy, tmp_path / "b" / f"presse.{package}", package=package)
    assert first.path.name == second.path.name == f"presse.{package}"
    assert first.path.read_bytes() == second.path.read_bytes()


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_has_one_folder_of_its_name(exported: Path, tmp_path: Path, package: str) -> None:
    path = make_bag(exported, tmp_path / "presse-2026", package=package).path
    if package == "zip":
        with zipfile.ZipFile(path) as archive:
            archive.extractall(tmp_path / "unpacked")  # noqa: S202 - made a moment ago
    else:
        with tarfile.open(path) as tar:
            assert {member.uid for member in tar} | {member.gid for member in tar} == {0}
            tar.extractall(tmp_path / "unpacked", filter="data")
    assert [one.name for one in (tmp_path / "unpacked").iterdir()] == ["presse-2026"]
    bagit.Bag(str(tmp_path / "unpacked" / "presse-2026")).validate()
    assert tree(tmp_path / "unpacked" / "presse-2026" / "data") == tree(exported)


def test_gzip_has_no_name_and_no_time(exported: Path, tmp_path: Path) -> None:
    data = make_bag(exported, tmp_path / "presse", package="tgz").path.read_bytes()
    assert data[3:8] == b"\0\0\0\0\0"
    assert gzip.decompress(data)[257:262] == b"ustar"


def test_a_dump_that_fails_its_manifest_is_refused(dump: Path, tmp_path: Path) -> None:
    path = dump / "turtle" / "2026.ttl"
    path.write_bytes(path.read_bytes().replace(b"Wohngeld", b"Wahngeld"))
    (dump / "extra.txt").write_text("mehr")
    with pytest.raises(Refused) as caught:
        make_bag(dump, tmp_path / "bag")
    assert caught.value.reasons == ("extra.txt: is not listed in the manifest [file-unlisted]",)
    (dump / "extra.txt").unlink()
    with pytest.raises(Refused, match=r"turtle/2026\.ttl: has SHA-256"):
        make_bag(dump, tmp_path / "bag")
    assert [one.name for one in tmp_path.iterdir()] == ["dump"]


def test_what_is_no_bag_is_not_replaced_and_a_bag_is(exported: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Dokumente"
    folder.mkdir()
    (folder / "brief.txt").write_text("wichtig")
    with pytest.raises(OutputError, match="is no bag"):
        make_bag(exported, folder)
    assert (folder / "brief.txt").read_text() == "wichtig"
    first = tree(make_bag(exported, tmp_path / "bag").path)
    (tmp_path / "bag" / "data" / "alt.txt").write_text("alt")
    assert tree(make_bag(exported, tmp_path / "bag").path) == first


def test_a_file_is_replaced_only_if_it_is_this_bag(exported: Path, tmp_path: Path) -> None:
    path = tmp_path / "presse.tgz"
    path.write_bytes(b"Urlaubsbilder")
    with pytest.raises(OutputError, match="is no bag"):
        make_bag(exported, tmp_path / "presse", package="tgz")
    assert path.read_bytes() == b"Urlaubsbilder"
    path.unlink()
    first = make_bag(exported, tmp_path / "presse", package="tgz").path.read_bytes()
    assert make_bag(exported, path, package="tgz").path.read_bytes() == first


def test_a_bag_is_not_made_in_the_dump(dump: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(dump)
    monkeypatch.chdir(dump)
    for target in (dump / "bag", Path(), Path("turtle/../bag"), dump):
        with pytest.raises(OutputError, match="lies in the dump"):
            make_bag(dump, target)
    assert tree(dump) == before


def test_a_wrong_date_is_one_line(exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "gestern")
    with pytest.raises(Refused, match='SOURCE_DATE_EPOCH: "gestern" is not a number'):
        make_bag(exported, tmp_path / "bag")


def test_a_failed_bag_leaves_the_old_one(exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(make_bag(exported, tmp_path / "bag").path)
    monkeypatch.setattr("lod.bag.making.faults", lambda *_: ["data/x: has another digest"])
    with pytest.raises(OutputError, match="was not written as it should be: data/x"):
        make_bag(exported, tmp_path / "bag")
    assert tree(tmp_path / "bag") == before
    assert [path.name for path in tmp_path.iterdir()] == ["bag"]


def test_a_full_disk_is_one_line(exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("lod.bag.payload.digests_of", full)
    with pytest.raises(OutputError, match="cannot be written: No space left on device"):
        make_bag(exported, tmp_path / "bag")
    assert list(tmp_path.iterdir()) == []


def spoilt(bag: Path) -> dict[str, tuple[str, bytes | None]]:
    """What can go wrong with a bag: the file, and its new bytes."""
    item = bag / "data" / "ntriples" / "2026.nt"
    rows = (bag / "manifest-sha512.txt").read_bytes()
    note = (bag / "bag-info.txt").read_bytes()
    return {
        "data/ntriples/2026.nt": ("data/ntriples/2026.nt", item.read_bytes()[:-1] + b"!"),
        "data/ntriples/2026.nt: is in manifest-sha256.txt": ("data/ntriples/2026.nt", None),
        "data/extra.txt: is not in manifest-sha256.txt": ("data/extra.txt", b"mehr"),
        "is not in manifest-sha512.txt": ("manifest-sha512.txt", rows[rows.index(b"\n") + 1 :]),
        "manifest-sha512.txt: has another digest than tagmanifest": (
            "manifest-sha512.txt",
            rows.replace(b"a", b"b", 1),
        ),
        "bagit.txt: is missing": ("bagit.txt", b"BagIt-Version: 0.97\n"),
        "bag-info.txt: the payload is": ("bag-info.txt", note.replace(b"Payload-Oxum: ", b"Payload-Oxum: 1")),
        "manifest: is missing": ("manifest-sha256.txt", None),
    }


def test_reading_back_finds_what_is_wrong(tmp_path: Path) -> None:
    bag = make_bag(Dump().write(tmp_path / "dump"), tmp_path / "bag").path
    assert faults(bag, "bag") == []
    for reason, (path, data) in spoilt(bag).items():
        shutil.copytree(bag, tmp_path / "spoilt" / "bag")
        target = tmp_path / "spoilt" / "bag" / path
        target.unlink(missing_ok=True)
        if data is not None:
            target.write_bytes(data)
        if reason.startswith("manifest: "):
            (tmp_path / "spoilt" / "bag" / "manifest-sha512.txt").unlink()
        assert any(reason in line for line in faults(tmp_path / "spoilt" / "bag", "bag")), reason
        shutil.rmtree(tmp_path / "spoilt")


def test_a_package_with_more_than_the_bag_is_found(tmp_path: Path) -> None:
    bag = make_bag(Dump().write(tmp_path / "dump"), tmp_path / "bag").path
    (bag.parent / "other").mkdir()
    pack(bag, tmp_path / "bag.tar", None)
    with tarfile.open(tmp_path / "bag.tar", "a") as tar:
        tar.add(tmp_path / "dump" / "manifest.json", "manifest.json")
    assert faults(tmp_path / "bag.tar", "bag") == ["manifest.json: is no file of the bag"]
    read = {path: hashlib.sha256(b"".join(pieces)).hexdigest() for path, pieces in members(tmp_path / "bag.tar")}
    assert "bag/data/manifest.json" in read


def lod(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["bag", *map(str, arguments)])


def test_the_command_says_what_it_made(exported: Path, tmp_path: Path) -> None:
    result = lod(exported, tmp_path / "bag")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(f"Made {tmp_path / 'bag'}: ")
    told = json.loads(lod(exported, tmp_path / "bag", "--json", "--serialise", "zip").stdout)
    assert told["path"] == f"{tmp_path / 'bag'}.zip"
    assert told["algorithms"] == ["sha256", "sha512"]


def test_the_command_says_why_it_made_none(dump: Path, tmp_path: Path) -> None:
    (dump / "a.txt").write_text("")
    (dump / "b.txt").write_text("")
    result = lod(dump, tmp_path / "bag")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "lod: a.txt: is not listed in the manifest [file-unlisted]",
        "b.txt: is not listed in the manifest [file-unlisted]",
        "no bag was made",
    ]
    assert lod(tmp_path, tmp_path / "bag").exit_code == 2
    assert lod(dump, tmp_path / "bag", "--licence", "CC0").exit_code == 2
