"""`lod deliver` on the command line: what it prints and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from lod.cli import main
from tests.feed.stages import Stage


def lod(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_it_says_what_it_did(stage: Stage, tmp_path: Path) -> None:
    done = lod("deliver", stage.out, tmp_path / "in")
    assert (done.exit_code, done.output) == (0, f"{tmp_path / 'in'}: 5 messages delivered, last 5\n")
    again = lod("deliver", stage.out, tmp_path / "in", "--json")
    assert json.loads(again.output) == {"target": str(tmp_path / "in"), "sent": 0, "last": 5, "failure": None}


def test_a_failure_is_one_line_and_1(stage: Stage) -> None:
    done = lod("deliver", stage.out, "http://kanari:geheim@127.0.0.1:9/in", "--retries", 0)
    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
    assert "Connection refused" in done.stderr
    assert "geheim" not in done.output + done.stderr


def test_no_feed_and_no_address_are_2(stage: Stage, tmp_path: Path) -> None:
    assert lod("deliver", tmp_path / "nichts", tmp_path / "in").exit_code == 2
    assert lod("deliver", stage.out, "sftp:///in").exit_code == 2
