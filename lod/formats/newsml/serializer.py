"""The serializer: one newsItem for each description of a release."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lxml import etree

from lod.errors import ConfigError, Place
from lod.formats.base import Piece
from lod.formats.newsml.codes import Codes
from lod.formats.newsml.elements import LANG, NAR, Element, child, write
from lod.formats.newsml.item import House, Item, Party, party_of
from lod.formats.newsml.moments import Calendar
from lod.formats.newsml.naming import Naming
from lod.formats.newsml.tables import Row, Tables, compile_tables
from lod.formats.newsml.wording import Wordings
from lod.formats.newsml.xhtml import fill_body

if TYPE_CHECKING:
    from lod.archive import Archive
    from lod.description import Description
    from lod.formats.base import Setting

__all__ = ["Serializer"]

_ROOT = NAR + "newsItem"
_CATALOG = NAR + "catalog"
_CONTENT = NAR + "contentSet"
_NAMESPACES: dict[str | None, str] = {None: NAR[1:-1]}


class Serializer:
    """NewsML-G2: encode makes a newsItem; nothing frames it, since each is a file of its own.

    Raises VocabularyError for a code of the tables that does not resolve, ConfigError for a provider nobody knows.
    """

    def __init__(self, setting: Setting) -> None:
        archive = setting.archive
        config = archive.config
        codes = Codes(archive.vocabulary)
        self._tables: Tables = compile_tables(codes)
        self._house = House(
            archive,
            Naming.of(config),
            Calendar(config.recorded, ZoneInfo(config.time_zone)),
            Wordings(),
            codes,
            _provider(archive),
            self._tables.renditions,
            contacts=config.newsml.audience == "press",
        )

    def encode(self, description: Description) -> Piece:
        """The newsItem of a release. Raises RecordError where the record lacks what an item needs."""
        release = description.release
        if release is None:
            raise TypeError("only a release is an item")
        item = Item(self._house, description, release)
        root = etree.Element(
            _ROOT,
            {
                "standard": "NewsML-G2",
                "standardversion": self._tables.standardversion,
                "conformance": "power",
                "guid": item.guid,
                "version": str(release.version),
                LANG: release.language,
            },
            nsmap=_NAMESPACES,
        )
        _build(root, self._tables.rows, item)
        _declare(root, item)
        etree.indent(root)
        if item.usable and item.body:
            fill_body(item)
        return Piece(write(root), (), f"{release.year}/{item.file_name}")

    def begin(self, prefixes: Iterable[str]) -> bytes:  # noqa: ARG002 - items have no head
        """Nothing: an item is a file of its own."""
        return b""

    def between(self) -> bytes:
        """Nothing."""
        return b""

    def finish(self) -> bytes:
        """Nothing."""
        return b""


def _provider(archive: Archive) -> Party:
    config = archive.config
    name = config.newsml.provider or config.publisher
    authority = archive.authorities.get(name)
    if authority is None or authority.kind != "organisation":
        key = "newsml.provider" if config.newsml.provider else "publisher"
        raise ConfigError(Place("archive.toml"), key, archive.authorities.missing(name, "organisation"))
    return party_of(authority)


def _build(parent: Element, rows: Iterable[Row], item: Item) -> None:
    """Write the rows in their order; an element whose table says nothing is left out, but for contentSet."""
    usable = item.usable
    for row in rows:
        if not (usable or row.kept):
            continue
        if row.rows:
            made = child(parent, row.tag)
            _build(made, row.rows, item)
            if not len(made) and row.tag != _CONTENT:
                parent.remove(made)
            continue
        value = row.constant if row.values is None else row.values(item)
        if value is None or value == ():
            continue
        item.aliases |= row.aliases
        for one in value if type(value) is tuple else (value,):
            row.write(parent, row.tag, one, row.attributes, item)


def _declare(root: Element, item: Item) -> None:
    """Declare the archive's own aliases that the item uses; without any there is no catalog."""
    catalog = root.find(_CATALOG)
    if catalog is None:
        return
    schemes = item.house.codes.own(item.aliases)
    for scheme in schemes:
        child(catalog, NAR + "scheme", {"alias": scheme.alias, "uri": scheme.iri})
    if not schemes:
        root.remove(catalog)
