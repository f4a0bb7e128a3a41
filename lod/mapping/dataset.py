"""The dump as a dataset: what vocab/mapping/dataset.toml can say of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from lod.term import slug

if TYPE_CHECKING:
    from lod.archive import Archive

__all__ = ["Content", "DatasetFile", "DatasetView", "Distribution", "Partition", "Stub"]

_FILE_TYPES = "http://publications.europa.eu/resource/authority/file-type/"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_EU = "http://publications.europa.eu/resource/authority/"
_COMPRESSION = {".gz": f"{_MEDIA_TYPES}application/gzip", ".zst": f"{_MEDIA_TYPES}application/zstd"}
_EU_FILE_TYPE = {
    "turtle": "RDF_TURTLE",
    "ntriples": "RDF_N_TRIPLES",
    "jsonld": "JSON_LD",
    "nquads": "RDF_N_QUADS",
    "trig": "RDF_TRIG",
    "rdfxml": "RDF_XML",
}


_LONGEST = 400  # characters of a slug; cut shorter, those of a long namespace would all be one


class Content(NamedTuple):
    """What is in a dump: counts of releases, statements, subjects, classes and properties (by IRI), languages, days."""

    records: int
    statements: int
    subjects: int
    classes: Mapping[str, int]
    properties: Mapping[str, int]
    languages: frozenset[str]
    first: str | None
    last: str | None
    example: str | None


class DatasetFile(NamedTuple):
    """A file of the dump that holds a graph: its format by name, path, media type, size in bytes and SHA-256."""

    form: str
    form_iri: str | None
    path: str
    media_type: str
    size: int
    sha256: str


class Partition(NamedTuple):
    """How often a class or a property occurs."""

    iri: str
    slug: str
    triples: int


class Stub(NamedTuple):
    """The class of an IRI that is described elsewhere; DCAT-AP checks it without looking there."""

    iri: str
    types: tuple[str, ...]
    label: str | None = None
    scheme: str | None = None


class Distribution(NamedTuple):
    """One file of the dump."""

    slug: str
    path: str
    url: str
    media_type: str
    media_type_iri: str
    file_type: str | None
    compression_iri: str | None
    size: int
    sha256: str
    issued: date | None
    modified: date | None
    dcat_licence: str


class DatasetView:
    """The dump as vocab/mapping/dataset.toml sees it."""

    def __init__(self, archive: Archive, content: Content, files: Sequence[DatasetFile]) -> None:
        self._archive, self._content, self._files = archive, content, files

    @property
    def issued(self) -> date | None:
        """The day of the first release: from the data, not from a clock."""
        return date.fromisoformat(self._content.first) if self._content.first else None

    @property
    def modified(self) -> date | None:
        """The last day on which a release was issued or changed."""
        return date.fromisoformat(self._content.last) if self._content.last else None

    @property
    def tags(self) -> tuple[str, ...]:
        """The languages of the releases."""
        return tuple(sorted(self._content.languages))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the releases, as IRIs of the EU's authority list."""
        codes = sorted({tag.partition("-")[0] for tag in self._content.languages} or {self._archive.language})
        return tuple(self._archive.vocabulary.concept(f"language:{code}").iri for code in codes)

    @property
    def keywords(self) -> tuple[str, ...]:
        """Keywords of the dataset."""
        return self._archive.config.dump.keywords

    @property
    def contact(self) -> str | None:
        """Mail address for questions about the dataset."""
        return self._archive.config.dump.contact

    @property
    def geocoding(self) -> tuple[str, ...]:
        """What area the dataset covers (DCAT-AP.de)."""
        return self._archive.config.dump.political_geocoding

    @property
    def publisher_name(self) -> str:
        """Name of the publisher."""
        return self._archive.authorities[self._archive.config.publisher].name

    @property
    def example(self) -> str | None:
        """One release."""
        return self._content.example

    @property
    def dumps(self) -> tuple[str, ...]:
        """The files that hold the graph, in one format: the others hold the same."""
        first = self._files[0].form if self._files else ""
        return tuple(self._url(one.path) for one in self._files if one.form == first)

    @property
    def vocabularies(self) -> tuple[str, ...]:
        """The namespaces of the properties and classes used."""
        names = {_namespace(iri) for iri in chain(self._content.properties, self._content.classes)}
        return tuple(sorted(names - {_namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")}))

    @property
    def features(self) -> tuple[str, ...]:
        """The formats, by their IRIs at W3C."""
        return tuple(dict.fromkeys(one.form_iri for one in self._files if one.form_iri))

    @property
    def triples(self) -> int:
        """Statements in the whole dump."""
        return self._content.statements

    @property
    def entities(self) -> int:
        """Releases in the whole dump."""
        return self._content.records

    @property
    def subjects(self) -> int | None:
        """Distinct subjects; known where N-Triples are written."""
        return self._content.subjects or None

    @property
    def property_count(self) -> int | None:
        """Distinct properties."""
        return len(self._content.properties) or None

    @property
    def class_count(self) -> int | None:
        """Distinct classes."""
        return len(self._content.classes) or None

    @property
    def class_partitions(self) -> tuple[Partition, ...]:
        """How many things of each class there are."""
        return _partitions(self._content.classes)

    @property
    def property_partitions(self) -> tuple[Partition, ...]:
        """How many statements with each property there are."""
        return _partitions(self._content.properties)

    @cached_property
    def distributions(self) -> tuple[Distribution, ...]:
        """Every file that holds a graph."""
        licence = self._archive.config.licence
        known = self._archive.vocabulary.by_iri(licence, "licence")
        dcat = next(iter(known.exact_match), licence) if known else licence
        return tuple(self._distribution(one, dcat) for one in self._files)

    @property
    def stubs(self) -> tuple[Stub, ...]:
        """IRIs whose classes DCAT-AP checks."""
        made = [Stub(iri, ("dcterms:LinguisticSystem",)) for iri in self.languages]
        theme, label = f"{_EU}data-theme/GOVE", "Regierung und öffentlicher Sektor"
        made.append(Stub(theme, ("skos:Concept",), label, f"{_EU}data-theme"))
        made.append(Stub("http://spdx.org/rdf/terms#checksumAlgorithm_sha256", ("spdx:ChecksumAlgorithm",)))
        made.append(Stub(self._archive.config.licence, ("dcterms:LicenseDocument",)))
        made.append(Stub(f"{self._archive.config.base}ns/profile/1.0", ("dcterms:Standard",)))
        for one in self.distributions:
            made.append(Stub(one.media_type_iri, ("dcterms:MediaType",)))
            made.append(Stub(one.dcat_licence, ("dcterms:LicenseDocument",)))
            if one.file_type:
                made.append(Stub(one.file_type, ("dcterms:MediaTypeOrExtent",)))
            if one.compression_iri:
                made.append(Stub(one.compression_iri, ("dcterms:MediaType",)))
        return tuple(dict.fromkeys(made))

    def _url(self, path: str) -> str:
        return f"{self._archive.config.dump.url or self._archive.config.base + 'dump/'}{path}"

    def _distribution(self, one: DatasetFile, licence: str) -> Distribution:
        suffix = f".{one.path.rpartition('.')[2]}"
        file_type = _EU_FILE_TYPE.get(one.form)
        return Distribution(
            slug(one.path),
            one.path,
            self._url(one.path),
            one.media_type,
            _MEDIA_TYPES + one.media_type,
            _FILE_TYPES + file_type if file_type else None,
            _COMPRESSION.get(suffix),
            one.size,
            one.sha256,
            self.issued,
            self.modified,
            licence,
        )


def _partitions(counts: Mapping[str, int]) -> tuple[Partition, ...]:
    slugs = {iri: slug(iri.partition("://")[2], _LONGEST) for iri in counts}
    alike = Counter(slugs.values())
    return tuple(
        Partition(iri, slugs[iri] if alike[slugs[iri]] == 1 else f"{slugs[iri]}-{_digest(iri)}", count)
        for iri, count in sorted(counts.items())
    )


def _digest(iri: str) -> str:
    """What tells IRIs apart that have one slug, such as those of `ex:Datum` and `ex:datum`."""
    return sha256(iri.encode()).hexdigest()[:10]


def _namespace(iri: str) -> str:
    head, mark, _ = iri.rpartition("#")
    return head + mark if mark else iri.rpartition("/")[0] + "/"
