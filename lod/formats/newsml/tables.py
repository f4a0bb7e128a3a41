"""The tables of `vocab/newsml/item.toml`, checked and compiled before the first release."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from lod.errors import Place, VocabularyError
from lod.formats.newsml.elements import NAR
from lod.formats.newsml.item import Item
from lod.formats.newsml.kinds import KINDS
from lod.vocabulary import vocab_root

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lod.formats.newsml.codes import Codes
    from lod.formats.newsml.kinds import Kind

__all__ = ["PLACE", "Row", "Tables", "crosswalk", "read_tables"]

PLACE = Place("newsml/item.toml")
_CODED = frozenset({"qcode", "role", "type", "why", "rel"})
"""Attributes whose values are QCodes."""


@dataclass(frozen=True, slots=True)
class Row:
    """A compiled row: an element, its constant attributes, and where its values come from."""

    tag: str
    attributes: Mapping[str, str]
    aliases: frozenset[str]
    kept: bool
    write: Kind
    values: Callable[[Item], Any] | None
    constant: str
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables of the item, as rows within rows, and the constants that stand before them."""

    standardversion: str
    rows: tuple[Row, ...]
    renditions: Mapping[str, str]


def read_tables() -> dict[str, Any]:
    """The tables as they are written."""
    with (vocab_root() / "newsml" / "item.toml").open("rb") as file:
        return tomllib.load(file)


def compile_tables(codes: Codes) -> Tables:
    """The tables compiled. Raises VocabularyError for a code that no catalog or no table has."""
    raw = read_tables()
    for code in raw["renditions"].values():
        codes.checked(code, PLACE, "renditions")
    rows = _rows(raw, "newsItem", codes)
    return Tables(raw["standardversion"], rows, raw["renditions"])


def _rows(raw: Mapping[str, Any], name: str, codes: Codes) -> tuple[Row, ...]:
    return tuple(_row(raw, row, codes) for row in raw[name])


def _row(raw: Mapping[str, Any], row: Mapping[str, Any], codes: Codes) -> Row:
    element = row["element"]
    attributes = row.get("set", {})
    coded = {codes.checked(code, PLACE, element) for name, code in attributes.items() if name in _CODED}
    constant = raw["catalog"] if element == "catalogRef" else row.get("text", "")
    return Row(
        NAR + element,
        attributes,
        frozenset(code.partition(":")[0] for code in coded),
        row.get("kept", False),
        KINDS[row.get("as", "text")],
        _reader(row["of"]) if "of" in row else None,
        constant,
        _rows(raw, element, codes) if row.get("table") else (),
    )


def _reader(path: str) -> Callable[[Item], Any]:
    """A function that reads a dotted path; a missing step gives None."""
    steps = path.split(".")
    if steps[0] != "release" and not hasattr(Item, steps[0]):
        raise VocabularyError(PLACE, path, "an item has no such property")
    if len(steps) == 1:
        return attrgetter(path)
    getters = [attrgetter(step) for step in steps]

    def read(item: Any) -> Any:
        for get in getters:
            item = get(item)
            if item is None:
                return None
        return item

    return read


def crosswalk() -> dict[str, str]:
    """Where each field of the record goes in a newsItem: paths below newsItem, several joined by a comma."""
    raw = read_tables()
    found: dict[str, list[str]] = {}
    for name in ("rightsInfo", "itemMeta", "contentMeta", "contentSet"):
        for row in raw[name]:
            for field in row.get("fields", ()):
                path = f"{name}/{row['element']}{_told_apart(row.get('set', {}))}"
                if path not in found.setdefault(field, []):
                    found[field].append(path)
    return {field: ", ".join(paths) for field, paths in found.items()}


def _told_apart(attributes: Mapping[str, str]) -> str:
    """What tells an element from others of its name: its role, type or rank."""
    for name in ("role", "type", "rank"):
        if name in attributes:
            return f"[@{name}='{attributes[name]}']"
    return ""
