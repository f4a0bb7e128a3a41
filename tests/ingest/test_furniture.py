from __future__ import annotations

import pytest

from tests.ingest.reader import record

LEAD = "Der Rat der Stadt hat am Dienstag den Haushalt für das kommende Jahr mit großer Mehrheit beschlossen."
HEAD = "Landkreis Lein\n\n3. Juli 2017\n\n"


@pytest.mark.parametrize(
    "trail",
    [
        "Sie sind hier: Startseite » Landkreis Lein » Presse",
        "[Startseite](/) > [Landratsamt](/amt) > Oktober 2017",
        "[Home](/) / [Nieuws](/n) / Haushalt",
        "Accueil > Actualités > Communiqués",
        "[Zum Inhalt springen](#i) | [Zur Navigation](#n) | [Impressum](/i)",
        "Menü\nSuche\nStartseite",
        "Facebook | Twitter | E-Mail",
    ],
)
def test_trails_are_no_letterhead(trail: str) -> None:
    found = record(f"{trail}\n\n{HEAD}# Haushalt ist beschlossen\n\n{LEAD}")
    assert [each["name"] for each in found["issuers"]] == ["Landkreis Lein"]
    assert (found["title"], found["lead"]) == ("Haushalt ist beschlossen", LEAD)
    assert not {"subtitle", "kicker"} & found.keys()


def test_a_line_with_an_arrow_is_no_trail() -> None:
    assert record(f"{HEAD}# Umsatz > Vorjahr > Plan\n\n{LEAD}")["title"] == "Umsatz > Vorjahr > Plan"


@pytest.mark.parametrize(
    "caption",
    [
        "*Landrätin Anke Wulf (2. v. l.) übergibt den Haushalt dem Vorsitzenden des Rates.*",
        "Landrätin Anke Wulf übergibt den Haushalt am Dienstag dem Vorsitzenden des Rates. Foto: Landkreis Lein / Ott",
        "Von links: Landrätin Anke Wulf und der Vorsitzende des Rates vor dem Haushalt der Stadt.",
        "Der Haushalt der Stadt wiegt in diesem Jahr vier Kilogramm und hat 900 Seiten. © Landkreis Lein",
    ],
)
def test_captions_are_neither_lead_nor_subtitle(caption: str) -> None:
    found = record(f"{HEAD}# Haushalt ist beschlossen\n\n![Übergabe](/bild.jpg)\n{caption}\n\n{LEAD}")
    assert found["lead"] == LEAD
    assert "subtitle" not in found
    assert "Landrätin" not in found.get("body", "")


def test_a_caption_names_people_and_no_photographer() -> None:
    text = (
        f"{HEAD}# Haushalt\n\n![Übergabe](/bild.jpg)\n*Landrätin Anke Wulf mit dem Haushalt. Foto: Jens Beck*\n\n{LEAD}"
    )
    assert [each["name"] for each in record(text)["people"]] == ["Anke Wulf"]


def test_a_standfirst_below_a_picture_is_a_subtitle() -> None:
    text = (
        f"{HEAD}# Haushalt ist beschlossen\n\n![Übergabe](/bild.jpg)\n\n*Mehr Geld für Schulen und Straßen*\n\n{LEAD}"
    )
    assert record(text)["subtitle"] == "Mehr Geld für Schulen und Straßen"
