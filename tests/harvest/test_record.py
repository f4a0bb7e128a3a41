from __future__ import annotations

import json

import pytest

from lod.release import Release
from tests.harvest.conftest import Make, everything, told

SOUND = {"id": "stadt/2017/1", "title": "Titel", "issuers": ["stadt"]}


def _told(make: Make, **changes: object) -> list[str]:
    record = {key: value for key, value in {**SOUND, **changes}.items() if value is not None}
    return [
        fault.removeprefix("releases/a.jsonl:1: ") for fault in told(make({"releases/a.jsonl": json.dumps(record)}))
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": None}, "title: missing"),
        ({"title": "  "}, "title: empty"),
        ({"title": 7.5}, None),
        ({"title": ["a"]}, "title: text is needed, found a list"),
        ({"number": "x" * 80}, f'number: longer than 60: "{"x" * 60}…"'),
        ({"version": "zwei"}, 'version: a whole number is needed, found "zwei"'),
        ({"version": 0}, 'version: must be at least 1, found "0"'),
        ({"status": "weg"}, "status: \"weg\" is none of 'usable', 'withheld' or 'canceled'"),
        ({"people": {"name": "A"}}, "people: a list is needed, found a mapping"),
        ({"people": ["A"]}, 'people.0: a mapping is needed, found "A"'),
        ({"issuers": []}, "issuers: at least 1 needed"),
        ({"embargo": {}}, "embargo: an embargo without an end needs a note"),
        ({"rights": {"notiz": "x"}}, 'rights.notiz: unknown field, did you mean "notice"?'),
        ({"xyz": 1}, "xyz: unknown field"),
        ({"sub-title": 1}, 'sub-title: unknown field, did you mean "subtitle"?'),
        ({"date": 1}, 'date: unknown field, did you mean "dateline"?'),
        ({"str": 1}, "str: unknown field"),
        (
            {"contacts": [{"mail": "a@b.example", "e-mail": 1}]},
            'contacts.0.e-mail: unknown field, did you mean "mail"?',
        ),
        ({"issuers": ["Stadt Köln"]}, 'issuers.0.authority: not like "dst": "Stadt Köln"'),
        ({"issuers": [None]}, "issuers.0: a mapping is needed, found nothing"),
        ({"issued": [2017, 7]}, "issued: not a date: a list"),
        ({"number": True}, "number: text is needed, found true"),
        ({"source": {"bytes": 1 << 60}}, f'source.bytes: must be at most {2**53 - 1}, found "{1 << 60}"'),
        ({"source": {"bytes": 1 << 70}}, f'source.bytes: must be at most {2**53 - 1}, found "{1 << 70}"'),
        ({"version": 3_000_000}, 'version: must be at most 9999, found "3000000"'),
        ({"\x1b[31m": 1}, "\\x1b[31m: unknown field"),
        ({"issued": "2017-02-30"}, 'issued: no such day or time: "2017-02-30"'),
        ({"language": "deutsch!"}, 'language: not a language tag (BCP 47): "deutsch!"'),
        ({"replaces": "stadt/2017/1"}, "replaces: the release names itself"),
        ({"id": "Nicht So"}, None),
        ({"title": "a\x00b"}, "title: forbidden character U+0000 at position 1"),
    ],
)
def test_every_fault_is_a_sentence(make: Make, changes: dict[str, object], expected: str | None) -> None:
    found = _told(make, **changes)
    if expected is not None:
        assert found == [expected]
    for fault in found:
        assert "pydantic" not in fault
        assert "Value error" not in fault
        assert "\n" not in fault


def test_one_field_has_one_fault_even_if_it_has_several_forms(make: Make) -> None:
    (fault,) = _told(make, identifiers=[{"scheme": "kein Schema", "value": "1"}])
    assert fault.startswith("identifiers.0.scheme: ")
    assert "; or " in fault


def test_language_and_zone_come_from_the_archive(make: Make) -> None:
    record = {**SOUND, "issued": "2017-07-03T10:00"}
    (harvested,) = everything(make({"releases/a.jsonl": json.dumps(record)}))
    assert harvested.release is not None
    assert harvested.release.language == "de"
    assert str(harvested.release.issued) == "2017-07-03 10:00:00+02:00"


def test_a_release_written_out_is_harvested_as_it_was(make: Make) -> None:
    full = Release.model_validate(
        {
            **SOUND,
            "language": "de",
            "body": "Wir handeln.",
            "people": [{"name": "Ädä Ö"}],
            "quotations": [{"id": "q1", "text": "Wir handeln", "speakers": ["Ädä Ö"]}],
            "issued": "2017-07-03",
        }
    )
    line = full.model_dump_json(exclude_defaults=True)
    files = {"releases/a.jsonl": line, "releases/b.json": line, "releases/c.yaml": line}
    assert [harvested.release for harvested in everything(make(files))] == [full] * 3
