# ruff: noqa: E501 - examples stand in one line, whatever their length
from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.ingest.document import open_document
from lod.ingest.reading import Reading, read
from lod.release import Defaults, Release
from tests.ingest.reader import reading, record, rules

LEAD = "Der Rat der Stadt hat am Dienstag den Haushalt für das kommende Jahr mit großer Mehrheit beschlossen."
RELEASE = f"""\
**STADT AUENBRÜCK**

Pressemitteilung Nr. 087 / 2019

24. Juni 2019

# Freibad öffnet wieder

## Neue Rutsche

{LEAD}

„Das Bad bleibt bezahlbar“, sagte Bürgermeisterin Marlies Terhorst. Siehe [Preise](https://auenbrueck.example/preise.pdf).

**Öffnungszeiten**

- Montag
- Dienstag

Pressekontakt: Svenja Köttgen, Telefon 05999 88-2244, presse@auenbrueck.example
"""


def valid(found: dict[str, object]) -> Release:
    return Release.model_validate({**found, "id": "x/1"}, context=Defaults("de", ZoneInfo("Europe/Berlin"), None))


def test_the_record_of_a_release() -> None:
    found = record(RELEASE)
    assert found == {
        "number": "087/2019",
        "title": "Freibad öffnet wieder",
        "subtitle": "Neue Rutsche",
        "language": "de",
        "issued": "2019-06-24",
        "lead": LEAD,
        "body": "„Das Bad bleibt bezahlbar“, sagte Bürgermeisterin Marlies Terhorst. "
        "Siehe [Preise](https://auenbrueck.example/preise.pdf).\n\n### Öffnungszeiten\n\n- Montag\n- Dienstag",
        "issuers": [{"name": "Stadt Auenbrück"}],
        "contacts": [{"name": "Svenja Köttgen", "mail": "presse@auenbrueck.example", "phone": "05999 88-2244"}],
        "people": [
            {"name": "Marlies Terhorst", "given": "Marlies", "family": "Terhorst", "function": "Bürgermeisterin"}
        ],
        "quotations": [{"id": "q1", "text": "Das Bad bleibt bezahlbar", "speakers": ["Marlies Terhorst"]}],
        "attachments": [
            {
                "name": "preise.pdf",
                "url": "https://auenbrueck.example/preise.pdf",
                "media_type": "application/pdf",
                "role": "attachment",
                "title": "Preise",
            }
        ],
    }
    assert valid(found).text.startswith(LEAD)


def test_each_finding_says_where_how_sure_and_why() -> None:
    found = reading(RELEASE)
    for finding in found.findings:
        assert 0 <= finding.start <= finding.end <= len(RELEASE)
        assert 0 < finding.confidence <= 1
        assert finding.why
    at = {finding.field: RELEASE[finding.start : finding.end] for finding in found.findings}
    assert at["title"] == "Freibad öffnet wieder"
    assert at["number"] == "087 / 2019"
    assert at["issued"] == "24. Juni 2019"
    assert at["quotations"] == "Das Bad bleibt bezahlbar"
    assert at["people"] == "Marlies Terhorst"


def test_the_lead_is_repeated_in_the_body_where_it_has_marks() -> None:
    found = record(
        "# Titel\n\n[Eaton](https://eaton.example), ein Unternehmen aus Ohio, hat dem Projekt mehrere Geräte gespendet.\n"
    )
    assert found["lead"].startswith("Eaton, ein")
    assert found["body"].startswith("[Eaton](https://eaton.example), ein")
    assert len(valid({**found, "issuers": [{"name": "X"}]}).blocks) == 1


def test_a_field_that_is_not_there_stays_absent() -> None:
    assert record("Nur ein Wort").keys() <= {"title", "language", "lead"}
    assert record(LEAD).keys() == {"language", "lead"}


def test_a_release_of_two_with_their_own_offices() -> None:
    found = record(
        f"# Titel\n\n{LEAD}\n\n"
        '"Wir brauchen Entlastung", heben die Hauptgeschäftsführer des Deutschen Städte- und Gemeindebundes und des '
        "Städte- und Gemeindebundes Nordrhein-Westfalen, **Dr. Gerd Landsberg** und **Dr. Bernd Jürgen Schneider** hervor.\n\n"
        'Abschließend führen die Hauptgeschäftsführer an: "Das Verfahren muss schneller werden."\n'
    )
    assert [(each["name"], each["function"], each["organisation"]["name"]) for each in found["people"]] == [
        ("Gerd Landsberg", "Hauptgeschäftsführer", "Deutscher Städte- und Gemeindebund"),
        ("Bernd Jürgen Schneider", "Hauptgeschäftsführer", "Städte- und Gemeindebund Nordrhein-Westfalen"),
    ]
    assert [each["speakers"] for each in found["quotations"]] == [["Gerd Landsberg", "Bernd Jürgen Schneider"]] * 2


def test_the_date_of_issue_is_not_that_of_a_decision_an_event_or_an_update() -> None:
    text = (
        "# Haushalt\n\nPressemitteilung Nr. 12/2019 vom 28. Februar 2019\n\nBeschluss vom 5. Februar 2019\n\n"
        f"{LEAD} Er tritt am 1. März 2019 in Kraft.\n\nAktualisiert am 4. März 2019\n"
    )
    assert record(text)["issued"] == "2019-02-28"
    assert "issued" not in record(f"# Haushalt\n\nBeschluss vom 5. Februar 2019\n\n{LEAD}\n")
    assert record(f"# Haushalt\n\n{LEAD}\n\n*Stand: 28.09.2021*\n")["issued"] == "2021-09-28"
    assert record(f"# Haushalt\n\n{LEAD}\n", issued="2020-01-15")["issued"] == "2020-01-15"


def test_texts_of_no_language_and_none_at_all() -> None:
    for text in ("", "\n", "12345", "---", "👋", "漢字"):
        assert isinstance(reading(text), Reading)


@given(st.text(alphabet="Aab ä.,:;\"„“'#>*-|[]()<>/@0123\n", max_size=200))
def test_whatever_comes_is_read_and_gives_a_valid_text(text: str) -> None:
    found = record(text)
    if "title" in found:
        valid({**found, "issuers": found.get("issuers") or [{"name": "X"}]})


@pytest.mark.parametrize(
    "text", ["." * 20000, "*a**b_ " * 3000, '"Das" ' * 3000, "> " * 3000 + "x", "[[" * 5000, "a@" * 8000]
)
def test_long_lines_of_marks_take_no_time(text: str) -> None:
    assert isinstance(reading(text), Reading)


def test_the_documents_of_the_corpus_become_valid_records(corpus: Path) -> None:
    documents = sorted((corpus / "docs").glob("[0-9]*.md"))
    assert documents
    for path in documents:
        valid(read(open_document(path), rules()).record())


def test_the_same_bytes_whatever_the_hash_seed() -> None:
    code = f"import json; from tests.ingest.reader import record; print(json.dumps(record({RELEASE!r})))"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
