"""The graph of mapping/bench.toml written by hand, as somebody would who has the model and a library of RDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from lod.release import Named, Person, Release

__all__ = ["PREFIXES", "Library", "statements"]

BASE = "https://presse.example.org/"
SCHEMA = "https://schema.org/"
DCTERMS = "http://purl.org/dc/terms/"
FABIO = "http://purl.org/spar/fabio/"
GENRE = "http://cv.iptc.org/newscodes/genre/"
MEDTOP = "http://cv.iptc.org/newscodes/mediatopic/"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
PREFIXES = {"schema": SCHEMA, "dcterms": DCTERMS, "fabio": FABIO, "genre": GENRE, "medtop": MEDTOP, "xsd": XSD}

Triple = tuple[Any, Any, Any]


class Library(NamedTuple):
    """How a library makes its terms: IRIs, texts in German, plain literals, literals of a datatype given as IRI."""

    iri: Callable[[str], Any]
    german: Callable[[str], Any]
    plain: Callable[[str], Any]
    typed: Callable[[str, str], Any]

    def moment(self, value: date) -> Any:
        """A day or an instant."""
        return self.typed(value.isoformat(), XSD + ("dateTime" if isinstance(value, datetime) else "date"))


def statements(release: Release, make: Library) -> Iterator[Triple]:
    """All statements about one release of the synthetic archive."""
    path = f"{BASE}release/{release.path}"
    subject = make.iri(path)
    for name, value in _properties(release, path, make):
        yield subject, make.iri(name), value
    yield from _number(release, path, make)
    for position, quotation in enumerate(release.quotations, 1):
        part = make.iri(f"{path}#{quotation.id}")
        yield part, make.iri(TYPE), make.iri(SCHEMA + "Quotation")
        yield part, make.iri(SCHEMA + "position"), make.typed(str(position), XSD + "integer")
        yield part, make.iri(SCHEMA + "text"), make.german(quotation.text)
        yield part, make.iri(SCHEMA + "isPartOf"), subject
        for person in release.people:
            if person.name in quotation.speakers:
                yield part, make.iri(SCHEMA + "spokenByCharacter"), make.iri(_person(person, path))
    for person in release.people:
        if person.authority is None:
            yield from _described(person, path, make)


def _properties(release: Release, path: str, make: Library) -> Iterator[tuple[str, Any]]:
    """What is said of the release itself: properties as IRIs."""
    yield TYPE, make.iri(SCHEMA + "NewsArticle")
    yield TYPE, make.iri(FABIO + "PressRelease")
    yield SCHEMA + "identifier", make.iri(path + "#number")
    yield DCTERMS + "identifier", make.plain(path)
    yield SCHEMA + "url", make.iri(path)
    yield SCHEMA + "inLanguage", make.plain(release.language)
    yield SCHEMA + "version", make.plain(str(release.version))
    yield SCHEMA + "isPartOf", make.iri(BASE + "dataset")
    yield SCHEMA + "genre", make.iri(GENRE + release.genre.partition(":")[2])
    yield SCHEMA + "publisher", make.iri(f"{BASE}org/{release.numbering_body}#id")
    yield from _texts(release, make)
    yield from _links(release, path, make)
    if release.issued:
        yield SCHEMA + "datePublished", make.moment(release.issued)
        yield DCTERMS + "issued", make.moment(release.issued)
    if release.modified:
        yield DCTERMS + "modified", make.moment(release.modified)


def _texts(release: Release, make: Library) -> Iterator[tuple[str, Any]]:
    found = {
        (SCHEMA + "headline", DCTERMS + "title"): release.title,
        (SCHEMA + "alternativeHeadline",): release.subtitle,
        (SCHEMA + "articleSection",): release.kicker,
        (SCHEMA + "abstract", DCTERMS + "abstract"): release.lead,
        (SCHEMA + "articleBody",): release.text,
        (SCHEMA + "dateline",): release.dateline.text if release.dateline else None,
        (SCHEMA + "copyrightNotice",): release.rights.notice,
    }
    for names, text in found.items():
        if text:
            for name in names:
                yield name, make.german(text)
    for keyword in release.keywords:
        yield SCHEMA + "keywords", make.german(keyword)


def _links(release: Release, path: str, make: Library) -> Iterator[tuple[str, Any]]:
    for issuer in release.issuers:
        yield SCHEMA + "sourceOrganization", make.iri(_body(issuer))
        yield DCTERMS + "creator", make.iri(_body(issuer))
    for subject in release.subjects:
        yield SCHEMA + "about", make.iri(MEDTOP + subject.partition(":")[2])
    for person in release.people:
        yield SCHEMA + "mentions", make.iri(_person(person, path))
    for quotation in release.quotations:
        yield SCHEMA + "hasPart", make.iri(f"{path}#{quotation.id}")
    if release.source and release.source.url:
        yield SCHEMA + "isBasedOn", make.iri(release.source.url)
        yield DCTERMS + "source", make.iri(release.source.url)
    if release.rights.licence:
        yield SCHEMA + "license", make.iri(release.rights.licence)


def _number(release: Release, path: str, make: Library) -> Iterator[Triple]:
    subject = make.iri(path + "#number")
    yield subject, make.iri(TYPE), make.iri(SCHEMA + "PropertyValue")
    yield subject, make.iri(SCHEMA + "propertyID"), make.iri(f"{BASE}vocab/number#{release.numbering_body}")
    yield subject, make.iri(SCHEMA + "value"), make.plain(release.number or "")


def _described(person: Person, path: str, make: Library) -> Iterator[Triple]:
    subject = make.iri(_person(person, path))
    yield subject, make.iri(TYPE), make.iri(SCHEMA + "Person")
    names = {"name": person.name, "honorificPrefix": person.honorific}
    for name, value in {**names, "givenName": person.given, "familyName": person.family}.items():
        if value:
            yield subject, make.iri(SCHEMA + name), make.plain(value)


def _person(person: Person, path: str) -> str:
    return f"{BASE}person/{person.authority}#id" if person.authority else f"{path}#person-{person.key}"


def _body(issuer: Named) -> str:
    return f"{BASE}org/{issuer.authority}#id"
