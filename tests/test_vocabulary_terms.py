"""Every term the core mapping uses exists, goes with its class, and gets the kind of value it is meant for."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

import pytest
from rdflib.namespace import DCMITYPE, DCTERMS, ORG, PROV, RDFS, SKOS, XSD, DefinedNamespace

from lod.authority.model import TYPES
from lod.mapping.files import load_files
from lod.mapping.promise import LANGUAGE, LINK, PLAIN, Outline, expand, outlines

FILES = load_files(Path())
OUTLINES = [outline for outline in outlines(FILES) if outline.promises]
PROMISES = [(outline, promise) for outline in OUTLINES for promise in outline.promises]
SCHEMA = "https://schema.org/"
CLOSED: dict[str, type[DefinedNamespace]] = {
    "dcmitype": DCMITYPE,
    "dcterms": DCTERMS,
    "org": ORG,
    "prov": PROV,
    "rdfs": RDFS,
    "skos": SKOS,
    "xsd": XSD,
}
# Vocabularies rdflib does not have, as far as we use them: FaBiO 2.1, Web Annotation, SPDX 2.
LISTED = {
    "fabio": {"PressRelease"},
    "oa": {
        *("Annotation", "SpecificResource", "TextPositionSelector", "identifying"),
        *("motivatedBy", "hasBody", "hasTarget", "hasSource", "hasSelector", "start", "end"),
    },
    "spdx": {"Checksum", "checksum", "algorithm", "checksumValue", "checksumAlgorithm_sha256"},
}
# Prefixes that only stand before codes.
CODES = {"eulang", "eurestyp", "genre", "gnd", "medtop", "pubstat", "wd"}
# DCMI Terms (2020): properties with a formal literal range, and those without any; all others want a resource. So do
# those of the other vocabularies but for these.
LITERALS = {
    "dcterms": {
        *("abstract", "alternative", "available", "bibliographicCitation", "created", "date", "description"),
        *("identifier", "issued", "modified", "title", "valid"),
    },
    "skos": {"altLabel", "hiddenLabel", "notation", "prefLabel"},
    "prov": {"endedAtTime", "generatedAtTime", "invalidatedAtTime", "startedAtTime"},
    "oa": {"start", "end"},
    "spdx": {"checksumValue"},
}
# Data types of schema.org, and the quantities it writes as text ("3000 px").
DATATYPES = {
    LANGUAGE: {"Text"},
    PLAIN: {"Text", "Distance"},
    f"{XSD}date": {"Date"},
    f"{XSD}dateTime": {"DateTime"},
    f"{XSD}integer": {"Integer", "Number"},
    f"{XSD}decimal": {"Number"},
    f"{XSD}double": {"Number"},
}


class Term(NamedTuple):
    """What schema.org says of a name: superclasses of a class, domains and ranges of a property."""

    kind: str
    of: set[str]
    ranges: set[str]
    superseded_by: str


def _schemaorg() -> dict[str, Term]:
    with (Path(__file__).parent / "terms" / "schemaorg.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["name"]: Term(row["kind"], set(row["of"].split()), set(row["ranges"].split()), row["superseded_by"])
            for row in csv.DictReader(file)
        }


TERMS = _schemaorg()


def _split(iri: str) -> tuple[str, str]:
    for prefix, space in FILES.prefixes.items():
        if iri.startswith(space):
            return prefix, iri.removeprefix(space)
    raise AssertionError(iri)


def _used() -> set[str]:
    """All properties, classes and constant values of the mapping."""
    properties = {iri for _, promise in PROMISES for iri in promise.properties}
    classes = {iri for outline in OUTLINES for iri in outline.classes}
    values = {expand(FILES, promise.rule.value) for _, promise in PROMISES if promise.rule.value}
    return properties | classes | values


@pytest.mark.parametrize("iri", sorted(_used()))
def test_term_exists(iri: str) -> None:
    prefix, local = _split(iri)
    if prefix == "schema":
        assert TERMS[local].superseded_by == ""
    elif prefix in CLOSED:
        assert local in CLOSED[prefix]
    else:
        assert local in LISTED.get(prefix, set()) or prefix in CODES


@pytest.mark.parametrize("prefix", sorted(FILES.prefixes))
def test_prefix_is_known_to_this_test(prefix: str) -> None:
    assert prefix in {"schema", *CLOSED, *LISTED, *CODES}
    if prefix in CLOSED:
        assert str(CLOSED[prefix]._NS) == FILES.prefixes[prefix]


def test_classes_of_authorities_exist() -> None:
    assert {TERMS[name].kind for names in TYPES.values() for name in names} == {"class"}


def _above(name: str) -> set[str]:
    """A class and all its superclasses."""
    return {name}.union(*(_above(one) for one in TERMS[name].of)) if name in TERMS else {name}


def _classes(outline: Outline) -> list[str]:
    """The classes of schema.org that instances of a node may have."""
    if outline.spec.of == "authority":
        return [name for names in TYPES.values() for name in names]
    return [iri.removeprefix(SCHEMA) for iri in outline.classes if iri.startswith(SCHEMA)]


@pytest.mark.parametrize("outline", OUTLINES, ids=lambda outline: outline.name)
def test_properties_of_schemaorg_go_with_their_class(outline: Outline) -> None:
    above = set[str]().union(*map(_above, _classes(outline)))
    names = [iri.removeprefix(SCHEMA) for one in outline.promises for iri in one.properties if iri.startswith(SCHEMA)]
    assert [name for name in names if not TERMS[name].of & above] == []


@pytest.mark.parametrize("outline", OUTLINES, ids=lambda outline: outline.name)
def test_no_literal_where_a_resource_belongs_and_no_link_where_text_does(outline: Outline) -> None:
    wrong = []
    for promise in outline.promises:
        for iri in promise.properties:
            prefix, local = _split(iri)
            for value in promise.values:
                if prefix == "schema":
                    fits = _fits(TERMS[local].ranges, value)
                else:
                    fits = (local in LITERALS.get(prefix, set())) == (value != LINK)
                wrong += [] if fits else [(iri, value)]
    assert wrong == []


def _fits(ranges: set[str], value: str) -> bool:
    """Whether a range of schema.org allows a kind of value. An IRI is a resource, and also the value of a URL."""
    if value == LINK:
        data = set[str]().union(*DATATYPES.values()) | {"Boolean", "Time"}
        return bool(ranges - data)
    return bool(ranges & DATATYPES.get(value, set()))


def test_link_of_a_part_leads_to_its_class() -> None:
    """What schema.org says of the range holds for the nodes the mapping itself makes."""
    for _, promise in PROMISES:
        if promise.rule.node is None:
            continue
        classes = [_split(expand(FILES, one))[1] for one in FILES.nodes[promise.rule.node].type]
        above = set[str]().union(*map(_above, classes))
        for iri in promise.properties:
            if iri.startswith(SCHEMA):
                assert TERMS[iri.removeprefix(SCHEMA)].ranges & above, f"{iri}: {classes}"


def test_names_of_schemaorg_are_all_there() -> None:
    assert len(TERMS) > 2400
    assert TERMS["NewsArticle"].of == {"Article"}
    assert "PressRelease" not in TERMS
