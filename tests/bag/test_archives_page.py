"""The page for archives: what it shows is what happens."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from lod.cli import main
from lod.vocabulary import vocab_root

PAGE = (vocab_root() / "archives.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)


def commands(block: str) -> list[tuple[str, list[str]]]:
    """Each command of a block, with the lines it should print."""
    found: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def expected(lines: list[str]) -> str:
    """A pattern for what is printed. `…` stands for anything, on a line of its own for any lines."""
    parts = [r"(?:.*\n)*" if line == "…" else re.escape(narrow(line)).replace("…", ".*") + r"\n" for line in lines]
    return "".join(parts)


def narrow(text: str) -> str:
    """How wide a column is means nothing."""
    return re.sub(" +", " ", text)


def test_the_page_has_examples() -> None:
    assert len(BLOCKS) >= 8
    assert all(block.startswith("$ ") for block in BLOCKS)


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no coreutils on this system")
def test_the_examples_are_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for arguments in (["init", "archive"], ["export", "archive", "export", "--jobs", "1"]):
        assert CliRunner().invoke(main, arguments).exit_code == 0
    (tmp_path / "bin").mkdir()
    shim = tmp_path / "bin" / "lod"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m lod "$@"\n')
    shim.chmod(0o755)
    root = Path(__file__).parents[2]
    path = os.pathsep.join((str(tmp_path / "bin"), os.environ["PATH"]))
    environment = {"PATH": path, "PYTHONPATH": str(root), "LANG": "C.UTF-8", "HOME": str(tmp_path)}
    for block in BLOCKS:
        for command, lines in commands(block):
            run = subprocess.run(
                ["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
            )
            assert run.stderr == "", command
            assert re.fullmatch(expected(lines), narrow(run.stdout)), f"{command}\n{run.stdout}"
