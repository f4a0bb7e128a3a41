from __future__ import annotations

import warnings
from pathlib import Path

import pyshacl
import pytest
import rdflib

from lod.archive import Archive
from lod.mapping import Mapping
from lod.mapping.files import load_files
from lod.mapping.shacl import shapes_of
from lod.mapping.shacl.shapes import NodeShape, PropertyShape, node_shapes
from lod.mapping.shacl.withdrawal import withdrawal
from lod.release import Release
from lod.vocabulary import Vocabulary, vocab_root
from tests.dump.archives import CONFIG, make, record

BASE = "https://presse.example.org/"
SCHEMA, DCTERMS = "https://schema.org/", "http://purl.org/dc/terms/"
VOCABULARY = Vocabulary.load([vocab_root() / "schemes"], BASE)
CORE = load_files(Path())
SHAPES = {shape.name: shape for shape in node_shapes(CORE, VOCABULARY, BASE)}

OWN = """
[prefixes]
ex = "https://ns.example.org/"
[release]
iri = "{base}pm/{path|slug}"
type = ["ex:Mitteilung"]
rules = [
  { property = "ex:titel", field = "title", as = "text" },
  { property = "ex:stichwort", field = "keywords", as = "text" },
  { property = "ex:herausgeber", field = "issuers", as = "organisation" },
  { property = "ex:zitat", node = "zitat" },
]
[zitat]
each = "quoted"
iri = "{base}pm/zitat/{position}"
type = ["ex:Zitat"]
rules = [{ property = "ex:wortlaut", field = "text", as = "text" }]
"""


def of(node: str, path: str) -> PropertyShape:
    return next(one for one in SHAPES[node].properties if one.path == path)


def shape(node: str) -> NodeShape:
    return SHAPES[node]


def test_how_many_comes_from_the_model() -> None:
    assert (of("release", SCHEMA + "headline").least, of("release", SCHEMA + "headline").most) == (1, 1)
    assert (of("release", SCHEMA + "abstract").least, of("release", SCHEMA + "abstract").most) == (0, 1)
    assert (of("release", SCHEMA + "author").least, of("release", SCHEMA + "author").most) == (1, None)
    assert (of("release", SCHEMA + "workExample").least, of("release", SCHEMA + "workExample").most) == (1, None)
    assert (of("release", DCTERMS + "identifier").least, of("release", DCTERMS + "identifier").most) == (1, 2)
    assert (of("release", SCHEMA + "usageInfo").least, of("release", SCHEMA + "usageInfo").most) == (1, 1)


def test_same_rules_mean_equal_values() -> None:
    assert of("release", SCHEMA + "headline").equals == (DCTERMS + "title",)
    assert of("release", SCHEMA + "author").equals == (DCTERMS + "creator",)
    assert of("release", SCHEMA + "hasPart").equals == (), "dcterms:hasPart also links attachments"
    assert of("release", SCHEMA + "isBasedOn").equals == (), "dcterms:source also names what was translated"


def test_forms_of_iris_and_codes() -> None:
    assert shape("quotation").forms[0].endswith("#[a-z][a-z0-9-]{0,39}")
    assert of("release", SCHEMA + "creativeWorkStatus").members == tuple(
        f"http://cv.iptc.org/newscodes/pubstatusg2/{word}" for word in ("usable", "withheld", "canceled")
    )
    assert of("release", DCTERMS + "type").fixed == (
        "http://publications.europa.eu/resource/authority/resource-type/PRESS_REL",
        "http://purl.org/dc/dcmitype/Text",
    )
    assert shape("concept").forms == (), "concepts of others lie anywhere"


def test_one_class_of_several_nodes_allows_what_each_of_them_says() -> None:
    """People are described by an authority, or under the release."""
    person = shape("local-person")
    assert person.target == SCHEMA + "Person"
    assert len(person.forms) == 2
    assert of("local-person", SCHEMA + "name").least == 1
    assert of("local-person", SCHEMA + "sameAs").least == 0


def test_two_nodes_of_one_iri_are_one_thing() -> None:
    picture = shape("picture")
    assert picture.target == SCHEMA + "ImageObject"
    assert {SCHEMA + "caption", SCHEMA + "contentUrl"} <= {one.path for one in picture.properties}


def test_what_is_gone_when_a_release_is_withdrawn() -> None:
    found = withdrawal(CORE, VOCABULARY)
    assert found is not None
    assert found.usable == "http://cv.iptc.org/newscodes/pubstatusg2/usable"
    gone = {path.removeprefix(SCHEMA) for path in found.gone}
    assert {"articleBody", "abstract", "hasPart", "mentions", "keywords", "associatedMedia"} <= gone
    kept = {"headline", "author", "publisher", "datePublished", "identifier", "correction", "license", "workExample"}
    assert gone & kept == set()


@pytest.mark.parametrize(("status", "kind"), [("canceled", "cancel"), ("withheld", "withhold")])
def test_what_is_withheld_or_canceled_says_nothing_of_its_text(tmp_path: Path, status: str, kind: str) -> None:
    """As one that is usable it may; the shapes tell by the status alone."""
    archive = Archive.open(make(tmp_path / "a", []))
    mapping = Mapping.load(archive)
    turtle = shapes_of(mapping.files, archive.vocabulary, archive.config.base)
    shapes = rdflib.Graph().parse(data=turtle, format="turtle")
    change = {"version": 2, "at": "2026-11-12T10:00:00+01:00", "kind": kind, "note": "x"}
    graph = mapping.describe(_release(archive, version=2, status=status, changes=[change])).graph()
    assert _conforms(graph, shapes)
    (subject,) = graph.subjects(rdflib.RDF.type, rdflib.URIRef(SCHEMA + "NewsArticle"))
    graph.add((subject, rdflib.URIRef(SCHEMA + "articleBody"), rdflib.Literal("Text.", lang="de")))
    assert not _conforms(graph, shapes)
    usable = rdflib.URIRef("http://cv.iptc.org/newscodes/pubstatusg2/usable")
    graph.set((subject, rdflib.URIRef(SCHEMA + "creativeWorkStatus"), usable))
    assert _conforms(graph, shapes)


def _release(archive: Archive, **fields: object) -> Release:
    return Release.model_validate(record(1, **fields), context=archive.defaults)


@pytest.fixture(name="own")
def _own(tmp_path: Path) -> Mapping:
    folder = make(tmp_path / "a", [], config=f'mapping = ["own.toml"]\n{CONFIG}', files=0)
    (folder / "vocab").mkdir()
    (folder / "vocab" / "own.toml").write_text(OWN, encoding="utf-8")
    return Mapping.load(Archive.open(folder))


def test_shapes_of_an_own_mapping(own: Mapping) -> None:
    """Whatever an archive maps to, its dump carries shapes for it."""
    config = own.archive.config
    text = shapes_of(own.files, own.archive.vocabulary, config.base)
    shapes = rdflib.Graph().parse(data=text, format="turtle")
    graph = own.describe(Release.model_validate(record(1), context=own.archive.defaults)).graph()
    ex = rdflib.Namespace("https://ns.example.org/")
    assert _conforms(graph, shapes)
    graph.set((next(graph.subjects(rdflib.RDF.type, ex.Mitteilung)), ex.titel, rdflib.Literal("ohne Sprache")))
    assert not _conforms(graph, shapes)
    assert "schema.org" not in text
    assert "shape:withdrawn" not in text, "this mapping does not speak of the status"


def _conforms(graph: rdflib.Graph, shapes: rdflib.Graph) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return bool(pyshacl.validate(graph, shacl_graph=shapes)[0])
