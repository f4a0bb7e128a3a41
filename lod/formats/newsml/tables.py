"""The tables of `vocab/newsml/`, checked and compiled before the first release."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from lod.errors import Place, VocabularyError
from lod.formats.newsml.kinds import KINDS
from lod.news.elements import NAR
from lod.vocabulary import vocab_root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from lod.formats.newsml.kinds import Kind
    from lod.news.codes import Codes
    from lod.news.item import AnyItem

__all__ = ["Row", "Tables", "compile_tables", "crosswalk", "read_tables"]

CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"
"""The newest standard catalog of the IPTC; `vocab/catalog.csv` has its aliases."""

_CODED = frozenset({"qcode", "role", "type", "why", "rel"})
"""Attributes whose values are QCodes."""

_SAFE = 2  # steps of a path


@dataclass(frozen=True, slots=True)
class Row:
    """A compiled row: an element, its constant attributes, and where its values come from."""

    tag: str
    attributes: Mapping[str, str]
    aliases: frozenset[str]
    kept: bool
    bare: bool
    write: Kind
    values: Callable[[Any], Any] | None
    constant: str
    rows: tuple[Row, ...] = ()
    table: bool = False
    """Whether its children are rows, even if none of them is kept."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of one kind of item as rows within rows, and the version of the standard they are for.

    `kept` are the rows that stay after a release was withheld or canceled.
    """

    root: str
    standardversion: str
    rows: tuple[Row, ...]
    kept: tuple[Row, ...]


def read_tables(name: str) -> dict[str, Any]:
    """The tables of a file as they are written."""
    with (vocab_root() / "newsml" / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def compile_tables(name: str, cls: type[AnyItem], codes: Codes, version: str) -> Tables:
    """The tables of a file compiled, without rows that a version of the standard does not know yet.

    Raises VocabularyError for a code that no catalog or no table has, and for a property that the class does not have.
    """
    raw = read_tables(name)
    (root,) = (key for key in raw if key.endswith("Item"))
    compiler = _Compiler(Place(f"newsml/{name}.toml"), raw, cls, codes, _ordinal(version))
    rows = compiler.rows(root)
    return Tables(NAR + root, version, rows, _kept(rows))


def _kept(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(replace(row, rows=_kept(row.rows)) for row in rows if row.kept)


def _ordinal(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


@dataclass(frozen=True, slots=True)
class _Compiler:
    place: Place
    raw: Mapping[str, Any]
    cls: type[AnyItem]
    codes: Codes
    version: tuple[int, ...]

    def rows(self, name: str) -> tuple[Row, ...]:
        known: Sequence[Mapping[str, Any]] = self.raw[name]
        return tuple(self._row(row) for row in known if _ordinal(row.get("since", "2.0")) <= self.version)

    def _row(self, row: Mapping[str, Any]) -> Row:
        element = row["element"]
        attributes = row.get("set", {})
        coded = {code for name, code in attributes.items() if name in _CODED}
        for code in sorted(coded):
            self.codes.checked(code, self.place, element)
        return Row(
            NAR + element,
            attributes,
            frozenset(code.partition(":")[0] for code in coded),
            row.get("kept", False),
            row.get("bare", False),
            KINDS[row.get("as", "text")],
            self._reader(row["of"]) if "of" in row else None,
            CATALOG if element == "catalogRef" else row.get("text", ""),
            self.rows(element) if row.get("table") else (),
            row.get("table", False),
        )

    def _reader(self, path: str) -> Callable[[Any], Any]:
        """A function that reads a dotted path; a missing step gives None, but the first is always there."""
        steps = path.split(".")
        if steps[0] not in {"release", "file"} and not hasattr(self.cls, steps[0]):
            raise VocabularyError(self.place, path, "an item has no such property")
        if len(steps) <= _SAFE:
            return attrgetter(path)
        return _chain([attrgetter(step) for step in steps])


def _chain(getters: Sequence[Callable[[Any], Any]]) -> Callable[[Any], Any]:
    def read(item: Any) -> Any:
        for get in getters:
            item = get(item)
            if item is None:
                return None
        return item

    return read


def crosswalk() -> dict[str, str]:
    """Where each field of the record goes: paths below newsItem, several joined by a comma.

    What goes into the item of a picture or an attachment is in brackets.
    """
    found: dict[str, list[str]] = {}
    for file, form in (("item", "{}"), ("media", "({})")):
        for row, path in _paths(read_tables(file)):
            for field in row.get("fields", ()):
                if form.format(path) not in found.setdefault(field, []):
                    found[field].append(form.format(path))
    return {field: ", ".join(paths) for field, paths in found.items()}


def _paths(raw: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Each row with its path, those directly below the root last."""
    for name, rows in sorted(raw.items(), key=lambda item: item[0].endswith("Item")):
        above = "" if name.endswith("Item") else f"{name}/"
        yield from ((row, f"{above}{row['element']}{_told_apart(row.get('set', {}))}") for row in rows)


def _told_apart(attributes: Mapping[str, str]) -> str:
    """What tells an element from others of its name: its role, type or rank."""
    for name in ("why", "role", "type", "rank"):
        if name in attributes:
            return f"[@{name}='{attributes[name]}']"
    return ""
