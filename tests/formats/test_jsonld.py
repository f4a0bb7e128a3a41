from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given

from lod.description import Description, Node
from lod.formats import FORMATS
from lod.formats.base import Setting
from lod.formats.jsonld import Serializer
from lod.mapping.context import context_of
from lod.mapping.files import load_files
from lod.term import IRI, RDF_TYPE, XSD, Literal
from tests.formats.test_turtle import QUOTE, RELEASE, SAMPLE, dcterms, schema
from tests.oracle import quads, read_oxigraph
from tests.strategies import descriptions

CONTEXT = context_of(load_files(Path()))
PARTS = [IRI(f"{RELEASE}#part-{number}") for number in range(4)]


@pytest.fixture(scope="module", name="serializer")
def _serializer() -> Serializer:
    return Serializer(Setting({}, CONTEXT, cast("Any", None)))


def described(serializer: Serializer, *nodes: tuple[IRI, list[tuple[IRI, Any]]]) -> Any:
    description = Description(RELEASE, [Node("x", subject, pairs) for subject, pairs in nodes])
    return json.loads(serializer.encode(description).data)


def said(serializer: Serializer, *pairs: tuple[IRI, IRI | Literal]) -> dict[str, Any]:
    """What stands in the object besides its id."""
    found = described(serializer, (RELEASE, list(pairs)))
    assert found.pop("id") == RELEASE.value
    return cast("dict[str, Any]", found)


def test_a_release_is_one_object_with_its_parts(serializer: Serializer) -> None:
    assert json.loads(serializer.encode(SAMPLE).data) == {
        "id": "https://presse.example.org/release/stadt/2026/17",
        "type": ["NewsArticle", "fabio:PressRelease"],
        "headline": {"de": "Städte fordern „schnellere“ Bescheide"},
        "dcterms:title": {"de": "Städte fordern „schnellere“ Bescheide"},
        "articleBody": {"de": '„Wer Anspruch hat“, sagte sie.\n\n"So" stand es im \\Bescheid\\ nach § 24: "Nein"'},
        "genre": "http://cv.iptc.org/newscodes/genre/Press_Release",
        "datePublished": "2026-09-14",
        "dcterms:created": "2026-09-14T08:00:00+00:00",
        "sourceOrganization": ["https://presse.example.org/org/bund#id", "https://presse.example.org/org/stadt#id"],
        "keywords": {"de": ["Bescheide", "Wohngeld"]},
        "hasPart": {
            "id": "https://presse.example.org/release/stadt/2026/17#q1",
            "type": "Quotation",
            "position": 1,
            "text": {"de": "Wer Anspruch hat"},
            "isPartOf": "https://presse.example.org/release/stadt/2026/17",
        },
        "dcterms:hasPart": "https://presse.example.org/release/stadt/2026/17#q1",
        "version": "1",
        "@included": [
            {
                "id": "https://presse.example.org/release/stadt/2026/17#role-anna-beispiel",
                "type": "org:Membership",
                "roleName": {"de": "Oberbürgermeisterin"},
                "prov:wasDerivedFrom": "https://presse.example.org/release/stadt/2026/17",
            }
        ],
    }


def test_keys_keep_the_order_of_the_mapping(serializer: Serializer) -> None:
    keys = list(json.loads(serializer.encode(SAMPLE).data))
    assert keys[:4] == ["id", "type", "headline", "dcterms:title"]
    assert keys[-1] == "@included"


def test_a_record_is_one_line(serializer: Serializer) -> None:
    data = serializer.begin(()) + serializer.between().join([serializer.encode(SAMPLE).data] * 2) + serializer.finish()
    lines = data.decode().split("\n")
    assert lines[0] == "{"
    assert json.loads("{" + lines[1].removesuffix(",") + "}") == {"@context": CONTEXT}
    assert lines[2:3] + lines[5:] == ['"@graph": [', "]", "}", ""]
    assert json.loads(lines[3].removesuffix(","))["id"] == RELEASE.value == json.loads(lines[4])["id"]


def test_the_context_is_embedded_and_ours() -> None:
    """Nothing is fetched, and nothing but prefixes leads outside."""
    assert "https://schema.org" not in CONTEXT.values()
    assert "@vocab" not in CONTEXT
    assert "@language" not in CONTEXT
    assert "@base" not in CONTEXT


def test_an_instant_among_days_says_so(serializer: Serializer) -> None:
    """A key of days would cut an instant to a day (rdflib does so silently)."""
    instant = Literal("2026-09-14T08:00:00+02:00", datatype=IRI(XSD + "dateTime"))
    day = Literal("2026-09-14", datatype=IRI(XSD + "date"))
    assert said(serializer, (schema("datePublished"), instant), (dcterms("issued"), day)) == {
        "datePublished": {"@type": "xsd:dateTime", "@value": "2026-09-14T08:00:00+02:00"},
        "dcterms:issued": "2026-09-14",
    }


def test_codes_get_no_language(serializer: Serializer) -> None:
    assert said(serializer, (schema("version"), Literal("1")), (dcterms("identifier"), Literal("15/2017"))) == {
        "version": "1",
        "dcterms:identifier": "15/2017",
    }


def test_a_name_with_and_without_language(serializer: Serializer) -> None:
    """People's names have no language, those of organisations do: schema:name has no kind of its own."""
    assert said(
        serializer, (schema("name"), Literal("Jörg Groß")), (schema("name"), Literal("Stadt", language="de"))
    ) == {"name": ["Jörg Groß", {"@language": "de", "@value": "Stadt"}]}
    assert said(
        serializer,
        (schema("alternateName"), Literal("StGB NRW")),
        (schema("alternateName"), Literal("x", language="de")),
    ) == {"alternateName": {"@none": "StGB NRW", "de": "x"}}


def test_what_a_map_of_languages_cannot_hold_stands_under_the_iri(serializer: Serializer) -> None:
    number = Literal("1", datatype=IRI(XSD + "integer"))
    assert said(serializer, (schema("headline"), number), (schema("headline"), RELEASE)) == {
        "https://schema.org/headline": [
            {"@type": "xsd:integer", "@value": "1"},
            {"id": RELEASE.value},
        ]
    }


@pytest.mark.parametrize("lexical", ["007", "+5", "12345678901234567890", "drei", "-0"])
def test_numbers_that_json_would_change_stay_strings(serializer: Serializer, lexical: str) -> None:
    number = Literal(lexical, datatype=IRI(XSD + "integer"))
    assert said(serializer, (schema("position"), number)) == {"position": lexical}


def test_unknown_properties_and_classes_are_written_in_full_or_with_prefix(serializer: Serializer) -> None:
    assert said(
        serializer,
        (RDF_TYPE, IRI("https://other.example/Thing")),
        (RDF_TYPE, schema("City")),
        (IRI("https://other.example/p"), IRI("http://www.wikidata.org/entity/Q64")),
        (dcterms("references"), Literal("x")),
    ) == {
        "type": ["https://other.example/Thing", "schema:City"],
        "https://other.example/p": {"id": "wd:Q64"},
        "dcterms:references": "x",
    }


def test_a_part_stands_where_its_parent_is_nearest(serializer: Serializer) -> None:
    """Versions that follow each other stand side by side, not one inside the other."""
    first, second = PARTS[:2]
    found = described(
        serializer,
        (RELEASE, [(dcterms("hasVersion"), first), (dcterms("hasVersion"), second)]),
        (first, [(dcterms("isReplacedBy"), second)]),
        (second, [(dcterms("replaces"), first)]),
    )
    assert found["dcterms:hasVersion"] == [
        {"id": first.value, "dcterms:isReplacedBy": second.value},
        {"id": second.value, "dcterms:replaces": first.value},
    ]


def test_circles_end(serializer: Serializer) -> None:
    first, second = PARTS[:2]
    found = described(
        serializer,
        (RELEASE, []),
        (first, [(dcterms("relation"), second)]),
        (second, [(dcterms("relation"), first), (dcterms("relation"), second)]),
    )
    assert found["@included"] == [
        {
            "id": first.value,
            "dcterms:relation": {"id": second.value, "dcterms:relation": [first.value, second.value]},
        }
    ]


def test_two_nodes_of_one_subject_lose_nothing(serializer: Serializer) -> None:
    found = described(
        serializer, (RELEASE, [(schema("version"), Literal("1"))]), (RELEASE, [(schema("creditText"), Literal("x"))])
    )
    assert found == {"id": RELEASE.value, "version": "1", "creditText": "x"}


def test_the_first_node_is_the_root_where_the_subject_has_none(serializer: Serializer) -> None:
    first, second = PARTS[:2]
    found = described(
        serializer, (first, [(dcterms("relation"), second)]), (second, [(schema("version"), Literal("1"))])
    )
    assert found == {"id": first.value, "dcterms:relation": {"id": second.value, "version": "1"}}


@given(one=descriptions())
def test_without_a_context_everything_is_spelled_out(one: Description) -> None:
    serializer = Serializer(Setting({}, {}, cast("Any", None)))
    data = serializer.begin(()) + serializer.encode(one).data + serializer.finish()
    assert read_oxigraph(data, FORMATS["jsonld"]) == quads(one.statements)
    assert QUOTE.value.encode() not in data
