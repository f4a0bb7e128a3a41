from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lod.positioned import SUFFIXES, Malformed, load

YAML = """\
title: Radweg
people:
  - name: Änne Groß
    function: Bürgermeisterin
  - name: Jörg Weiß
"""
JSON = """\
{"title": "Radweg",
 "people": [
  {"name": "Änne Groß",
   "function": "Bürgermeisterin"},
  {"name": "Jörg Weiß"}]}
"""
TOML = '''\
title = "Radweg"
[[people]]
name = """
Änne
function = "nein"
"""  # [people]
function = "Bürgermeisterin"
[[people]]
name = "Jörg Weiß"
"since when" = 2017-07-03
'''


@pytest.mark.parametrize(
    ("text", "suffix", "lines"),
    [(YAML, ".yaml", (1, 1, 2, 3, 4, 5)), (JSON, ".json", (1, 1, 2, 3, 4, 5)), (TOML, ".toml", (1, 1, 2, 2, 7, 9))],
)
def test_a_path_has_the_line_of_its_key(text: str, suffix: str, lines: tuple[int, ...]) -> None:
    paths: list[tuple[str | int, ...]] = [
        (),
        ("title",),
        ("people",),
        ("people", 0),
        ("people", 0, "function"),
        ("people", 1, "name"),
    ]
    loaded = load(text, suffix)
    assert tuple(loaded.line_of(path) for path in paths) == lines
    assert loaded.value["people"][1]["name"] == "Jörg Weiß"


@pytest.mark.parametrize(("text", "suffix", "line"), [(YAML, ".yaml", 5), (JSON, ".json", 5), (TOML, ".toml", 8)])
def test_what_is_absent_has_the_line_of_what_stands_above_it(text: str, suffix: str, line: int) -> None:
    loaded = load(text, suffix)
    assert loaded.line_of(("people", 1, "organisation", "name")) == line
    assert loaded.line_of(("people", 1, 4)) == line
    assert loaded.line_of(("nothing",)) == 1


def test_items_of_a_toml_array_have_their_lines() -> None:
    text = """a = [ 1, [2, 3], # ], 4
  {b = "], ", c = [1]}, 5,

  \"\"\"lang,
  [\"\"\",
  6 ]
d = []
e = 7
"""
    line_of = load(text, ".toml").line_of
    assert [line_of(("a", index)) for index in range(6)] == [1, 1, 2, 2, 4, 6]
    assert line_of(("a", 2, "c", 0)) == 2
    assert [line_of(("a", 6)), line_of(("d", 0)), line_of(("e", 0))] == [1, 7, 8]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_first_line_can_be_another(suffix: str) -> None:
    text = {".json": '\n{"a": 1}', ".toml": "\na = 1"}.get(suffix, "\na: 1")
    assert load(text, suffix, first_line=10).line_of(("a",)) == 11
    with pytest.raises(Malformed) as caught:
        load(text + "\n}", suffix, first_line=10)
    assert caught.value.line == 12


def test_yaml_reads_by_the_core_schema_and_loses_nothing() -> None:
    text = """
no: no
on: on
date: 2017-07-03
time: 12:30:45
number: 007
version: 1.10
hex: 0x1F
big: 1_000
exponent: 1e5
minus zero: -0
"""
    value = load(text, ".yaml").value
    assert all(isinstance(item, str) for item in value.values())
    assert (value["no"], value["number"], value["version"]) == ("no", "007", "1.10")
    assert load("[~, null, Null, true, FALSE, 17, -4, 51.25, 0.0]\n", ".yaml").value == [
        *(None, None, None, True, False, 17, -4, 51.25, 0.0)
    ]
    assert load("a: !!str 17\nb: '17'\nc: \"true\"\n17: d", ".yaml").value == {
        "a": "17",
        "b": "17",
        "c": "true",
        "17": "d",
    }


_NUMBERS = st.one_of(
    st.integers().map(str),
    st.just("0.00001"),
    st.floats(allow_nan=False, allow_infinity=False).map(str),
    st.from_regex(r"[+.0-9][-+.0-9eE_]{0,8}", fullmatch=True),
)


@given(_NUMBERS)
def test_a_number_is_read_as_one_only_if_it_is_written_back_as_it_was(number: str) -> None:
    assert str(load(f"- {number}", ".yaml").value[0]) == number


def test_json_keeps_all_digits() -> None:
    assert load("[12345678901234567890123, 1.5, 1.10, 2]", ".json").value == [12345678901234567890123, 1.5, "1.10", 2]


def test_toml_dates_are_text() -> None:
    value = load("a = 2017-07-03\nb = [07:00:00]\nc = {d = 2017-07-03T10:00:00+02:00, e = 1.50}", ".toml").value
    assert value == {"a": "2017-07-03", "b": ["07:00:00"], "c": {"d": "2017-07-03T10:00:00+02:00", "e": "1.50"}}


@pytest.mark.parametrize(
    ("text", "suffix", "message"),
    [
        ("a: 1\na: 2", ".yaml", 'line 2, column 1: key "a" occurs twice'),
        ('{"x": [{}, {"b": 1,\n "b": 2}]}', ".json", 'line 2, column 2: key "b" occurs twice'),
        ("title: Rat: ja\n", ".yaml", "line 1, column 11: not YAML: a colon inside a value"),
        ("a:\n\t- b", ".yaml", "line 2, column 1: not YAML: a tab"),
        ("a: b\n---\nc: d", ".yaml", "line 2, column 1: not YAML: a second document"),
        ("a: *b", ".yaml", "line 1, column 4: not YAML: found undefined alias"),
        ("a:\n- x\x07", ".yaml", "line 2, column 4: forbidden character U+0007"),
        ("a: !!python/object/apply:os.system ['id']", ".yaml", "line 1, column 4: tag"),
        ("a: !!set {b}", ".yaml", "line 1, column 4: tag"),
        ("a: !!int 3", ".yaml", "line 1, column 4: tag"),
        ("? [a]\n: b", ".yaml", "line 1, column 3: a key must be text"),
        ('{"a": NaN}', ".json", "line 1: not JSON: NaN"),
        ('{"a":\n "\\ud800"}', ".json", "line 2, column 3: not JSON:"),
        ('{"a": 1} x', ".json", "line 1, column 10: not JSON:"),
        ("", ".json", "line 1, column 1: not JSON:"),
        ("a = 1\na = 2\nb = 3", ".toml", "line 2, column 6: not TOML: Cannot overwrite"),
        ("a = ", ".toml", "line 1: not TOML: Invalid value"),
        (b"a: b\nc: \xff", ".yaml", "line 2, column 4: not UTF-8: byte 0xFF"),
    ],
)
def test_a_fault_says_line_and_column(text: str | bytes, suffix: str, message: str) -> None:
    with pytest.raises(Malformed) as caught:
        load(text, suffix)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_aliases_may_repeat_but_not_blow_up() -> None:
    assert load("a: &x {b: c}\nd: *x", ".yaml").value == {"a": {"b": "c"}, "d": {"b": "c"}}
    names = "abcdefghij"
    bomb = f"{names[0]}: &a [{', '.join('x' * 10)}]\n" + "".join(
        f"{name}: &{name} [{', '.join(['*' + before] * 10)}]\n" for before, name in pairwise(names)
    )
    with pytest.raises(Malformed, match="aliases repeat more than"):
        load(bomb, ".yaml")
    with pytest.raises(Malformed, match="nested too deeply"):
        load("a: &b [*b]", ".yaml")


@pytest.mark.parametrize("depth", [100, 900, 100_000])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_deep_nesting_is_refused(suffix: str, depth: int) -> None:
    with pytest.raises(Malformed, match="nest"):
        load(("a = " if suffix == ".toml" else "") + "[" * depth + "]" * depth, suffix)


def test_an_empty_text_is_nothing_in_yaml_and_a_byte_order_mark_is_no_text() -> None:
    assert load("# nur ein Kommentar\n", ".yaml").value is None
    assert load("\ufeffa: b", ".yaml").value == load(b"\xef\xbb\xbfa: b", ".yml").value == {"a": "b"}


def test_a_suffix_that_is_not_known() -> None:
    with pytest.raises(ValueError, match=r"\.xml"):
        load("", ".xml")


_PLAIN = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8)
_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**15), 10**15), _PLAIN),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_PLAIN, inner, max_size=4)),
    max_leaves=12,
)


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path] + [found for key, item in members for found in _paths(item, (*path, key))]


@given(_VALUES)
def test_json_and_yaml_agree_on_value_and_lines(value: Any) -> None:
    text = json.dumps(value, indent=1, ensure_ascii=False)
    as_json = load(text, ".json")
    assert as_json.value == value
    as_yaml = load(yaml.safe_dump(value, allow_unicode=True), ".yaml")
    assert as_yaml.value == value
    lines = [as_json.line_of(path) for path in _paths(value)]
    assert lines == sorted(lines)  # indent=1 puts every member on a line of its own
    assert len(set(lines)) == len(lines)
