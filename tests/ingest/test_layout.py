from __future__ import annotations

import time
from typing import Any

import pytest

from lod.ingest.layout import Hyphens, joint, list_mark

GERMAN = ["Der Rat hat die Rückfüh-", "rung der Mittel be-", "schlossen."]
ENGLISH = ["The mayor of the town and the council of", "the county have agreed to a well-", "known plan for the area."]


def _set(before: str, after: str, lines: list[str] = GERMAN) -> Any:
    cut, between = joint(before, after, Hyphens.of(lines).keep)
    return before[: len(before) - cut] + between + after


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("die Rückfüh-", "rung der", "die Rückführung der"),
        ("die Städte-", "und Gemeinden", "die Städte- und Gemeinden"),
        ("in Schleswig-", "Holstein", "in Schleswig-Holstein"),
        ("das Bürger\u00ad", "büro", "das Bürgerbüro"),
        ("der Rat", "tagt", "der Rat tagt"),
        ("die Jahre 2015-", "2017", "die Jahre 2015- 2017"),
        ("siehe https://stadt.example/bau-", "plan", "siehe https://stadt.example/bau-plan"),
        ("Ein-", "und Ausfahrt", "Ein- und Ausfahrt"),
    ],
)
def test_joints_of_german_lines(before: str, after: str, whole: str) -> None:
    assert _set(before, after) == whole


def test_a_compound_seen_elsewhere_keeps_its_hyphen() -> None:
    assert _set("the e-", "mail", ["Send an e-mail."]) == "the e-mail"


def test_english_keeps_hyphens_unless_words_are_broken_everywhere() -> None:
    assert _set("a well-", "known plan", ENGLISH) == "a well-known plan"
    broken = [*ENGLISH, "infor-", "mation of the com-", "munity and the trans-", "port"]
    assert _set("a well-", "known plan", broken) == "a wellknown plan"


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("• erstens", ("bullet", 0, 2)),
        ("•erstens", ("bullet", 0, 1)),
        ("- erstens", ("dash", 0, 2)),
        ("3.  drittens", ("number", 3, 4)),
        ("-30-", None),
        ("2017 war", None),
        ("1.500 Euro", None),
    ],
)
def test_marks_of_items(line: str, mark: object) -> None:
    assert list_mark(line) == mark


@pytest.mark.parametrize("line", ["a" * 190_000, "a" * 190_000 + "-", "://" * 60_000 + "a-", "a-" * 90_000])
def test_long_lines_take_no_long_time(line: str) -> None:
    begun = time.process_time()
    assert joint(line, "und so weiter", Hyphens.of([line]).keep)[1] == " "
    joint(line, "weiter", Hyphens.of([line]).keep)
    assert time.process_time() - begun < 2
