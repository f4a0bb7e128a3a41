"""The command line: what it prints, how it ends, and what it does not import."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from errno import ENOSPC
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lod.cli import main
from lod.formats import FORMATS
from tests.dump.archives import make, record, tree


def lod(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "archive"
    assert lod("init", folder).exit_code == 0
    return folder


def test_help_is_light() -> None:
    code = (
        "import sys, lod.cli; lod.cli.main(['--help'], standalone_mode=False);"
        "heavy = {'rdflib', 'lxml', 'pydantic', 'yaml', 'rich', 'pyoxigraph', 'orjson'} & set(sys.modules);"
        "assert not heavy, heavy"
    )
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert time.perf_counter() - start < 3  # 0.1 s on a quiet machine; this only catches a heavy import


@pytest.mark.parametrize("command", sorted(main.list_commands(None)))  # type: ignore[arg-type]
def test_every_command_explains_itself(command: str) -> None:
    shown = lod(command, "--help")
    assert shown.exit_code == 0
    assert len(shown.output.splitlines()[2].strip()) > 15


def test_the_list_of_commands_names_them_all() -> None:
    listed = {line.split()[0] for line in lod("--help").output.partition("Commands:")[2].splitlines() if line.strip()}
    assert set(main.list_commands(None)) <= listed  # type: ignore[arg-type]


def test_the_sample_is_good_and_exports_in_every_format(sample: Path, tmp_path: Path) -> None:
    checked = lod("check", sample)
    assert (checked.exit_code, checked.output) == (0, "5 records: 5 good, 0 refused, 0 warnings.\n")
    exported = lod("export", sample, tmp_path / "out")
    assert exported.exit_code == 0, exported.output
    assert exported.output.startswith("5 records read: 5 exported, 0 rejected, 0 withheld.\n")
    for name, form in FORMATS.items():
        if not form.usual:
            assert not (tmp_path / "out" / name).exists()
            continue
        assert f"{form.title}; open {tmp_path / 'out' / name}" in exported.output
        assert [path for path in (tmp_path / "out" / name).rglob("*") if path.is_file()]


def test_init_touches_nothing_that_is_there(sample: Path) -> None:
    before = tree(sample)
    again = lod("init", sample)
    assert again.exit_code == 2
    assert "is not empty; nothing was written" in again.stderr
    assert tree(sample) == before


def test_check_names_file_line_and_field(tmp_path: Path) -> None:
    archive = make(tmp_path / "a", [record(1)])
    (archive / "releases" / "kaputt.yaml").write_text(
        "number: 9/2017\ntitle: Titel\nissuers: [stadt]\nissued: 3. Juli\nthema: Straßen\n", encoding="utf-8"
    )
    found = lod("check", archive, "--report", tmp_path / "r.sarif")
    assert found.exit_code == 1
    assert found.output.splitlines() == [
        (
            "releases/kaputt.yaml:4: issued: not a date (2017-07-03) or date-time with zone "
            '(2017-07-03T10:00:00+02:00): "3. Juli"'
        ),
        "releases/kaputt.yaml:5: thema: unknown field",
        "2 records: 1 good, 1 refused, 0 warnings.",
    ]
    (result, _) = json.loads((tmp_path / "r.sarif").read_text())["runs"][0]["results"]
    assert result["level"] == "error"
    place = result["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("releases/kaputt.yaml", 4)


@pytest.mark.parametrize("suffix", [".txt", ".json", ".sarif"])
def test_check_reports_by_suffix(sample: Path, tmp_path: Path, suffix: str) -> None:
    assert lod("check", sample, "--report", tmp_path / f"r{suffix}").exit_code == 0
    text = (tmp_path / f"r{suffix}").read_text()
    assert text.startswith("5 records") if suffix == ".txt" else json.loads(text)


def test_check_refuses_a_report_of_unknown_kind(sample: Path, tmp_path: Path) -> None:
    refused = lod("check", sample, "--report", tmp_path / "r.pdf")
    assert refused.exit_code == 2
    assert ".txt, .json or .sarif" in refused.stderr


def test_check_writes_nothing_into_the_archive(sample: Path) -> None:
    before = tree(sample)
    lod("check", sample)
    assert tree(sample) == before


def test_export_ends_with_1_when_records_were_rejected_and_exports_the_rest(tmp_path: Path) -> None:
    archive = make(tmp_path / "a", [record(1), record(2, title=None)])
    done = lod("export", archive, tmp_path / "out", "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["counts"]["exported"] == 1
    assert (tmp_path / "out" / "turtle" / "2017.ttl").exists()


@pytest.mark.parametrize("arguments", [("export", "nirgends", "out"), ("check", "nirgends"), ("show", "nirgends", "x")])
def test_an_archive_that_is_not_there_is_one_line(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = lod(arguments[0], tmp_path / arguments[1], *arguments[2:])
    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1
    assert "`lod init DIR` makes one" in done.stderr


@pytest.mark.parametrize(
    "wanted",
    ["stadt-beispielhausen/2026/17", "17/2026", "https://presse.example.org/release/stadt-beispielhausen/2026/17"],
)
def test_show_finds_a_release_by_id_number_or_iri(sample: Path, wanted: str) -> None:
    shown = lod("show", sample, wanted)
    assert shown.exit_code == 0
    assert "<https://presse.example.org/release/stadt-beispielhausen/2026/17>" in shown.output
    assert (
        "<https://presse.example.org/org/stadt-beispielhausen#id>\n    a schema:GovernmentOrganization" in shown.output
    )


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_show_knows_every_format(sample: Path, form: str) -> None:
    shown = lod("show", sample, "17/2026", "-f", form)
    assert shown.exit_code == 0
    assert "Wohngeld" in shown.output


def test_show_says_when_there_is_no_such_release(sample: Path) -> None:
    missing = lod("show", sample, "99/1999")
    assert missing.exit_code == 2
    assert 'no release "99/1999"' in missing.stderr


def test_show_says_which_records_have_the_same_id(tmp_path: Path) -> None:
    archive = make(tmp_path / "a", [record(1), record(2), record(1, title="Noch einmal")], files=2)
    shown = lod("show", archive, "stadt/2017/1")
    assert shown.exit_code == 2
    assert shown.stderr == 'lod: "stadt/2017/1" is the id of 2 records: releases/0.jsonl:1, releases/0.jsonl:2\n'


def test_show_says_which_releases_have_the_same_number(tmp_path: Path) -> None:
    same = [record(1, id=name) for name in ("b", "a")]
    shown = lod("show", make(tmp_path / "a", same), "1/2017")
    assert shown.exit_code == 2
    assert shown.stderr == 'lod: "1/2017" is the number of 2 releases; name one by its id: a, b\n'


def test_an_export_of_one_format_says_what_is_no_longer_there(sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert "Removed" not in lod("export", sample, out, "-f", "turtle", "-f", "ntriples", "-f", "jsonld").output
    done = lod("export", sample, out, "-f", "turtle")
    assert f"Removed ntriples/, jsonld/: {out} holds what the last export was asked for" in done.output
    assert not (out / "ntriples").exists()
    assert "Removed" not in lod("export", sample, out, "-f", "turtle").output


def test_formats_lists_the_table() -> None:
    listed = lod("formats").output
    assert [line.split()[0] for line in listed.splitlines()] == list(FORMATS)
    assert {row["name"] for row in json.loads(lod("formats", "--json").stdout)} == set(FORMATS)


def test_a_key_that_archive_toml_does_not_know(tmp_path: Path) -> None:
    archive = make(tmp_path / "a", [record(1)])
    config = (archive / "archive.toml").read_text()
    (archive / "archive.toml").write_text(config.replace("time_zone", "timezone"))
    done = lod("check", archive)
    assert done.exit_code == 2
    assert "archive.toml" in done.stderr
    assert "timezone" in done.stderr
    assert "time_zone" in done.stderr


def test_what_the_system_refuses_is_one_line(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(ENOSPC, "No space left on device", "/irgendwo/000001.run")

    monkeypatch.setattr("lod.check.checked", full)
    done = lod("check", sample)
    assert (done.exit_code, done.stderr) == (2, "lod: /irgendwo/000001.run: No space left on device\n")
