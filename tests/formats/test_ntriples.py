from __future__ import annotations

from typing import Any, cast

import pyoxigraph as ox
from hypothesis import given

from lod.description import Description, Node
from lod.formats.base import Setting
from lod.formats.ntriples import Serializer
from lod.term import IRI, Literal
from tests.formats.test_turtle import RELEASE, SAMPLE
from tests.strategies import descriptions

SERIALIZER = Serializer(Setting({}, {}, cast("Any", None)))


def test_one_statement_a_line_sorted() -> None:
    lines = SERIALIZER.encode(SAMPLE).data.split(b"\n")
    assert lines.pop() == b""
    assert lines == sorted(lines)
    assert len(lines) == sum(1 for _ in SAMPLE.statements)
    assert (
        b"<https://presse.example.org/release/stadt/2026/17#q1> <https://schema.org/position> "
        b'"1"^^<http://www.w3.org/2001/XMLSchema#integer> .'
    ) in lines


def test_text_is_utf8_on_one_line() -> None:
    """Canonical N-Triples escapes the quotation mark, the backslash, line ends and controls, and nothing else."""
    text = '„Größe“ 𝄞 \u2028\u00ad"x"\\\n\t\x7f'
    node = Node("x", RELEASE, [(IRI("https://schema.org/text"), Literal(text, language="de"))])
    line = SERIALIZER.encode(Description(RELEASE, [node])).data.decode()
    assert line.split(" ", 2)[2] == '"„Größe“ 𝄞 \u2028\u00ad\\"x\\"\\\\\\n\\t\\u007F"@de .\n'


@given(one=descriptions())
def test_is_what_the_canonical_form_of_another_writer_is(one: Description) -> None:
    """Pyoxigraph writes the same lines, once it has read them."""
    data = SERIALIZER.encode(one).data
    again = ox.serialize(ox.parse(data, format=ox.RdfFormat.N_TRIPLES), format=ox.RdfFormat.N_TRIPLES)
    assert again is not None
    assert set(again.replace(b"\x7f", rb"\u007F").split(b"\n")) == set(data.split(b"\n"))


def test_has_neither_head_nor_tail() -> None:
    assert SERIALIZER.begin(["schema"]) + SERIALIZER.between() + SERIALIZER.finish() == b""
    assert SERIALIZER.encode(SAMPLE).prefixes == ()
