"""Terms: what an IRI may hold, how literals are escaped, how names become slugs."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from lod.term import IRI, Literal, escape_iri, moment, slug

BAD = [
    "relative/path",
    "https://x.example/a b",
    "https://x.example/[1]",
    "https://x.example/%zz",
    "https://x.example/a\u202eb",
    "https://x.example/a\u00a0b",
    "https://x.example/a\nb",
    'https://x.example/"',
    "https://x.example/<",
    "https:",
    "",
]


@pytest.mark.parametrize("value", BAD)
def test_what_a_strict_reader_refuses_is_no_iri(value: str) -> None:
    with pytest.raises(ValueError, match="not an absolute IRI"):
        IRI(value)


@given(st.text(min_size=1, max_size=30))
def test_an_accepted_iri_is_read_by_two_readers(tail: str) -> None:
    try:
        iri = IRI("https://x.example/" + tail)
    except ValueError:
        return
    line = iri.nt + b" <https://x.example/p> " + iri.nt + b" .\n"
    (quad,) = pyoxigraph.parse(line, pyoxigraph.RdfFormat.N_TRIPLES)
    assert quad.subject.value == iri.value
    assert str(next(iter(rdflib.Graph().parse(data=line, format="nt")))[0]) == iri.value


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(lambda tail: "https://x.example/" + tail))
def test_any_url_becomes_an_iri_when_escaped(url: str) -> None:
    assert IRI(escape_iri(url)).value == escape_iri(url)


CLEAN = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n\t"\\\x7f'), max_size=60)


@given(CLEAN, st.sampled_from([None, "de", "zh-hant"]))
def test_a_literal_comes_back_as_it_was_from_two_readers(text: str, language: str | None) -> None:
    literal = Literal(text, language=language)
    line = b"<https://x.example/s> <https://x.example/p> " + literal.nt + b" .\n"
    (quad,) = pyoxigraph.parse(line, pyoxigraph.RdfFormat.N_TRIPLES)
    assert (quad.object.value, quad.object.language) == (text, language)
    (triple,) = rdflib.Graph().parse(data=line, format="nt")
    assert (str(triple[2]), triple[2].language) == (text, language)


@given(CLEAN)
def test_literals_are_canonical_n_triples(text: str) -> None:
    literal = Literal(text)
    triple = pyoxigraph.Quad(
        pyoxigraph.NamedNode("https://x.example/s"),
        pyoxigraph.NamedNode("https://x.example/p"),
        pyoxigraph.Literal(text),
    )
    written = pyoxigraph.serialize([triple], format=pyoxigraph.RdfFormat.N_QUADS)
    assert written is not None
    assert literal.nt in written


def test_a_day_stays_a_day_and_an_instant_keeps_its_zone() -> None:
    assert moment(date(2017, 7, 3)).nt == b'"2017-07-03"^^<http://www.w3.org/2001/XMLSchema#date>'
    instant = moment(datetime(2017, 7, 3, 10, tzinfo=UTC))
    assert instant.nt == b'"2017-07-03T10:00:00+00:00"^^<http://www.w3.org/2001/XMLSchema#dateTime>'


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Städte- und Gemeindebund NRW", "staedte-und-gemeindebund-nrw"),
        ("Straße des 17. Juni", "strasse-des-17-juni"),
        ("Bernd Ju\u0308rgen Schneider", "bernd-juergen-schneider"),
        ("Łódź", "lodz"),
        ("„Zitat“ § 5", "zitat-5"),
    ],
)
def test_slugs_follow_german_habits(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_a_name_without_latin_letters_has_a_stable_slug() -> None:
    assert slug("東京都") == slug("東京都")
    assert slug("東京都") != slug("大阪府")


@given(st.text(max_size=200))
def test_a_slug_is_never_empty_and_never_needs_escaping(text: str) -> None:
    assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug(text).strip("-")
