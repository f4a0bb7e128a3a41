"""How a value is written: one function for each word that may stand behind `as` in a mapping file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lod.description import Shared, mention_key
from lod.faults import quoted
from lod.mapping.fault import Undescribable
from lod.mapping.lexical import lexical
from lod.term import IRI, XSD, Literal, Term, known_iri, linked_iri, moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lod.mapping.resolve import Resolved
    from lod.vocabulary import Concept

__all__ = ["CONSTANT", "HOLDS", "KINDS", "Scope", "labels", "typed"]


@dataclass(slots=True)
class Scope:
    """What rules may look at while one thing is described: its IRI, its language, what it refers to, its parts."""

    root: str
    base: str
    language: str
    found: Resolved
    look_up: Callable[[str], Concept]
    links: dict[str, list[tuple[IRI, Any]]] = field(default_factory=dict)


def text(value: str, scope: Scope) -> Term:
    """A string in the language of the record; tags are lower case, since readers compare them as they stand."""
    return Literal(value, language=scope.language)


def string(value: Any, _scope: Scope) -> Term:
    """A plain string: a code, a name, a number as printed."""
    return Literal(value if isinstance(value, str) else str(value))


def date_or_instant(value: Any, _scope: Scope) -> Term:
    """A date or an instant, as precise as the field."""
    return moment(value)


def iri(value: str, _scope: Scope) -> Term:
    """A link; characters that an IRI must not hold are percent-encoded."""
    return linked_iri(value)


def concept(value: str, scope: Scope) -> Term:
    """The IRI of a code. Raises Undescribable for one that its scheme does not have."""
    known = scope.found.concepts.get(value)
    if known is None:
        known = scope.found.concepts[value] = scope.look_up(value)
        scope.found.shared.add(Shared("concept", value))
    return known_iri(known.iri)


def concept_or_iri(value: str, scope: Scope) -> Term:
    """The IRI of a code, or an IRI as it stands."""
    return concept(value, scope) if value in scope.found.concepts else iri(value, scope)


def _agent(kind: str) -> Callable[[Any, Scope], Term]:
    return lambda value, scope: scope.found.agents[kind, mention_key(value)].iri


def speaker(value: str, scope: Scope) -> Term:
    """The IRI of whoever the record calls by this name. Raises Undescribable for a stranger."""
    if value not in scope.found.speakers:
        raise Undescribable([("quotations", f'"{value}" is not among the people and organisations of this record')])
    return scope.found.speakers[value]


def release(value: str, scope: Scope) -> Term:
    """The IRI of another release of this archive."""
    return known_iri(f"{scope.base}release/{value}")


def media_type(value: str, scope: Scope) -> Term:
    """The IRI of an IANA media type, which is described with what releases share."""
    scope.found.shared.add(Shared("media-type", value))
    return known_iri(f"https://www.iana.org/assignments/media-types/{value}")


def typed(datatype: IRI, field: str) -> Callable[[Any, Scope], Term]:
    """A literal of a datatype. A string is one without saying so (RDF 1.1, 3.3).

    Its function raises Undescribable, with the field, for a value that is none of the datatype.
    """
    if datatype.value == XSD + "string":
        return string
    name = datatype.value.removeprefix(XSD)
    written = lexical(name)

    def make(value: Any, _scope: Scope) -> Term:
        form = written(value)
        if form is None:
            raise Undescribable([(field, f"the mapping writes it as xsd:{name}, and that is none: {quoted(value)}")])
        return Literal(form, datatype=datatype)

    return make


def labels(value: Mapping[str, str] | tuple[tuple[str, str], ...] | None) -> Iterator[Literal]:
    """One literal for each language; an empty tag means none."""
    pairs = value.items() if isinstance(value, Mapping) else value or ()
    for language, label in pairs:
        yield Literal(label, language=language.lower() or None)


KINDS: dict[str, Callable[[Any, Scope], Term]] = {
    "text": text,
    "string": string,
    "moment": date_or_instant,
    "iri": iri,
    "concept": concept,
    "concept-or-iri": concept_or_iri,
    "organisation": _agent("organisation"),
    "person": _agent("person"),
    "place": _agent("place"),
    "speaker": speaker,
    "release": release,
    "media-type": media_type,
}

CONSTANT: dict[str, Callable[[str], Term]] = {"iri": linked_iri, "string": Literal}
"""The words whose terms depend on the value alone."""

HOLDS = {"organisation": "Named", "place": "Named", "person": "Person"}
"""The class of the part that a field must hold to be written as an agent or a place."""
