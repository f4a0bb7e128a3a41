"""The scorer gives all to a perfect record and takes where a record is damaged."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.bench.extraction import OWN
from tests.bench.sameness import same_body, same_function
from tests.bench.scoring import FIELDS, Count, judge, paragraphs
from tests.bench.truth import cases

CASES = cases(OWN)
Record = dict[str, Any]


def perfect(truth: Record) -> Record:
    """The record that a reader without fault would make, as far as the truth tells."""
    contact = truth["contact"]
    contacts = [contact, *contact.get("others", ())] if contact else []
    filler = [f"Absatz {number}." for number in range(1, truth["paragraphs"])]
    record = {
        "number": truth["number"],
        "title": truth["title"],
        "subtitle": truth["subtitle"],
        "lead": truth["lead"],
        "body": "\n\n".join([f"**{truth['lead']}** und so weiter.", "# Kopf", "- Punkt", *filler]),
        "language": truth["language"],
        "issued": truth["issued"],
        "embargo": truth["embargo"],
        "dateline": {"places": [{"name": place} for place in truth["dateline_places"]]},
        "issuers": [{"name": name} for name in truth["issuers"]],
        "people": [
            {"name": person["name"], "function": person["role"], "honorific": person.get("honorific")}
            for person in truth["persons"]
        ],
        "organisations": [{"name": name} for name in truth["organisations"]],
        "quotations": [
            {"text": quote["start"].ljust(60, "." if len(quote["start"]) < 60 else "x"), "speakers": quote["speakers"]}
            for quote in truth["quotes"]
        ],
        "contacts": [
            {"name": entry.get("name"), "mail": entry.get("email"), "phone": entry.get("phone")} for entry in contacts
        ],
    }
    return copy.deepcopy({key: value for key, value in record.items() if value})


def _total(name: str, damage: Callable[[Record], object] = dict) -> Count:
    total = Count()
    for case in CASES:
        record = perfect(case.truth)
        damage(record)
        total += judge(case.truth, record).counts.get(name, Count())
    return total


@pytest.mark.parametrize("name", FIELDS)
def test_perfect_records_get_all(name: str) -> None:
    count = _total(name)
    assert count.expected > 0
    assert (count.precision, count.recall, count.f1) == (1, 1, 1)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_perfect_record_has_no_difference(case: Any) -> None:
    assert judge(case.truth, perfect(case.truth)).differences == []


def test_perfect_records_of_the_shared_documents_get_all(corpus: Path) -> None:
    shared = cases(corpus / "docs")
    assert shared
    assert {case.name: judge(case.truth, perfect(case.truth)).differences for case in shared} == {
        case.name: [] for case in shared
    }


@pytest.mark.parametrize("name", FIELDS)
def test_empty_records_get_nothing(name: str) -> None:
    total = Count()
    for case in CASES:
        total += judge(case.truth, {}).counts.get(name, Count())
    if name == "kept out":  # an empty body holds no address
        assert total.f1 == 1
    else:
        assert total.f1 < 0.1


# ------------------------------------------------------------------------------------------------ damage


def _each(record: Record, key: str) -> Iterator[Record]:
    yield from record.get(key, ())


def _change(key: str, value: Any) -> Callable[[Record], object]:
    return lambda record: record.update({key: value})


def _swap_speakers(record: Record) -> None:
    for quote in _each(record, "quotations"):
        quote["speakers"] = ["Irgend Jemand"]


def _one_speaker(record: Record) -> None:
    for quote in _each(record, "quotations"):
        del quote["speakers"][1:]


def _surnames(record: Record) -> None:
    for quote in _each(record, "quotations"):
        quote["speakers"] = [name.split()[-1] for name in quote["speakers"]]


def _cut_quotes(record: Record) -> None:
    for quote in _each(record, "quotations"):
        quote["text"] = quote["text"].partition(" ")[2] or "x"


def _more_quotes(record: Record) -> None:
    record.setdefault("quotations", []).append({"text": "Ein Titel", "speakers": []})


def _functions(value: str | None) -> Callable[[Record], object]:
    return lambda record: [person.update(function=value) for person in _each(record, "people")]


def _honorific_in_name(record: Record) -> None:
    for person in _each(record, "people"):
        if person["honorific"]:
            person["name"] = f"{person['honorific']} {person['name']}"


def _more_people(record: Record) -> None:
    record["people"].append({"name": "Peter Cornelius"})


def _contact_in_body(record: Record) -> None:
    record["body"] += "\n\n" + " ".join(contact["mail"] or "" for contact in _each(record, "contacts"))


def _two_more_paragraphs(record: Record) -> None:
    record["body"] += "\n\nÜber uns: alt.\n\nTelefon"


def _dates_of_events(record: Record) -> None:
    record["issued"] = "2001-01-01"


DAMAGES: list[tuple[str, str, Callable[[Record], object]]] = [
    ("title", "missing", _change("title", None)),
    ("title", "with kicker", lambda record: record.update(title=f"Verkehr: {record['title']}")),
    ("title", "cut", lambda record: record.update(title=record["title"][:-1])),
    ("language", "another", _change("language", "it")),
    ("issued", "another", _dates_of_events),
    ("issued", "missing", lambda record: record.pop("issued")),
    ("number", "with its prefix", lambda record: record.update(number=f"Nr. {record.get('number')}")),
    ("number", "missing", lambda record: record.pop("number", None)),
    ("number", "invented", lambda record: record.setdefault("number", "1 U 3/19")),
    ("subtitle", "missing", lambda record: record.pop("subtitle", None)),
    ("subtitle", "invented", lambda record: record.setdefault("subtitle", "Etwas")),
    ("lead", "with the dateline", lambda record: record.update(lead=f"Bonn. {record['lead']}")),
    ("issuers", "missing", _change("issuers", [])),
    ("issuers", "one more", lambda record: record["issuers"].append({"name": "Verein der Freunde"})),
    ("issuers", "part of a name", lambda record: record.update(issuers=[{"name": "Stadt"}])),
    ("dateline", "missing", lambda record: record.pop("dateline")),
    ("dateline", "invented", lambda record: record["dateline"]["places"].append("Phoenix")),
    ("embargo", "missing", lambda record: record.pop("embargo", None)),
    ("embargo", "invented", lambda record: record.setdefault("embargo", {"until": None})),
    ("embargo", "another hour", lambda record: record.update(embargo={"until": "2019-03-14T11:00:00+02:00"})),
    ("paragraphs", "two more", _two_more_paragraphs),
    ("quotations", "another speaker", _swap_speakers),
    ("quotations", "one of two speakers", _one_speaker),
    ("quotations", "surnames", _surnames),
    ("quotations", "too many", _more_quotes),
    ("quotation texts", "cut", _cut_quotes),
    ("quotation texts", "missing", _change("quotations", [])),
    ("people", "no functions", _functions(None)),
    ("people", "other functions", _functions("Zeuge")),
    ("people", "too many", _more_people),
    ("names", "with honorific", _honorific_in_name),
    ("honorifics", "missing", lambda record: [person.pop("honorific") for person in _each(record, "people")]),
    ("organisations", "missing", lambda record: record.update(organisations=[], issuers=[])),
    ("contacts", "missing", _change("contacts", [])),
    ("kept out", "in the body", _contact_in_body),
]


@pytest.mark.parametrize(
    ("name", "damage"), [(name, damage) for name, _, damage in DAMAGES], ids=[f"{n}: {w}" for n, w, _ in DAMAGES]
)
def test_damage_lowers_the_score(name: str, damage: Callable[[Record], object]) -> None:
    assert _total(name, damage).f1 < 1


@pytest.mark.parametrize("name", [name for name, least in FIELDS.items() if least is not None])
def test_every_demanded_field_can_fall_below_its_measure(name: str) -> None:
    least = FIELDS[name]
    assert least is not None
    assert min(_total(other, damage).f1 for other, _, damage in DAMAGES if other == name) < least


def test_damage_of_one_field_leaves_the_others() -> None:
    fields = [name for name in FIELDS if name != "title"]
    assert all(_total(name, _change("title", "Anderes")).f1 == 1 for name in fields)


# ------------------------------------------------------------------------------------------------ rules


def test_accepted_readings_are_right_and_optional() -> None:
    truth = perfect_truth()
    truth["number_accept"] = ["7/2020"]
    assert judge(truth, perfect(truth) | {"number": "7/2020"}).counts["number"].f1 == 1
    truth["quotes_accept"] = ["Ein Motto"]
    record = perfect(truth)
    record["quotations"] = [*record.get("quotations", []), {"text": "Ein Motto.", "speakers": []}]
    assert judge(truth, record).counts["quotations"].f1 == 1
    truth["issuers_accept"] = ["Bund der Stadtwerke"]
    both = [*perfect(truth)["issuers"], "Bund der Stadtwerke"]
    assert judge(truth, perfect(truth) | {"issuers": both}).counts["issuers"].f1 == 1
    assert judge(truth, perfect(truth) | {"issuers": ["Bund der Stadtwerke"]}).counts["issuers"].f1 == 1


def perfect_truth() -> Record:
    """A truth without number, with one quotation."""
    truth = next(case.truth for case in CASES if case.truth["number"] is None and case.truth["quotes"])
    return copy.deepcopy(truth)


def test_one_quotation_over_two_paragraphs_may_be_one_or_two() -> None:
    truth = next(case.truth for case in CASES if any(quote.get("continues") for quote in case.truth["quotes"]))
    at = next(number for number, quote in enumerate(truth["quotes"]) if quote.get("continues"))
    record = perfect(truth)
    second = record["quotations"].pop(at)
    assert judge(truth, record).counts["quotations"].f1 < 1
    record["quotations"][at - 1]["text"] += "\n\n" + second["text"]
    assert judge(truth, record).counts["quotations"].f1 == 1


def test_moments_compare_as_instants() -> None:
    truth = next(case.truth for case in CASES if case.truth["embargo"] and case.truth["embargo"]["until"])
    at = datetime.fromisoformat(truth["embargo"]["until"])
    for same in (at, at.astimezone().isoformat()):
        assert judge(truth, perfect(truth) | {"embargo": {"until": same}}).counts["embargo"].f1 == 1
    assert judge(truth, perfect(truth) | {"embargo": {"until": at.date()}}).counts["embargo"].f1 == 0
    assert judge(truth, perfect(truth) | {"issued": at}).counts["issued"].found == 1


@pytest.mark.parametrize(
    ("body", "lead", "count"),
    [
        ("A.\n\nB.", "A.", 2),
        ("B.", "A.", 2),
        ("A.\n\n# K\n\n- x\n- y\n\n> Z.\n>\n> Z.", "A.", 3),
        ("A.\n\n![Bild](b.png)\n\n[Weiter](https://a.example)\n\n| a |\n|---|\n| b |", "A.", 1),
        ("", "", 0),
    ],
)
def test_paragraphs(body: str, lead: str, count: int) -> None:
    assert paragraphs({"body": body, "lead": lead}) == count


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Stadt Auendorf, Presseamt", "STADT AUENDORF", True),
        ("Deutscher Städte- und Gemeindebund", "Deutschen Städte- und Gemeindebundes", True),
        ("U.S. Department of the Army", "Department of the Army", True),
        ("Congresswoman Anna Holm (CA-09)", "Anna Holm", True),
        ("Verein Uferweg e. V.", "Verein Uferweg", True),
        ("Stadt Auendorf", "Stadt", False),
        ("Stadt Auendorf", "Stadt Bergdorf", False),
        ("Handwerkskammer Weser", "Industrie- und Handelskammer Weser", False),
        ("Städte- und Gemeindebund Nordmark", "Deutscher Städte- und Gemeindebund", False),
        ("", "", False),
    ],
)
def test_same_body(one: str, other: str, same: bool) -> None:
    assert same_body(one, other) is same
    assert same_body(other, one) is same


@pytest.mark.parametrize(
    ("role", "found", "same"),
    [
        ("Leiter des Sportamtes", "Leiter Sportamt", True),
        ("Leiter des Sportamtes", "Leiter", False),
        ("Präsident des KVW, Bürgermeister (Stadt Süd)", "Präsident KVW", True),
        ("Softwareentwickler und Vorstand von D64", "Softwareentwickler D64", True),
        ("Vorsitzender des Ausschusses", "Vorsitzende des Ausschusses", True),
        ("Direktor", "Direktor der Klinik für Herzchirurgie", False),
        ("Geschäftsführer des Städte- und Gemeindebundes Nordmark", "Geschäftsführer Deutscher Städtebund", False),
        ("Sprecher", "", False),
    ],
)
def test_same_function(role: str, found: str, same: bool) -> None:
    assert same_function(role, found) is same
