from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given

from lod.archive import Archive
from lod.formats import FORMATS
from lod.formats.base import Setting
from lod.formats.jsonld import Serializer
from lod.mapping import Mapping
from lod.mapping.context import context_of
from lod.mapping.files import Files, load_files
from lod.release import Release
from lod.vocabulary import vocab_root
from tests.dump.archives import CONFIG, make, record
from tests.oracle import quads, read_oxigraph
from tests.strategies import described, releases

# Names that could be taken for each other: a prefix called like a property, a property called like a keyword's alias,
# a namespace that is no prefix by itself, a term without a prefix, one property with two kinds of values.
TRICKY = """
[prefixes]
headline = "https://ns.example.org/headline/"
genre = "http://cv.iptc.org/newscodes/genre/"
schema = "https://schema.org/"
odd = "https://ns.example.org/odd?name="
ex = "https://ns.example.org/ex#"

[release]
iri = "{base}pm/{path|slug}"
type = ["schema:NewsArticle", "headline:Mitteilung", "https://other.example/Thing"]
rules = [
  { property = "schema:headline", field = "title", as = "text" },
  { property = "schema:genre", field = "genre", as = "concept" },
  { property = "schema:type", field = "number", as = "string" },
  { property = "headline:titel", field = "title", as = "string" },
  { property = "odd:titel", field = "title", as = "text" },
  { property = "https://other.example/titel", field = "title", as = "text" },
  { property = "ex:title", field = "title", as = "string" },
  { property = "ex:title", field = "title", as = "text" },
  { property = "ex:when", field = "issued", as = "moment" },
  { property = "ex:made", field = "recorded", as = "moment" },
  { property = "ex:version", field = "version", as = "xsd:integer" },
  { property = ["ex:issuer", "schema:author"], field = "issuers", as = "organisation" },
  { property = "ex:names", node = "own" },
]

[own]
each = "issuers"
iri = "{base}pm/{authority|slug}"
type = ["ex:Own"]
rules = [{ property = "ex:back", template = "{base}pm/x", as = "iri" }]
"""
CORE = context_of(load_files(Path()))


@pytest.fixture(scope="module", name="files")
def _files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("tricky")
    (folder / "vocab").mkdir()
    (folder / "vocab" / "own.toml").write_text(TRICKY, encoding="utf-8")
    return load_files(folder, ["own.toml"])


@pytest.fixture(scope="module", name="sample")
def _sample() -> Mapping:
    return Mapping.load(Archive.open(vocab_root() / "sample"))


def test_schemaorg_is_bare_and_others_keep_their_prefix() -> None:
    assert CORE["headline"] == {"@id": "schema:headline", "@container": "@language"}
    assert CORE["dcterms:title"] == {"@container": "@language"}
    assert CORE["NewsArticle"] == "schema:NewsArticle"
    assert CORE["version"] == "schema:version"
    assert "fabio:PressRelease" not in CORE, "a prefixed class needs no term"


def test_kinds_of_values() -> None:
    assert CORE["url"]["@type"] == CORE["dcterms:creator"]["@type"] == "@id"
    assert CORE["datePublished"]["@type"] == "xsd:date", "mostly days; instants say so themselves"
    assert CORE["dcterms:created"]["@type"] == "xsd:dateTime", "never a day"
    assert CORE["position"]["@type"] == "xsd:integer"
    assert CORE["name"] == "schema:name", "with and without language: each value says so itself"
    assert CORE["alternateName"]["@container"] == "@language"


def test_a_property_goes_before_a_prefix_that_only_values_use() -> None:
    assert CORE["genre"] == {"@id": "schema:genre", "@type": "@id"}
    assert CORE["medtop"] == "http://cv.iptc.org/newscodes/mediatopic/"


def test_no_two_things_have_one_key(files: Files) -> None:
    context = context_of(files)
    assert context["headline"] == "https://ns.example.org/headline/", "a prefix of properties keeps its name"
    assert context["schema:headline"] == {"@container": "@language"}
    assert context["genre"] == {"@id": "schema:genre", "@type": "@id"}
    assert context["type"] == "@type"
    assert "schema:type" not in context, "a plain string needs no term"
    assert context["https://ns.example.org/odd?name=titel"] == {"@container": "@language"}
    assert "odd" not in context
    assert context["https://other.example/titel"] == {"@container": "@language"}
    assert "ex:title" not in context, "two kinds: each value says so itself"
    assert context["ex:when"]["@type"] == "http://www.w3.org/2001/XMLSchema#date", "no prefix for datatypes here"
    assert context["author"] == {"@id": "schema:author", "@type": "@id"}


def test_any_mapping_reads_back_as_it_was_meant(tmp_path: Path) -> None:
    folder = make(tmp_path / "a", [], config=f'mapping = ["own.toml"]\n{CONFIG}', files=0)
    (folder / "vocab").mkdir()
    (folder / "vocab" / "own.toml").write_text(TRICKY, encoding="utf-8")
    archive = Archive.open(folder)
    mapping = Mapping.load(archive)
    changed = {**record(1), "issued": "2026-01-02T10:00:00+01:00"}
    description = mapping.describe(Release.model_validate(changed, context=archive.defaults))
    serializer = Serializer(Setting(mapping.files.prefixes, context_of(mapping.files), archive))
    data = serializer.begin(()) + serializer.encode(description).data + serializer.finish()
    assert read_oxigraph(data, FORMATS["jsonld"]) == quads(description.statements)
    (said,) = json.loads(data)["@graph"]
    assert said["schema:headline"] == {"de": changed["title"]}
    assert said["ex:version"] == 1
    assert said["ex:title"] == [changed["title"], {"@language": "de", "@value": changed["title"]}]


def test_context_is_the_same_whatever_it_is_asked_for() -> None:
    assert json.dumps(context_of(load_files(Path()))) == json.dumps(CORE)


@given(release=releases())
def test_core_says_all_kinds_beforehand(sample: Mapping, release: Release) -> None:
    """Only instants among days, and names with a language among those without, say themselves what they are."""
    serializer = Serializer(Setting({}, CORE, cast("Any", None)))
    said = json.loads(serializer.encode(described(sample, release)).data)
    spelled = set(_spelled_out(said))
    assert spelled <= {"datePublished", "dcterms:issued", "dateModified", "dcterms:modified", "name"}


def _spelled_out(value: Any, key: str = "") -> list[str]:
    """The keys of values that are written as objects with their kind."""
    if isinstance(value, list):
        return [found for one in value for found in _spelled_out(one, key)]
    if not isinstance(value, dict):
        return []
    if "@value" in value:
        return [key]
    return [found for name, one in value.items() for found in _spelled_out(one, name)]
