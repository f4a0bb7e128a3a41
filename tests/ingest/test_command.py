from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from lod.errors import ConfigError, MissingExtra
from lod.ingest.command import ingest
from tests.ingest.test_run import RELEASE


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "1.md").write_text(RELEASE.format(number=1))
    return folder


def _run(*arguments: Any) -> Result:
    return CliRunner().invoke(ingest, [str(argument) for argument in arguments])


def test_a_good_run(archive: Path, docs: Path, reader: None) -> None:
    result = _run(docs, "--archive", archive)
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert lines[0] == "1 document: 1 new."
    assert "- id: stadt-beispiel" in lines


def test_a_run_with_broken_documents(archive: Path, docs: Path, reader: None) -> None:
    (docs / "empty.pdf").touch()
    result = _run(docs, "--archive", archive)
    assert result.exit_code == 1
    assert result.stderr == f"{docs}/empty.pdf: empty\n"
    assert result.stdout.startswith("2 documents: 1 new, 1 refused.\n")


def test_a_changed_document(archive: Path, docs: Path, reader: None) -> None:
    _run(docs, "--archive", archive)
    (docs / "1.md").write_text(RELEASE.format(number=1).replace("zugestimmt", "abgelehnt"))
    result = _run(docs, "--archive", archive)
    assert result.exit_code == 1
    assert "--update" in result.stderr
    assert "    +Der Rat hat abgelehnt. Meinungs austausch.\n" in result.stderr
    assert _run(docs, "--archive", archive, "--update").exit_code == 0


def test_json(archive: Path, docs: Path, reader: None) -> None:
    (docs / "empty.pdf").touch()
    result = _run(docs, "--archive", archive, "--json")
    summary = json.loads(result.stdout)
    assert summary["outcomes"] == {"new": 1, "refused": 1}
    assert summary["problems"][0]["reason"] == "empty"
    assert result.stderr == ""


def test_explain_and_report(archive: Path, docs: Path, tmp_path: Path, reader: None) -> None:
    result = _run(docs, "--archive", archive, "--explain", "--report", tmp_path / "page.html")
    assert result.exit_code == 0
    assert "looks like a number" in result.stdout
    assert "looks like a number" in (tmp_path / "page.html").read_text()


def test_not_an_archive(docs: Path, tmp_path: Path) -> None:
    assert isinstance(_run(docs, "--archive", tmp_path).exception, ConfigError)


def test_a_missing_extra_is_told_before_anything_is_read(
    archive: Path, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "pdfplumber" else found(name))
    error = _run(docs, "--archive", archive).exception
    assert isinstance(error, MissingExtra)
    assert str(error).startswith("lod ingest (pdfplumber) needs an optional part: pip install")


def test_a_bar_on_a_terminal(archive: Path, docs: Path, reader: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    result = _run(docs, "--archive", archive)
    assert "Reading" in result.stderr
    assert "1/1" in result.stderr


def test_long_lists_are_cut(archive: Path, docs: Path, reader: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from lod.ingest import command

    _run(docs, "--archive", archive)
    monkeypatch.setattr(command, "_SHOWN_LINES", 2)
    monkeypatch.setattr(command, "_SHOWN_NAMES", 1)
    (docs / "1.md").write_text(RELEASE.format(number=1).replace("zugestimmt", "abgelehnt"))
    result = _run(docs, "--archive", archive)
    assert " more lines\n" in result.stderr
    assert "lists all of them" in result.stdout
