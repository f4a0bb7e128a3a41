"""Which fields of a record a rule of the mapping reads."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from lod.description import Agent
from lod.mapping.fields import field_type
from lod.mapping.promise import item_class
from lod.mapping.shacl import specimen
from lod.mapping.template import Placeholder, parse_template
from lod.mapping.view import ReleaseView
from lod.release import Release
from lod.release.fields import Part
from lod.term import IRI

if TYPE_CHECKING:
    from lod.mapping.files import Files
    from lod.mapping.spec import NodeSpec, RuleSpec
    from lod.mapping.template import Piece

__all__ = ["origins"]


def origins(files: Files, spec: NodeSpec, rule: RuleSpec) -> list[str]:
    """The fields of a record, as dotted paths, that the values of a rule come from; none for a constant."""
    if rule.node is not None:
        target = files.nodes[rule.node]
        paths = [target.each or target.when or ""]
        return [field for path in paths for field in _reads(path)] if not spec.each else []
    fields = [rule.field] if rule.field else _placeholders(parse_template(rule.template or ""))
    if spec.each is None:
        return list(dict.fromkeys(field for path in fields for field in _reads(path)))
    return list(dict.fromkeys(found for path in fields for found in _of_part(spec, path)))


def _placeholders(pieces: list[Piece]) -> list[str]:
    names: list[str] = []
    for piece in pieces:
        if isinstance(piece, Placeholder):
            names.append("id" if piece.field == "release" else piece.field)
        elif isinstance(piece, list):
            names.extend(_placeholders(piece))
    return [name for name in names if name != "base" and not name.startswith("archive.")]


def _of_part(spec: NodeSpec, path: str) -> list[str]:
    """The field of a part of the record behind a field of an item; the part as a whole for what is worked out."""
    fields = _alike(_reads(spec.each or ""), item_class(spec))
    known = [f"{field}.{path}" for field in fields if path in _part_fields(field)]
    return known or (fields if len(fields) == 1 else [])


def _part_fields(field: str) -> set[str]:
    """The fields of the part that a field holds."""
    part = field_type(Release, field).of
    return set(part.model_fields) if part is not None and issubclass(part, Part) else set()


def _alike(fields: list[str], item: type) -> list[str]:
    """The fields whose parts have most in common with an item, where one is made from several."""
    names: set[str] = set(getattr(item, "model_fields", ())) | set(getattr(item, "_fields", ()))
    common = {field: len(names & _part_fields(field)) for field in fields}
    most = max(common.values(), default=0)
    return [field for field in fields if common[field] == most]


def _reads(path: str) -> list[str]:
    """The fields of the record that a path of the view reads."""
    first = path.partition(".")[0]
    if first in Release.model_fields:
        return [path]
    if not path:
        return []
    traced = _Traced()
    getattr(ReleaseView(cast("Release", traced), _Anyone()), first)
    # What is made of a release has its IRI in it; that alone is no reason to name the id.
    fields = [name for name in Release.model_fields if name in traced.read and name != "id"]
    cls = field_type(ReleaseView, first).of
    return _alike(fields, cls) if cls is not None and cls is not str else fields


class _Traced:
    """A release that remembers which of its fields were read."""

    def __init__(self) -> None:
        self.release = specimen()
        self.read: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        member = vars(Release).get(name)
        if isinstance(member, property):
            return cast("Any", member.fget)(self)
        if isinstance(member, cached_property):
            return member.func(cast("Any", self))
        self.read.add(name)
        return getattr(self.release, name)


class _Anyone(dict[tuple[str, str], Agent]):
    """Agents for all who are named."""

    def __missing__(self, key: tuple[str, str]) -> Agent:
        return Agent(key[0], IRI("urn:x:y"), key[1], None)
