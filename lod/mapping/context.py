"""The JSON-LD context of a mapping: which key stands for which property, and what its values are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lod.mapping.promise import LANGUAGE, LINK, PLAIN, outlines
from lod.term import XSD, Names

if TYPE_CHECKING:
    from lod.mapping.files import Files
    from lod.mapping.promise import Outline

__all__ = ["context_of", "context_text"]

_SCHEMA = "https://schema.org/"
_ALIASES = {"id": "@id", "type": "@type"}
_MOMENTS = {XSD + "date", XSD + "dateTime"}


def context_of(files: Files) -> dict[str, Any]:
    """The context of a mapping: prefixes, classes, and a term for each property.

    Terms of schema.org are their bare names, others keep their prefix. A property whose values are of one kind gets
    that kind (a link, a text by language, a datatype); where they differ each value says itself what it is. Days and
    instants under one property count as days, and an instant then says its datatype. There is no default language,
    which would also tag codes.
    """
    found = outlines(files)
    kinds = _kinds(found)
    classes = dict.fromkeys(iri for outline in found for iri in outline.classes)
    names = _Names(files.prefixes, [*kinds, *classes])
    terms: dict[str, Any] = {}
    for iri in classes:
        if names.key(iri) != names.short(iri):
            terms[names.key(iri)] = names.short(iri)
    for iri, values in kinds.items():
        key, short, rest = names.key(iri), names.short(iri), names.definition(values)
        if rest:
            terms[key] = rest if key == short else {"@id": short, **rest}
        elif key != short:
            terms[key] = short
    return {"@version": 1.1, **_ALIASES, **names.prefixes, **terms}


def _kinds(found: list[Outline]) -> dict[str, set[str]]:
    """The properties in the order of the mapping, each with the kinds of its values."""
    kinds: dict[str, set[str]] = {}
    for outline in found:
        for promise in outline.promises:
            # A label without a language stands under "@none"; that is still a map of languages.
            values = promise.values if promise.rule.kind != "labels" else (LANGUAGE,)
            for iri in promise.properties:
                kinds.setdefault(iri, set()).update(values)
    return kinds


def context_text(context: dict[str, Any]) -> str:
    """A context as a document of its own, with one term on a line."""
    lines = [f"    {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in context.items()]
    return '{\n  "@context": {\n' + ",\n".join(lines) + "\n  }\n}\n"


class _Names:
    """The keys of a context. A bare name of schema.org goes before a prefix of the same name that only values use."""

    def __init__(self, prefixes: dict[str, str], iris: list[str]) -> None:
        # Only such a namespace is a prefix without further words (JSON-LD 1.1, section 4.1.5).
        usable = {prefix: space for prefix, space in prefixes.items() if space[-1:] in {"#", "/", ":"}}
        self._split = Names(usable).split
        split = [self._split(iri) for iri in (*iris, XSD + "date")]
        needed = {found[0] for found in split if found}
        bare = {iri.removeprefix(_SCHEMA) for iri in iris if iri.startswith(_SCHEMA)}
        self._taken = needed | set(_ALIASES)
        self.prefixes = {key: space for key, space in usable.items() if key in needed or key not in bare}

    def key(self, iri: str) -> str:
        """The key of a property or class."""
        local = iri.removeprefix(_SCHEMA)
        return local if iri.startswith(_SCHEMA) and local.isalnum() and local not in self._taken else self.short(iri)

    def short(self, iri: str) -> str:
        """The compact IRI, or the IRI where no prefix fits."""
        found = self._split(iri)
        return ":".join(found) if found else iri

    def definition(self, values: set[str]) -> dict[str, str]:
        """What the context says of values of these kinds; nothing for plain strings and for mixtures."""
        if values == {LINK}:
            return {"@type": "@id"}
        if values == {LANGUAGE}:
            return {"@container": "@language"}
        if values <= _MOMENTS:
            return {"@type": self.short(min(values))}
        return {"@type": self.short(*values)} if len(values) == 1 and values != {PLAIN} else {}
