from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from lod.archive import Archive
from lod.errors import ConfigError
from lod.faults import sentences
from lod.source import Source
from tests.harvest.conftest import CONFIG


def _faults(table: dict[str, Any]) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        Source.model_validate({"path": "a.jsonl", **table})
    return [": ".join((".".join(map(str, path)), reason)) for path, reason in sentences(caught.value, Source)]


def test_short_forms_are_rules() -> None:
    fields = {"title": "a|b", "keywords": ["x", {"path": "y", "split": ";"}], "rights": {"notice": "c"}}
    rules = Source.model_validate({"path": "a", "fields": fields}).fields
    assert rules is not None
    assert rules["title"].path == "a|b"
    assert [rule.path for rule in rules["keywords"].all or ()] == ["x", "y"]
    assert (rules["rights"].object or {})["notice"].path == "c"


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"titel": "a"}, 'fields.titel: unknown field, did you mean "title"?'),
        ({"title": {"pth": "a"}}, 'fields.title: not a part, and no rule; did you mean "path"?'),
        ({"title": {"pth": "a", "html": True}}, 'fields.title.pth: unknown field, did you mean "path"?'),
        ({"rights": {"notce": "a"}}, 'fields.rights.notce: unknown field, did you mean "notice"?'),
        ({"people": {"path": "p", "each": {"nme": "."}}}, 'fields.people.nme: unknown field, did you mean "name"?'),
        ({"places": [{"name": "x"}, {"nme": "x"}]}, 'fields.places.nme: unknown field, did you mean "name"?'),
        ({"rights": {"holder": {"nam": "x"}}}, 'fields.rights.holder.nam: unknown field, did you mean "name"?'),
        ({"title": {"path": "a|"}}, 'fields.title.path: a path is needed on both sides of "|"'),
        ({"title": {"template": "fest"}}, "fields.title.template: a template needs places in braces: doj/{id}"),
        ({"title": {"template": "{a"}}, "fields.title.template: a template needs places in braces: doj/{id}"),
        (
            {"title": {"template": "{a:schlau}"}},
            'fields.title.template: unknown filter "schlau"; there are slug, lower, upper',
        ),
        ({"title": {"path": "a", "match": "x"}}, "fields.title: match needs a group (?P<value>…)"),
        (
            {"title": {"path": "a", "match": "(?P<n>x)", "template": "{m}"}},
            "fields.title: match needs a group (?P<m>…)",
        ),
        (
            {"title": {"path": "a", "pattern": "("}},
            "fields.title.pattern: not a regular expression: missing ), unterminated subpattern at position 0",
        ),
        (
            {"title": {"path": "a", "precision": "date"}},
            "fields.title: precision needs date, which says how dates are printed",
        ),
        (
            {"title": {"split": ";"}},
            "fields.title: exactly one of path, value, template, object, all is needed, found none",
        ),
        (
            {"title": {"path": "a", "value": 1}},
            "fields.title: exactly one of path, value, template, object, all is needed, found path, value",
        ),
    ],
)
def test_what_is_wrong_in_the_fields(fields: dict[str, Any], fault: str) -> None:
    assert _faults({"fields": fields}) == [fault]


@pytest.mark.parametrize(
    ("text", "why"), [(r"\g<9>", "invalid group"), (r"\g<x>", "unknown group"), ("\\", "bad escape")]
)
def test_what_is_wrong_in_a_replacement(text: str, why: str) -> None:
    """It would show only at the first record that has something to replace."""
    for table in (
        {"fields": {"title": {"path": "a", "replace": [["(a)", text]]}}},
        {"markup": {"replace": [["(a)", text]]}},
    ):
        (fault,) = _faults(table)
        assert 'cannot take the place of what "(a)" finds: ' + why in fault


@pytest.mark.parametrize("pattern", ["%q.%m", "%d.%", "gestern", ""])
def test_what_is_wrong_in_a_date(pattern: str) -> None:
    (fault,) = _faults({"fields": {"issued": {"path": "a", "date": pattern}}})
    assert "there are %% %A %B" in fault


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        ({"paths": "x"}, 'paths: unknown field, did you mean "path"?'),
        ({"encoding": "klingonisch"}, 'encoding: unknown encoding "klingonisch"'),
        ({"format": "xml"}, "format: \"xml\" is none of 'yaml', 'json', 'jsonl', 'csv' or 'markdown'"),
        ({"markup": {"base_url": "/x"}}, 'markup.base_url: not like "https://www.stadt.example/presse/": "/x"'),
        ({"markup": {"makros": {}}}, 'markup.makros: unknown field, did you mean "macros"?'),
    ],
)
def test_what_is_wrong_in_a_source(table: dict[str, Any], fault: str) -> None:
    assert _faults(table) == [fault]


def test_the_archive_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "archive.toml").write_text(
        CONFIG + '[[sources]]\npath = "a.jsonl"\n[sources.fields]\ntitle = "a"\n\nrights = { notce = "x" }\n'
    )
    with pytest.raises(ConfigError) as caught:
        Archive.open(tmp_path)
    line = CONFIG.count("\n") + 6
    assert str(caught.value) == (
        f'archive.toml:{line}: sources.0.fields.rights.notce: unknown field, did you mean "notice"?'
    )


def test_every_key_is_explained() -> None:
    from lod.source import Markup, Rule

    for model in (Rule, Markup, Source):
        for name, field in model.model_fields.items():
            assert field.description, name
            assert field.examples, name
