# ruff: noqa: E501 - examples stand in one line, whatever their length
from __future__ import annotations

from pathlib import Path

import pytest

from lod.errors import ConfigError
from lod.ingest.rules import Rules
from tests.ingest.reader import record, rules

LEAD = "Der Rat der Stadt hat am Dienstag den Haushalt für das kommende Jahr mit großer Mehrheit beschlossen."
LANGUAGES = sorted(path.stem for path in rules().folder.glob("??.toml"))


def test_there_are_languages() -> None:
    assert {"de", "en", "es", "fr", "nl"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_table_compiles_whole(language: str) -> None:
    tongue = rules().tongue(language)
    assert tongue.tables.language == language
    patterns = ("labels", "joint", "embargo", "dockets", "roles", "verbs", "cues", "naming", "honorifics", "about")
    for name in (
        *patterns,
        "titles",
        "modifiers",
        "both",
        "organisation_word",
        "forms",
        "regions",
        "agency",
        "formal_words",
    ):
        assert getattr(tongue, name).pattern


def test_a_language_without_tables_is_read_with_its_own_months() -> None:
    assert rules().tongue("fi").months.numbers["heinäkuuta"] == 7


def _archive(folder: Path, text: str) -> Rules:
    (folder / "ingest.toml").write_text(text, encoding="utf-8")
    return Rules.load(folder)


def test_an_archive_adds_words_numbers_and_cuts(tmp_path: Path) -> None:
    own = _archive(
        tmp_path,
        r"""
        numbers = ['Blatt (\d+)']
        cut = ["^Gedruckt auf Recyclingpapier"]
        boilerplate = ["^Die Stadt Lindenrath hat"]
        [add.de.header]
        labels = ["Rathausblatt"]
        """,
    )
    found = record(
        f"# Rathausblatt\n\nBlatt 17\n\n## Haushalt\n\n{LEAD}\n\nDie Stadt Lindenrath hat 12.000 Einwohner und drei Bäder.\n\n"
        "Gedruckt auf Recyclingpapier in der Hausdruckerei des Rathauses von Lindenrath an der Linde.\n",
        own,
    )
    assert (found["title"], found["number"], found["lead"]) == ("Haushalt", "17", LEAD)
    assert found["boilerplate"] == ["Die Stadt Lindenrath hat 12.000 Einwohner und drei Bäder."]
    assert "body" not in found


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("numbers = ['(']", "not a regular expression"),
        ("colour = 'red'", "Extra inputs are not permitted"),
        ("numbers = ", "not TOML"),
        ("order = 'ymd'", "Input should be"),
    ],
)
def test_what_is_wrong_is_said_with_its_key(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(ConfigError, match=reason) as caught:
        _archive(tmp_path, text)
    assert str(caught.value).startswith("ingest.toml")


def test_an_archive_without_its_own_rules_has_the_common_ones(tmp_path: Path) -> None:
    assert Rules.load(tmp_path).tongue("de").tables == rules().tongue("de").tables


def test_names_of_people_are_told_by_gender() -> None:
    assert (rules().given["Anna"], rules().given["Bernd"]) == ("f", "m")
