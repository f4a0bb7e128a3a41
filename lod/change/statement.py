"""Lines of canonical N-Triples taken apart, as dumps without blank nodes have them."""

from __future__ import annotations

import orjson

from lod.term import IRI, Literal, Term

__all__ = ["TYPE", "iris_of", "split", "term_of", "text_of"]

TYPE = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def split(line: bytes) -> tuple[bytes, bytes, bytes]:
    """Subject, predicate and object of a line, as they stand there."""
    subject, predicate, rest = line.split(b" ", 2)
    return subject, predicate, rest[:-3]


def text_of(term: bytes) -> str:
    """The lexical form of a literal, or the IRI."""
    if term.startswith(b"<"):
        return term[1:-1].decode()
    return str(orjson.loads(term[: term.rindex(b'"') + 1]))


def term_of(term: bytes) -> Term:
    """An object as a term."""
    if term.startswith(b"<"):
        return IRI(text_of(term))
    rest = term[term.rindex(b'"') + 1 :].decode()
    if rest.startswith("@"):
        return Literal(text_of(term), language=rest[1:])
    return Literal(text_of(term), datatype=IRI(rest[3:-1]) if rest else None)


def iris_of(names: list[str], prefixes: dict[str, str]) -> list[bytes]:
    """Prefixed names as IRIs, as they stand in N-Triples."""
    return [f"<{prefixes[prefix]}{local}>".encode() for prefix, _, local in (name.partition(":") for name in names)]
