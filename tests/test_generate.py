"""What is generated and committed: nothing differs, and it says what it should."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable
from typing import Any

import pyshacl
import pytest
import rdflib
from hypothesis import given, settings
from jsonschema import Draft202012Validator, FormatChecker
from rdflib.namespace import DCTERMS, ORG, RDF, SKOS, XSD

from lod.archive import Archive, ArchiveConfig
from lod.authority import Authority
from lod.description import Shared
from lod.generate import generated, write
from lod.generate.reference import _parts
from lod.mapping import Mapping
from lod.mapping.files import load_files
from lod.mapping.shacl import PLACEHOLDER, shapes_of, specimen
from lod.release import Release
from lod.vocabulary import Vocabulary, vocab_root
from tests.strategies import BERLIN, described, records, releases

SCHEMA = rdflib.Namespace("https://schema.org/")
OLD_SCHEMA = rdflib.Namespace("http://schema.org/")
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
FABIO = rdflib.Namespace("http://purl.org/spar/fabio/")
STATUS = rdflib.Namespace("http://cv.iptc.org/newscodes/pubstatusg2/")
RELEASE = rdflib.URIRef(PLACEHOLDER + "release/stadt-beispielhausen/2026/17")
ORGANISATION = rdflib.URIRef(PLACEHOLDER + "org/stadt-beispielhausen#id")
PERSON = rdflib.URIRef(f"{RELEASE}#person-joerg-gross")
QUOTATION = rdflib.URIRef(f"{RELEASE}#q1")

RECORD = {
    "number": "17/2026",
    "title": "Städte fordern schnellere Bescheide",
    "subtitle": "Gemeinsame Erklärung",
    "lead": "Anträge sollen schneller entschieden werden.",
    "body": "„Wer Anspruch hat, darf nicht warten“, sagte Jörg Groß.",
    "boilerplate": ["Über den Städtebund: 61 Städte."],
    "issued": "2026-09-14",
    "issuers": ["stadt-beispielhausen", "staedtebund-musterland"],
    "dateline": {
        "text": "Beispielhausen, 14. September 2026",
        "places": [{"authority": "beispielhausen"}, "Musterstadt"],
    },
    "people": [{"name": "Jörg Groß", "honorific": "Dr.", "function": "Geschäftsführer", "organisation": "Städtebund"}],
    "quotations": [{"id": "q1", "text": "Wer Anspruch hat, darf nicht warten", "speakers": ["Jörg Groß"]}],
    "identifiers": [{"scheme": "idtype:web", "value": "4711"}],
    "subjects": ["medtop:20000612"],
    "keywords": ["Wohngeld", "Bescheide"],
    "attachments": [
        {"name": "a.pdf", "url": "https://stadt.example/a.pdf", "media_type": "application/pdf", "bytes": 7}
    ],
    "source": {"file": "sources/a.md", "media_type": "text/markdown", "sha256": "0" * 64},
    "recorded": "2026-11-02T09:00:00+01:00",
    "version": 2,
    "changes": [
        {"version": 2, "at": "2026-11-03T09:00:00+01:00", "kind": "correction", "note": "Berichtigt: 61 statt 60."}
    ],
}

Fault = Callable[[rdflib.Graph], object]


@pytest.fixture(scope="module", name="mapping")
def _mapping() -> Mapping:
    return Mapping.load(Archive.open(vocab_root() / "sample"))


@pytest.fixture(scope="module", name="made")
def _made() -> dict[str, str]:
    return generated()


@pytest.fixture(scope="module", name="shapes")
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(vocab_root() / "shapes.ttl")


def graph_of(mapping: Mapping, release: Release) -> rdflib.Graph:
    """A release with all it refers to."""
    description = described(mapping, release)
    graph = description.graph()
    for shared in description.shared:
        graph += mapping.describe_shared(Shared(*shared)).graph()
    return graph


def violations(graph: rdflib.Graph, shapes: rdflib.Graph) -> list[tuple[str, list[str]]]:
    """The shapes that are broken, each with its messages."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _, report, _ = pyshacl.validate(graph, shacl_graph=shapes)
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    results = report.subjects(RDF.type, sh.ValidationResult)
    return sorted(
        (
            str(report.value(result, sh.sourceShape)).rpartition("#")[2],
            sorted(message.language for message in report.objects(result, sh.resultMessage)),
        )
        for result in results
    )


# ------------------------------------------------------------------------------------------------ nothing differs


@pytest.mark.parametrize(
    "name",
    [
        *("archive.md", "authority.md", "context.jsonld", "crosswalk.md", "newsml/fields.md", "record.md"),
        *("release.schema.json", "shapes.ttl"),
    ],
)
def test_what_is_committed_is_what_is_generated(made: dict[str, str], name: str) -> None:
    assert (vocab_root() / name).read_text(encoding="utf-8") == made[name], "run make vocab"


def test_only_what_differs_is_written(made: dict[str, str], tmp_path: Any) -> None:
    assert write(tmp_path) == sorted(made)
    (tmp_path / "record.md").write_text("old", encoding="utf-8")
    assert write(tmp_path) == ["record.md"]


# ------------------------------------------------------------------------------------------------ shapes


@settings(max_examples=15)
@given(release=releases())
def test_shapes_accept_whatever_the_mapping_makes(mapping: Mapping, shapes: rdflib.Graph, release: Release) -> None:
    assert violations(graph_of(mapping, release), shapes) == []


def test_shapes_accept_the_sample(mapping: Mapping, shapes: rdflib.Graph) -> None:
    graph = graph_of(mapping, Release.model_validate(RECORD, context=BERLIN))
    assert len(graph) > 150
    assert violations(graph, shapes) == []


def test_shapes_are_well_formed_and_core_only(shapes: rdflib.Graph) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text
    assert not [p for p in shapes.predicates() if str(p).endswith(("#sparql", "#select", "#js"))]


def test_every_shape_speaks_german_and_english(shapes: rdflib.Graph) -> None:
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    for shape in [*shapes.subjects(RDF.type, sh.NodeShape), *shapes.subjects(RDF.type, sh.PropertyShape)]:
        spoken = sorted(message.language for message in shapes.objects(shape, sh.message))
        assert spoken == ["de", "en"] or str(shape).endswith("#nothing-left"), shape


def _put(s: rdflib.URIRef, p: rdflib.URIRef, o: rdflib.term.Node) -> Fault:
    return lambda graph: graph.set((s, p, o))


def _add(s: rdflib.term.Node, p: rdflib.URIRef, o: rdflib.term.Node) -> Fault:
    return lambda graph: graph.add((s, p, o))


def _drop(s: rdflib.URIRef, p: rdflib.URIRef) -> Fault:
    return lambda graph: graph.remove((s, p, None))


def _text(value: str, language: str | None = None) -> rdflib.Literal:
    return rdflib.Literal(value, lang=language)


def _typed(value: str, datatype: rdflib.URIRef) -> rdflib.Literal:
    return rdflib.Literal(value, datatype=datatype, normalize=False)


def _rename(old: rdflib.URIRef, new: rdflib.URIRef) -> Fault:
    def rename(graph: rdflib.Graph) -> None:
        for s, p, o in list(graph):
            if old in (s, o):
                graph.remove((s, p, o))
                graph.add((new if s == old else s, p, new if o == old else o))

    return rename


FAULTS: dict[str, tuple[Fault, str]] = {
    "no headline": (_drop(RELEASE, SCHEMA.headline), "release-schema-headline"),
    "two headlines": (_add(RELEASE, SCHEMA.headline, _text("Zweite", "de")), "release-schema-headline"),
    "headline without language": (_put(RELEASE, SCHEMA.headline, _text("Städte")), "release-schema-headline"),
    "headline and title differ": (_put(RELEASE, DCTERMS.title, _text("Anders", "de")), "release-schema-headline"),
    "code with language": (_put(RELEASE, SCHEMA.version, _text("2", "de")), "release-schema-version"),
    "version that is no number": (_put(RELEASE, SCHEMA.version, _text("zwei")), "release-schema-version"),
    "text where a link belongs": (_put(RELEASE, SCHEMA.publisher, _text("Stadt")), "release-schema-publisher"),
    "link to a stranger": (
        _add(RELEASE, SCHEMA.author, rdflib.URIRef("https://x.example/org#id")),
        "release-schema-author",
    ),
    "creator as text": (_add(RELEASE, DCTERMS.creator, _text("Stadt", "de")), "release-dcterms-creator"),
    "day as text": (_put(RELEASE, SCHEMA.datePublished, _text("2026-09-14")), "release-schema-datePublished"),
    "no such day": (_put(RELEASE, DCTERMS.issued, _typed("2026-13-14", XSD.date)), "release-dcterms-issued"),
    "instant as day": (
        _put(rdflib.URIRef(f"{RELEASE}/v/1"), DCTERMS.created, _typed("2026-11-02", XSD.date)),
        "version-dcterms-created",
    ),
    "unknown status": (_put(RELEASE, SCHEMA.creativeWorkStatus, STATUS.geloescht), "release-schema-creativeWorkStatus"),
    "language of no table": (
        _put(RELEASE, DCTERMS.language, rdflib.URIRef("https://x.example/de")),
        "release-dcterms-language",
    ),
    "not said to be a press release": (lambda g: g.remove((RELEASE, RDF.type, FABIO.PressRelease)), "release-rdf-type"),
    "unknown class": (_add(RELEASE, RDF.type, SCHEMA.PressRelease), "class"),
    "class of the old schema.org": (_add(RELEASE, RDF.type, OLD_SCHEMA.NewsArticle), "class"),
    "property of the old schema.org": (_add(RELEASE, OLD_SCHEMA.headline, _text("Städte", "de")), "https-schema"),
    "no class": (_drop(QUOTATION, RDF.type), "class"),
    "blank node as object": (_add(RELEASE, SCHEMA.mentions, rdflib.BNode()), "object"),
    "blank node as subject": (lambda g: g.add((rdflib.BNode(), SCHEMA.name, _text("x", "de"))), "subject"),
    "unknown property": (_add(RELEASE, SCHEMA.wordCount, _text("3")), "release"),
    "function on the person": (_add(PERSON, SCHEMA.jobTitle, _text("Geschäftsführer", "de")), "local-person"),
    "person without name": (_drop(PERSON, SCHEMA.name), "local-person-schema-name"),
    "organisation without name": (_drop(ORGANISATION, SCHEMA.name), "local-organisation-schema-name"),
    "release with another IRI": (_rename(RELEASE, rdflib.URIRef("https://x.example/15")), "release"),
    "IRI that is no path of a release": (_rename(RELEASE, rdflib.URIRef(PLACEHOLDER + "release/Städte")), "release"),
    "quotation without speaker": (_drop(QUOTATION, SCHEMA.spokenByCharacter), "quotation-schema-spokenByCharacter"),
    "speakers differ": (_drop(QUOTATION, DCTERMS.creator), "quotation-dcterms-creator"),
    "part that is not described": (
        _add(RELEASE, SCHEMA.hasPart, rdflib.URIRef(f"{RELEASE}#q9")),
        "release-schema-hasPart",
    ),
    "position as text": (_put(QUOTATION, SCHEMA.position, _text("1")), "quotation-schema-position"),
    "negative start": (
        _put(rdflib.URIRef(f"{RELEASE}#q1-pos"), OA.start, _typed("-1", XSD.nonNegativeInteger)),
        "quotation-position-oa-start",
    ),
    "position in the release, not in a version": (
        _put(rdflib.URIRef(f"{RELEASE}#q1-target"), OA.hasSource, RELEASE),
        "quotation-target-oa-hasSource",
    ),
    "digest cut short": (
        _put(rdflib.URIRef(f"{RELEASE}/file/source.md"), SCHEMA.sha256, _text("0f")),
        "source-schema-sha256",
    ),
    "size without unit": (
        _put(rdflib.URIRef(f"{RELEASE}/file/a.pdf"), SCHEMA.contentSize, _text("7")),
        "source-schema-contentSize",
    ),
    "checksum of another kind": (
        _put(rdflib.URIRef(f"{RELEASE}/file/source.md#sha256"), SPDX.algorithm, SPDX.checksumAlgorithm_md5),
        "source-checksum-spdx-algorithm",
    ),
    "membership without person": (
        _drop(rdflib.URIRef(f"{RELEASE}#role-joerg-gross"), ORG.member),
        "role-org-member",
    ),
    "two labels of one language": (
        _add(
            rdflib.URIRef("http://cv.iptc.org/newscodes/mediatopic/20000612"), SKOS.prefLabel, _text("Gemeinde", "de")
        ),
        "concept-skos-prefLabel",
    ),
    "text of a withdrawn release": (_put(RELEASE, SCHEMA.creativeWorkStatus, STATUS.canceled), "withdrawn"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_shapes_find_the_fault(mapping: Mapping, shapes: rdflib.Graph, name: str) -> None:
    graph = graph_of(mapping, Release.model_validate(RECORD, context=BERLIN))
    make, shape = FAULTS[name]
    make(graph)
    found = violations(graph, shapes)
    assert shape in {broken for broken, _ in found}, found
    assert [languages for broken, languages in found if broken == shape and languages != ["de", "en"]] == []


def test_shapes_of_another_base_are_the_same_but_for_the_base() -> None:
    files, vocabulary = load_files(vocab_root()), Vocabulary.load([vocab_root() / "schemes"], "https://a.example/x+y/")
    text = shapes_of(files, vocabulary, "https://a.example/x+y/")
    assert "presse" not in text
    assert r"^https://a\\.example/x\\+y/release/" in text
    assert "https://a.example/x+y/ns/shapes#" in text


def test_canceled_release_keeps_nothing_of_its_text(mapping: Mapping, shapes: rdflib.Graph) -> None:
    change = {"version": 3, "at": "2026-11-04T09:00:00+01:00", "kind": "cancel", "note": "Auf Wunsch zurückgezogen."}
    record = {**RECORD, "version": 3, "status": "canceled", "changes": [*RECORD["changes"], change]}  # type: ignore[misc]
    graph = graph_of(mapping, Release.model_validate(record, context=BERLIN))
    assert violations(graph, shapes) == []
    assert "Anspruch" not in graph.serialize(format="nt")


# ------------------------------------------------------------------------------------------------ JSON Schema


@pytest.fixture(scope="module", name="validator")
def _validator() -> Draft202012Validator:
    schema = json.loads((vocab_root() / "release.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


def test_schema_documents_every_field(validator: Draft202012Validator) -> None:
    schema = validator.schema
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for part in (schema, *schema["$defs"].values()):
        assert part["description"]
        assert part["additionalProperties"] is False
        for name, told in part["properties"].items():
            assert told["description"].endswith("."), name
            assert told["examples"], name


def test_examples_of_the_schema_are_valid(validator: Draft202012Validator) -> None:
    for part in (validator.schema, *validator.schema["$defs"].values()):
        for told in part["properties"].values():
            for example in told["examples"]:
                validator.evolve(schema={**told, "$defs": validator.schema["$defs"]}).validate(example)


@given(record=records())
def test_schema_accepts_what_the_model_accepts(validator: Draft202012Validator, record: dict[str, Any]) -> None:
    assert [error.message for error in validator.iter_errors(record)] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"titel": "x"},
        {"title": 3},
        {"issuers": []},
        {"status": "gone"},
        {"people": [{"function": "x"}]},
        {"attachments": [{"name": "../x", "media_type": "text/plain"}]},
        {"source": {"sha256": "0f"}},
    ],
)
def test_schema_refuses_what_the_model_refuses(validator: Draft202012Validator, wrong: dict[str, Any]) -> None:
    record = {"id": "a/1", "title": "x", "language": "de", "issuers": ["stadt"]}
    assert validator.is_valid(record)
    assert not validator.is_valid({**record, **wrong})


# ------------------------------------------------------------------------------------------------ references


@pytest.mark.parametrize(
    ("name", "model"), [("record.md", Release), ("archive.md", ArchiveConfig), ("authority.md", Authority)]
)
def test_reference_has_every_field(name: str, model: Any) -> None:
    text = (vocab_root() / name).read_text(encoding="utf-8")
    for part in (model, *_parts(model)):
        for field, info in part.model_fields.items():
            assert info.description, f"{part.__name__}.{field}"
            assert f"| `{info.alias or field}`" in text, f"{part.__name__}.{field}"


@pytest.mark.parametrize("name", ["record.md", "archive.md", "authority.md", "crosswalk.md"])
def test_links_of_a_page_lead_somewhere(name: str) -> None:
    text = (vocab_root() / name).read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    linked = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert linked
    assert linked <= anchors


def test_tables_have_as_many_cells_in_every_row() -> None:
    for name in ("record.md", "archive.md", "authority.md", "crosswalk.md", "newsml/fields.md"):
        for table in re.findall(
            r"(?:^\|.*\|\n)+", (vocab_root() / name).read_text(encoding="utf-8"), flags=re.MULTILINE
        ):
            assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1, table


def test_crosswalk_has_every_field_of_the_record() -> None:
    text = (vocab_root() / "crosswalk.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([a-z_.]+)` \| (.+) \|$", text.partition("## Nodes")[0], flags=re.MULTILINE))
    assert set(Release.model_fields) <= set(rows)
    assert rows["title"].startswith("`schema:headline` | `dcterms:bibliographicCitation`, `dcterms:title` | –")
    assert "`schema:articleBody`" in rows["body"]
    assert rows["people.function"].startswith("`schema:roleName`")
    assert "`oa:start`" in rows["quotations.start"]
    assert rows["embargo.until"].startswith("– | `dcterms:available` | –")


def test_specimen_has_every_field() -> None:
    """What the shapes of withdrawn releases and the crosswalk look at."""
    one = specimen()
    assert [name for name in Release.model_fields if getattr(one, name) in (None, (), "")] == []
