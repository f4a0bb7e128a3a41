"""The formats: one module each, and the table of all."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from lod.formats.base import Serializer, Setting

__all__ = ["FORMATS", "Format"]


class Format(NamedTuple):
    """What is known of a format before its module is loaded.

    `items`: each release is a file of its own. `usual`: it is written when no format is asked for.
    """

    name: str
    suffix: str
    media_type: str
    iri: str | None
    title: str
    items: bool = False
    usual: bool = True

    def serializer(self, setting: Setting) -> Serializer:
        """The serializer of the format, whose module has the format's name and is loaded here."""
        return cast("Serializer", import_module(f"lod.formats.{self.name}").Serializer(setting))


_W3C = "http://www.w3.org/ns/formats/"

FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format("turtle", ".ttl", "text/turtle", _W3C + "Turtle", "Turtle, for people and most tools"),
        Format("ntriples", ".nt", "application/n-triples", _W3C + "N-Triples", "N-Triples, for preservation"),
        Format("jsonld", ".jsonld", "application/ld+json", _W3C + "JSON-LD", "JSON-LD, for the web"),
        Format(
            "newsml", ".xml", "application/vnd.iptc.g2.newsitem+xml", None, "NewsML-G2, for news agencies", items=True
        ),
        Format("ninjs", ".json", "application/json", None, "ninjs, NewsML-G2 as JSON", items=True, usual=False),
        Format("nquads", ".nq", "application/n-quads", _W3C + "N-Quads", "N-Quads, a graph per release", usual=False),
        Format("trig", ".trig", "application/trig", _W3C + "TriG", "TriG, a graph per release", usual=False),
        Format("rdfxml", ".rdf", "application/rdf+xml", _W3C + "RDF_XML", "RDF/XML, for older tools", usual=False),
    )
}
