"""How items are named: the guid, which never changes, and the file, which names guid and version."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

from lod.archive import ArchiveConfig

__all__ = ["PACKAGE", "Naming"]

PACKAGE = "_package"
"""The part of a release that ties it to what comes with it; names of files begin with a letter or a digit."""


class Naming(NamedTuple):
    """The names of one archive's items.

    The slashes of a release's path become dots. Slugs have no dots, so two paths never share a name, and a guid can
    be read back into its path.
    """

    prefix: str

    @classmethod
    def of(cls, config: ArchiveConfig) -> Naming:
        """The names of an archive: `urn:newsml:` (RFC 3085), its domain, and a day on which the domain was its own.

        The day is one and the same for all: a guid that had the date of issue in it would change with a corrected date.
        """
        domain = config.newsml.domain or urlsplit(config.base).hostname
        return cls(f"urn:newsml:{domain}:{config.newsml.guid_date}:")

    def guid(self, path: str, part: str = "") -> str:
        """The guid of a release by its path, or of a part of it, such as a picture; all versions share it.

        >>> Naming("urn:newsml:presse.example.org:20260101:").guid("stgb-nrw/2017/15")
        'urn:newsml:presse.example.org:20260101:stgb-nrw.2017.15'
        """
        return self.prefix + _local(path, part)

    def path(self, guid: str) -> str:
        """The path of a release by its guid or that of a part. Raises ValueError for the guid of another archive.

        >>> Naming("urn:newsml:presse.example.org:20260101:").path(
        ...     "urn:newsml:presse.example.org:20260101:stgb-nrw.2017.15"
        ... )
        'stgb-nrw/2017/15'
        """
        if not guid.startswith(self.prefix):
            raise ValueError(f'not a guid of this archive: "{guid}"')
        return guid[len(self.prefix) :].partition("_")[0].replace(".", "/")

    @staticmethod
    def part_in(file: str) -> str:
        """The name of the part that a file of an item stands for, by its path; empty for a release itself.

        >>> Naming.part_in("2026/stadt.2026.17_foto.jpg_v1.xml"), Naming.part_in("2026/stadt.2026.17_v1.xml")
        ('foto.jpg', '')
        """
        return file.rpartition("/")[2].partition("_")[2].rpartition("_v")[0]

    def file(self, path: str, version: int, part: str = "") -> str:
        """The name of the file of one version of a release, or of a part of it.

        >>> Naming("").file("stgb-nrw/2017/15", 2)
        'stgb-nrw.2017.15_v2.xml'
        """
        return f"{_local(path, part)}_v{version}.xml"


def _local(path: str, part: str) -> str:
    """A path without slashes; the name of a part follows an underscore, which no slug has."""
    local = path.replace("/", ".")
    return f"{local}_{part}" if part else local
