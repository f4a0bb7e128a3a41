from __future__ import annotations

import gzip
import os
import random

import pytest
import zstandard

from tests.harvest.conftest import Make, everything, told

PACKERS = {".gz": gzip.compress, ".zst": zstandard.compress}


def _lines(count: int) -> bytes:
    noise = random.Random(0)  # noqa: S311 - the same noise in every run
    return b"".join(
        b'{"id": "a%d", "title": "%s", "issuers": ["stadt"]}\n' % (number, noise.randbytes(200).hex().encode())
        for number in range(count)
    )


@pytest.mark.parametrize("suffix", PACKERS)
@pytest.mark.parametrize("share", [0.2, 0.5, 0.99])
def test_a_packed_file_that_is_cut_off_gives_what_is_whole_and_one_fault(make: Make, suffix: str, share: float) -> None:
    data = PACKERS[suffix](_lines(3_000))
    found = everything(make({f"releases/a.jsonl{suffix}": data[: int(len(data) * share)]}))
    good = [harvested for harvested in found if harvested.release is not None]
    assert len(good) > 2_500 * share
    assert len(found) == len(good) + 1
    assert str(found[-1].faults[0]) == (
        f"releases/a.jsonl{suffix}:{len(good) + 1}: ends too early: the packed file is cut off"
    )


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_packed_file_that_is_none(make: Make, suffix: str) -> None:
    (fault,) = told(make({f"releases/a.jsonl{suffix}": b"Kein Archiv, sondern Text"}))
    assert fault.startswith(f"releases/a.jsonl{suffix}: cannot be unpacked: ")


def test_a_packed_file_with_a_defect(make: Make) -> None:
    data = bytearray(gzip.compress(_lines(3_000)))
    data[len(data) // 2] ^= 0xFF
    found = everything(make({"releases/a.jsonl.gz": bytes(data)}))
    assert len(found) > 500
    assert "cannot be" in str(found[-1].faults[0])


def test_a_wrong_checksum_is_told_after_the_records(make: Make) -> None:
    data = bytearray(gzip.compress(_lines(10)))
    data[-8] ^= 0xFF
    found = everything(make({"releases/a.jsonl.gz": bytes(data)}))
    assert sum(harvested.release is not None for harvested in found) == 10
    assert "cannot be unpacked: CRC check failed" in str(found[-1].faults[0])


@pytest.mark.parametrize("suffix", PACKERS)
def test_what_unpacks_to_very_much_is_refused_line_by_line(make: Make, suffix: str) -> None:
    data = PACKERS[suffix](b"[" * 100_000_000)
    assert len(data) < 200_000
    assert told(make({f"releases/a.jsonl{suffix}": data})) == [
        f"releases/a.jsonl{suffix}:1: longer than 16000000 bytes; raise `longest` of the source"
    ]
    assert told(make({f"releases/a.jsonl{suffix}": b"", f"releases/b.json{suffix}": data}))[1:] == [
        f"releases/b.json{suffix}: longer than 16000000 bytes; put many records into JSON Lines, or raise `longest`"
    ]


@pytest.mark.parametrize("name", ["a.yaml", "a.json", "a.md", "a.jsonl", "a.csv", "a.jsonl.gz"])
def test_empty_files(make: Make, name: str) -> None:
    for text in (b"", b"\n\n"):
        content = gzip.compress(text) if name.endswith(".gz") else text
        (fault,) = told(make({f"releases/{name}": content}))
        assert fault in {f"releases/{name}: empty", f"releases/{name}: holds no record"}


@pytest.mark.parametrize("name", ["a.yaml", "a.json", "a.md", "a.jsonl", "a.csv"])
@pytest.mark.parametrize("content", [bytes(range(256)), "title: A".encode("utf-16")])
def test_binary_files(make: Make, name: str, content: bytes) -> None:
    assert told(make({f"releases/{name}": content})) == [f"releases/{name}: not text: it holds zero bytes"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_files_that_may_not_be_read(make: Make) -> None:
    archive = make({"releases/a.yaml": "x"})
    (archive.root / "releases/a.yaml").chmod(0)
    assert told(archive) == ["releases/a.yaml: cannot be read: permission denied"]


def test_what_is_no_file(make: Make) -> None:
    archive = make()
    (archive.root / "releases" / "a.yaml").mkdir(parents=True)
    os.mkfifo(archive.root / "releases" / "b.jsonl")
    assert told(archive) == ["releases/b.jsonl: not a regular file"]


def test_a_file_that_goes_away_between_is_told(make: Make) -> None:
    from lod.harvest import harvest, partitions

    archive = make({"releases/a.yaml": "x"})
    parts = list(partitions(archive, 1000))
    (archive.root / "releases/a.yaml").unlink()
    assert [str(fault) for part in parts for one in harvest(archive, part) for fault in one.faults] == [
        "releases/a.yaml: not found"
    ]
