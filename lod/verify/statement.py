"""The rules that one statement can break: about IRIs, literals, and what RDF 1.1 does not have."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode

from lod.verify.terms import read_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import BlankNode, Quad, Triple

    from lod.verify.finding import Findings

__all__ = ["Examiner", "Strictness"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_STRING = _XSD + "string"
_DATED = {_XSD + "date", _XSD + "dateTime"}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_TURNING = "\u202a-\u202e\u2066-\u2069"
_UNSEEN = re.compile(rf"[\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028\u2029\u205f\u3000\ufeff{_TURNING}]")
_FORBIDDEN = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff{_TURNING}]")
# Escapes of the canonical form, and the first bytes that all turning characters share: found at native speed.
_SUSPECT = (b"\\u", b"\\f", b"\\b", b"\xe2\x80\xaa", b"\xe2\x80\xab", b"\xe2\x80\xac", b"\xe2\x80\xad", b"\xe2\x80\xae")
_ISOLATES = b"\xe2\x81"


class Strictness(NamedTuple):
    """What a file is: a shard of records (subjects below the base), and data of ours (literals by our lists)."""

    below_base: bool
    literals: bool


class Examiner:
    """Holds statements of one file against the rules. Findings name the subject and the property."""

    def __init__(self, file: str, base: str, strictness: Strictness, findings: Findings) -> None:
        self._terms = read_terms()
        self._file, self._base, self._strict, self._findings = file, base, strictness, findings
        self._other_base = "http://" + base.removeprefix("https://")
        self._subject = ""
        # Few predicates, many objects that come again: each is looked at once.
        self._iri = lru_cache(maxsize=1 << 16)(self._faults_of_iri)
        self._typed = lru_cache(maxsize=1 << 14)(self._fault_of_typed)

    def batch(self, quads: Iterable[Quad], lines: bytes) -> None:
        """Examine statements and their canonical lines."""
        suspect = any(map(lines.__contains__, _SUSPECT)) or _ISOLATES in lines
        normal = unicodedata.is_normalized("NFC", lines.decode())
        for quad in quads:
            self._examine(quad)
            if (suspect or not normal) and isinstance(quad.object, Literal):
                self._characters(quad, quad.object.value)

    def _examine(self, quad: Quad) -> None:
        subject, target = quad.subject, quad.object
        name = quad.predicate.value
        if not isinstance(subject, NamedNode):
            self._nameless(quad, subject)
        elif subject.value != self._subject:
            self._subject = subject.value
            self._of_subject(quad)
        for rule, reason in self._iri(name):
            self._add(rule, quad, reason)
        if name in self._terms.properties:
            self._add(self._terms.properties[name], quad, "is used")
        if isinstance(target, Literal):
            self._literal(quad, name, target)
        elif isinstance(target, NamedNode):
            for rule, reason in self._iri(target.value):
                self._add(rule, quad, reason)
        else:
            self._nameless(quad, target)
        if not isinstance(quad.graph_name, DefaultGraph):
            self._of_graph(quad)

    def _of_subject(self, quad: Quad) -> None:
        for rule, reason in self._iri(self._subject):
            self._add(rule, quad, reason)
        if self._strict.below_base and not self._subject.startswith(self._base):
            self._add("iri-base", quad, f"does not begin with {self._base}")

    def _of_graph(self, quad: Quad) -> None:
        if not isinstance(quad.graph_name, NamedNode):
            self._add("blank-node", quad, "stands in a graph without a name")
            return
        for rule, reason in self._iri(quad.graph_name.value):
            self._add(rule, quad, f"stands in the graph {reason}")

    def _nameless(self, quad: Quad, term: BlankNode | Triple | NamedNode | Literal) -> None:
        if type(term).__name__ == "BlankNode":
            self._add("blank-node", quad, f"has the blank node {term}")
        else:
            self._add("statement-rdf12", quad, "has a triple as its subject or object")

    def _faults_of_iri(self, iri: str) -> tuple[tuple[str, str], ...]:
        return tuple(self._each_fault_of_iri(iri))

    def _each_fault_of_iri(self, iri: str) -> Iterator[tuple[str, str]]:
        listed = next((rule for rule, pattern in self._terms.iris if pattern.match(iri)), None)
        if listed is not None:
            yield listed, f"{iri.removeprefix('relative:/') if listed == 'iri-relative' else iri}"
        else:
            scheme = _SCHEME.match(iri)
            if scheme is None or scheme[0][:-1].lower() not in self._terms.schemes:
                yield "iri-scheme", iri
        if iri.startswith(self._other_base):
            yield "iri-base", f"{iri} is written with http:"
        own = iri.startswith(self._base)
        if _UNSEEN.search(iri) or not unicodedata.is_normalized("NFC", iri) or (own and not iri.isascii()):
            yield "iri-characters", iri

    def _literal(self, quad: Quad, name: str, literal: Literal) -> None:
        if literal.language is not None:
            if literal.direction is not None:
                self._add("statement-rdf12", quad, "has a literal with a base direction")
            if self._strict.literals and self._terms.literals.get(name) == "codes":
                self._add("literal-code", quad, f'"{literal.value}" is tagged @{literal.language}')
            return
        datatype = literal.datatype.value
        if datatype == _STRING:
            self._plain(quad, name, literal.value)
            return
        for rule, reason in (*self._iri(datatype), *self._typed(literal.value, datatype)):
            self._add(rule, quad, reason)

    def _plain(self, quad: Quad, name: str, value: str) -> None:
        if not self._strict.literals:
            return
        kind = self._terms.literals.get(name)
        if kind == "texts":
            self._add("literal-language", quad, f'"{value[:60]}" has no language tag')
        elif kind is None:
            self._add("literal-untagged", quad, f'"{value[:60]}" is a plain string')

    def _fault_of_typed(self, value: str, datatype: str) -> tuple[tuple[str, str], ...]:
        short = self._terms.short(datatype)
        if short == "xsd:anyURI":
            return (("literal-link", f'"{value}" is a literal of datatype {short}'),)
        form = self._terms.datatypes.get(datatype)
        if form is None or (form.fullmatch(value) and (datatype not in _DATED or _in_calendar(value))):
            return ()
        return (("literal-form", f'"{value}" is no {short}'),)

    def _characters(self, quad: Quad, value: str) -> None:
        found = _FORBIDDEN.search(value)
        if found:
            self._add("literal-characters", quad, f"holds U+{ord(found[0]):04X}")
        if not unicodedata.is_normalized("NFC", value):
            self._add("literal-normal", quad, f'"{value[:60]}" is not in form C')

    def _add(self, rule: str, quad: Quad, message: str) -> None:
        subject = quad.subject
        record = subject.value if isinstance(subject, NamedNode) else str(subject)
        self._findings.add(rule, self._file, message, record, self._terms.short(quad.predicate.value))


def _in_calendar(value: str) -> bool:
    """Whether the day of a date or instant exists; years that Python does not know are let pass."""
    year, month, day = value.lstrip("-")[:10].split("-") if value[4:5] == "-" else ("0", "1", "1")
    try:
        date(int(year) or 4, int(month), int(day))
    except ValueError:
        return False
    return True
