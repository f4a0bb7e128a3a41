"""The truth files are true of their documents, as far as a program can tell."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.bench.extraction import OWN
from tests.bench.truth import Case, cases, comparable, decoded

CASES = cases(OWN)
Truth = dict[str, Any]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_truth_fits_its_document(case: Case) -> None:
    assert case.faults() == []


def test_truth_of_the_shared_documents_fits_too(corpus: Path) -> None:
    shared = cases(corpus / "docs")
    assert shared
    assert {case.name: case.faults() for case in shared if case.faults()} == {}


def test_every_document_has_a_truth() -> None:
    documents = {path.name for path in OWN.iterdir() if path.suffix in {".md", ".txt"} and path.stem != "README"}
    assert documents == {case.name for case in CASES}


def test_documents_are_many_and_of_many_kinds() -> None:
    assert len(CASES) >= 24
    languages = Counter(case.truth["language"] for case in CASES)
    assert set(languages) == {"de", "en", "fr", "nl", "es"}
    assert languages["de"] > len(CASES) / 2
    issuers = [case.truth["issuers"][0] for case in CASES]
    assert len(set(issuers)) == len(issuers)
    assert all(230 <= len(case.text.split()) <= 700 for case in CASES)


def test_documents_have_the_forms_that_are_hard() -> None:
    truths = [case.truth for case in CASES]
    quotes = [quote for truth in truths for quote in truth["quotes"]]
    assert {truth["embargo"] is None or truth["embargo"]["until"] is None for truth in truths} == {True, False}
    assert any(truth["embargo"] and not truth["embargo"]["until"] for truth in truths)
    assert any(len(truth["issuers"]) == 3 for truth in truths)
    assert any(truth["kind"] == "correction" for truth in truths)
    assert any(len(quote["speakers"]) == 2 for quote in quotes)
    assert any(quote.get("continues") for quote in quotes)
    assert any(quote.get("fragment") for quote in quotes)
    assert any(not quote.get("marked", True) for quote in quotes)
    assert any(not truth["quotes"] for truth in truths)
    assert any(truth["number"] is None for truth in truths)
    assert any(not truth["dateline_places"] for truth in truths)
    octets = [case.path.read_bytes() for case in CASES]
    assert any(b"\r\n" in data for data in octets)
    assert any("\u00ad" in decoded(case.path) for case in CASES)
    assert any("a\u0308" in decoded(case.path) for case in CASES)


def test_documents_name_nobody_real() -> None:
    """Addresses are in the domain for examples."""
    words = [word for case in CASES for word in decoded(case.path).split()]
    addresses = [word for word in words if "@" in word.strip("@") or "://" in word or word.startswith("www.")]
    assert [word for word in addresses if ".example" not in word and not word.startswith("@")] == []


# ------------------------------------------------------------------------------------------------ the checker checked


def _broken(change: Callable[[Truth], object]) -> list[str]:
    """What is said of the first document when its truth is changed."""
    truth = json.loads(json.dumps(CASES[0].truth))
    change(truth)
    return Case(CASES[0].path, truth).faults()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda truth: truth.update(title="Anderes"), "title: not in the document"),
        (lambda truth: truth.update(subtitle="Anderes"), "subtitle: not in the document"),
        (lambda truth: truth.update(lead=truth["lead"][:-20]), "lead: cut short"),
        (lambda truth: truth.update(lead="Wer hinter dem Deich lebt"), "lead: not at the start of a paragraph"),
        (lambda truth: truth.update(issued="2018-03-14"), "year: is not that"),
        (lambda truth: truth["embargo"].update(until="2019-03-14T11:00:00"), "embargo: has no zone"),
        (lambda truth: truth["quotes"][0].update(start="Die Flut fragt"), "quotes: no closing mark"),
        (lambda truth: truth["quotes"][0].update(start="Flut fragt nicht nach Zuständigkeiten"), "no opening mark"),
        (lambda truth: truth["quotes"][0].update(start="Niemand sagt das"), "quotes: not in the document"),
        (lambda truth: truth["quotes"].reverse(), "quotes: not in the order"),
        (lambda truth: truth["quotes"][0].update(speakers=["Niemand"]), "quotes: speakers who are not listed"),
        (lambda truth: truth["quotes"][0].update(who=1), "quotes: odd keys"),
        (lambda truth: truth["persons"][0].update(name="Niemand"), "persons: not in the document"),
        (lambda truth: truth.update(dateline_places=["Köln"]), "dateline_places: not in the document"),
        (lambda truth: truth.update(paragraphs=35), "paragraphs: 35"),
        (lambda truth: truth.update(file="999.md"), "file, id"),
        (lambda truth: truth.update(notes=None), "notes: has the wrong type"),
    ],
)
def test_checker_sees_what_is_wrong(change: Callable[[Truth], object], said: str) -> None:
    assert any(said in fault for fault in _broken(change))


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("**fett** und *kursiv*", "fett und kursiv"),
        ("> Zitat\n> weiter", "Zitat weiter"),
        ("[Text](https://a.example/x_y) ![Bild](b.png)", "Text Bild"),
        ("Bu\u0308rger\u00admeister  Dr.\u00a0A", "Bürgermeister Dr. A"),
        ("5 * 3 und a_b und Bürger*innen", "5 * 3 und a_b und Bürger*innen"),
    ],
)
def test_comparable(text: str, same: str) -> None:
    assert comparable(text) == same
