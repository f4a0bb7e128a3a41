"""The files that publish an archive's own schemes: a knowledgeItem for each, the catalog, and its catalogItem."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from lod.formats.base import File
from lod.formats.newsml.build import build
from lod.formats.newsml.kinds import write_catalog
from lod.formats.newsml.tables import compile_tables
from lod.news.elements import write
from lod.news.house import House
from lod.news.scheme import CatalogItem, SchemeItem, own_schemes

if TYPE_CHECKING:
    from lod.archive import Archive

__all__ = ["scheme_files"]

_KNOWLEDGE = "application/vnd.iptc.g2.knowledgeitem+xml"
_CATALOG = "application/vnd.iptc.g2.catalogitem+xml"


def scheme_files(archive: Archive) -> Iterator[File]:
    """The files below `cv/`: the same tables, and the same IRIs, as the concepts in the RDF."""
    house = House.of(archive, contacts=False)
    version = archive.config.newsml.standardversion
    schemes = own_schemes(archive.vocabulary)
    tables = compile_tables("scheme", SchemeItem, house.codes, version)
    for scheme in schemes:
        item = SchemeItem(house, scheme, archive.vocabulary.concepts(scheme.alias))
        yield File(f"cv/{scheme.alias}.xml", _KNOWLEDGE, build(tables, item))
    whole = CatalogItem(house, schemes)
    root = write_catalog(None, whole.catalog)
    etree.indent(root)
    yield File(f"cv/{whole.file_name}", "application/xml", write(root))
    yield File(
        "cv/catalog-item.xml", _CATALOG, build(compile_tables("catalog", CatalogItem, house.codes, version), whole)
    )
