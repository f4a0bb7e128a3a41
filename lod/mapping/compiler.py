"""From mapping files to functions: every field, prefix, datatype and node is checked here, before the first record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from lod.mapping.fault import Misruled
from lod.mapping.fields import FieldError, field_names, field_type, reader
from lod.mapping.lexical import DATATYPES
from lod.mapping.template import FILTERS, Placeholder, compiled, parse_template
from lod.mapping.values import CONSTANT, HOLDS, KINDS, Scope, labels, typed
from lod.term import IRI, RDF_TYPE, XSD, NotAnIRI, Term

if TYPE_CHECKING:
    from lod.mapping.spec import NodeSpec, RuleSpec

__all__ = ["Compiler", "Emit", "Node"]

Pair = tuple[IRI, Term]
Emit = Callable[[Any, Scope, list[Pair]], None]
Render = Callable[[Any, Scope], str | None]
_Made = TypeVar("_Made", bound=Term)


@dataclass(frozen=True, slots=True)
class Node:
    """A compiled node: its items, the IRI of each, what is always said, and the rules that say the rest.

    `repeated` are the properties that several rules may give the same value.
    """

    name: str
    each: str | None
    items: Callable[[Any], Iterable[Any]]
    iri: Render
    constant: tuple[Pair, ...]
    emits: tuple[Emit, ...]
    repeated: frozenset[str]


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles nodes. `roots` are the classes that things are made of, `constants` what {base} and its like are."""

    prefixes: dict[str, str]
    constants: dict[str, str]
    roots: dict[str, type]
    schemes: frozenset[str]

    def node(self, name: str, spec: NodeSpec, others: dict[str, NodeSpec]) -> Node:
        """Compile one node. Raises Misruled with the rule concerned."""
        root = self._root(name, spec)
        get_items, cls = self._items(name, spec, root)
        if spec.iri is None:
            raise Misruled(f"{name}.iri", "missing")
        types = tuple((RDF_TYPE, self.expand(f"{name}.type.{n}", curie)) for n, curie in enumerate(spec.type))
        emits = [self._rule(f"{name}.rules.{n}", rule, cls, spec, others) for n, rule in enumerate(spec.rules)]
        if spec.type_field:
            emits.insert(0, self._types(name, spec.type_field, cls))
        iri = self._template(f"{name}.iri", spec.iri, cls)
        return Node(name, spec.each, get_items, iri, types, tuple(emits), self._repeated(name, spec))

    def _repeated(self, name: str, spec: NodeSpec) -> frozenset[str]:
        counts = Counter(self.expand(name, curie).value for rule in spec.rules for curie in rule.property)
        return frozenset(iri for iri, count in counts.items() if count > 1 or iri == RDF_TYPE.value)

    def expand(self, where: str, curie: str) -> IRI:
        """The IRI of a prefixed name or of a whole IRI. Raises Misruled for an unknown prefix, and for no IRI."""
        prefix, colon, local = curie.partition(":")
        if not colon or not (local.startswith("//") or prefix in self.prefixes):
            raise Misruled(where, f'unknown prefix in "{curie}"')
        return self._iri(where, IRI, curie if local.startswith("//") else self.prefixes[prefix] + local)

    def _iri(self, where: str, make: Callable[[str], _Made], text: str) -> _Made:
        try:
            return make(text)
        except NotAnIRI as error:
            raise Misruled(where, str(error)) from None

    def _root(self, name: str, spec: NodeSpec) -> type:
        if spec.of not in self.roots:
            raise Misruled(f"{name}.of", f'"{spec.of}" is none of {", ".join(sorted(self.roots))}')
        return self.roots[spec.of]

    def _read(self, where: str, cls: type, path: str) -> tuple[Callable[[Any], Any], type | None]:
        try:
            return reader(cls, path)
        except FieldError as error:
            raise Misruled(where, str(error)) from None

    def _items(self, name: str, spec: NodeSpec, root: type) -> tuple[Callable[[Any], Iterable[Any]], type]:
        get, cls = self._read(f"{name}.each", root, spec.each) if spec.each else (lambda item: (item,), root)
        if cls is None:
            raise Misruled(f"{name}.each", f'"{spec.each}" is not a list of parts')
        if spec.when is None:
            return get, cls
        test, _ = self._read(f"{name}.when", cls, spec.when)
        return (lambda item: [one for one in get(item) if test(one)]), cls

    def _pieces(self, where: str, text: str, cls: type) -> list[Any]:
        try:
            return [self._piece(where, piece, cls) for piece in parse_template(text)]
        except ValueError as error:
            raise Misruled(where, str(error)) from None

    def _template(self, where: str, text: str, cls: type) -> Render:
        return compiled(self._pieces(where, text, cls))

    def _constant(self, where: str, rule: RuleSpec, cls: type) -> Term | None:
        """The term of a rule that says the same of every item."""
        if rule.value is not None:
            return self.expand(f"{where}.value", rule.value)
        if rule.template is None or rule.kind not in CONSTANT:
            return None
        pieces = self._pieces(f"{where}.template", rule.template, cls)
        if not all(isinstance(piece, str) for piece in pieces):
            return None
        return self._iri(f"{where}.template", CONSTANT[rule.kind], "".join(pieces))

    def _piece(self, where: str, piece: Any, cls: type) -> Any:
        if isinstance(piece, list):
            return [self._piece(where, one, cls) for one in piece]
        if not isinstance(piece, Placeholder):
            return piece
        if piece.field == "release":
            return lambda _item, scope: scope.root
        if piece.field in self.constants:
            return self.constants[piece.field]
        get, _ = self._read(where, cls, piece.field)
        if piece.filter is None:
            return lambda item, _scope: get(item)
        change = FILTERS[piece.filter]
        return lambda item, _scope: None if get(item) is None else change(str(get(item)))

    def _rule(self, where: str, rule: RuleSpec, cls: type, spec: NodeSpec, others: dict[str, NodeSpec]) -> Emit:
        predicates = tuple(self.expand(f"{where}.property", curie) for curie in rule.property)
        if rule.node is not None:
            return self._link(where, rule.node, predicates, spec, others)
        constant = self._constant(where, rule, cls)
        if constant is not None:
            pairs = [(predicate, constant) for predicate in predicates]
            return lambda _item, _scope, out: out.extend(pairs)
        if rule.template is not None:
            get: Render = self._template(f"{where}.template", rule.template, cls)
        else:
            field, part = self._read(f"{where}.field", cls, rule.field or "")
            self._holds(f"{where}.field", rule, cls, part)
            fallback = self._template(f"{where}.default", rule.default, cls) if rule.default else None
            get = _with_default(field, fallback)
        if rule.kind == "labels":
            return _emit_labels(predicates, get)
        return _emit(predicates, get, self._kind(where, rule, spec.each))

    def _holds(self, where: str, rule: RuleSpec, cls: type, part: type | None) -> None:
        """Whether a field holds what it is to be written as. Raises Misruled."""
        kind = rule.kind or ""
        wanted = HOLDS.get(kind)
        if wanted and (part is None or wanted not in {base.__name__ for base in part.__mro__}):
            raise Misruled(where, f'"{rule.field}" holds no {kind}')
        if kind == "moment" and not issubclass(field_type(cls, rule.field or "").of or str, date):
            raise Misruled(where, f'"{rule.field}" holds no date')
        if part is not None and wanted is None and kind != "labels":
            names = ", ".join(field_names(part))
            raise Misruled(where, f'"{rule.field}" is no value but a part; name a field of it: {names}')

    def _kind(self, where: str, rule: RuleSpec, each: str | None) -> Callable[[Any, Scope], Term]:
        kind = rule.kind or ""
        if kind.removeprefix("xsd:") in DATATYPES and kind.startswith("xsd:"):
            field = ".".join(step for step in (each, rule.field or rule.template) if step)
            return typed(IRI(XSD + kind.removeprefix("xsd:")), field)
        if kind not in KINDS:
            raise Misruled(f"{where}.as", f'"{kind}" is none of labels, xsd:…, {", ".join(sorted(KINDS))}')
        make = KINDS[kind]
        if rule.scheme is None:
            return make
        if rule.scheme not in self.schemes:
            raise Misruled(f"{where}.scheme", f'no scheme "{rule.scheme}"')
        scheme = rule.scheme
        return lambda value, scope: make(f"{scheme}:{value}", scope)

    def _link(
        self, where: str, target: str, predicates: tuple[IRI, ...], spec: NodeSpec, others: dict[str, NodeSpec]
    ) -> Emit:
        if target not in others:
            raise Misruled(f"{where}.node", f'no node "{target}"')
        same = spec.each is not None and others[target].each == spec.each

        def emit(item: Any, scope: Scope, out: list[Pair]) -> None:
            for iri, source in scope.links[target]:
                if not same or source is item:
                    out.extend((predicate, iri) for predicate in predicates)

        return emit

    def _types(self, name: str, field: str, cls: type) -> Emit:
        get, _ = self._read(f"{name}.type_field", cls, field)

        def emit(item: Any, _scope: Scope, out: list[Pair]) -> None:
            out.extend((RDF_TYPE, self.expand(f"{name}.type_field", curie)) for curie in get(item))

        return emit


def _with_default(field: Callable[[Any], Any], fallback: Render | None) -> Callable[[Any, Scope], Any]:
    if fallback is None:
        return lambda item, _scope: field(item)
    return lambda item, scope: fallback(item, scope) if field(item) is None else field(item)


def _emit(predicates: tuple[IRI, ...], get: Callable[[Any, Scope], Any], make: Callable[[Any, Scope], Any]) -> Emit:
    def emit(item: Any, scope: Scope, out: list[Pair]) -> None:
        value = get(item, scope)
        if value is None:
            return
        if type(value) is not tuple:
            term = make(value, scope)
            for predicate in predicates:
                out.append((predicate, term))  # noqa: PERF401 - for one or two it takes half the time
            return
        terms = {term.nt: term for term in [make(one, scope) for one in value]}.values()
        for predicate in predicates:
            out.extend([(predicate, term) for term in terms])

    return emit


def _emit_labels(predicates: tuple[IRI, ...], get: Callable[[Any, Scope], Any]) -> Emit:
    def emit(item: Any, scope: Scope, out: list[Pair]) -> None:
        for term in labels(get(item, scope)):
            out.extend((predicate, term) for predicate in predicates)

    return emit
