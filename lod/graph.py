"""From our statements to rdflib's graph, for users who hold one; never on the bulk path."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rdflib

from lod.term import IRI, Literal, Statement, Term

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["to_graph"]


def to_graph(statements: Iterable[Statement]) -> rdflib.Graph:
    """The statements as an rdflib graph. Lexical forms are kept as they are, not rewritten by rdflib."""
    graph = rdflib.Graph()
    for subject, predicate, term in statements:
        graph.add((rdflib.URIRef(subject.value), rdflib.URIRef(predicate.value), _node(term)))
    return graph


def _node(term: Term) -> rdflib.term.Node:
    if isinstance(term, IRI):
        return rdflib.URIRef(term.value)
    return _literal(term)


def _literal(term: Literal) -> rdflib.Literal:
    datatype = rdflib.URIRef(term.datatype.value) if term.datatype else None
    return rdflib.Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
