from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox
import pytest
from hypothesis import given

from lod.description import Description, Node
from lod.formats.base import Setting
from lod.formats.turtle import Serializer
from lod.mapping.files import load_files
from lod.term import IRI, RDF_TYPE, XSD, Literal, moment
from tests.strategies import texts

RELEASE = IRI("https://presse.example.org/release/stadt/2026/17")
QUOTE = IRI(RELEASE.value + "#q1")
ROLE = IRI(RELEASE.value + "#role-anna-beispiel")
SCHEMA, DCTERMS = "https://schema.org/", "http://purl.org/dc/terms/"


def schema(name: str) -> IRI:
    return IRI(SCHEMA + name)


def dcterms(name: str) -> IRI:
    return IRI(DCTERMS + name)


TITLE = Literal("Städte fordern „schnellere“ Bescheide", language="de")
BODY = Literal('„Wer Anspruch hat“, sagte sie.\n\n"So" stand es im \\Bescheid\\ nach § 24: "Nein"', language="de")
SAMPLE = Description(
    RELEASE,
    [
        Node(
            "release",
            RELEASE,
            [
                (RDF_TYPE, schema("NewsArticle")),
                (RDF_TYPE, IRI("http://purl.org/spar/fabio/PressRelease")),
                (schema("headline"), TITLE),
                (dcterms("title"), TITLE),
                (schema("articleBody"), BODY),
                (schema("genre"), IRI("http://cv.iptc.org/newscodes/genre/Press_Release")),
                (schema("datePublished"), moment(date(2026, 9, 14))),
                (dcterms("created"), moment(datetime(2026, 9, 14, 8, tzinfo=UTC))),
                (schema("sourceOrganization"), IRI("https://presse.example.org/org/stadt#id")),
                (schema("sourceOrganization"), IRI("https://presse.example.org/org/bund#id")),
                (schema("keywords"), Literal("Wohngeld", language="de")),
                (schema("keywords"), Literal("Bescheide", language="de")),
                (schema("hasPart"), QUOTE),
                (dcterms("hasPart"), QUOTE),
                (schema("version"), Literal("1")),
            ],
        ),
        Node(
            "quotation",
            QUOTE,
            [
                (RDF_TYPE, schema("Quotation")),
                (schema("position"), Literal("1", datatype=IRI(XSD + "integer"))),
                (schema("text"), Literal("Wer Anspruch hat", language="de")),
                (schema("isPartOf"), RELEASE),
            ],
        ),
        Node(
            "role",
            ROLE,
            [
                (RDF_TYPE, IRI("http://www.w3.org/ns/org#Membership")),
                (schema("roleName"), Literal("Oberbürgermeisterin", language="de")),
                (IRI("http://www.w3.org/ns/prov#wasDerivedFrom"), RELEASE),
            ],
        ),
    ],
)

EXPECTED = '''\
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix fabio:   <http://purl.org/spar/fabio/> .
@prefix genre:   <http://cv.iptc.org/newscodes/genre/> .
@prefix org:     <http://www.w3.org/ns/org#> .
@prefix prov:    <http://www.w3.org/ns/prov#> .
@prefix schema:  <https://schema.org/> .
@prefix xsd:     <http://www.w3.org/2001/XMLSchema#> .

<https://presse.example.org/release/stadt/2026/17>
    a schema:NewsArticle, fabio:PressRelease ;
    schema:headline "Städte fordern „schnellere“ Bescheide"@de ;
    dcterms:title "Städte fordern „schnellere“ Bescheide"@de ;
    schema:articleBody """„Wer Anspruch hat“, sagte sie.

"So" stand es im \\\\Bescheid\\\\ nach § 24: "Nein\\""""@de ;
    schema:genre genre:Press_Release ;
    schema:datePublished "2026-09-14"^^xsd:date ;
    dcterms:created "2026-09-14T08:00:00+00:00"^^xsd:dateTime ;
    schema:sourceOrganization <https://presse.example.org/org/stadt#id>, <https://presse.example.org/org/bund#id> ;
    schema:keywords "Wohngeld"@de, "Bescheide"@de ;
    schema:hasPart <https://presse.example.org/release/stadt/2026/17#q1> ;
    dcterms:hasPart <https://presse.example.org/release/stadt/2026/17#q1> ;
    schema:version "1" .

<https://presse.example.org/release/stadt/2026/17#q1>
    a schema:Quotation ;
    schema:position 1 ;
    schema:text "Wer Anspruch hat"@de ;
    schema:isPartOf <https://presse.example.org/release/stadt/2026/17> .

<https://presse.example.org/release/stadt/2026/17#role-anna-beispiel>
    a org:Membership ;
    schema:roleName "Oberbürgermeisterin"@de ;
    prov:wasDerivedFrom <https://presse.example.org/release/stadt/2026/17> .
'''


@pytest.fixture(scope="module", name="serializer")
def _serializer() -> Serializer:
    return Serializer(Setting(load_files(Path()).prefixes, {}, cast("Any", None)))


def said(serializer: Serializer, *pairs: tuple[IRI, IRI | Literal]) -> str:
    """The lines below the subject."""
    data = serializer.encode(Description(RELEASE, [Node("release", RELEASE, list(pairs))])).data
    return data.decode().partition("\n")[2]


def test_reads_as_a_person_would_write_it(serializer: Serializer) -> None:
    piece = serializer.encode(SAMPLE)
    assert piece.prefixes == ("dcterms", "fabio", "genre", "org", "prov", "schema", "xsd")
    assert (serializer.begin(piece.prefixes) + piece.data).decode() == EXPECTED


def test_a_comes_first_wherever_the_type_was_said(serializer: Serializer) -> None:
    assert said(serializer, (schema("name"), Literal("x")), (RDF_TYPE, schema("Place"))).startswith(
        "    a schema:Place ;"
    )


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        ("https://d-nb.info/gnd/4005728-8", "gnd:4005728-8"),
        ("https://schema.org/a.b", "schema:a.b"),
        ("https://schema.org/a.", "<https://schema.org/a.>"),
        ("https://schema.org/-a", "<https://schema.org/-a>"),
        ("https://schema.org/a/b", "<https://schema.org/a/b>"),
        ("https://schema.org/a%20b", "<https://schema.org/a%20b>"),
        ("https://schema.org/größe", "<https://schema.org/größe>"),
        ("http://cv.iptc.org/newscodes/genre/", "<http://cv.iptc.org/newscodes/genre/>"),
        ("http://schema.org/name", "<http://schema.org/name>"),
    ],
)
def test_no_name_needs_an_escape(serializer: Serializer, iri: str, name: str) -> None:
    assert said(serializer, (dcterms("relation"), IRI(iri))) == f"    dcterms:relation {name} .\n"


@pytest.mark.parametrize("lexical", ["7", "-3", "+5", "007"])
def test_integers_stand_bare_as_they_are(serializer: Serializer, lexical: str) -> None:
    number = Literal(lexical, datatype=IRI(XSD + "integer"))
    assert said(serializer, (schema("position"), number)) == f"    schema:position {lexical} .\n"


def test_what_only_claims_to_be_an_integer_is_quoted(serializer: Serializer) -> None:
    number = Literal("drei", datatype=IRI(XSD + "integer"))
    assert said(serializer, (schema("position"), number)) == '    schema:position "drei"^^xsd:integer .\n'


@pytest.mark.parametrize(
    "text",
    ['a\n"', '"\n"', 'a\n""', 'a\n"""', '"""\n"""b', "a\n\\", 'a\n\\"', '\\\\n\n\\n"', '""""""\n', "\n", 'x\n\\"""\\"'],
)
def test_long_strings_end_where_they_should(serializer: Serializer, text: str) -> None:
    _round_trip(serializer, text)


@given(text=texts)
def test_any_text_is_read_back(serializer: Serializer, text: str) -> None:
    _round_trip(serializer, "\n" + text)
    _round_trip(serializer, text)


def _round_trip(serializer: Serializer, text: str) -> None:
    piece = serializer.encode(Description(RELEASE, [Node("x", RELEASE, [(schema("text"), Literal(text))])]))
    (found,) = ox.parse(serializer.begin(piece.prefixes) + piece.data, format=ox.RdfFormat.TURTLE)
    assert found.object.value == text
    assert ('"""' in piece.data.decode()) == ("\n" in text or '"""' in piece.data.decode())


def test_a_node_of_which_nothing_is_said_is_left_out(serializer: Serializer) -> None:
    assert serializer.encode(Description(RELEASE, [Node("x", RELEASE, [])])).data == b""


def test_memory_of_names_is_bounded(serializer: Serializer) -> None:
    for number in range(5000):
        said(serializer, (schema("about"), IRI(f"https://schema.org/x{number}")))
    assert serializer._blocks._name.cache_info().currsize <= 4096
