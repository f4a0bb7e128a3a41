"""JSON-LD, compact against our own context, which stands in every file: one record a line, its parts nested in it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from lod.formats.base import Piece
from lod.term import IRI, RDF_TYPE, XSD, Literal, Names, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lod.description import Description
    from lod.formats.base import Setting

__all__ = ["Serializer"]

Pairs = list[tuple[IRI, Term]]

# Whole numbers that every JSON reader keeps exactly (RFC 8259, section 6) and JSON-LD writes back as they were.
_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,14}")
_NUMBERS = {XSD + name for name in ("integer", "nonNegativeInteger", "positiveInteger", "long", "int")}
_LANGUAGE = "@language"


class _Property(NamedTuple):
    """How the context names a property, and what it makes of its values: `@id`, `@language`, a datatype, or nothing."""

    key: str
    shape: str | None


class Serializer:
    """Writes JSON-LD 1.1. A part of a release stands where it is first linked; what nothing links is `@included`."""

    def __init__(self, setting: Setting) -> None:
        self._context = setting.context
        terms = _Terms(setting.context)
        self._languages = terms.languages
        self._id, self._type = terms.alias("@id"), terms.alias("@type")
        self._property = lru_cache(maxsize=4096)(terms.property)
        self._class = lru_cache(maxsize=4096)(terms.class_)
        self._short = lru_cache(maxsize=4096)(terms.short)

    def encode(self, description: Description) -> Piece:
        """One description as one object on one line."""
        waiting: dict[str, Pairs] = {}
        for node in description.nodes:
            subject = node.subject.value
            waiting[subject] = waiting[subject] + node.pairs if subject in waiting else node.pairs
        first = description.subject.value
        if first not in waiting:  # a mapping may give the release another IRI
            first = next(iter(waiting), first)
        root = self._fill({}, first, waiting.pop(first, []), waiting)
        included = [self._fill({}, iri, waiting.pop(iri), waiting) for iri in list(waiting) if iri in waiting]
        if included:
            root["@included"] = included
        return Piece(orjson.dumps(root))

    def begin(self, prefixes: Iterable[str]) -> bytes:  # noqa: ARG002 - the context is the same in every file
        """The context, and the opening of the graph."""
        return b'{\n"@context": ' + orjson.dumps(self._context) + b',\n"@graph": [\n'

    def between(self) -> bytes:
        """A comma and a new line."""
        return b",\n"

    def finish(self) -> bytes:
        """The end of the graph."""
        return b"\n]\n}\n"

    def _fill(self, said: dict[str, Any], iri: str, pairs: Pairs, waiting: dict[str, Pairs]) -> dict[str, Any]:
        """Write the pairs of a node into `said`. All its links are followed before any part's own are."""
        said[self._id] = self._short(iri)
        parts = []
        for predicate, term in pairs:
            name = predicate.value
            if isinstance(term, Literal):
                self._literal(said, name, term)
            elif name == RDF_TYPE.value:
                _add(said, self._type, self._class(term.value))
            elif term.value in waiting:
                part: dict[str, Any] = {}
                parts.append((part, term.value, waiting.pop(term.value)))
                _add(said, self._key(name), part)
            else:
                short = self._short(term.value)
                key, shape = self._property(name)
                _add(said, *((key, short) if shape == "@id" else (self._key(name), {self._id: short})))
        for part, target, its in parts:
            self._fill(part, target, its, waiting)
        return self._sorted(said)

    def _literal(self, said: dict[str, Any], name: str, literal: Literal) -> None:
        key, shape = self._property(name)
        if literal.datatype is None and shape == _LANGUAGE:
            _add(said.setdefault(key, {}), literal.language or "@none", literal.value)
        elif literal.datatype is not None and literal.datatype.value == shape:
            number = shape in _NUMBERS and _NUMBER.fullmatch(literal.value)
            _add(said, key, int(literal.value) if number else literal.value)
        elif literal.datatype is None and literal.language is None and shape is None:
            _add(said, key, literal.value)
        else:
            _add(said, self._key(name), self._value(literal))

    def _value(self, literal: Literal) -> dict[str, str]:
        if literal.language is not None:
            return {"@language": literal.language, "@value": literal.value}
        if literal.datatype is not None:
            return {"@type": self._class(literal.datatype.value), "@value": literal.value}
        return {"@value": literal.value}

    def _key(self, name: str) -> str:
        """The key for an object. Where it would be read as a map of languages, the IRI of the property is the key."""
        key, shape = self._property(name)
        return name if shape == _LANGUAGE else key

    def _sorted(self, said: dict[str, Any]) -> dict[str, Any]:
        """Sort strings and numbers, whose order means nothing; types and parts keep theirs."""
        for key, value in said.items():
            if type(value) is list and key != self._type:
                value.sort(key=lambda one: (True, "") if type(one) is dict else (False, str(one)))
            elif key in self._languages:
                for several in value.values():
                    if type(several) is list:
                        several.sort()
        return said


def _add(said: dict[str, Any], key: str, value: Any) -> None:
    """Put a value under a key; the second one makes a list."""
    if key not in said:
        said[key] = value
    elif type(said[key]) is list:
        said[key].append(value)
    else:
        said[key] = [said[key], value]


class _Terms:
    """A context read backwards: from IRIs to the names it gives them."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        self._aliases = {word: key for key, word in context.items() if word in ("@id", "@type")}
        plain = {key: word for key, word in context.items() if isinstance(word, str) and not word.startswith("@")}
        self._prefixes = {key: word for key, word in plain.items() if word[-1:] in "#/:"}
        self._names = Names(self._prefixes)
        self._terms: dict[str, _Property] = {}
        for key, word in context.items():
            if isinstance(word, dict):
                shape = _LANGUAGE if word.get("@container") == _LANGUAGE else word.get("@type")
                datatype = shape if shape in (None, "@id", _LANGUAGE) else self._expanded(shape)
                self._terms[self._expanded(word.get("@id", key))] = _Property(key, datatype)
            elif key in plain and key not in self._prefixes:
                self._terms[self._expanded(word)] = _Property(key, None)

    @property
    def languages(self) -> frozenset[str]:
        """The keys below which languages are keys."""
        return frozenset(term.key for term in self._terms.values() if term.shape == _LANGUAGE)

    def alias(self, keyword: str) -> str:
        """The name of a keyword."""
        return self._aliases.get(keyword, keyword)

    def property(self, iri: str) -> _Property:
        """How a property is written."""
        return self._terms.get(iri) or _Property(self.short(iri), None)

    def class_(self, iri: str) -> str:
        """How a class or datatype is written."""
        return self._terms[iri].key if iri in self._terms else self.short(iri)

    def short(self, iri: str) -> str:
        """A compact IRI where a prefix fits, else the IRI."""
        found = self._names.split(iri)
        return ":".join(found) if found else iri

    def _expanded(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return self._prefixes[prefix] + local if prefix in self._prefixes and not local.startswith("//") else name
