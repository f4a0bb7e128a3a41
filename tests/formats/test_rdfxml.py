from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from lxml import etree

from lod.description import Description, Node
from lod.errors import OutputError
from lod.formats.base import Setting
from lod.formats.rdfxml import Serializer
from lod.mapping.files import load_files
from lod.term import IRI, RDF_TYPE, Literal
from tests.formats.test_turtle import RELEASE, SAMPLE, schema

SERIALIZER = Serializer(Setting(load_files(Path()).prefixes, {}, cast("Any", None)))

EXPECTED = """\
<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF
    xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns:schema="https://schema.org/">
  <schema:NewsArticle rdf:about="https://presse.example.org/release/stadt/2026/17">
    <rdf:type rdf:resource="http://purl.org/spar/fabio/PressRelease"/>
    <schema:headline xml:lang="de">A &amp; B &lt; „C“ &gt; D</schema:headline>
    <schema:version>1</schema:version>
    <schema:position rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">1</schema:position>
    <schema:url rdf:resource="https://stadt.example/?a=1&amp;b=2"/>
    <_n:p xmlns:_n="https://other.example/1">x</_n:p>
  </schema:NewsArticle>
</rdf:RDF>
"""


def written(*pairs: tuple[IRI, IRI | Literal]) -> str:
    piece = SERIALIZER.encode(Description(RELEASE, [Node("x", RELEASE, list(pairs))]))
    return (SERIALIZER.begin(piece.prefixes) + piece.data + SERIALIZER.finish()).decode()


def test_an_element_for_the_first_class_and_one_for_each_statement() -> None:
    found = written(
        (RDF_TYPE, schema("NewsArticle")),
        (RDF_TYPE, IRI("http://purl.org/spar/fabio/PressRelease")),
        (schema("headline"), Literal("A & B < „C“ > D", language="de")),
        (schema("version"), Literal("1")),
        (schema("position"), Literal("1", datatype=IRI("http://www.w3.org/2001/XMLSchema#integer"))),
        (schema("url"), IRI("https://stadt.example/?a=1&b=2")),
        (IRI("https://other.example/1p"), Literal("x")),
    )
    assert found == EXPECTED


def test_every_piece_is_well_formed() -> None:
    piece = SERIALIZER.encode(SAMPLE)
    assert len(etree.fromstring(SERIALIZER.begin(piece.prefixes) + piece.data + SERIALIZER.finish())) == 3


def test_a_property_that_xml_cannot_name_is_refused_with_its_name() -> None:
    with pytest.raises(OutputError, match=r"<https://other\.example/p/1> has no end that can be the name"):
        written((IRI("https://other.example/p/1"), Literal("x")))
