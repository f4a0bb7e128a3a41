from __future__ import annotations

import pytest

from lod.ingest.dateline import inline_dateline, placed, row_dateline
from tests.ingest.reader import tongue


@pytest.mark.parametrize(
    ("language", "line", "places"),
    [
        ("de", "Berlin, Düsseldorf, 3. Juli 2017", ["Berlin", "Düsseldorf"]),
        ("de", "Berlin/Bonnheim, den 19. Mai 2016", ["Berlin", "Bonnheim"]),
        ("de", "Drosselau, am 21. November 2016", ["Drosselau"]),
        ("fr", "Paris, le 3 juillet 2017", ["Paris"]),
        ("en", "Brussels, 3 July 2017", ["Brussels"]),
        ("en", "Hudson Oaks, United States - January 27, 2025 / Tent Apps /", ["Hudson Oaks"]),
        ("nl", "Den Haag, 3 juli 2017", ["Den Haag"]),
        ("es", "Madrid, 3 de julio de 2017", ["Madrid"]),
        ("de", "3. Juli 2017", []),
    ],
)
def test_lines_with_place_and_day(language: str, line: str, places: list[str]) -> None:
    found = row_dateline(line, tongue(language), "mdy" if "January" in line else "dmy")
    assert found is not None
    assert [spot.name for spot in found.places] == places
    assert all(line[spot.start : spot.end].casefold() == spot.name.casefold() for spot in found.places)


@pytest.mark.parametrize(
    "line",
    [
        "Beschluss vom 5. Februar 2019",
        "Datum: 3. Juli 2017",
        "Eröffnung: 3. Juli 2017",
        "Pressemitteilung vom 3. Juli 2017",
    ],
)
def test_words_before_a_day_are_no_places(line: str) -> None:
    found = row_dateline(line, tongue("de"), "dmy")
    assert found is None or not found.places


@pytest.mark.parametrize(
    ("language", "text", "places", "begins"),
    [
        ("de", "BERLIN, 3. Juli 2017 – Der Bund zahlt.", ["Berlin"], "Der Bund"),
        ("de", "Auenbrück (ots) - In der Nacht zu Samstag", ["Auenbrück"], "In der"),
        ("de", "Hafenbrück (ots) - (fue) Ein Radfahrer", ["Hafenbrück"], "Ein"),
        ("de", "(PresseBox) (Tessenow, 09.10.2018) Das Werk öffnet.", ["Tessenow"], "Das Werk"),
        ("de", "(GRÜNAU) Das Bad bleibt zu.", ["Grünau"], "Das Bad"),
        ("en", "SINGAPORE, March 10, 2024 /24-7PressRelease/ -- The school opens.", ["Singapore"], "The school"),
        ("en", "DALLAS - September 22, 2025 (NEWMEDIAWIRE) - Many people sleep.", ["Dallas"], "Many people"),
        ("de", "(pia) Nach zweijähriger Bauzeit", [], "Nach"),
        ("de", "Köln. Die Stadt Köln baut.", ["Köln"], "Die Stadt"),
        ("de", "29 SEPTEMBER 2016: PostgreSQL ist da.", [], "PostgreSQL"),
        ("de", "Seehude, 14. März 2019. Der Bund zahlt.", ["Seehude"], "Der Bund"),
        ("en", "OAKLAND - Congresswoman Lee announced", ["Oakland"], "Congresswoman"),
        ("en", "Washington, D.C. — Congressman Lee", ["Washington, D.C."], "Congressman"),
        ("en", "HUDSON OAKS, Texas – Nextlink announced", ["Hudson Oaks"], "Nextlink"),
        ("es", "Villarreja, 14 de junio de 2016.- La plaza", ["Villarreja"], "La plaza"),
    ],
)
def test_datelines_before_the_first_sentence(language: str, text: str, places: list[str], begins: str) -> None:
    found = inline_dateline(text, tongue(language), "dmy")
    assert found is not None
    assert [spot.name for spot in found.places] == places
    assert text[found.end :].startswith(begins)


@pytest.mark.parametrize(
    "text",
    [
        "Eaton – ein Unternehmen aus Ohio – spendet Geräte.",
        "Der Minister: So geht es nicht.",
        "Am 3. Juli 2017 hat der Rat beschlossen.",
        "Oberbürgermeister Cord Ohlendiek freut sich. Das Bad öffnet.",
    ],
)
def test_sentences_without_dateline(text: str) -> None:
    assert inline_dateline(text, tongue("de"), "dmy") is None


def test_a_bold_beginning_is_one() -> None:
    text = "Landkreis Uckerfeld. Der Impfbus kommt."
    assert inline_dateline(text, tongue("de"), "dmy") is None
    found = inline_dateline(text, tongue("de"), "dmy", bold=20)
    assert found is not None
    assert found.places[0].name == "Landkreis Uckerfeld"


def test_an_office_before_the_day_is_no_place() -> None:
    found = row_dateline("IHK Mittelhaardt, 05.02.2024", tongue("de"), "dmy")
    assert found is None or not found.places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Hebersbrück / Landkreis Dornau (ots)", ["Hebersbrück", "Landkreis Dornau"]),
        ("Ort: Eulenbrück", ["Eulenbrück"]),
        ("Thema: Eulenbrück", None),
        ("Eulenbrück", None),
    ],
)
def test_places_in_a_line_without_a_day(text: str, places: list[str] | None) -> None:
    found = placed(text, tongue("de"))
    assert (None if found is None else [spot.name for spot in found.places]) == places
