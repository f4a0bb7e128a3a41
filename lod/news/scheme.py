"""The archive's own code tables as items: each scheme with its concepts, and the catalog of all schemes."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from lod.news.item import AnyItem
from lod.news.moments import Moments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lod.news.house import House
    from lod.vocabulary import Concept, Scheme, Vocabulary

__all__ = ["Catalog", "CatalogItem", "SchemeItem", "own_schemes"]


class Catalog(NamedTuple):
    """The archive's own catalog. Receivers may keep one for ever, so a changed catalog has another address."""

    url: str
    guid: str
    version: int
    authority: str
    titles: tuple[tuple[str, str], ...]
    schemes: tuple[Scheme, ...]


def own_schemes(vocabulary: Vocabulary) -> tuple[Scheme, ...]:
    """The schemes that the archive publishes: those below its base, in alphabetical order of their aliases."""
    return tuple(scheme for scheme in map(vocabulary.scheme, vocabulary.aliases) if scheme.own)


class _Published(AnyItem):
    """An item that is not of a release: it came about when the last code was introduced or retired."""

    def __init__(self, house: House, name: str, version: int, days: Sequence[date]) -> None:
        super().__init__(house, house.config.language, version)
        self._name = name
        self._days = days or [house.calendar.start]

    @property
    def guid(self) -> str:
        """The guid; no release is called so, since slugs have no underscore."""
        return f"{self.house.naming.prefix}_cv.{self._name}"

    @property
    def moments(self) -> Moments:
        """When the first and when the last change was made."""
        zone = self.house.calendar.zone
        first, last = (datetime.combine(day, time(), zone) for day in (self._days[0], self._days[-1]))
        return Moments(first, last, None, None)


class SchemeItem(_Published):
    """A scheme and all its concepts. The version counts the days on which codes were introduced or retired."""

    def __init__(self, house: House, scheme: Scheme, concepts: tuple[Concept, ...]) -> None:
        days = sorted({day for one in concepts for day in (one.introduced, one.retired) if day})
        super().__init__(house, scheme.alias, max(1, len(days)), days)
        self._scheme = scheme
        self._concepts = concepts

    @property
    def scheme(self) -> Scheme:
        """The scheme."""
        return self._scheme

    @property
    def concepts(self) -> list[Concept]:
        """All concepts, as one value: they share an element."""
        return list(self._concepts)

    @property
    def titles(self) -> dict[str, str]:
        """What the scheme is called, by language."""
        return dict(self._scheme.titles)


class CatalogItem(_Published):
    """The catalog of the archive's own schemes. The version counts the schemes, of which none is ever taken away."""

    def __init__(self, house: House, schemes: Sequence[Scheme]) -> None:
        super().__init__(house, "catalog", len(schemes), ())
        self._schemes = tuple(schemes)

    @property
    def file_name(self) -> str:
        """The name of the file of the catalog, which names its version."""
        return f"catalog_{self.version}.xml"

    @property
    def catalog(self) -> Catalog:
        """The catalog."""
        base = self.house.config.base
        titles = (("de", "Schemata dieses Archivs"), ("en", "Schemes of this archive"))
        return Catalog(f"{base}newsml/cv/{self.file_name}", self.guid, self.version, base, titles, self._schemes)
