"""dataset.ttl: what catalogues are told is true, and in the form they check."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rdflib

from lod.archive import Archive
from lod.dump import export
from lod.formats import FORMATS
from tests.dump.archives import CONFIG, make, record
from tests.oracle import rdfc_hash, read_oxigraph

VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
DCTERMS = rdflib.Namespace("http://purl.org/dc/terms/")
DATASET = rdflib.URIRef("https://presse.example.org/dataset")
MORE = """
contact = "archiv@presse.example.org"
keywords = ["Pressemitteilung"]
political_geocoding = ["http://dcat-ap.de/def/politicalGeocoding/stateKey/05"]
url = "https://daten.example.org/presse/"
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dataset")
    records = [record(number, language="nds" if number == 5 else "de") for number in range(1, 10)]
    records.append(
        {**record(20, embargo={"note": "bis zur Rede"}, language="fr", issued="2031-01-01"), "number": "20/2031"}
    )
    archive = make(folder / "a", records, config=CONFIG + MORE)
    export(Archive.open(archive), folder / "out", list(FORMATS))
    return folder / "out"


@pytest.fixture(scope="module")
def graph(out: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(out / "dataset.ttl")


@pytest.fixture(scope="module")
def whole(out: Path) -> rdflib.Graph:
    whole = rdflib.Graph()
    for path in (out / "ntriples").iterdir():
        whole.parse(path, format="nt")
    return whole


def test_counts_are_those_of_the_dump(graph: rdflib.Graph, whole: rdflib.Graph, out: Path) -> None:
    counts = json.loads((out / "manifest.json").read_text())["counts"]
    assert int(graph.value(DATASET, VOID.triples)) == len(whole) == counts["statements"]
    assert int(graph.value(DATASET, VOID.entities)) == counts["records"] == 9
    assert int(graph.value(DATASET, VOID.distinctSubjects)) == len(set(whole.subjects()))
    for partition in graph.objects(DATASET, VOID.propertyPartition):
        used = whole.subject_objects(graph.value(partition, VOID.property))
        assert int(graph.value(partition, VOID.triples)) == len(list(used))
    for partition in graph.objects(DATASET, VOID.classPartition):
        things = whole.subjects(rdflib.RDF.type, graph.value(partition, VOID["class"]))
        assert int(graph.value(partition, VOID.entities)) == len(list(things))
    assert {str(graph.value(one, VOID.property)) for one in graph.objects(DATASET, VOID.propertyPartition)} == {
        str(predicate) for predicate in whole.predicates()
    }


def test_every_file_with_a_graph_is_a_distribution(graph: rdflib.Graph, out: Path) -> None:
    manifest = {row["path"]: row for row in json.loads((out / "manifest.json").read_text())["files"]}
    wanted = {path for path, row in manifest.items() if "graph" in row}
    found = {}
    for one in graph.objects(DATASET, DCAT.distribution):
        url = str(graph.value(one, DCAT.downloadURL))
        found[url.removeprefix("https://daten.example.org/presse/")] = one
    assert set(found) == wanted
    for path, one in found.items():
        assert int(graph.value(one, DCAT.byteSize)) == manifest[path]["bytes"]


def test_days_and_languages_come_from_what_is_public(graph: rdflib.Graph) -> None:
    assert str(graph.value(DATASET, DCTERMS.issued)) == "2016-07-04"
    assert str(graph.value(DATASET, DCTERMS.modified)) == "2018-07-09"
    languages = {str(iri).rpartition("/")[2] for iri in graph.objects(DATASET, DCTERMS.language)}
    assert languages == {"DEU", "NDS"}


def test_both_syntaxes_are_the_same_graph(out: Path) -> None:
    hashes = {
        rdfc_hash(read_oxigraph((out / f"dataset{FORMATS[name].suffix}").read_bytes(), FORMATS[name]))
        for name in ("turtle", "jsonld")
    }
    assert len(hashes) == 1


@pytest.mark.slow
@pytest.mark.parametrize("shapes", ["shapes.ttl", "dcat-ap-spec-german-additions.ttl"])
def test_it_conforms_to_dcat_ap(graph: rdflib.Graph, standards: Path, shapes: str) -> None:
    import pyshacl

    shape_graph = rdflib.Graph().parse(standards / "dcat-ap" / shapes)
    conforms, _, report = pyshacl.validate(graph, shacl_graph=shape_graph, inference="none", advanced=True)
    assert conforms, report


def test_the_dump_conforms_to_the_shapes_it_carries(out: Path, whole: rdflib.Graph) -> None:
    import pyshacl

    conforms, _, report = pyshacl.validate(whole, shacl_graph=rdflib.Graph().parse(out / "shapes.ttl"))
    assert conforms, report


def test_the_context_is_the_one_in_the_files(out: Path) -> None:
    own = json.loads((out / "context.jsonld").read_text())["@context"]
    assert json.loads((out / "jsonld" / "2017.jsonld").read_text())["@context"] == own


def test_properties_that_differ_in_a_capital_are_two(tmp_path: Path) -> None:
    """Their partitions would have one IRI otherwise; so would all of a namespace that is longer than a slug."""
    long = "https://ns.example.org/" + "begriffe-der-verwaltung-" * 5
    rules = "\n".join(
        f'  {{ property = "{name}", field = "title", as = "text" }},'
        for name in ("ex:Datum", "ex:datum", f"{long}/a", f"{long}/b")
    )
    own = f'[prefixes]\nex = "https://ns.example.org/"\n[release]\nrules = [\n{rules}\n]\n'
    archive = make(tmp_path / "a", [record(1)], config=f'mapping = ["core", "own.toml"]\n{CONFIG}')
    (archive / "vocab").mkdir()
    (archive / "vocab" / "own.toml").write_text(own, encoding="utf-8")
    export(Archive.open(archive), tmp_path / "out", ["ntriples"])
    graph = rdflib.Graph().parse(tmp_path / "out" / "dataset.ttl")
    partitions = {
        str(graph.value(one, VOID.property)): str(one) for one in graph.objects(DATASET, VOID.propertyPartition)
    }
    own_names = [f"https://ns.example.org/{name}" for name in ("Datum", "datum")] + [f"{long}/a", f"{long}/b"]
    assert len({partitions[name] for name in own_names}) == 4
    assert partitions["https://schema.org/headline"] == f"{DATASET}#property-schema-org-headline"
