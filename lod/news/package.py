"""PackageItem: a press release and what comes with it, tied together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lod.news.item import Item
from lod.news.media import companions
from lod.news.naming import PACKAGE
from lod.news.parts import Member

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PackageItem"]


class PackageItem(Item):
    """The packageItem of a release that has pictures or attachments, or had some in an earlier version."""

    @property
    def guid(self) -> str:
        """The guid of the release, and that it is the package."""
        return self.house.naming.guid(self.release.path, PACKAGE)

    @property
    def file_name(self) -> str:
        """The name of the file of the package."""
        return self.house.naming.file(self.release.path, self.release.version, PACKAGE)

    @property
    def signal(self) -> str | None:
        """A new version of the release is an update of the package."""
        return "sig:update" if self.release.version > 1 else None

    @property
    def groups(self) -> list[Member]:
        """The release, then its pictures, then its attachments."""
        found = list(self._members())
        return [
            Member("main", self.house.naming.guid(self.release.path), self.release.version, "ninat:text", self.status),
            *sorted(found, key=lambda one: one.group != "pictures"),
        ]

    def _members(self) -> Iterator[Member]:
        for one in companions(self.house, self.description, self.release):
            group = "pictures" if one.file.role == "picture" else "attachments"
            yield Member(group, one.guid, self.release.version, one.item_class, self.status)
