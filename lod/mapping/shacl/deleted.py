"""What a dump says of a release whose record is gone: `vocab/change/deleted.toml`, as the shapes need it."""

from __future__ import annotations

import tomllib
from typing import Any, NamedTuple

from lod.vocabulary import vocab_root

__all__ = ["Deleted", "deleted"]


class Deleted(NamedTuple):
    """The prefixes of the table, the class of what is left, the property of its former classes, titles, and the rest.

    Classes and properties are full IRIs.
    """

    prefixes: dict[str, str]
    target: str
    former: str
    titles: tuple[str, ...]
    left: tuple[str, ...]


def deleted() -> Deleted:
    """The table."""
    with (vocab_root() / "change" / "deleted.toml").open("rb") as file:
        raw: dict[str, Any] = tomllib.load(file)
    prefixes, terms = raw["prefixes"], raw["terms"]

    def whole(name: str) -> str:
        prefix, _, local = name.partition(":")
        return f"{prefixes[prefix]}{local}"

    titles, left = (tuple(map(whole, names)) for names in (terms["title"], raw["left"]["properties"]))
    return Deleted(prefixes, whole(terms["class"]), whole(terms["former"]), titles, left)
