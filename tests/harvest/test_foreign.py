from __future__ import annotations

import json
from typing import Any

import pytest

from lod.errors import ConfigError
from lod.harvest.foreign import Mapped, Mapper
from lod.harvest.path import lookup, steps_of
from lod.source import Source
from tests.harvest.conftest import Make, everything, told


def _mapped(fields: dict[str, Any], foreign: dict[str, Any], tmp_path: Any = None, **more: Any) -> Mapped:
    source = Source.model_validate({"path": "a.jsonl", "fields": fields, **more})
    return Mapper(source, tmp_path, "de")(foreign)


FOREIGN = {
    "id": 0,
    "head": {"line": "  Ein Titel ", "sub": ""},
    "tags": "Rat; Haushalt ;; Rat",
    "nr": "18 - 476",
    "when": "3. Juli 2017",
    "lang": "german",
    "persons": [{"n": "Ada", "f": "Rätin"}, {"n": ""}, {"n": "Bob"}],
    "cities": ["Köln", "Bonn"],
    "files": ["/a/1.pdf", "/a/1.pdf", "https://x.example/b c.pdf"],
    "html": "<p>Ein <q>Satz</q></p>",
}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("head.line", "  Ein Titel "),
        ("head.sub", None),
        ("head.sub|fehlt|lang", "german"),
        ("persons.0.n", "Ada"),
        ("persons.9.n", None),
        ({"value": ["stadt"]}, ["stadt"]),
        ({"template": "stadt/{id}/{head.line:slug}"}, "stadt/0/ein-titel"),
        ({"template": "{lang:upper}-{fehlt}"}, None),
        ({"path": "tags", "split": ";"}, ["Rat", "Haushalt", "Rat"]),
        ({"path": "tags", "split": ";", "unique": True, "join": ", "}, "Rat, Haushalt"),
        ({"path": "nr", "squeeze": True}, "18-476"),
        ({"path": "nr", "match": r"(?P<value>\d+)$"}, "476"),
        ({"path": "nr", "match": r"x(?P<value>\d+)$"}, None),
        ({"path": "nr", "match": r"(?P<y>\d+)\D+(?P<n>\d+)", "template": "{n}/20{y}"}, "476/2018"),
        ({"path": "nr", "replace": [["^18", "19"], [" ", ""]]}, "19-476"),
        ({"path": "when", "date": ["iso", "%d. %B %Y"]}, "2017-07-03"),
        ({"path": "lang", "table": {"german": "de"}}, "de"),
        ({"path": "lang", "table": {"english": "en"}, "unknown": "keep"}, "german"),
        ({"path": "lang", "table": {"english": "en"}, "unknown": "drop", "default": "und"}, "und"),
        (
            {"path": "persons", "each": {"name": "n", "function": "f"}},
            [{"name": "Ada", "function": "Rätin"}, {"name": "Bob"}],
        ),
        ({"path": "cities", "each": {"name": "."}}, [{"name": "Köln"}, {"name": "Bonn"}]),
        ({"path": "lang", "each": {"name": "."}}, [{"name": "german"}]),
        (
            {"path": "files", "resolve": "https://y.example/z", "unique": True},
            ["https://y.example/a/1.pdf", "https://x.example/b%20c.pdf"],
        ),
        (["cities", "lang", "fehlt"], ["Köln", "Bonn", "german"]),
        ({"path": "lang", "when": {"head.line": "x"}}, None),
        ({"path": "lang", "when": {"id": [0, 1], "lang": "german"}}, "german"),
        ({"path": "lang", "unless": {"lang": "german"}}, None),
        ({"path": "lang", "unless": {"lang": "english"}}, "german"),
        ({"path": "html", "html": True}, "Ein „Satz“"),
        ({"path": "html", "html": "text"}, "Ein „Satz“"),
        ({"path": "fehlt", "default": "nichts"}, "nichts"),
        ({"path": "id"}, 0),
    ],
)
def test_rules(rule: Any, expected: Any) -> None:
    field = "people" if isinstance(rule, dict) and "each" in rule else "title"
    mapped = _mapped({field: rule}, FOREIGN)
    assert mapped.faults == []
    assert mapped.record.get(field) == expected


@pytest.mark.parametrize(
    ("date", "precision", "expected"),
    [
        ("2018-04-13T00:00:00-04:00", None, "2018-04-13T00:00:00-04:00"),
        ("2018-04-13T00:00:00-04:00", "midnight", "2018-04-13"),
        ("2018-04-13T04:00:00-04:00", "midnight", "2018-04-13T04:00:00-04:00"),
        ("2018-04-13T04:00:00-04:00", "date", "2018-04-13"),
        ("2018-04-13", "date", "2018-04-13"),
    ],
)
def test_precision_of_dates(date: str, precision: str | None, expected: str) -> None:
    mapped = _mapped({"issued": {"path": "d", "date": "iso", "precision": precision}}, {"d": date})
    assert mapped.record == {"issued": expected}


def test_parts_without_content_are_left_out() -> None:
    mapped = _mapped({"rights": {"notice": "x", "holder": {"name": "y"}}, "dateline": {"text": "lang"}}, FOREIGN)
    assert mapped.record == {"dateline": {"text": "german"}}


def test_values_are_computed_first_and_may_build_on_each_other() -> None:
    mapped = _mapped(
        {"language": "lang", "id": {"template": "{key}"}, "title": {"path": "html", "html": "text"}},
        {"lang": "english", "slug": "a", "html": "<q>x</q>"},
        values={"lang": {"path": "lang", "table": {"english": "en"}}, "key": {"template": "{slug}-{lang}"}},
    )
    assert mapped.record == {"language": "en", "id": "a-en", "title": "“x”"}


def test_a_value_that_cannot_be_computed_is_one_fault(make: Make) -> None:
    config = """
[[sources]]
path = "a.jsonl"
[sources.values]
lang = { path = "dir", table = { english = "en" } }
[sources.fields]
id = { template = "a/{slug}-{lang}" }
language = "lang"
title = "titel"
issuers = { value = ["stadt"] }
"""
    assert told(make({"a.jsonl": '{"slug": "x", "dir": "klingon", "titel": "T"}\n'}, config)) == [
        'a.jsonl:1: values.lang: not in the source\'s table: "klingon"'
    ]


def test_a_table_may_be_a_file(make: Make) -> None:
    config = '[[sources]]\npath = "a.jsonl"\n[sources.fields]\ntitle = { path = "t", table = "codes.csv" }\n'
    files = {"a.jsonl": '{"t": "1"}\n{"t": "2"}', "codes.csv": "\ufeffCode,Titel\n1,Eins\n"}
    assert told(make(files, config)) == [
        "a.jsonl:1: issuers: missing, and the source has no rule for it",
        'a.jsonl:2: title: not in the source\'s table: "2" (from "t")',
        "a.jsonl:2: issuers: missing, and the source has no rule for it",
    ]
    with pytest.raises(ConfigError, match=r"codes\.csv: table: a table needs two columns"):
        everything(make({**files, "codes.csv": "a\n1\n"}, config))
    with pytest.raises(ConfigError, match=r"nichts\.csv: table: cannot be read"):
        everything(make(files, config.replace("codes", "nichts")))


CONFIG = """
[[sources]]
path = "alt/*"
[sources.fields]
id = { template = "alt/{nummer}" }
number = { path = "nummer", pattern = '\\d+/\\d+' }
title = "kopf.titel|titel"
issued = { path = "kopf.datum", date = "%d.%m.%Y" }
issuers = { value = ["stadt"] }
people = { path = "leute", each = { name = "name", function = { path = "amt", table = { bm = "Bürgermeisterin" } } } }
rights = { data_mining = "kopf.tdm" }
"""
BAD = """\
nummer: eins
kopf:
  datum: 3. Juli
  tdm: vielleicht
leute:
  - name: Ada
    amt: bm
  - name: Bob
    amt: kaiser
"""


def test_all_faults_of_a_foreign_record_at_once_each_with_its_line(make: Make) -> None:
    assert told(make({"alt/a.yaml": BAD}, CONFIG)) == [
        r"""alt/a.yaml:1: number: not as the source's pattern says (\d+/\d+): "eins" (from "nummer")""",
        """alt/a.yaml:2: title: missing: nothing at "kopf.titel\"""",
        """alt/a.yaml:3: issued: not a date like %d.%m.%Y: "3. Juli" (from "kopf.datum")""",
        """alt/a.yaml:4: rights.data_mining: "vielleicht" is none of 'allowed' or 'prohibited' (from "kopf.tdm")""",
        """alt/a.yaml:9: people.1.function: not in the source's table: "kaiser" (from "leute.1.amt")""",
    ]
    (harvested,) = everything(make({"alt/a.yaml": BAD}, CONFIG))
    assert harvested.release is None
    assert harvested.raw == BAD.encode()


GOOD = {"nummer": "1/2017", "kopf": {"titel": "Titel", "datum": "03.07.2017"}, "leute": [{"name": "Ada", "amt": "bm"}]}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", json.dumps(GOOD)),
        ("a.yaml", json.dumps([GOOD])),
        ("a.jsonl", json.dumps(GOOD) + "\n"),
        ("a.md", "---\n" + json.dumps(GOOD) + "\n---\n\nText"),
        ("a.csv", "nummer,titel,kopf\n1/2017,Titel,\n"),
    ],
)
def test_foreign_records_in_every_format(make: Make, name: str, text: str) -> None:
    (harvested,) = everything(make({f"alt/{name}": text}, CONFIG))
    assert harvested.faults == ()
    assert harvested.release is not None
    assert harvested.release.path == "alt/1/2017"


def test_where_a_field_of_a_foreign_record_stands(make: Make) -> None:
    text = (
        BAD.replace("eins", "1/2017")
        .replace("3. Juli", "03.07.2017\n  titel: T")
        .replace("kaiser", "bm")
        .replace("vielleicht", "allowed")
    )
    (harvested,) = everything(make({"alt/a.yaml": text}, CONFIG))
    assert harvested.faults == ()
    assert [str(harvested.place_of(field)) for field in ("title", "people.1.function", "issuers")] == [
        "alt/a.yaml:4",
        "alt/a.yaml:10",
        "alt/a.yaml:1",
    ]


def test_a_list_of_records_inside_a_file(make: Make) -> None:
    config = (
        '[[sources]]\npath = "a.json"\nrecords = "data.items"\n'
        '[sources.fields]\nid = "i"\ntitle = "t"\nissuers = { value = ["stadt"] }\n'
    )
    text = '{"data": {"items": [\n{"i": "a", "t": "A"},\n{"i": "b"}\n]}}'
    found = everything(make({"a.json": text}, config))
    assert [harvested.release and harvested.release.title for harvested in found] == ["A", None]
    assert [str(fault) for fault in found[1].faults] == ['a.json:3: title: missing: nothing at "t"']
    assert told(make({"a.json": "{}"}, config)) == [
        'a.json: nothing at "data.items", where the source says the records are'
    ]


def test_a_foreign_record_that_is_no_mapping(make: Make) -> None:
    (fault,) = told(make({"alt/a.jsonl": '"Text"\n'}, CONFIG))
    assert fault == 'alt/a.jsonl:1: a mapping is needed, found "Text"'


def test_a_source_of_our_own_shape(make: Make) -> None:
    config = '[[sources]]\npath = "../archive/x.jsonl"\n'
    (harvested,) = everything(make({"x.jsonl": '{"id": "a", "title": "A", "issuers": ["stadt"]}'}, config))
    assert harvested.release is not None


@pytest.mark.parametrize(
    ("path", "expected"),
    [(".", ()), ("a", ("a",)), ("a.0.b", ("a", 0, "b")), (" a ", ("a",))],
)
def test_paths(path: str, expected: tuple[str | int, ...]) -> None:
    assert steps_of(path) == expected


def test_looking_up() -> None:
    value = {"a": [{"0": "x"}], "7": "y"}
    assert lookup(value, ("a", 0, 0)) == "x"
    assert lookup(value, (7,)) == "y"
    assert lookup(value, ("a", "b")) is None
    assert lookup("text", ("a",)) is None
    assert lookup(value, ()) is value
