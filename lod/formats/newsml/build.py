"""From tables and an item to bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from lod.news.elements import LANG, NAR, Element, child, write

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lod.formats.newsml.tables import Row, Tables
    from lod.news.item import AnyItem

__all__ = ["build"]

_NAMESPACES: dict[str | None, str] = {None: NAR[1:-1]}


def build(tables: Tables, item: AnyItem) -> bytes:
    """An item as a file of its own, in the order of its tables."""
    root = etree.Element(
        tables.root,
        {
            "standard": "NewsML-G2",
            "standardversion": tables.standardversion,
            "conformance": "power",
            "guid": item.guid,
            "version": str(item.version),
            LANG: item.language,
        },
        nsmap=_NAMESPACES,
    )
    _fill(root, tables.rows if item.usable else tables.kept, item)
    _declare(root, item)
    etree.indent(root)
    for write_text in item.later:
        write_text()
    return write(root)


def _fill(parent: Element, rows: Iterable[Row], item: AnyItem) -> None:
    """Write the rows in their order; an element whose table says nothing is left out, unless it may be bare."""
    for row in rows:
        if row.table:
            made = child(parent, row.tag)
            _fill(made, row.rows, item)
            if not len(made) and not row.bare:
                parent.remove(made)
            continue
        value = row.constant if row.values is None else row.values(item)
        if value is None or value == ():
            continue
        if row.aliases:
            item.aliases |= row.aliases
        for one in value if type(value) is tuple else (value,):
            row.write(parent, row.tag, one, row.attributes, item)


def _declare(root: Element, item: AnyItem) -> None:
    """Declare the archive's own aliases that the item uses; without any there is no catalog."""
    catalog = root.find(NAR + "catalog")
    if catalog is None:
        return
    schemes = item.house.codes.own(item.aliases)
    for scheme in schemes:
        child(catalog, NAR + "scheme", {"alias": scheme.alias, "uri": scheme.iri})
    if not schemes:
        root.remove(catalog)
