"""Addresses: what is a path of this machine, and what happens to files elsewhere."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from lod.address import Address, place_of
from lod.errors import OutputError


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("my-archive", Path("my-archive")),
        ("/daten/Pressearchiv Köln", Path("/daten/Pressearchiv Köln")),
        ("file:///daten/K%C3%B6ln", Path("/daten/Köln")),
        ("C:archive", Path("C:archive")),
        ("s3://presse/archiv/", Address("s3://presse/archiv")),
    ],
)
def test_what_is_elsewhere(text: str, place: Path | Address) -> None:
    assert place_of(text) == place


def test_names_and_neighbours() -> None:
    out = Address("s3://presse/2026/out")
    assert (out.name, out.parent / ".out.lock", out.holds(out / "a")) == (
        "out",
        Address("s3://presse/2026/.out.lock"),
        True,
    )
    assert not out.holds(Address("s3://presse/2026/out.report"))
    assert Address("s3://presse").name == ""
    assert pickle.loads(pickle.dumps(out)) == out  # noqa: S301 - our own bytes


def test_a_password_is_not_told() -> None:
    assert str(Address("sftp://ich:geheim@host/out")) == "sftp://host/out"


@pytest.fixture(params=["memory", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Address:
    made = Address("memory://" + tmp_path.name) if request.param == "memory" else Address.of(tmp_path / "store")
    made.clear()
    return made


def test_files_come_and_go(store: Address, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"Stra\xc3\x9fe")
    assert store.files() == {}
    store.put({"x/a.txt": tmp_path / "a", "b": tmp_path / "a"})
    assert {name: one.size for name, one in store.files().items()} == {"b": 7, "x/a.txt": 7}
    assert (store.read("b"), store.read("b", 2, 4)) == (b"Stra\xc3\x9fe", b"ra")
    store.fetch({"x/a.txt": tmp_path / "deep" / "c"})
    assert (tmp_path / "deep" / "c").read_bytes() == b"Stra\xc3\x9fe"
    store.move(["b"], store / "y")
    assert list(store.files()) == ["x/a.txt", "y/b"]
    store.remove(["y/b"])
    assert list(store.files()) == ["x/a.txt"]
    store.clear()
    store.clear()
    assert store.files() == {}
    with pytest.raises(FileNotFoundError):
        store.read("b")


def test_what_is_new_is_new_once(store: Address) -> None:
    store.write("lock", b"1", new=True)
    with pytest.raises(FileExistsError):
        store.write("lock", b"2", new=True)
    store.write("lock", b"3")
    assert store.read("lock") == b"3"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("quatsch://x/y", "quatsch://x/y: is no address that is known here: Protocol not known: quatsch"),
        ("hdfs://x/y", "hdfs://x/y: needs a further package: "),
    ],
)
def test_an_unknown_kind_is_one_line(url: str, told: str) -> None:
    with pytest.raises(OutputError) as error:
        Address(url).files()
    assert str(error.value).startswith(told)
    assert "\n" not in str(error.value)


def test_names_that_lead_out_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from fsspec.implementations.memory import MemoryFileSystem

    found = {"/boese/../../etc/passwd": {"size": 1}}
    monkeypatch.setattr(MemoryFileSystem, "find", lambda *_, **__: found)
    with pytest.raises(OutputError, match="is a name that no folder of this machine can have"):
        Address("memory://boese").files()
