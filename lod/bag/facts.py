"""What a bag says of a dump, read from the dump: its description, and the rights of what is in it."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, FOAF

from lod.bag.refused import Refused
from lod.verify.source import Source
from lod.verify.terms import read_terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from lod.verify.listing import Entry, Listing
    from lod.verify.package import Package

__all__ = ["Facts", "Rights", "read_facts", "read_rights"]

_DESCRIPTION = "dataset.ttl"
_LARGEST = 64 << 20
_RIGHTS = re.compile(rb"<[^>]*> <http://purl\.org/dc/terms/(license|rights)> <([^>]*)> \.\n")
_TYPE = re.compile(rb"<[^>]*> <http://www\.w3\.org/1999/02/22-rdf-syntax-ns#type> <([^>]*)> \.\n")


@dataclass(frozen=True)
class Facts:
    """What is known of a dump. `instant` is when it was made or last changed, in UTC; empty texts are unknown."""

    base: str
    title: str
    description: str
    publisher: str
    identifier: str
    profile: str
    instant: datetime | None
    records: int
    statements: int

    @property
    def date(self) -> str:
        """The day of `instant`; empty where that is unknown."""
        return self.instant.date().isoformat() if self.instant else ""


@dataclass
class Rights:
    """How many records there are, and how many have which licence and which rights statement."""

    records: int = 0
    licences: Counter[str] = field(default_factory=Counter)
    statements: Counter[str] = field(default_factory=Counter)


def read_facts(package: Package, listing: Listing) -> Facts:
    """The facts of a dump, from its manifest and dataset.ttl; the date from SOURCE_DATE_EPOCH where that is set."""
    graph = _description(package)
    dataset = URIRef(f"{listing.base}dataset")
    publisher = graph.value(dataset, DCTERMS.publisher)
    return Facts(
        base=listing.base,
        title=str(listing.head.get("title", "")),
        description=_text(graph.value(dataset, DCTERMS.description)),
        publisher=_text(graph.value(publisher, FOAF.name)) if publisher is not None else "",
        identifier=str(dataset),
        profile=str(listing.head.get("profile", "")),
        instant=_instant(_text(graph.value(dataset, DCTERMS.modified))),
        records=listing.records,
        statements=listing.statements,
    )


def _description(package: Package) -> Graph:
    """dataset.ttl as a graph; empty where there is none. Raises ValueError where it is no Turtle."""
    entry = next((one for one in package.readable if one.path == _DESCRIPTION and one.bytes <= _LARGEST), None)
    graph = Graph()
    if entry is not None:
        with Source(package.out, entry) as source:
            graph.parse(data=source.read(), format="turtle")
    return graph


def _text(node: Node | None) -> str:
    return "" if node is None else str(node)


def _instant(modified: str) -> datetime | None:
    """SOURCE_DATE_EPOCH, else when the data were last changed. Never the clock: the same dump is the same bag."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        if not epoch.isdecimal():
            raise Refused([f'SOURCE_DATE_EPOCH: "{epoch}" is not a number of seconds'])
        return datetime.fromtimestamp(int(epoch), UTC)
    try:
        found = datetime.fromisoformat(modified)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def read_rights(package: Package) -> Rights | None:
    """The rights of all records, from the N-Triples; None where there are none."""
    entries = [entry for entry in package.readable if entry.media_type == "application/n-triples"]
    rights = Rights()
    for entry in entries:
        for line in _lines(package, entry):
            found = _RIGHTS.fullmatch(line)
            if found:
                counter = rights.licences if found[1] == b"license" else rights.statements
                counter[found[2].decode()] += 1
            elif (kind := _TYPE.fullmatch(line)) and kind[1].decode() in read_terms().records:
                rights.records += 1
    return rights if entries else None


def _lines(package: Package, entry: Entry) -> Iterator[bytes]:
    with Source(package.out, entry) as source:
        rest = b""
        while chunk := source.read(1 << 20):
            *whole, rest = (rest + chunk).splitlines(keepends=True) or [b""]
            if rest.endswith(b"\n"):
                whole, rest = [*whole, rest], b""
            yield from whole
        if rest:
            yield rest
