# ruff: noqa: E501 - examples stand in one line, whatever their length
from __future__ import annotations

import pytest

from lod.ingest.blocks import blocks
from lod.ingest.sections import is_prose, parts
from tests.ingest.reader import record, tongue

TEXT = "Der Rat der Stadt hat am Dienstag den Haushalt für das kommende Jahr mit großer Mehrheit beschlossen."


def _parts(text: str, language: str = "de") -> list[str]:
    return parts(blocks(f"{TEXT}\n\n{text}"), tongue(language))[1:]


@pytest.mark.parametrize(
    ("language", "text", "part"),
    [
        ("de", "## Über die Stadtwerke\n\nDie Stadtwerke versorgen 48.000 Haushalte.", "boilerplate"),
        ("de", "**Über uns:** Die Stiftung wurde 1984 gegründet.", "boilerplate"),
        ("en", "About Harrow & Finch\n\nHarrow & Finch publishes 300 titles a year.", "boilerplate"),
        ("fr", "**À propos du ministère**\n\nLe ministère prépare la politique du littoral.", "boilerplate"),
        ("de", "**Hinweis an die Redaktionen:** Zum Fototermin sind Sie eingeladen.", "notes"),
        ("en", "NOTES TO EDITORS\n\n1. The scheme is worth £4.2 million.", "notes"),
        ("nl", "**Noot voor de redactie**\n\nVoor vragen: Ellis van Dam", "notes"),
        ("de", "Pressekontakt: Ute Reinders, Tel. 07123 555-110", "contact"),
        ("en", "Media enquiries\n\nSimon Tate, Head of Communications", "contact"),
        ("de", "Stadt Auenbrück, Rathausplatz 1, 49888 Auenbrück", "contact"),
        ("de", "Korrektur: In der ursprünglichen Fassung stand ein falscher Betrag.", "correction"),
        ("de", "Original-Content von: Polizei, übermittelt durch news aktuell", "footer"),
        ("en", "Component(s): Civil Rights Division", "footer"),
        ("de", "(tw)", "footer"),
        ("de", "gez. Dr. Ruth Ammersbach\nDirektorin des Amtsgerichts", "signature"),
        ("de", "Carola Nestler\nRichterin am Amtsgericht\nPressesprecherin", "contact"),
        ("en", "About AtlasClear Holdings, Inc.\n\nAtlasClear builds a platform for brokers.", "boilerplate"),
    ],
)
def test_what_stands_around_the_text(language: str, text: str, part: str) -> None:
    assert set(_parts(text, language)) == {part}


@pytest.mark.parametrize(
    "text",
    [
        "Über 450.000 Menschen leben in der Region, und jedes Jahr kommen einige Tausend weitere hinzu.",
        "Hinweise nimmt die Polizei unter der Rufnummer 05999 / 66-0 zu jeder Tages- und Nachtzeit entgegen.",
        "Kontakte zwischen den Städten gab es schon früher, doch erst jetzt wird daraus ein fester Vertrag.",
        "## Hintergrund",
    ],
)
def test_text_that_only_begins_like_it(text: str) -> None:
    assert _parts(text) == [""]


def test_everything_behind_the_end_mark_is_footer() -> None:
    assert _parts("###\n\nNext Article\n\nSome more words here", "en") == ["end", "footer", "footer"]


def test_contacts_above_the_text_do_not_swallow_the_title() -> None:
    text = "FOR IMMEDIATE RELEASE\n\nContact: Ricci Graham\n\n510-763-0370\n\n# Grant for Oakland\n\nThe City of Oakland has been selected to receive a grant of $789,360, the agency announced today."
    found = record(text)
    assert found["title"] == "Grant for Oakland"
    assert found["contacts"] == [{"name": "Ricci Graham", "phone": "510-763-0370"}]


def test_a_letter_around_the_release_is_cut() -> None:
    found = record(
        "Sehr geehrte Damen und Herren,\n\nanbei unsere Mitteilung mit der Bitte um Veröffentlichung in Ihrem Medium.\n\n"
        f"Mit freundlichen Grüßen\n\n---\n\n## Haushalt beschlossen\n\n{TEXT}\n"
    )
    assert (found["title"], found["lead"]) == ("Haushalt beschlossen", TEXT)


def test_contacts_notes_and_standing_texts_never_stand_in_the_body() -> None:
    found = record(
        f"# Haushalt\n\n{TEXT}\n\nEin zweiter Absatz, der ebenfalls zum Text der Mitteilung gehört und hier endet.\n\n"
        "**Hinweis an die Redaktionen:** Fotos gibt es auf Anfrage bei uns.\n\n## Über die Stadt\n\nDie Stadt ist alt.\n\n"
        "## Kontakt\n\nUte Reinders\npresse@stadt.example\n"
    )
    assert found["body"] == "Ein zweiter Absatz, der ebenfalls zum Text der Mitteilung gehört und hier endet."
    assert found["notes"] == ["Hinweis an die Redaktionen: Fotos gibt es auf Anfrage bei uns."]
    assert found["boilerplate"] == ["Über die Stadt\n\nDie Stadt ist alt."]
    assert found["contacts"] == [{"mail": "presse@stadt.example", "name": "Ute Reinders"}]


def test_prose_is_told_from_lines() -> None:
    assert is_prose(TEXT)
    assert not is_prose(
        "Pressestelle der Stadt Auenbrück, Telefon 05999 88-2244, presse@auenbrueck.example, Rathausplatz 1"
    )
    assert not is_prose("Kurz.")
