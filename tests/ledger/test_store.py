"""The ledger as a file: all or nothing, and one line where it cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from lod.errors import OutputError
from lod.ledger import Ledger, ledger_file

ROW = (
    "stadt/2017/1",
    "urn:x",
    2,
    "usable",
    "ab",
    "2026-01-01T00:00:00+01:00",
    None,
    None,
    1,
    '[["a.xml","x/y","00"]]',
    1,
    '["foto.jpg"]',
)


def put(ledger: Ledger) -> None:
    ledger.run("INSERT INTO release VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", *ROW)


def test_what_is_written_is_there_for_others(tmp_path: Path) -> None:
    path = ledger_file(tmp_path / "out.report")
    with Ledger.writing(path) as ledger, ledger.transaction():
        put(ledger)
    with Ledger.reading(path) as other:
        past = other.past("stadt/2017/1")
        assert past
        assert (past.version, past.status, past.digest, past.fed) == (2, "usable", "ab", True)
        assert past.gone == ("foto.jpg",)
        assert other.items("stadt/2017/1") == ["a.xml"]
        assert other.past("stadt/2017/2") is None
        assert other.items("stadt/2017/2") == []
        assert other.last == 0


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"

    def fail(ledger: Ledger) -> None:
        with ledger.transaction():
            put(ledger)
            raise RuntimeError

    with Ledger.writing(path) as ledger:
        with pytest.raises(RuntimeError):
            fail(ledger)
        assert ledger.past("stadt/2017/1") is None


def test_others_read_what_held_before_while_one_writes(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with Ledger.writing(path) as ledger, Ledger.reading(path) as other:
        ledger.run("BEGIN IMMEDIATE")
        put(ledger)
        assert other.past("stadt/2017/1") is None
        ledger.run("COMMIT")
        assert other.past("stadt/2017/1") is not None


def test_closing_in_the_middle_forgets(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    ledger = Ledger.writing(path)
    ledger.run("BEGIN IMMEDIATE")
    put(ledger)
    ledger.close()
    with Ledger.reading(path) as again:
        assert again.past("stadt/2017/1") is None


@pytest.mark.parametrize("data", [b"kein SQLite, sondern Text\n" * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_is_no_ledger_is_one_line(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.sqlite"
    path.write_bytes(data)
    with pytest.raises(OutputError, match=r"a\.sqlite: cannot be used: [^\n]+$"):
        Ledger.writing(path)


def test_a_ledger_of_another_form_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with Ledger.writing(path) as ledger:
        ledger.note("form", "7")
    with pytest.raises(OutputError, match="written by another version of lod"):
        Ledger.writing(path)


def test_a_ledger_that_is_not_there_is_not_made_by_looking(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        Ledger.reading(tmp_path / "a.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_numbers_are_never_used_again(tmp_path: Path) -> None:
    with Ledger.writing(tmp_path / "a.sqlite") as ledger:
        row = "INSERT INTO message (path, version, status, made, sent, name, state) VALUES ('a', 1, '', '', '', '', 0)"
        ledger.run(row)
        ledger.run(row)
        ledger.run("DELETE FROM message WHERE sequence = 2")
        ledger.run(row)
        assert [number for (number,) in ledger.rows("SELECT sequence FROM message")] == [1, 3]
