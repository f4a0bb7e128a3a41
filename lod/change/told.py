"""What the statements of a release tell of it, as far as a list of changes speaks of that."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lod.change.statement import TYPE, iris_of, split, text_of
from lod.vocabulary import vocab_root

if TYPE_CHECKING:
    from lod.change.reading import Lines

__all__ = ["USABLE", "Told", "changed_fields", "is_release", "tell"]

USABLE = "usable"
_KEPT = "kept"
_OTHER = "other"


class Told(NamedTuple):
    """A release: title, language and number as printed, day of issue, status, and how many corrections it had."""

    title: str | None
    language: str | None
    number: str | None
    issued: str | None
    status: str
    corrections: int


class _Fields(NamedTuple):
    """The tables of fields.toml, with IRIs as they stand in N-Triples."""

    properties: dict[bytes, str]
    parts: dict[bytes, str]
    read: dict[bytes, str]
    order: tuple[str, ...]


@lru_cache(maxsize=1)
def _fields() -> _Fields:
    with (vocab_root() / "change" / "fields.toml").open("rb") as file:
        raw = tomllib.load(file)

    def by_iri(table: dict[str, list[str]]) -> dict[bytes, str]:
        return {iri: name for name, names in table.items() for iri in iris_of(names, raw["prefixes"])}

    order = dict.fromkeys([*raw["properties"], *raw["parts"], _OTHER])
    order.pop(_KEPT)
    return _Fields(by_iri(raw["properties"]), by_iri(raw["parts"]), by_iri(raw["read"]), tuple(order))


def is_release(lines: Iterable[bytes]) -> bool:
    """Whether statements describe a press release."""
    classes = _fields().read
    return any(predicate == TYPE and classes.get(term) == "release" for _, predicate, term in map(split, lines))


def tell(iri: str, lines: Lines) -> Told:
    """What the statements of the release with this IRI tell."""
    found: dict[str, str] = {}
    corrections = 0
    root, numbered = f"<{iri}>".encode(), f"<{iri}#number>".encode()
    for subject, predicate, term in map(split, lines):
        name = _fields().read.get(predicate)
        if name == "number" and subject == numbered:
            found[name] = text_of(term)
        elif name and name != "number" and subject == root:
            corrections += name == "correction"
            found.setdefault(name, text_of(term))
    status = found.get("status", USABLE).rpartition("/")[2]
    title, language, number, issued = (found.get(name) for name in ("title", "language", "number", "issued"))
    return Told(title, language, number, issued, status, corrections)


def changed_fields(iri: str, before: Lines, after: Lines) -> tuple[str, ...]:
    """The names of the fields whose statements are not the same, in the order of the table."""
    root = f"<{iri}>".encode()
    classes: dict[bytes, set[bytes]] = {}
    for subject, predicate, term in map(split, (*before, *after)):
        if predicate == TYPE:
            classes.setdefault(subject, set()).add(term)
    found = {
        _field(predicate, None if subject == root else classes.get(subject, set()))
        for subject, predicate, _ in map(split, set(before) ^ set(after))
    }
    return tuple(name for name in _fields().order if name in found) or (_OTHER,)


def _field(predicate: bytes, classes: set[bytes] | None) -> str:
    """The field of a statement; `classes` are those of its subject, None for the release itself."""
    fields = _fields()
    own = fields.properties.get(predicate, _OTHER)
    if classes is None or own == _KEPT:
        return own
    return next((name for iri, name in fields.parts.items() if iri in classes), _OTHER)
