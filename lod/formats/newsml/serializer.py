"""The serializer: the items of each description of a release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lod.formats.base import File, Piece
from lod.formats.newsml.build import build
from lod.formats.newsml.tables import Tables, compile_tables
from lod.news.house import House
from lod.news.media import MediaItem, StoppedItem, companions, stopped
from lod.news.naming import PACKAGE
from lod.news.package import PackageItem
from lod.news.text import TextItem

if TYPE_CHECKING:
    from lod.description import Description
    from lod.formats.base import Setting
    from lod.news.item import Item
    from lod.release import Release

__all__ = ["Serializer"]

_KINDS = (("item", TextItem), ("media", MediaItem), ("media", StoppedItem), ("package", PackageItem))
_TYPES = {"newsItem": "application/vnd.iptc.g2.newsitem+xml", "packageItem": "application/vnd.iptc.g2.packageitem+xml"}


class Serializer:
    """NewsML-G2: encode makes the items of a release; nothing frames them, since each is a file of its own.

    `audience` says who reads the items, where that is not whom archive.toml names. Raises VocabularyError for a code
    of the tables that does not resolve, ConfigError for a provider nobody knows.
    """

    def __init__(self, setting: Setting, audience: str | None = None) -> None:
        config = setting.archive.config.newsml
        self._house = House.of(setting.archive, contacts=(audience or config.audience) == "press")
        self._tables: dict[type[Item], Tables] = {
            cls: compile_tables(name, cls, self._house.codes, config.standardversion) for name, cls in _KINDS
        }
        self._markups = ("xhtml", "nitf") if config.body == "both" else (config.body,)

    def encode(self, description: Description) -> Piece:
        """The items of a release, its own first. Raises RecordError where the record lacks what an item needs."""
        release = description.release
        if release is None:
            raise TypeError("only a release is an item")
        first, *others = self._files(description, release)
        return Piece(first.data, (), first.path, tuple(others))

    def _files(self, description: Description, release: Release) -> Iterator[File]:
        for folder, markup in self._folders(release).items():
            for item in self._items(description, release, markup):
                data = build(self._tables[type(item)], item)
                yield File(f"{folder}/{item.file_name}", self._media_type(item), data)

    def _folders(self, release: Release) -> dict[str, str]:
        """The folders of the items and the mark-up in each: the second mark-up has a feed of its own."""
        return {f"{markup}/{release.year}" if n else release.year: markup for n, markup in enumerate(self._markups)}

    def _media_type(self, item: Item) -> str:
        return _TYPES[self._tables[type(item)].root.rpartition("}")[2]]

    def _items(self, description: Description, release: Release, markup: str) -> Iterator[Item]:
        """The text, then what comes with it and what came with it once, then what ties them together."""
        yield TextItem(self._house, description, release, markup)
        media = companions(self._house, description, release) if release.status == "usable" else []
        yield from media
        for name, status in description.former.items():
            if status != "usable" and name != PACKAGE:
                yield stopped(self._house, description, release, name, status)
        if media or PACKAGE in description.former:
            yield PackageItem(self._house, description, release)

    def begin(self, prefixes: Iterable[str]) -> bytes:  # noqa: ARG002 - items have no head
        """Nothing: an item is a file of its own."""
        return b""

    def between(self) -> bytes:
        """Nothing."""
        return b""

    def finish(self) -> bytes:
        """Nothing."""
        return b""
