"""The record: what it accepts, what it refuses, and what it says when it refuses."""

from __future__ import annotations

import json
import unicodedata
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from lod.faults import sentences
from lod.release import Defaults, Release

DEFAULTS = Defaults("de", ZoneInfo("Europe/Berlin"))
RECORD: dict[str, Any] = {
    "number": "15/2017",
    "title": "Entlastung der Kommunen",
    "issued": "2017-07-03",
    "issuers": ["stgb-nrw", {"name": "Deutscher Städte- und Gemeindebund", "authority": "dstgb"}],
    "lead": "Bund und Kommunen sprechen.",
    "body": "„Wir brauchen Entlastung“, sagt **Dr. Groß**.\n\n„Wir brauchen Entlastung“, sagt sie auch.",
    "people": [{"name": "Gerd Groß", "honorific": "Dr.", "function": "Geschäftsführer"}],
}


def release(**changed: Any) -> Release:
    return Release.model_validate({**RECORD, **changed}, context=DEFAULTS)


def faults(**changed: Any) -> dict[str, str]:
    with pytest.raises(ValidationError) as caught:
        release(**changed)
    return {".".join(map(str, path)): reason for path, reason in sentences(caught.value, Release)}


def test_the_archive_gives_the_language() -> None:
    assert release().language == "de"
    assert release(language="pt_br").language == "pt-BR"


def test_without_an_archive_the_language_is_needed() -> None:
    with pytest.raises(ValidationError, match="language: missing"):
        Release.model_validate(RECORD)


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({}, "stgb-nrw/2017/15"),
        ({"publisher": "dstgb"}, "dstgb/2017/15"),
        ({"id": "stgb-nrw/2017/0703-entlastung"}, "stgb-nrw/2017/0703-entlastung"),
        ({"number": "18 - 476"}, "stgb-nrw/2017/18-476"),
        ({"series": "mitteilung"}, "stgb-nrw/2017/mitteilung-15"),
    ],
)
def test_the_path_comes_from_the_record_alone(changed: dict[str, Any], path: str) -> None:
    assert release(**changed).path == path


def test_a_day_stays_a_day() -> None:
    assert release().issued == date(2017, 7, 3)
    assert not isinstance(release().issued, datetime)


def test_a_time_without_zone_takes_that_of_the_archive_on_that_day() -> None:
    summer, winter = release(issued="2017-07-03 10:00").issued, release(issued="2017-12-03T10:00").issued
    assert isinstance(summer, datetime)
    assert isinstance(winter, datetime)
    assert (summer.utcoffset(), winter.utcoffset()) == (timedelta(hours=2), timedelta(hours=1))


@pytest.mark.parametrize(
    "value", ["3. Juli", "2017", 1499040000, "2017-02-30", "20170703", "2017-W27-1", True, "2017-7-3"]
)
def test_what_is_no_date_is_refused(value: object) -> None:
    assert "issued" in faults(issued=value)


def test_text_is_nfc_and_has_one_kind_of_line_end() -> None:
    nfd = unicodedata.normalize("NFD", "Städte fördern")
    assert release(title=nfd).title == "Städte fördern"
    assert release(title="Städte\r\n  fördern ").title == "Städte fördern"
    assert release(lead="Zeile\r\nZeile").lead == "Zeile\nZeile"


def test_no_forbidden_character_slips_through_whatever_python_calls_printable() -> None:
    forbidden = [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
    for code in (*forbidden, 0xFFFE, 0xFFFF):
        assert f"U+{code:04X}" in faults(title=f"a{chr(code)}b")["title"]


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ufffe", "\u202e", "\u2066"])
def test_forbidden_characters_are_refused_with_their_position(character: str) -> None:
    assert faults(title=f"Stä{character}dte")["title"] == f"forbidden character U+{ord(character):04X} at position 3"


def test_soft_hyphens_stay() -> None:
    assert release(title="Aus\u00adreise\u00adpflicht").title == "Aus\u00adreise\u00adpflicht"


def test_a_lone_surrogate_is_refused() -> None:
    assert "title" in faults(title="a\ud800b")
    with pytest.raises(ValidationError):
        Release.model_validate_json(json.dumps({**RECORD, "title": "a\ud800b"}), context=DEFAULTS)


def test_unknown_fields_are_refused_with_a_suggestion() -> None:
    assert faults(titel="x")["titel"] == 'unknown field, did you mean "title"?'
    found = faults(people=[{"name": "A", "funktion": "B"}])
    assert found["people.0.funktion"] == 'unknown field, did you mean "function"?'


def test_all_faults_are_told_at_once() -> None:
    assert faults(issued="gestern", status="gone", version=0).keys() == {"issued", "status", "version"}


QUOTATION = {"id": "q1", "text": "Wir brauchen Entlastung", "speakers": ["Gerd Groß"], "start": 30}


def test_a_quotation_stands_where_the_record_says() -> None:
    made = release(quotations=[QUOTATION])
    start, end = made.spans["q1"]
    assert made.text[start:end] == "Wir brauchen Entlastung"


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"quotations": [{**QUOTATION, "start": None}]}, "quotations.0.start", "needed"),
        ({"quotations": [{**QUOTATION, "start": 3}]}, "quotations.0.text", "not found"),
        ({"quotations": [{**QUOTATION, "text": "Nie gesagt"}]}, "quotations.0.text", "not found"),
        ({"quotations": [{**QUOTATION, "speakers": ["Unbekannt"]}]}, "quotations.0.speakers", "not among the people"),
        ({"quotations": [QUOTATION, QUOTATION]}, "quotations.1.id", "used twice"),
        ({"people": [*RECORD["people"], {"name": "Gerd Gross"}]}, "people.1.name", "cannot be told apart"),
        ({"modified": "2017-07-02"}, "modified", "before the date of issue"),
        ({"embargo": {"until": "2017-07-02T10:00:00+02:00"}}, "embargo.until", "before the date of issue"),
        ({"replaces": "stgb-nrw/2017/15"}, "replaces", "names itself"),
        ({"replaces": "a/1", "replaced_by": "a/1"}, "replaced_by", "the same release"),
        ({"number": None}, "id", "missing"),
        ({"number": "4711", "issued": None}, "id", "neither the number"),
        ({"issuers": [{"name": "Nur ein Name"}]}, "publisher", "missing"),
        (
            {"changes": [{"version": 2, "at": "2017-07-04T08:00:00Z", "kind": "correction", "note": "x"}]},
            "changes",
            "version 1 cannot have changed",
        ),
        ({"version": 3, "changes": [{"version": 3, "at": "2017-07-04T08:00:00Z", "kind": "update", "note": "x"}]},
         "changes", "do not lead"),
        (
            {"version": 2, "changes": [{"version": 2, "at": "2017-07-04T08:00:00Z", "kind": "cancel", "note": "x"}]},
            "status",
            "last change",
        ),
    ],
)  # fmt: skip
def test_rules_between_fields(changed: dict[str, Any], field: str, reason: str) -> None:
    found = faults(**changed)
    assert reason in found[field]


def test_a_canceled_release_cannot_come_back() -> None:
    steps = [
        {"version": 2, "at": "2017-07-04T08:00:00Z", "kind": "cancel", "note": "zurückgezogen"},
        {"version": 3, "at": "2017-07-05T08:00:00Z", "kind": "update", "note": "doch nicht"},
    ]
    assert "cannot come back" in faults(version=3, changes=steps)["changes"]


def test_an_embargo_without_an_end_says_what_is_known() -> None:
    assert release(embargo={"note": "Sperrfrist: Beginn der Rede"}).embargo is not None
    assert "needs a note" in faults(embargo={})["embargo"]


def test_the_lead_is_the_beginning_of_the_text_and_never_there_twice() -> None:
    assert release().text.startswith("Bund und Kommunen sprechen.\n\n„Wir")
    repeated = release(body="**Bund und Kommunen sprechen.**\n\nMehr.")
    assert repeated.text == "Bund und Kommunen sprechen.\n\nMehr."
    assert len(repeated.blocks) == 2


@pytest.mark.parametrize("path", ["../geheim", "/etc/passwd", "a/../b", ".git/config", "a\\b", ""])
def test_no_file_of_a_record_leaves_the_archive(path: str) -> None:
    assert "source.file" in faults(source={"file": path})


def test_a_record_survives_json() -> None:
    made = release(
        quotations=[QUOTATION], embargo={"until": "2017-07-03T11:00:00+02:00"}, recorded="2026-01-01T00:00:00Z"
    )
    assert Release.model_validate_json(made.model_dump_json(exclude_none=True), context=DEFAULTS) == made


def test_every_field_is_documented_with_an_example() -> None:
    todo, seen = [Release], set()
    while todo:
        model = todo.pop()
        seen.add(model.__name__)
        for name, info in model.model_fields.items():
            assert info.description, f"{model.__name__}.{name}"
            assert info.examples, f"{model.__name__}.{name}"
    assert seen


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("alt/pm.PDF", "source.pdf"),
        ("alt/pm.jsonl.gz", "source.gz"),
        ("alt/Meldung ohne Punkt", "source.bin"),
        ("alt/Meldung.März", "source.bin"),
        ("alt.d/Meldung", "source.bin"),
    ],
)
def test_the_source_document_has_a_name_that_an_iri_can_hold(file: str, name: str) -> None:
    source = release(source={"file": file}).source
    assert source is not None
    assert source.name == name


def test_the_name_of_the_source_document_is_taken() -> None:
    file = {"name": "source.pdf", "url": "https://stadt.example/x", "media_type": "application/pdf"}
    reason = '"source.pdf" is the name of the source document here; choose another one'
    assert faults(attachments=[file], source={"file": "alt/x.pdf"}) == {"attachments.0.name": reason}
    assert release(attachments=[file], source={"url": "https://stadt.example/x.pdf"}).attachments
