"""The mapping: data that is checked before the first record, and that an archive may extend or replace."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from lod.archive import Archive
from lod.description import Description, Shared
from lod.errors import ConfigError, MappingError
from lod.mapping import Mapping, Undescribable
from lod.release import Release
from tests.dump.archives import CONFIG, make, record

OWN = """
[prefixes]
ex = "https://ns.example.org/"
dc = "http://purl.org/dc/elements/1.1/"
[release]
iri = "{base}pm/{path|slug}"
type = ["ex:Mitteilung"]
"""


def archive(folder: Path, mapping: str | None = None, name: str = "own.toml", *, core: bool = False) -> Archive:
    files = '["core", "own.toml"]' if core else f'["{name}"]'
    config = f"mapping = {files}\n{CONFIG}" if mapping is not None else CONFIG
    made = make(folder / "a", [], config=config, files=0)
    (made / "vocab").mkdir()
    if mapping is not None:
        (made / "vocab" / "own.toml").write_text(mapping, encoding="utf-8")
    return Archive.open(made)


def describe(archive: Archive, **changed: Any) -> Description:
    release = Release.model_validate({**record(1), **changed}, context=archive.defaults)
    return Mapping.load(archive).describe(release)


def lines(description: Description) -> set[str]:
    return {f"{s.subject.nt.decode()} {s.predicate.nt.decode()} {s.object.nt.decode()}" for s in description.statements}


def test_an_archive_can_replace_the_mapping_with_flat_rdf_of_its_own(tmp_path: Path) -> None:
    rules = """rules = [
  { property = "dc:title", field = "title", as = "text" },
  { property = ["dc:date", "ex:tag"], field = "issued", as = "moment" },
  { property = "ex:satz", template = "{title} ({number})[, {subtitle}]", as = "string" },
  { property = "ex:zahl", field = "version", as = "xsd:integer" },
]"""
    assert lines(describe(archive(tmp_path, OWN + rules))) == {
        f"<https://presse.example.org/pm/stadt-2017-1> {rest}"
        for rest in (
            "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://ns.example.org/Mitteilung>",
            '<http://purl.org/dc/elements/1.1/title> "Mitteilung 1 über Straßen"@de',
            '<http://purl.org/dc/elements/1.1/date> "2017-07-02"^^<http://www.w3.org/2001/XMLSchema#date>',
            '<https://ns.example.org/tag> "2017-07-02"^^<http://www.w3.org/2001/XMLSchema#date>',
            '<https://ns.example.org/satz> "Mitteilung 1 über Straßen (1/2017)"',
            '<https://ns.example.org/zahl> "1"^^<http://www.w3.org/2001/XMLSchema#integer>',
        )
    }


def test_an_archive_can_nest_nodes_of_its_own(tmp_path: Path) -> None:
    nested = (
        OWN
        + 'rules = [{ property = "ex:nennt", node = "person" }]\n'
        + (
            '[person]\neach = "people"\niri = "{release}#{name|slug}"\n'
            'rules = [{ property = "ex:name", field = "name", as = "string" }]\n'
        )
    )
    people = [{"name": "Jörg Groß"}, {"name": "Änne Klein"}]
    found = lines(describe(archive(tmp_path, nested), people=people))
    root = "<https://release/"  # the node's IRI hangs on what {release} is
    assert root not in str(found)
    assert (
        '<https://presse.example.org/release/stadt/2017/1#joerg-gross> <https://ns.example.org/name> "Jörg Groß"'
        in found
    )
    assert (
        "<https://presse.example.org/pm/stadt-2017-1> <https://ns.example.org/nennt> "
        "<https://presse.example.org/release/stadt/2017/1#aenne-klein>"
    ) in found


def test_an_archive_can_add_to_the_core(tmp_path: Path) -> None:
    more = (
        '[prefixes]\nex = "https://ns.example.org/"\n[release]\ntype = ["ex:Mitteilung"]\n'
        'rules = [{ property = "ex:rubrik", field = "kicker", as = "text" }]\n'
    )
    plain = lines(describe(archive(tmp_path / "1"), kicker="Verkehr"))
    added = lines(describe(archive(tmp_path / "2", more, core=True), kicker="Verkehr"))
    release = "<https://presse.example.org/release/stadt/2017/1>"
    assert added - plain == {
        f"{release} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://ns.example.org/Mitteilung>",
        f'{release} <https://ns.example.org/rubrik> "Verkehr"@de',
    }
    assert plain <= added


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ('{ property = "dc:title", field = "titel", as = "text" }', 'unknown field "titel", did you mean "title"?'),
        ('{ property = "dx:title", field = "title", as = "text" }', 'unknown prefix in "dx:title"'),
        ('{ property = "dc:title", field = "title", as = "txt" }', '"txt" is none of'),
        ('{ property = "dc:title", field = "title" }', '"as" is missing'),
        ('{ property = "dc:title", field = "title", as = "xsd:datum" }', "datum"),
        ('{ property = "dc:title", field = "people.namen", as = "string" }', "namen"),
        ('{ property = "dc:title", field = "title.x", as = "string" }', "nothing below"),
        ('{ property = "dc:title", template = "{title", as = "string" }', "unexpected"),
        ('{ property = "dc:title", template = "{title|gross}", as = "string" }', 'unknown filter "gross"'),
        ('{ property = "dc:title", template = "[{title}", as = "string" }', "unclosed"),
        ('{ property = "dc:title", node = "nichts" }', 'no node "nichts"'),
        ('{ property = "dc:title", value = "xx:y" }', "unknown prefix"),
        ('{ property = "dc:title" }', "exactly one of"),
        ('{ property = "dc:title", feld = "title", as = "text" }', 'did you mean "field"?'),
        ('{ property = "dc:title", field = "language", as = "concept", scheme = "sprache" }', 'no scheme "sprache"'),
        ('{ property = "dc:title", field = "title", as = "person" }', "holds no person"),
        ('{ property = "dc:title", field = "people", as = "place" }', "holds no place"),
    ],
)
def test_a_rule_that_cannot_work_fails_before_the_first_record(tmp_path: Path, rules: str, message: str) -> None:
    made = archive(tmp_path, f"{OWN}rules = [\n{rules}\n]")
    with pytest.raises(MappingError) as caught:
        Mapping.load(made)
    assert message in str(caught.value)
    assert str(caught.value).startswith("vocab/own.toml:9: release.rules.0")
    assert "\n" not in str(caught.value)


MORE = """
[prefixes]
ex = "https://ns.example.org/"
[release]
type = [
  "ex:Mitteilung",  # ["nicht gezählt"]
  "ex:Meldung",
  TYPE
]
rules = [
  { property = "ex:satz", template = "{title}[ ({number}), ]", as = "string" },
  { property = ["ex:a",
    "ex:b"], field = "title", as = "text" },
  # { property = "ex:c" },
  RULE
]
[quotation]
NODE
[eigen]
iri = "{release}#eigen"
rules = [ { property = "ex:a", field = "title", as = "text" }, OWN ]
"""


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"RULE": '{ property = "ex:x", field = "titel", as = "text" }'}, "15: release.rules.2.field: unknown field"),
        ({"RULE": '{ property = "ey:x", field = "title", as = "text" }'}, "15: release.rules.2.property: unknown pre"),
        ({"TYPE": '"ey:X"'}, '8: release.type.2: unknown prefix in "ey:X"'),
        ({"NODE": 'when = "nie"'}, "18: quotation.when: unknown field"),
        ({"NODE": 'rules = [{ property = "ex:x", node = "nix" }]'}, '18: quotation.rules.0.node: no node "nix"'),
        ({"OWN": '{ property = "ex:x", value = "ey:x" }'}, "21: eigen.rules.1.value: unknown prefix"),
    ],
)
def test_a_fault_over_the_core_is_told_where_it_stands(tmp_path: Path, wrong: dict[str, str], told: str) -> None:
    text = MORE
    for word in ("TYPE", "RULE", "NODE", "OWN"):
        text = text.replace(word, wrong.get(word, ""))
    made = archive(tmp_path, text, core=True)
    with pytest.raises(MappingError) as caught:
        Mapping.load(made)
    assert str(caught.value).startswith(f"vocab/own.toml:{told}")


def test_what_only_the_core_says_is_told_of_the_core(tmp_path: Path) -> None:
    """A later file may take away what a rule of the core refers to."""
    made = archive(tmp_path, '[quotation]\nof = "authority"\n', core=True)
    with pytest.raises(MappingError, match=r'^core\.toml:\d+: release\.rules\.\d+\.node: no node "quotation"'):
        Mapping.load(made)


@pytest.mark.parametrize("name", ["x/../../../own.toml", "x/../../own.toml"])
def test_a_mapping_outside_of_vocab_is_refused(tmp_path: Path, name: str) -> None:
    made = archive(tmp_path, OWN, name=name)
    with pytest.raises(MappingError, match="outside of vocab/"):
        Mapping.load(made)


def test_an_unknown_code_suggests_near_ones(tmp_path: Path) -> None:
    with pytest.raises(Undescribable) as caught:
        describe(archive(tmp_path), genre="genre:press-release", subjects=["medtop:99"])
    faults = dict(caught.value.faults)
    assert set(faults) == {"genre", "subjects.0"}
    assert "genre:Press_Release" in faults["genre"]


@pytest.mark.parametrize(("issued", "refused"), [("2025-03-30", False), ("2025-03-31", True)])
def test_a_retired_code_is_refused_where_it_was_retired_before(tmp_path: Path, issued: str, *, refused: bool) -> None:
    made = archive(tmp_path)
    code = {"subjects": ["medtop:20000609"], "issued": issued, "number": "5/2025"}
    if refused:
        with pytest.raises(Undescribable, match="retired"):
            describe(made, **code)
    else:
        assert [field for field, _ in describe(made, **code).warnings] == ["subjects.0"]


def test_a_tombstone_keeps_who_and_when_and_nothing_of_the_text(tmp_path: Path) -> None:
    gone = {
        "status": "canceled",
        "version": 2,
        "changes": [{"version": 2, "at": "2017-08-01T10:00:00+02:00", "kind": "cancel", "note": "Irrtum"}],
        "people": [{"name": "Jörg Groß"}],
        "quotations": [{"id": "q1", "text": "Wir bauen", "speakers": ["Jörg Groß"]}],
        "keywords": ["Straßenbau"],
        "lead": "Vorspann.",
    }
    text = " ".join(lines(describe(archive(tmp_path), **gone)))
    for word in ("Straße", "Wir bauen", "Groß", "Vorspann", "20000612"):
        assert word not in text
    for word in ("Zurückgezogene Pressemitteilung 1/2017", "Irrtum", "invalidatedAtTime", "/v/2"):
        assert word in text


def test_no_blank_nodes_and_every_text_has_a_language(tmp_path: Path) -> None:
    description = describe(archive(tmp_path), lead="Vorspann", keywords=["Bau"], kicker="Verkehr", subtitle="Unter")
    texts = {"headline", "title", "articleBody", "abstract", "keywords", "articleSection", "alternativeHeadline"}
    for statement in description.statements:
        assert statement.subject.value.startswith("https://")
        if statement.predicate.value.rpartition("/")[2] in texts:
            assert statement.object.language == "de"


def test_the_graph_for_users_is_the_same(tmp_path: Path) -> None:
    description = describe(archive(tmp_path))
    assert len(description.graph()) == len(list(description.statements))


@pytest.mark.parametrize(
    ("changed", "iri"),
    [
        ({"identifiers": [{"scheme": "idtype:web", "value": one} for one in ("A 1", "a-1")]}, "#id-idtype-web-a-1"),
        (
            {
                "organisations": ["Verein"],
                "quotations": [{"id": "number", "text": "Zweiter", "speakers": ["Verein"]}],
            },
            "#number",
        ),
    ],
)
def test_two_parts_never_share_an_iri(tmp_path: Path, changed: dict[str, Any], iri: str) -> None:
    """They would be one thing for every reader, and nobody would see it."""
    with pytest.raises(Undescribable, match=f"two of them would have the IRI .*{iri}"):
        describe(archive(tmp_path), **changed)


def test_two_nodes_of_one_part_are_one_thing(tmp_path: Path) -> None:
    picture = {"name": "a.jpg", "media_type": "image/jpeg", "url": "https://stadt.example/a.jpg", "caption": "Radweg"}
    description = describe(archive(tmp_path), attachments=[picture])
    (node,) = [one for one in description.nodes if one.subject.value.endswith("/file/a.jpg")]
    classes = [str(term) for predicate, term in node.pairs if predicate.value.endswith("#type")]
    assert classes == ["https://schema.org/ImageObject", "https://schema.org/MediaObject"]


def test_an_activity_belongs_to_one_release_alone(tmp_path: Path) -> None:
    """Ids that differ in a slash, or only after eighty characters, are still two."""
    made = archive(tmp_path)
    long = "stadt/2026/0312-" + "sperrung-" * 10
    paths = ("a-b/c", "a/b-c", f"{long}eins", f"{long}zwei")
    activities = [
        {one.subject.value for one in describe(made, id=path).nodes if one.name == "activity"} for path in paths
    ]
    assert all(activities)
    assert len(set().union(*activities)) == len(paths)


def test_two_names_never_become_one_thing(tmp_path: Path) -> None:
    """A name that is left out because another one has its slug would be lost."""
    with pytest.raises(Undescribable) as caught:
        describe(archive(tmp_path), organisations=["Verein Köln", "Verein Koeln"])
    reason = '"Verein Koeln" and "Verein Köln" cannot be told apart; write them alike, or name an authority'
    assert caught.value.faults == [("organisations.1", reason)]


def test_one_name_in_capitals_is_still_one_thing(tmp_path: Path) -> None:
    description = describe(archive(tmp_path), organisations=["Verein Köln", "VEREIN KÖLN"])
    assert len([one for one in description.nodes if one.subject.value.endswith("#organisation-verein-koeln")]) == 1


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ('field = "title", as = "moment"', 'release.rules.0.field: "title" holds no date'),
        (
            'field = "people", as = "text"',
            'release.rules.0.field: "people" is no value but a part; name a field of it:',
        ),
        ('template = "not an iri", as = "iri"', 'release.rules.0.template: not an absolute IRI: "not%20an%20iri"'),
    ],
)
def test_a_rule_that_can_never_hold_is_refused(tmp_path: Path, rule: str, reason: str) -> None:
    with pytest.raises(MappingError) as caught:
        Mapping.load(archive(tmp_path, f'{OWN}rules = [{{ property = "ex:x", {rule} }}]'))
    assert reason in str(caught.value)


def test_a_property_is_an_iri(tmp_path: Path) -> None:
    rules = 'rules = [{ property = "https://ns.example.org/a b", field = "title", as = "text" }]'
    with pytest.raises(MappingError, match=r"release\.rules\.0\.property: not an absolute IRI"):
        Mapping.load(archive(tmp_path, OWN + rules))


@pytest.mark.parametrize("kind", ["iri", "release", "media-type"])
def test_a_value_that_makes_no_iri_refuses_the_record_alone(tmp_path: Path, kind: str) -> None:
    made = archive(tmp_path, f'{OWN}rules = [{{ property = "ex:x", field = "title", as = "{kind}" }}]')
    with pytest.raises(Undescribable, match="the mapping makes no IRI of it: not an absolute IRI"):
        describe(made)


@pytest.mark.parametrize(
    ("rules", "field", "reason"),
    [
        ('field = "title", as = "xsd:integer"', "title", 'xsd:integer, and that is none: "Mitteilung 1 über Straßen"'),
        ('field = "issued", as = "xsd:dateTime"', "issued", 'xsd:dateTime, and that is none: "2017-07-02"'),
        ('template = "{number} Stück", as = "xsd:decimal"', "{number} Stück", 'none: "1/2017 Stück"'),
    ],
)
def test_a_value_that_is_none_of_its_datatype_refuses_the_record(
    tmp_path: Path, rules: str, field: str, reason: str
) -> None:
    made = archive(tmp_path, f'{OWN}rules = [{{ property = "ex:x", {rules} }}]')
    with pytest.raises(Undescribable) as caught:
        describe(made)
    ((found, told),) = caught.value.faults
    assert found == field
    assert told.endswith(reason)


def test_a_value_of_a_part_is_named_with_its_list(tmp_path: Path) -> None:
    nested = '[person]\neach = "people"\niri = "{release}#{name|slug}"\nrules = [PART]\n'
    part = '{ property = "ex:x", field = "name", as = "xsd:gYear" }'
    made = archive(tmp_path, OWN + nested.replace("PART", part))
    with pytest.raises(Undescribable, match=r"^people\.name: the mapping writes it as xsd:gYear"):
        describe(made, people=[{"name": "Jörg Groß"}])


def test_what_releases_share_is_refused_with_its_name(tmp_path: Path) -> None:
    """It is no record that is wrong then, but the mapping."""
    rule = '[authority]\nrules = [{ property = "schema:position", field = "name", as = "xsd:integer" }]\n'
    mapping = Mapping.load(archive(tmp_path, rule, core=True))
    with pytest.raises(MappingError) as caught:
        mapping.describe_shared(Shared("authority", "stadt"))
    assert str(caught.value) == (
        'archive.toml: mapping: it cannot describe the authority "stadt": '
        'name: the mapping writes it as xsd:integer, and that is none: "Stadt Beispielhausen"'
    )


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("publisher", 'publisher: no organisation "nix" in authorities/'),
        ("language", 'language: unknown code "language:nix"'),
    ],
)
def test_what_every_release_refers_to_exists(tmp_path: Path, key: str, reason: str) -> None:
    made = make(tmp_path / "a", [], config=re.sub(rf'(?m)^{key} = ".*"', f'{key} = "nix"', CONFIG), files=0)
    with pytest.raises(ConfigError) as caught:
        Mapping.load(Archive.open(made))
    assert str(caught.value).startswith(f"archive.toml: {reason}")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("weg.toml", 'no file "vocab/weg.toml"'),
        ("nix", 'no mapping "nix" comes with the program; a file of your own ends in .toml'),
    ],
)
def test_a_mapping_that_is_not_there(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(MappingError) as caught:
        Mapping.load(archive(tmp_path, "", name))
    assert str(caught.value) == f"archive.toml: mapping: {reason}"
