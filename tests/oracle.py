"""Independent readers of what the formats write: pyoxigraph and rdflib."""

from __future__ import annotations

import warnings
from hashlib import sha256
from typing import TYPE_CHECKING

import pyoxigraph as ox
import rdflib

from lod.term import IRI

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lod.formats import Format
    from lod.term import Literal, Statement, Term


def read_oxigraph(data: bytes, form: Format) -> ox.Dataset:
    """The quads of a file, all in the default graph, as pyoxigraph reads them."""
    parsed = ox.parse(data, format=ox.RdfFormat.from_media_type(form.media_type))
    return ox.Dataset(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in parsed)


def read_rdflib(data: bytes, form: Format) -> set[tuple[object, ...]]:
    """The triples of a file as rdflib reads them."""
    return {quad[:3] for quad in read_rdflib_quads(data, form)}


def read_rdflib_quads(data: bytes, form: Format) -> set[tuple[object, ...]]:
    """The quads of a file as rdflib reads them; triples where they are in no named graph."""
    dataset = rdflib.Dataset()
    with warnings.catch_warnings():
        # rdflib's own readers use what rdflib deprecates.
        warnings.simplefilter("ignore", DeprecationWarning)
        dataset.parse(data=data, format=form.media_type)
        return {quad if quad[3] is not None else quad[:3] for quad in dataset.quads()}


def from_rdflib(quads: Iterable[tuple[object, ...]]) -> ox.Dataset:
    """Triples or quads of rdflib, as pyoxigraph has them."""
    return ox.Dataset(ox.Quad(*map(_from_rdflib, quad)) for quad in quads)


def _from_rdflib(term: object) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    if not isinstance(term, rdflib.Literal):
        return ox.NamedNode(str(term))
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)) if term.datatype else None)


def quads(statements: Iterable[Statement]) -> ox.Dataset:
    """What the file should say."""
    return ox.Dataset(ox.Quad(_node(s), _node(p), _node(o)) for s, p, o in statements)


def rdfc_hash(dataset: ox.Dataset) -> str:
    """The hash of the canonical graph (RDFC-1.0)."""
    canonical = ox.Dataset(dataset)
    canonical.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(f"{quad} .\n" for quad in canonical)
    return sha256("".join(lines).encode()).hexdigest()


def _node(term: Term) -> ox.NamedNode | ox.Literal:
    return ox.NamedNode(term.value) if isinstance(term, IRI) else _literal(term)


def _literal(term: Literal) -> ox.Literal:
    if term.language:
        return ox.Literal(term.value, language=term.language)
    return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype.value) if term.datatype else None)
