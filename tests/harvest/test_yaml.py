from __future__ import annotations

from tests.harvest.conftest import Make, everything, told

RECORD = """\
# Ein Kommentar
number: 15/2017
title: Entlastung der Kommunen
issued: 2017-07-03
issuers: [stadt]
body: |
  Erster Absatz.

  „Zweiter“ Absatz.
"""


def test_a_file_is_a_record(make: Make) -> None:
    (harvested,) = everything(make({"releases/15.yaml": RECORD}))
    assert harvested.faults == ()
    assert harvested.release is not None
    assert harvested.release.path == "stadt/2017/15"
    assert harvested.release.text == "Erster Absatz.\n\n„Zweiter“ Absatz."
    assert str(harvested.place) == "releases/15.yaml:2"
    assert harvested.raw == RECORD.encode()


def test_a_file_may_be_a_list_of_records(make: Make) -> None:
    text = "- {number: 1/2017, title: Eins, issuers: [stadt]}\n- {number: 2/2017, titel: Zwei, issuers: [stadt]}\n"
    first, second = everything(make({"releases/a.yml": text}))
    assert first.release is not None
    assert first.release.number == "1/2017"
    assert [str(fault) for fault in second.faults] == [
        "releases/a.yml:2: title: missing",
        'releases/a.yml:2: titel: unknown field, did you mean "title"?',
    ]


def test_each_fault_of_a_record_has_its_line(make: Make) -> None:
    text = """\
number: 15/2017
titel: Entlastung
issued: "3. Juli"
issuers: [stadt]
title: Titel
people:
  - name: Gerd Landsberg
  - name: Bernd Jürgen Schneider
  - honorific: Dr.
    nmae: Martin Lehrer
"""
    assert told(make({"releases/15.yaml": text})) == [
        'releases/15.yaml:2: titel: unknown field, did you mean "title"?',
        (
            "releases/15.yaml:3: issued: "
            'not a date (2017-07-03) or date-time with zone (2017-07-03T10:00:00+02:00): "3. Juli"'
        ),
        "releases/15.yaml:9: people.2.name: missing",
        'releases/15.yaml:10: people.2.nmae: unknown field, did you mean "name"?',
    ]
    (harvested,) = everything(make({"releases/15.yaml": text}))
    assert harvested.release is None


def test_what_is_no_yaml_is_one_fault(make: Make) -> None:
    (fault,) = told(make({"releases/a.yaml": "title: [offen\nissuers: x"}))
    assert fault.startswith("releases/a.yaml:")


def test_where_a_field_stands_can_be_asked_later(make: Make) -> None:
    (harvested,) = everything(make({"releases/15.yaml": RECORD + "subjects: ['medtop:1', 'medtop:2']\n"}))
    assert str(harvested.place_of("subjects.1")) == "releases/15.yaml:10"
    assert str(harvested.place_of("issuers.0")) == "releases/15.yaml:5"
    assert str(harvested.place_of("kicker")) == "releases/15.yaml:2"


def test_what_is_no_mapping(make: Make) -> None:
    assert told(make({"releases/a.yaml": "- nur Text\n"})) == [
        'releases/a.yaml:1: a mapping is needed, found "nur Text"'
    ]
    assert told(make({"releases/a.yaml": "nur Text\n"})) == ['releases/a.yaml:1: a mapping is needed, found "nur Text"']
