"""Files get their name only when they are whole."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest

from lod.dump.sink import Sink, write_whole
from lod.errors import OutputError


def test_a_whole_file_has_its_name_and_measure(tmp_path: Path) -> None:
    with Sink(tmp_path / "a" / "b.nt") as sink:
        sink.write(b"eins\n")
        assert not sink.path.exists()
        sink.write(b"zwei\n")
    assert sink.path.read_bytes() == b"eins\nzwei\n"
    assert sink.measured == (10, hashlib.sha256(b"eins\nzwei\n").hexdigest(), None, None)


def test_a_failed_write_leaves_nothing_and_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "x.nt"
    write_whole(path, b"alt")

    def fail() -> None:
        with Sink(path) as sink:
            sink.write(b"neu")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert path.read_bytes() == b"alt"
    assert [entry.name for entry in tmp_path.iterdir()] == ["x.nt"]


def test_gzip_has_no_name_and_no_time(tmp_path: Path) -> None:
    for name in ("a.gz", "b.gz"):
        with Sink(tmp_path / name, compression="gzip") as sink:
            sink.write(b"gleich" * 1000)
    first, second = ((tmp_path / name).read_bytes() for name in ("a.gz", "b.gz"))
    assert first == second
    assert first[4:8] == b"\0\0\0\0"
    assert gzip.decompress(first) == b"gleich" * 1000
    content = hashlib.sha256(b"gleich" * 1000).hexdigest()
    assert sink.measured == (len(first), hashlib.sha256(first).hexdigest(), 6000, content)


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("im Weg")
    with pytest.raises(OutputError, match=r"file/x\.nt: cannot be written: "), Sink(tmp_path / "file" / "x.nt"):
        pass  # pragma: no cover - the block is never entered


def test_a_full_disk_is_one_line() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full on this system")
    sink = Sink(Path("unused"))
    sink._file = full.open("wb", buffering=0)
    with pytest.raises(OutputError, match="No space left on device"):
        sink.write(b"x")
    sink._file.close()
