# ruff: noqa: E501 - examples stand in one line, whatever their length
from __future__ import annotations

import pytest

from tests.ingest.reader import record

LEAD = "Der Rat der Stadt hat am Dienstag den Haushalt für das kommende Jahr mit großer Mehrheit beschlossen."


@pytest.mark.parametrize(
    ("above", "title", "subtitle"),
    [
        ("# Haushalt beschlossen\n\n## Mehr Geld für Schulen", "Haushalt beschlossen", "Mehr Geld für Schulen"),
        ("# Pressemitteilung\n\n## Haushalt beschlossen", "Haushalt beschlossen", None),
        ("# Stadt Auenbrück\n\n## Haushalt beschlossen", "Haushalt beschlossen", None),
        ("# Debian-Projekt – Pressemitteilung\n\n## Haushalt beschlossen", "Haushalt beschlossen", None),
        ("**Haushalt beschlossen**\n\n*Mehr Geld für Schulen*", "Haushalt beschlossen", "Mehr Geld für Schulen"),
        ("Haushalt beschlossen\n====================", "Haushalt beschlossen", None),
        (
            "STADT AUENBRÜCK\n\nHAUSHALT MIT GROSSER MEHRHEIT BESCHLOSSEN",
            "HAUSHALT MIT GROSSER MEHRHEIT BESCHLOSSEN",
            None,
        ),
        (
            "3. Juli 2017\n\nHaushalt der Stadt beschlossen\n\nMehr Geld für Schulen",
            "Haushalt der Stadt beschlossen",
            "Mehr Geld für Schulen",
        ),
        ("# Pressemitteilung 12/2017: Haushalt der Stadt beschlossen", "Haushalt der Stadt beschlossen", None),
        ("# Haushalt\n\n![Bild](b.jpg)\n\nPressemitteilung Nr. 3 vom 3. Juli 2017", "Haushalt", None),
        (
            "**Haushalt der Stadt ist jetzt beschlossen**\n*Mehr Geld für Schulen*",
            "Haushalt der Stadt ist jetzt beschlossen",
            "Mehr Geld für Schulen",
        ),
        (
            "# Haushalt\n\n*Gemeinsamer Appell der Gemeinden\nan Bund und Land*",
            "Haushalt",
            "Gemeinsamer Appell der Gemeinden an Bund und Land",
        ),
        ("# Haushalt\n\nLaufzeit: 5. Juli bis 7. September 2019\nEröffnung: 4. Juli 2019, 19 Uhr", "Haushalt", None),
        ("# Haushalt\n\nVon Jana Beck", "Haushalt", None),
        ("# Haushalt\n\nLesezeit: 2 Minuten", "Haushalt", None),
        ("# Haushalt\n\n**Auf einen Blick:**\n\n- Schulen\n- Straßen", "Haushalt", None),
        ("# Haushalt\n\nGemeinsame Pressemitteilung von Stadt Lein und Landkreis Lein", "Haushalt", None),
        ("# PostgreSQL 9.6 Pressemappe", "PostgreSQL 9.6 Pressemappe", None),
    ],
)
def test_titles_and_subtitles(above: str, title: str, subtitle: str | None) -> None:
    found = record(f"{above}\n\n{LEAD}\n")
    assert (found["title"], found.get("subtitle")) == (title, subtitle)
    assert found["lead"] == LEAD


def test_a_title_over_two_lines_is_one() -> None:
    found = record(f"Stadt und Land einigen sich auf einen gemeinsamen Plan für\nden Ausbau der Schulen\n\n{LEAD}")
    assert found["title"].endswith("Ausbau der Schulen")


def test_the_topic_above_a_heading_is_a_kicker_and_an_office_is_none() -> None:
    assert (
        record(f"*Nahverkehr und Tarife*\n\n# Zehnerkarte kehrt zurück\n\n{LEAD}")["kicker"] == "Nahverkehr und Tarife"
    )
    assert "kicker" not in record(f"Stadt Auenbrück\n\n# Zehnerkarte kehrt zurück\n\n{LEAD}")


def test_the_title_of_the_page_serves_where_the_text_has_none() -> None:
    assert record(LEAD, title="Haushalt beschlossen")["title"] == "Haushalt beschlossen"


def test_without_a_title_there_is_none() -> None:
    assert "title" not in record(LEAD)


def test_a_sentence_above_the_date_is_a_subtitle() -> None:
    text = (
        "# Flood warnings by phone\n\nA new service will call landlines as well as mobiles.\n\n"
        "Published: 4 May 2021\n\nPeople living near rivers will get a call when their home is about to flood, "
        "the government announced today. The service is free.\n"
    )
    found = record(text)
    assert found["subtitle"] == "A new service will call landlines as well as mobiles."
    assert found["lead"].startswith("People living")
    assert found["issued"] == "2021-05-04"


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("HOCHWALD UND SÜDMARK\nMINISTERIUM FÜR FORSTEN\n\n8. Juli 2019\n\nJäger sollen alle Hirsche zählen", "Jäger sollen alle Hirsche zählen"),
        ("Amtsgericht Steinau\nDie Direktorin\n\n11.01.2016\n\nProzess um gestohlene Glocke beginnt bald", "Prozess um gestohlene Glocke beginnt bald"),
        ("**Weltbienentag**\n\n**Der Imkerrat legt einen Plan vor**", "Der Imkerrat legt einen Plan vor"),
        ("**Hebammen beraten im Landkreis**\n***„Eine Stunde entfernt“***", "Hebammen beraten im Landkreis"),
        ("KLINIKEN WARNEN VOR WEITEREN SCHLIESSUNGEN\n\n12. August 2014", "KLINIKEN WARNEN VOR WEITEREN SCHLIESSUNGEN"),
    ],
)  # fmt: skip
def test_headlines_without_marks_of_headings(above: str, title: str) -> None:
    text = "Der Rat der Stadt hat am Dienstag den Haushalt für das kommende Jahr mit großer Mehrheit beschlossen."
    assert record(f"{above}\n\n{text}\n")["title"] == title


def test_a_line_of_nothing_but_marks_is_no_running_head() -> None:
    assert (
        record("# Haushalt\n\n<div>\n</div>\n\nDer Rat der Stadt hat am Dienstag den Haushalt beschlossen.\n")["title"]
        == "Haushalt"
    )
