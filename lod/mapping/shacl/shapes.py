"""From a mapping to shapes: what each class must and may say, so that a dump can be checked without this program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, get_args

from lod.authority.model import Authority, Kind
from lod.mapping.promise import LINK, PLAIN, Outline, Promise, expand, item_class, outlines
from lod.mapping.shacl.forms import RELEASE, bare, escaped, form_of

if TYPE_CHECKING:
    from lod.mapping.files import Files
    from lod.vocabulary import Vocabulary

__all__ = ["NodeShape", "PropertyShape", "node_shapes"]

_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True, slots=True)
class PropertyShape:
    """What holds for the values of one property: how many, of what kinds, equal to those of which other properties.

    `forms` are whole regular expressions, one of which every value matches; `members` the only values there are;
    `fixed` values that must be there; `classes` those of which a linked part is one.
    """

    path: str
    least: int
    most: int | None
    values: tuple[str, ...]
    unique_language: bool = False
    equals: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NodeShape:
    """What holds for all instances of a class, and the other classes that they have, too."""

    name: str
    target: str
    also: tuple[str, ...]
    forms: tuple[str, ...]
    properties: tuple[PropertyShape, ...] = field(default=())


class _Member(NamedTuple):
    """An outline as one of those that make instances of a class."""

    outline: Outline
    classes: tuple[str, ...]


def node_shapes(files: Files, vocabulary: Vocabulary, base: str) -> list[NodeShape]:
    """A shape for the first class of every node, from all nodes that have this class. `base` is the archive's."""
    members = [member for outline in outlines(files) for member in _members(files, outline)]
    targets = dict.fromkeys(member.classes[0] for member in members if member.classes)
    maker = _Maker(files, vocabulary, base)
    return [maker.node(target, members) for target in targets]


def _members(files: Files, outline: Outline) -> Iterator[_Member]:
    if outline.spec.type_field is None:
        yield _Member(outline, outline.classes)
    elif outline.spec.of == "authority":
        for kind in get_args(Kind):
            types = Authority(id="x", kind=kind, name="x").types
            yield _Member(outline, (*outline.classes, *(expand(files, one) for one in types)))


class _Maker:
    """Makes shapes from the outlines of a mapping, for one base."""

    def __init__(self, files: Files, vocabulary: Vocabulary, base: str) -> None:
        self._files, self._vocabulary, self._base = files, vocabulary, base
        below = dict.fromkeys(("organisation", "person", "place", "speaker"), escaped(base) + ".+")
        self._kinds = {**below, "release": escaped(base) + RELEASE, "media-type": escaped(_MEDIA_TYPES) + ".+"}

    def node(self, target: str, members: list[_Member]) -> NodeShape:
        """The shape of a class from all nodes that make its instances, or say more of these: one IRI is one thing."""
        makers = [one for one in members if target in one.classes]
        iris = {(one.outline.spec.of, one.outline.spec.iri) for one in makers}
        outlines_ = [
            one.outline for one in members if one in makers or (one.outline.spec.of, one.outline.spec.iri) in iris
        ]
        also = [cls for cls in makers[0].classes if cls != target and all(cls in one.classes for one in makers)]
        paths = dict.fromkeys(path for one in outlines_ for promise in one.promises for path in promise.properties)
        forms = [form_of(one.spec.iri or "", one.spec, item_class(one.spec), self._base) for one in outlines_]
        properties = tuple(self._property(path, outlines_) for path in paths)
        return NodeShape(makers[0].outline.name, target, tuple(also), _whole(forms), properties)

    def _property(self, path: str, all_: list[Outline]) -> PropertyShape:
        by_node = _writing(path, all_)
        pairs = [(outline, one) for outline, its in zip(all_, by_node, strict=True) for one in its]
        promises = [one for _, one in pairs]
        several = any(one.most is None for one in promises)
        most = None if several else max(sum(one.most or 0 for one in its) for its in by_node)
        return PropertyShape(
            path,
            min(max((one.least for one in its), default=0) for its in by_node),
            most,
            tuple(dict.fromkeys(value for one in promises for value in one.values)),
            all(_one_per_language(one) for one in promises),
            tuple(_equals(path, all_)),
            _whole(self._form(outline, one) for outline, one in pairs),
            self._codes(promises),
            self._fixed(by_node),
            self._linked(promises),
        )

    def _form(self, outline: Outline, promise: Promise) -> str | None:
        """The form of the values one rule makes, where it can be told."""
        rule, source = promise.rule, promise.source
        if promise.values not in {(LINK,), (PLAIN,)} or rule.node or rule.value or rule.default:
            return None
        if rule.scheme is not None:
            return self._scheme(rule.scheme)
        if rule.template is not None:
            plain = promise.values == (PLAIN,)
            return form_of(rule.template, outline.spec, item_class(outline.spec), self._base, plain=plain)
        if rule.kind in {"string", "iri"}:
            return "[0-9]+" if source.of is int else bare(source.pattern) if source.pattern else None
        return self._kinds.get(rule.kind or "")

    def _scheme(self, alias: str) -> str | None:
        """The form of the IRIs of a scheme, where they all begin with its own."""
        iri = self._vocabulary.scheme(alias).iri
        below = all(one.iri.startswith(iri) for one in self._vocabulary.concepts(alias))
        return escaped(iri) + ".+" if below else None

    def _codes(self, promises: list[Promise]) -> tuple[str, ...]:
        """The concepts that are the only values, where the field has a fixed set of codes of one scheme."""
        if len(promises) != 1 or not promises[0].rule.scheme or not promises[0].source.words:
            return ()
        scheme = promises[0].rule.scheme
        return tuple(self._vocabulary.concept(f"{scheme}:{word}").iri for word in promises[0].source.words)

    def _fixed(self, by_node: list[list[Promise]]) -> tuple[str, ...]:
        values = [{expand(self._files, one.rule.value) for one in its if one.rule.value} for its in by_node]
        return tuple(sorted(set.intersection(*values)))

    def _linked(self, promises: list[Promise]) -> tuple[str, ...]:
        """The first classes of the nodes linked, where nothing else is."""
        names = [one.rule.node for one in promises]
        specs = [self._files.nodes[name] for name in names if name]
        if len(specs) != len(names) or not all(spec.type for spec in specs):
            return ()
        return tuple(dict.fromkeys(expand(self._files, spec.type[0]) for spec in specs))


def _one_per_language(promise: Promise) -> bool:
    """Whether each language stands once: a text that is not a list, or labels by language."""
    return (promise.rule.kind == "text" and promise.most == 1) or (
        promise.rule.kind == "labels" and promise.source.keyed
    )


def _equals(path: str, all_: list[Outline]) -> Iterator[str]:
    """The properties named after this one that every node writes with exactly the same rules."""
    mine = _writing(path, all_)
    beside = next(its for its in mine if its)[0].properties
    for other in beside[beside.index(path) + 1 :]:
        if _writing(other, all_) == mine:
            yield other


def _writing(path: str, all_: list[Outline]) -> list[list[Promise]]:
    """By node, the rules that write a property."""
    return [[one for one in outline.promises if path in one.properties] for outline in all_]


def _whole(forms: Iterable[str | None]) -> tuple[str, ...]:
    """The forms, each once; none where one of them is not known."""
    found = list(forms)
    return () if None in found else tuple(dict.fromkeys(one for one in found if one))
