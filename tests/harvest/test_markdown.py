from __future__ import annotations

import pytest

from tests.harvest.conftest import Make, everything, told

FRONT = "---\nnumber: 15/2017\ntitle: Entlastung\nissuers: [stadt]\n---\n"


@pytest.mark.parametrize(
    "text", [FRONT + "\nErster Absatz.\n\n- Punkt\n", FRONT.replace("\n", "\r\n") + "Erster Absatz.\r\n\r\n- Punkt"]
)
def test_front_matter_is_the_record_and_the_rest_its_body(make: Make, text: str) -> None:
    (harvested,) = everything(make({"releases/a.md": text}))
    assert harvested.release is not None
    assert harvested.release.body == "Erster Absatz.\n\n- Punkt"


def test_a_record_without_a_body(make: Make) -> None:
    (harvested,) = everything(make({"releases/a.md": FRONT}))
    assert harvested.release is not None
    assert harvested.release.body is None


def test_lines_count_from_the_top_of_the_file(make: Make) -> None:
    text = "---\ntitle: A\nissuers: [stadt]\n\nissued: morgen\n---\n\n\nText \x07 mit Klingel\n"
    assert [fault.partition(": ")[0] for fault in told(make({"releases/a.md": text}))] == [
        "releases/a.md:5",
        "releases/a.md:9",
    ]


def test_a_rule_in_the_body_does_not_end_anything(make: Make) -> None:
    (harvested,) = everything(make({"releases/a.md": FRONT + "eins\n\n---\n\nzwei\n"}))
    assert harvested.release is not None
    assert harvested.release.body == "eins\n\n---\n\nzwei"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "# Titel\n\nText",
            "releases/a.md:1: no front matter: the file must begin with a line ---, the record in YAML, and ---",
        ),
        (
            "---\ntitle: A\n",
            "releases/a.md:1: no front matter: the file must begin with a line ---, the record in YAML, and ---",
        ),
        ("---\n- a\n---\nText", "releases/a.md:2: the front matter is no mapping of fields"),
        (
            "---\ntitle: A\nbody: B\n---\nText",
            "releases/a.md:3: there is a body in the front matter, and another one after it",
        ),
    ],
)
def test_what_is_no_record(make: Make, text: str, expected: str) -> None:
    assert told(make({"releases/a.md": text})) == [expected]


def test_broken_yaml_has_its_line_in_the_file(make: Make) -> None:
    (fault,) = told(make({"releases/a.md": "---\ntitle: A\ntitle: B\n---\n"}))
    assert fault.startswith('releases/a.md:3: key "title" occurs twice')


def test_other_encodings_are_told(make: Make) -> None:
    assert told(make({"releases/a.md": FRONT.encode() + "Köln".encode("latin-1")})) == [
        "releases/a.md:6: not utf-8: byte 0xF6"
    ]


def test_a_hundred_thousand_rules_take_no_time(make: Make) -> None:
    (fault,) = told(make({"releases/a.md": "---\n" + "-- -\n" * 100_000}))
    assert "no front matter" in fault
