from __future__ import annotations

import pytest

from tests.ingest.reader import reading, record

LEAD = "Der Rat der Stadt hat am Dienstag den Haushalt für das kommende Jahr mit großer Mehrheit beschlossen."


def _kinds(text: str) -> list[str]:
    return [each.kind for each in reading(f"# Haushalt\n\n{LEAD} {text}\n").suspicions]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ein offener Meinungs austausch ist nötig.", "hyphenation"),
        ("Die Abschiebep Praxis wird geprüft.", "hyphenation"),
        ("Es warten 87 Gemein- den seit Monaten.", "hyphenation"),
        ("Die StraÃŸe fÃ¼hrt nach SÃ¼den.", "mojibake"),
        ("Die Stra\ufffde ist gesperrt.", "replacement"),
        ("Die Gr??e stimmt nicht, sagt der M?ller.", "replacement"),
        ("Der Weg nach Mineral WellsHUDSON ist lang.", "glued"),
        ("\n\nSeite 2 von 3\n\nWeiter.", "leftover"),
        (f"\n\nEin zweiter Absatz.\n\n{LEAD} Anders.\n\n{LEAD} Anders.", "repetition"),
    ],
)
def test_what_looks_like_an_error_of_conversion(text: str, kind: str) -> None:
    assert kind in _kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Die Städte- und Gemeinden sowie Vor- oder Nachteile.",
        "PostgreSQL und JavaScript sind bekannt, PostgreSQL und JavaScript auch.",
        "Thomas Schmidt kam mit Bernd Drevenack.",
        "Was heißt das? Nichts.",
    ],
)
def test_what_only_looks_odd(text: str) -> None:
    assert _kinds(text) == []


def test_nothing_of_it_is_changed() -> None:
    text = f"# Haushalt\n\n{LEAD} Ein Meinungs austausch ist nötig.\n"
    assert "Meinungs austausch" in record(text)["lead"]


def test_places_are_those_of_the_source() -> None:
    text = f"# Haushalt\n\n{LEAD} Ein **Meinungs austausch** ist nötig.\n"
    found = reading(text).suspicions[0]
    assert text[found.start : found.end] == "Meinungs austausch"
