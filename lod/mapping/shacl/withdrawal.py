"""What a mapping says of a release that was withheld or canceled, and what it says of one no more."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from pydantic import TypeAdapter

from lod.mapping.fields import declared, field_type, reader
from lod.mapping.promise import Promise, outlines
from lod.mapping.template import Placeholder, parse_template
from lod.mapping.tombstone import Tombstones
from lod.mapping.view import ReleaseView
from lod.release import Change, Part, Release

if TYPE_CHECKING:
    from lod.mapping.files import Files
    from lod.vocabulary import Vocabulary

__all__ = ["Withdrawal", "specimen", "withdrawal"]


class Withdrawal(NamedTuple):
    """The class of releases, the property and value that say one may be used, and the properties it else has not."""

    target: str
    status: str
    usable: str
    gone: tuple[str, ...]


def specimen() -> Release:
    """A release in which every field, also of its parts, is what the model gives as example. It is not valid as one."""
    return cast("Release", _specimen(Release))


def _specimen(cls: type[Part]) -> Part:
    fields: dict[str, Any] = {}
    for name, info in cls.model_fields.items():
        found = field_type(cls, name)
        if found.of is not None and issubclass(found.of, Part):
            part = _specimen(found.of)
            fields[name] = part if found.most == 1 else (part,)
        else:
            fields[name] = TypeAdapter(declared(cls, name)).validate_python((info.examples or [None])[0])
    return cls.model_construct(**fields)


def withdrawal(files: Files, vocabulary: Vocabulary) -> Withdrawal | None:
    """What is gone when a release is withheld or canceled; None where a mapping does not speak of the status."""
    for outline in outlines(files):
        for promise in outline.promises:
            if promise.rule.field == "status" and promise.rule.scheme and not outline.spec.each and outline.classes:
                usable = vocabulary.concept(f"{promise.rule.scheme}:usable").iri
                gone = _gone(files, outline.promises)
                return Withdrawal(outline.classes[0], promise.properties[0], usable, gone)
    return None


def _gone(files: Files, promises: tuple[Promise, ...]) -> tuple[str, ...]:
    """The properties for which no rule finds anything in a tombstone."""
    change = Change(version=2, at=datetime(2026, 1, 2, tzinfo=UTC), kind="cancel", note="x")
    whole = specimen().model_copy(update={"version": 2, "status": "canceled", "changes": (change,)})
    left = ReleaseView(Tombstones(files.tombstone).of(whole), {})
    said = {path: False for promise in promises for path in promise.properties}
    for promise in promises:
        for path in promise.properties:
            said[path] |= _says(files, promise, left)
    return tuple(path for path, something in said.items() if not something)


def _says(files: Files, promise: Promise, view: ReleaseView) -> bool:
    rule = promise.rule
    if rule.value or rule.default:
        return True
    if rule.template is not None:
        needed = [piece.field for piece in parse_template(rule.template) if isinstance(piece, Placeholder)]
        return all(_found(view, field) for field in needed)
    field = files.nodes[rule.node].each or files.nodes[rule.node].when if rule.node else rule.field
    return field is None or _found(view, field)


def _found(view: ReleaseView, field: str) -> bool:
    if field in {"release", "base"} or field.startswith("archive."):
        return True
    value: Any
    try:
        value = reader(ReleaseView, field)[0](view)
    except KeyError:  # it asks for the name of an agent, so there is one
        return True
    return value is not None and value != ()
