"""What a mapping promises before it has seen a record: for every rule the properties, the kind of value, how many."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from lod.mapping.fields import FieldType, field_type
from lod.mapping.mapping import ROOTS
from lod.mapping.template import Placeholder, parse_template
from lod.term import XSD

if TYPE_CHECKING:
    from lod.mapping.files import Files
    from lod.mapping.spec import NodeSpec, RuleSpec
    from lod.mapping.template import Piece

__all__ = ["LANGUAGE", "LINK", "PLAIN", "Outline", "Promise", "expand", "outlines"]

# What a value can be, besides a literal of a datatype, which is named by its IRI.
LINK = "@id"
LANGUAGE = "@language"
PLAIN = ""

_TEXTS = {"text": (LANGUAGE,), "labels": (LANGUAGE, PLAIN), "string": (PLAIN,)}
_ALWAYS = FieldType(str, 1, 1)


class Promise(NamedTuple):
    """What one rule says: properties as IRIs, kinds of value, and how many (`most` None: any number)."""

    rule: RuleSpec
    properties: tuple[str, ...]
    values: tuple[str, ...]
    least: int
    most: int | None
    source: FieldType


class Outline(NamedTuple):
    """What one node says: its classes as IRIs, and the promises of its rules."""

    name: str
    spec: NodeSpec
    classes: tuple[str, ...]
    promises: tuple[Promise, ...]


def expand(files: Files, name: str) -> str:
    """The IRI of a prefixed name in a mapping that has been compiled."""
    prefix, _, local = name.partition(":")
    return name if local.startswith("//") else files.prefixes[prefix] + local


def outlines(files: Files) -> list[Outline]:
    """The outline of every node, in the order of the mapping files."""
    return [_outline(files, name, spec) for name, spec in files.nodes.items()]


def _outline(files: Files, name: str, spec: NodeSpec) -> Outline:
    cls = item_class(spec)
    classes = tuple(expand(files, one) for one in spec.type)
    return Outline(name, spec, classes, tuple(_promise(files, spec, cls, rule) for rule in spec.rules))


def item_class(spec: NodeSpec) -> type:
    """The class of what a node is made of."""
    root = ROOTS[spec.of]
    return (field_type(root, spec.each).of or root) if spec.each else root


def _promise(files: Files, spec: NodeSpec, cls: type, rule: RuleSpec) -> Promise:
    properties = tuple(expand(files, one) for one in rule.property)
    if rule.node is not None:
        return Promise(rule, properties, (LINK,), *_linked(spec, cls, files.nodes[rule.node]), _ALWAYS)
    if rule.value is not None:
        return Promise(rule, properties, (LINK,), 1, 1, _ALWAYS)
    if rule.template is not None:
        source = _ALWAYS._replace(least=int(_filled(cls, spec, rule.template)))
    else:
        source = _field(cls, spec, rule.field or "")
    least = 1 if rule.default else source.least
    return Promise(rule, properties, _values(rule, source), least, source.most, source)


def _linked(spec: NodeSpec, cls: type, target: NodeSpec) -> tuple[int, int | None]:
    """How many nodes of another kind a node links: those made of the same item, or all of them."""
    if target.each == spec.each:
        certain = target.when in {None, spec.when} and _filled(cls, spec, target.iri or "")
        return int(certain), 1
    its = item_class(target)
    found = field_type(ROOTS[target.of], target.each) if target.each else _ALWAYS
    certain = target.when is None and _filled(its, target, target.iri or "")
    return min(found.least, int(certain)), found.most


def _values(rule: RuleSpec, source: FieldType) -> tuple[str, ...]:
    kind = rule.kind or ""
    if kind == "moment":
        day, instant = XSD + "date", XSD + "dateTime"
        return (day, instant) if source.either else (instant,) if source.of is datetime else (day,)
    if kind.startswith("xsd:"):
        return (XSD + kind.removeprefix("xsd:"),)
    if kind == "labels" and source.keyed:
        return (LANGUAGE,)
    return _TEXTS.get(kind, (LINK,))


def _field(cls: type, spec: NodeSpec, path: str) -> FieldType:
    """A field of a node; one that the node depends on is there."""
    found = field_type(cls, path)
    return found._replace(least=1) if path == spec.when else found


def _filled(cls: type, spec: NodeSpec, template: str) -> bool:
    """Whether every field of a template, outside of groups, has a value in every item."""
    return all(_certain(cls, spec, piece) for piece in parse_template(template))


def _certain(cls: type, spec: NodeSpec, piece: Piece) -> bool:
    if not isinstance(piece, Placeholder) or piece.field in {"release", "base"} or piece.field.startswith("archive."):
        return True
    return _field(cls, spec, piece.field).least > 0
