from __future__ import annotations

from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from lod.ingest.encoding import clean
from lod.ingest.front import Check, written
from lod.positioned import load

RECORD = {
    "title": "Neue Brücke: „früher“ fertig",
    "number": "15",
    "issued": "2020-05-03",
    "embargo": {"until": "2020-05-03T11:00:00+02:00"},
    "issuers": [{"name": "Stadt Beispiel"}],
    "people": [{"name": "Erika Muster"}, {"name": "Jörg Größe", "function": "Bürgermeister"}],
    "notes": [
        "Zeile 1\nZeile 2",
        "Der Rat hat in seiner Sitzung vor der Sommerpause dem Haushalt zugestimmt. " * 3 + "Ende.",
    ],
    "body": "Der Rat hat zugestimmt.\n\n- erstens",
    "keywords": ["no", "8:30", "2017", "null", "~", "- x", "a: b", "#tag", "", " x "],
}
PLAIN = "---\ntitle: 'Neue Brücke: „früher“ fertig'\n"


def _front(text: str) -> Any:
    return text.split("---\n", 2)[1]


def _read(text: str) -> Any:
    front, body = text.removeprefix("---\n").split("---\n", 1)
    return load(front, ".yaml").value, body.strip("\n")


def test_people_can_read_it() -> None:
    text = written(RECORD)
    assert "title: 'Neue Brücke: „früher“ fertig'\n" in text
    assert "issued: 2020-05-03\n" in text
    assert "until: 2020-05-03T11:00:00+02:00\n" in text
    assert "- name: Jörg Größe\n  function: Bürgermeister\n" in text
    assert "- |-\n  Zeile 1\n  Zeile 2\n- >" in text
    assert max(map(len, text.splitlines())) < 120
    assert text.endswith("---\n\nDer Rat hat zugestimmt.\n\n- erstens\n")


def test_two_readers_of_yaml_agree() -> None:
    value, body = _read(written(RECORD))
    assert value == {key: value for key, value in RECORD.items() if key != "body"}
    assert body == RECORD["body"]
    assert yaml.safe_load(_front(written(RECORD)))["keywords"] == RECORD["keywords"]


def test_checks_stand_above_what_they_are_about() -> None:
    checks = [Check("issued", "perhaps an event"), Check("people[1].function", "unsure"), Check("people.0", "who?")]
    text = written(RECORD, [*checks, Check("lead", "none found"), Check("", "two languages")])
    assert text.startswith("---\n# check: lead: none found\n# check: two languages\nnumber:")
    assert "# check: perhaps an event\nissued: 2020-05-03\n" in text
    assert "people:\n# check: who?\n- name: Erika Muster\n# check: unsure\n- name: Jörg" in text
    assert _read(text) == _read(written(RECORD))


def test_a_check_is_one_line() -> None:
    assert "# check: a b\n" in written({"title": "x"}, [Check("title", "a\nb")])


def test_without_a_body() -> None:
    assert written({"title": "x"}) == "---\ntitle: x\n---\n"


text = st.text(st.characters(codec="utf-8")).map(lambda value: clean(value)[0])
value = st.recursive(
    text | st.integers(-9999, 9999) | st.booleans() | st.none(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from("abc"), inner),
)


@given(
    st.dictionaries(st.sampled_from(["title", "notes", "people", "zusatz"]), value),
    st.lists(st.builds(Check, st.sampled_from(["title", "people.0", "notes.1.x", "lead"]), st.text())),
)
def test_reading_back_gives_the_same_record(record: dict[str, Any], checks: list[Check]) -> None:
    found = written(record, checks)
    value, body = _read(found)
    assert (value or {}) == record
    assert body == ""
