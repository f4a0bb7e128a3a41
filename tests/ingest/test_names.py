from __future__ import annotations

import pytest

from lod.ingest.names import Known, Names
from lod.ingest.organisations import acronym, find_organisations, nominative
from tests.ingest.reader import tongue

DSTGB = Known("dstgb", "org", "Deutscher Städte- und Gemeindebund", "Deutscher Städte- und Gemeindebund")
STADT = Known("auenbrueck", "org", "Stadt Auenbrück", "Stadt Auenbrück")
ORT = Known("ort-auenbrueck", "place", "Auenbrück", "Auenbrück")
NAMES = Names([DSTGB, STADT, ORT])


@pytest.mark.parametrize(
    "printed",
    [
        "Deutscher Städte- und Gemeindebund",
        "des Deutschen Städte- und Gemeindebundes",
        "dem Deutschen Städte- und Gemeindebund",
        "DEUTSCHER STÄDTE- UND GEMEINDEBUND",
        "Deutscher  Städte- und\nGemeindebund",
    ],
)
def test_names_are_found_in_inflected_form(printed: str) -> None:
    found = NAMES.occurrences(f"Das sagt {printed}.")
    assert [each.known.id for each in found] == ["dstgb"]


@pytest.mark.parametrize(
    "printed", ["Deutscher Städtetag", "Städte- und Gemeindebund", "Stadt Auenbrücken", "Stadt Auen"]
)
def test_likeness_is_not_enough(printed: str) -> None:
    assert [each.known.kind for each in NAMES.occurrences(printed)] == []


def test_the_longest_name_wins_and_kinds_are_kept_apart() -> None:
    assert [each.known.id for each in NAMES.occurrences("Die Stadt Auenbrück liegt bei Auenbrück.")] == [
        "auenbrueck",
        "ort-auenbrueck",
    ]
    assert NAMES.find("Auenbrück", "org") is None
    assert NAMES.find("auenbrück", "place") == ORT


def test_a_name_of_two_is_nobodys() -> None:
    names = Names([Known("a", "person", "Anna Meier", "Anna Meier"), Known("b", "person", "Anna Meier", "Anna Meier")])
    assert names.find("Anna Meier", "person") is None


@pytest.mark.parametrize(
    ("printed", "before", "name"),
    [
        ("Deutschen Städte- und Gemeindebundes", "Hauptgeschäftsführer des ", "Deutscher Städte- und Gemeindebund"),
        ("Kommunalverbandes Westmark", "Präsident des ", "Kommunalverband Westmark"),
        ("Katholischen Hochschule Altenfurt", "an der ", "Katholische Hochschule Altenfurt"),
        ("Statistischen Landesamtes", "Leiter des ", "Statistisches Landesamt"),
        ("Universität Hohenberg", "von der ", "Universität Hohenberg"),
    ],
)
def test_nominatives(printed: str, before: str, name: str) -> None:
    assert nominative(printed, before, "", tongue("de")) == name


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("de", "Die Free Software Foundation Europe (FSFE) begrüßt das.", ["Free Software Foundation Europe"]),
        ("de", "Vertreter des Bundesinnenministeriums kamen.", ["Bundesinnenministerium"]),
        ("de", "Die Städte und Gemeinden sowie die Ausländerbehörden warten.", []),
        (
            "en",
            "The Bureau of Alcohol, Tobacco, Firearms, and Explosives met.",
            ["Bureau of Alcohol, Tobacco, Firearms, and Explosives"],
        ),
        ("de", "Der BRK-Kreisverband und das Goethe-Institut kamen.", ["BRK-Kreisverband", "Goethe-Institut"]),
        ("de", "Sie leitet die Akademie für soziale Berufe.", ["Akademie für soziale Berufe"]),
        ("de", "Die Open-Source-Datenbank ist neu.", []),
        ("nl", "Volgens gemeente Lindedam opent het centrum van Lindedam.", ["gemeente Lindedam"]),
        ("es", "El ayuntamiento de Villarroca firma.", ["ayuntamiento de Villarroca"]),
        ("fr", "Le Conseil départemental de la Haute-Loue vote.", ["Conseil départemental de la Haute-Loue"]),
        ("fr", "La Société des transports de Brissac ouvre une ligne.", ["Société des transports de Brissac"]),
    ],
)
def test_organisations_in_a_text(language: str, text: str, names: list[str]) -> None:
    assert [each.name for each in find_organisations([(0, text)], tongue(language), Names(()))] == names


def test_initials() -> None:
    assert acronym("Städte- und Gemeindebund") == "SG"
