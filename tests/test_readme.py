"""The README shows what the program does: its examples are those of the sample archive."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from lod.cli import main


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readme") / "my-archive"
    CliRunner().invoke(main, ["init", str(folder)])
    return folder


def block(readme: str, language: str) -> str:
    found = re.findall(rf"```{language}\n(.*?)```", readme, re.DOTALL)
    assert found, f"no {language} in the README"
    return str(found[-1])


def test_it_is_one_page(readme: str) -> None:
    assert len(readme.splitlines()) <= 100


def test_the_record_is_in_the_sample(readme: str, sample: Path) -> None:
    shown = yaml.safe_load(block(readme, "yaml"))
    record = yaml.safe_load((sample / "releases" / "2026" / "0020.yaml").read_text(encoding="utf-8"))
    assert {key: record[key] for key in shown} == shown


def test_the_turtle_is_what_comes_out(readme: str, sample: Path) -> None:
    shown = CliRunner().invoke(main, ["show", str(sample), "20/2026"]).output
    for line in block(readme, "turtle").splitlines():
        assert line in shown.splitlines() or not line, line


def test_the_error_is_what_comes_out(readme: str, sample: Path) -> None:
    wrong = sample / "releases" / "2026" / "0021.yaml"
    wrong.write_text(
        "number: 21/2026\ntitle: Titel\nissued: 3. Juli\nissuers: [stadt-beispielhausen]\n", encoding="utf-8"
    )
    shown = CliRunner().invoke(main, ["check", str(sample)]).output
    wrong.unlink()
    assert block(readme, "text").strip() in shown


def test_the_commands_run(readme: str, sample: Path, tmp_path: Path) -> None:
    for line in re.findall(r"^lod (.*?)(?: +#.*)?$", readme, re.MULTILINE):
        arguments = line.replace("my-archive", str(sample)).replace("my-export", str(tmp_path / "my-export")).split()
        arguments = [str(tmp_path / "inbox") if one == "inbox" else one for one in arguments]
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == (2 if arguments[0] == "init" else 0), done.output


def test_what_it_links_to_is_there(readme: str, root: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", readme):
        assert (root / target).exists(), target
