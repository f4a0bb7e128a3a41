"""The way from a record to its newsItem, and the archive it takes: one authority of each kind and no dates."""

from __future__ import annotations

from typing import Any

from lxml import etree

from lod.archive import Archive
from lod.formats.base import Piece, Setting
from lod.formats.newsml import Serializer
from lod.mapping import Mapping
from lod.release import Release

NS = {"g2": "http://iptc.org/std/nar/2006-10-01/", "h": "http://www.w3.org/1999/xhtml"}

CONFIG = """
base = "https://presse.example.org/"
title = "Pressearchiv Beispielhausen"
description = "Pressemitteilungen."
publisher = "archiv"
language = "de"
time_zone = "Europe/Berlin"
"""

AUTHORITIES = """
- {id: archiv, kind: organisation, name: Pressearchiv Beispielhausen}
- {id: stadt, kind: organisation, name: Stadt Beispielhausen, short_name: Stadt BH, url: "https://stadt.example/"}
- {id: bund, kind: organisation, name: Städtebund Musterland, short_name: StBM}
- {id: beispielhausen, kind: place, type: City, name: Beispielhausen, links: {wikidata: Q64, geonames: 2950159}}
- id: anna-beispiel
  kind: person
  name: Anna Beispiel
  affiliations: [{organisation: stadt}]
"""


class House:
    """An archive with its mapping and its serializer."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.mapping = Mapping.load(archive)
        self.setting = Setting({}, {}, archive)
        self.serializer = Serializer(self.setting)

    def release(self, **fields: Any) -> Release:
        """A record with what every record needs, and the fields given."""
        given = {"number": "17/2026", "title": "Städte fordern schnellere Bescheide", "issuers": ["stadt"], **fields}
        if "issued" not in given and "recorded" not in given:
            given["issued"] = "2026-09-14"
        return Release.model_validate(given, context=self.archive.defaults)

    def piece(self, release: Release) -> Piece:
        """The release as a file."""
        return self.serializer.encode(self.mapping.describe(release))

    def item(self, **fields: Any) -> etree._Element:
        """The newsItem of a record."""
        return etree.fromstring(self.piece(self.release(**fields)).data)


def texts(item: etree._Element, path: str) -> list[str]:
    """What is found by a path, as strings; g2 and h are the prefixes."""
    found = item.xpath(path, namespaces=NS)
    return [one if isinstance(one, str) else "".join(one.itertext()) for one in found]
