"""Lock: one process holds a file, and the next one is told who, whatever becomes of the file."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING, Any

import pytest

from lod.errors import OutputError
from lod.lock import locked

if TYPE_CHECKING:
    from pathlib import Path


def test_the_second_is_told_who_holds_it(tmp_path: Path) -> None:
    with (
        locked(tmp_path / "a.lock", "out", "is being written by"),
        pytest.raises(OutputError, match=rf"out: is being written by process {os.getpid()} on "),
        locked(tmp_path / "a.lock", "out", "is being written by"),
    ):
        pytest.fail("held twice")


def test_a_file_left_behind_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.lock").write_text("process 1 on nowhere")
    with locked(tmp_path / "a.lock", "out", "is being written by"):
        assert (tmp_path / "a.lock").read_text() == f"process {os.getpid()} on {os.uname().nodename}"


def test_a_file_that_goes_while_it_is_taken_is_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, flock, turns = tmp_path / "a.lock", fcntl.flock, []

    def late(file: Any, how: int) -> None:
        if not turns:
            path.unlink()  # the last holder removes it, and a third process makes it anew
            path.write_text("")
        turns.append(how)
        flock(file, how)

    monkeypatch.setattr(fcntl, "flock", late)
    with locked(path, "out", "is being written by"), path.open() as other:
        assert len(turns) == 2
        with pytest.raises(BlockingIOError):
            flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
