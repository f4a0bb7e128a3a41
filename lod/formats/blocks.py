"""Blocks of Turtle, as Turtle and TriG write them: one for each subject, `a` first, long texts on many lines."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from lod.term import IRI, RDF_TYPE, XSD, Literal, Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lod.description import Node

__all__ = ["Blocks"]

_NONE = ""  # the prefix of what is written in full
_INTEGER = XSD + "integer"
_DIGITS = re.compile(r"[+-]?[0-9]+")


class Blocks:
    """Writes blocks with some prefixes. `indent` stands before every line of a block but those of a long text."""

    def __init__(self, prefixes: Mapping[str, str], indent: str = "") -> None:
        self._prefixes = prefixes
        self._indent = indent.encode()
        self._first, self._next = b"\n" + self._indent + b"    ", b" ;\n" + self._indent + b"    "
        self._split = Names(prefixes).split
        # Few names stand in most statements; the rest passes through.
        self._name = lru_cache(maxsize=4096)(self._shortened)
        self._verb = lru_cache(maxsize=4096)(self._predicate)

    def declared(self, prefixes: Iterable[str]) -> bytes:
        """The declarations of some prefixes, and a blank line; nothing where there are none."""
        chosen = sorted(set(prefixes))
        width = max(map(len, chosen), default=0) + 1
        lines = [f"@prefix {prefix + ':':{width}} <{self._prefixes[prefix]}> .\n" for prefix in chosen]
        return "".join([*lines, "\n"] if lines else lines).encode()

    def written(self, nodes: Iterable[Node]) -> tuple[bytes, tuple[str, ...]]:
        """The blocks of some nodes, a blank line between them, and the prefixes used."""
        used: set[str] = set()
        blocks = [self._block(node, used) for node in nodes if node.pairs]
        used.discard(_NONE)
        return b"\n".join(blocks), tuple(sorted(used))

    def name(self, iri: IRI) -> tuple[str, bytes]:
        """A prefix, which is empty for what has to be written in full, and the name."""
        return self._name(iri.value)

    def _block(self, node: Node, used: set[str]) -> bytes:
        named, literal = self._name, self._literal
        objects: dict[bytes, list[bytes]] = {b"a": []}
        for predicate, term in node.pairs:
            prefix, verb = self._verb(predicate.value)
            used.add(prefix)
            if isinstance(term, IRI):
                prefix, name = named(term.value)
                used.add(prefix)
            else:
                name = literal(term, used)
            if verb in objects:
                objects[verb].append(name)
            else:
                objects[verb] = [name]
        prefix, name = named(node.subject.value)
        used.add(prefix)
        lines = [verb + b" " + b", ".join(values) for verb, values in objects.items() if values]
        return self._indent + name + self._first + self._next.join(lines) + b" .\n"

    def _literal(self, literal: Literal, used: set[str]) -> bytes:
        if literal.datatype is None:
            quoted = literal.long if "\n" in literal.value else literal.quoted
            return quoted + b"@" + literal.language.encode() if literal.language else quoted
        if literal.datatype.value == _INTEGER and _DIGITS.fullmatch(literal.value):
            return literal.value.encode()
        prefix, name = self._name(literal.datatype.value)
        used.add(prefix)
        return literal.quoted + b"^^" + name

    def _shortened(self, iri: str) -> tuple[str, bytes]:
        found = self._split(iri)
        return (found[0], ":".join(found).encode()) if found else (_NONE, f"<{iri}>".encode())

    def _predicate(self, iri: str) -> tuple[str, bytes]:
        return (_NONE, b"a") if iri == RDF_TYPE.value else self._shortened(iri)
