"""`lod verify` on the command line: exit codes, output, and what it needs."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner, Result

from lod.cli import main
from lod.verify.rules import read_rules

if TYPE_CHECKING:
    import pytest


def lod(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["verify", *map(str, arguments)])


def test_a_good_dump_ends_with_0(exported: Path) -> None:
    result = lod(exported, "--jobs", "1")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1] == f"{exported}: proved: 0 errors, 0 warnings"


def test_a_bad_dump_ends_with_1_and_a_line_for_each_finding(dump: Path) -> None:
    path = dump / "turtle" / "2026.ttl"
    path.write_bytes(path.read_bytes().replace(b"Wohngeld", b"Wahngeld"))
    result = lod(dump, "--quick", "--jobs", "1")
    assert result.exit_code == 1
    assert "NOT PROVED" in result.stdout.splitlines()[-1]
    assert any(line.startswith("turtle/2026.ttl: has SHA-256") for line in result.stdout.splitlines())
    assert "[graph-differs]" in result.stdout


def test_no_dump_ends_with_2_and_one_line(tmp_path: Path) -> None:
    result = lod(tmp_path)
    assert result.exit_code == 2
    assert result.stderr == f"lod: {tmp_path}: is not a dump: it has no manifest.json\n"
    assert lod().exit_code == 2


def test_all_of_it_as_json(dump: Path) -> None:
    (dump / "turtle" / "extra.ttl").write_text("")
    result = lod(dump, "--json", "--quick", "--jobs", "1")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["passed"], told["errors"], told["rules"]) == (1, False, 1, {"file-unlisted": 1})
    assert told["findings"] == [
        {
            "rule": "file-unlisted",
            "file": "turtle/extra.ttl",
            "message": "is not listed in the manifest",
            "record": "",
            "property": "",
            "severity": "error",
        }
    ]


def test_the_rules_are_shown() -> None:
    result = lod("--rules")
    assert result.exit_code == 0
    assert all(rule.id in result.stdout and rule.says in result.stdout for rule in read_rules().values())
    rows = json.loads(lod("--rules", "--json").stdout)
    assert [row["id"] for row in rows] == list(read_rules())


def test_what_is_missing_is_named(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def find(name: str, *rest: Any) -> Any:
        return None if name == "pyoxigraph" else find_spec(name, *rest)

    monkeypatch.setattr("lod.verify.proof.find_spec", find)
    result = lod(exported)
    assert result.exit_code == 2
    assert "lod verify (pyoxigraph)" in result.stderr
    assert "lod-press[verify]" in result.stderr


def test_the_command_is_light() -> None:
    code = (
        "import sys, lod.verify.command; print(sorted({'pyoxigraph', 'rdflib', 'lxml', 'pydantic'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout == "[]\n"
