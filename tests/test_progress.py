"""Progress: seen on a terminal, with rate and time left; a pipe gets nothing."""

from __future__ import annotations

import io
import re
import sys

import pytest

from lod.progress import Progress, ProgressBar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("kind", [Terminal, io.StringIO])
def test_a_terminal_sees_how_far_it_is_and_a_pipe_nothing(
    monkeypatch: pytest.MonkeyPatch, kind: type[io.StringIO]
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    screen = kind()
    monkeypatch.setattr(sys, "stderr", screen)
    with ProgressBar() as tell:
        tell(Progress("reading", 0, 4, 0))
        tell(Progress("reading", 2, 4, 3000))
        tell(Progress("reading", 4, 4, 9000))
    shown = screen.getvalue()
    if kind is Terminal:
        assert "4/4" in shown
        assert re.search(r"9,000 records, [\d,]+/s", shown)
    else:
        assert shown == ""
