"""RDF/XML, one typed element for each subject and no deeper: for programs that read nothing else."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from lod.errors import OutputError
from lod.formats.base import Piece
from lod.term import IRI, RDF_TYPE, Names, Term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lod.description import Description, Node
    from lod.formats.base import Setting

__all__ = ["Serializer"]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
# A name without colon (Namespaces in XML, section 3), as far as ASCII goes, and all before it.
_SPLIT = re.compile(r"(.*?[^A-Za-z0-9._-][0-9.-]*)([A-Za-z_][A-Za-z0-9._-]*)")


class Serializer:
    """Writes RDF/XML (RDF 1.1 XML Syntax)."""

    def __init__(self, setting: Setting) -> None:
        self._prefixes = {**setting.prefixes, "rdf": _RDF}
        self._split = Names(self._prefixes).split
        self._element = lru_cache(maxsize=4096)(self._named)

    def encode(self, description: Description) -> Piece:
        """The nodes of a description in their order."""
        used = {"rdf"}
        blocks = [self._block(node, used) for node in description.nodes if node.pairs]
        used.discard("")
        return Piece(b"".join(blocks), tuple(sorted(used)))

    def begin(self, prefixes: Iterable[str]) -> bytes:
        """The opening of the root element, with its namespaces."""
        chosen = sorted({*prefixes, "rdf"})
        spaces = "".join(f'\n    xmlns:{prefix}="{_attribute(self._prefixes[prefix])}"' for prefix in chosen)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}>\n'.encode()

    def between(self) -> bytes:
        """Nothing: elements follow each other."""
        return b""

    def finish(self) -> bytes:
        """The end of the root element."""
        return b"</rdf:RDF>\n"

    def _block(self, node: Node, used: set[str]) -> bytes:
        types = [term for predicate, term in node.pairs if predicate == RDF_TYPE]
        first = next((term for term in types if isinstance(term, IRI) and self._split(term.value)), None)
        prefix, start, end = self._element(first.value) if first else ("rdf", "rdf:Description", "rdf:Description")
        used.add(prefix)
        lines = [f'  <{start} rdf:about="{_attribute(node.subject.value)}">\n']
        for predicate, term in node.pairs:
            if term is not first or predicate != RDF_TYPE:
                prefix, opened, closed = self._element(predicate.value)
                used.add(prefix)
                lines.append(_property(opened, closed, term))
        return "".join([*lines, f"  </{end}>\n"]).encode()

    def _named(self, iri: str) -> tuple[str, str, str]:
        """The prefix, and the element's name with what opens and with what closes it."""
        found = self._split(iri)
        if found and _SPLIT.fullmatch(":" + found[1]):
            name = ":".join(found)
            return found[0], name, name
        parts = _SPLIT.fullmatch(iri)
        if parts is None:
            raise OutputError("RDF/XML", f"the property <{iri}> has no end that can be the name of an element")
        # No prefix begins with an underscore, so this one is free.
        return "", f'_n:{parts[2]} xmlns:_n="{_attribute(parts[1])}"', f"_n:{parts[2]}"


def _property(opened: str, closed: str, term: Term) -> str:
    if isinstance(term, IRI):
        return f'    <{opened} rdf:resource="{_attribute(term.value)}"/>\n'
    kind = f' xml:lang="{term.language}"' if term.language else ""
    if term.datatype is not None:
        kind = f' rdf:datatype="{_attribute(term.datatype.value)}"'
    return f"    <{opened}{kind}>{_text(term.value)}</{closed}>\n"


def _text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _attribute(text: str) -> str:
    """An IRI in an attribute: of the signs that XML minds, it can only have this one."""
    return text.replace("&", "&amp;")
