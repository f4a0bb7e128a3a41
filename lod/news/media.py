"""MediaItem: the newsItem of a picture, a study or another work of its own that comes with a press release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lod.news.item import Item
from lod.news.notes import Note
from lod.news.parts import Link, Rendition
from lod.news.wording import Wording
from lod.release import Attachment

if TYPE_CHECKING:
    from lod.description import Description
    from lod.news.house import House
    from lod.release import Release

__all__ = ["MediaItem", "StoppedItem", "companions", "stopped"]

_CLASSES = {"image": "ninat:picture", "audio": "ninat:audio", "video": "ninat:video"}
"""What a file is, by the first part of its media type; all else is text."""

_SUFFIXES = {
    "image": {"avif", "bmp", "eps", "gif", "heic", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp"},
    "audio": {"aac", "aif", "aiff", "flac", "m4a", "mp3", "oga", "ogg", "opus", "wav", "wma"},
    "video": {"avi", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "ogv", "webm", "wmv"},
}
"""The first part of the media type by what the name of a file ends in, where nothing else is known of it any more."""


class MediaItem(Item):
    """The newsItem of a file that is a work of its own; another form of the text stands in the item of the release."""

    def __init__(self, house: House, description: Description, release: Release, file: Attachment) -> None:
        super().__init__(house, description, release)
        self.file = file

    @property
    def guid(self) -> str:
        """The guid of the release, and the name of the file."""
        return self.house.naming.guid(self.release.path, self.file.name)

    @property
    def file_name(self) -> str:
        """The name of the file of the item, not of the picture."""
        return self.house.naming.file(self.release.path, self.release.version, self.file.name)

    @property
    def item_class(self) -> str:
        """What it is, as a code."""
        return _CLASSES.get(self.file.media_type.partition("/")[0], "ninat:text")

    @property
    def title(self) -> Wording:
        """The title of the file, else that of the release."""
        return Wording(self.file.title, self.release.language) if self.file.title and self.usable else super().title

    @property
    def signal(self) -> str | None:
        """A new version of the release is an update of what comes with it, whatever it corrects in the text."""
        return "sig:update" if self.release.version > 1 else None

    @property
    def links(self) -> tuple[Link, ...]:
        """The version before, and the release."""
        release = self.release
        before = Link("irel:previousVersion", residref=self.guid, version=release.version - 1)
        whole = Link(
            "irel:seeAlso",
            residref=self.house.naming.guid(release.path),
            version=release.version,
            item_class="ninat:text",
        )
        return (before, whole) if release.version > 1 else (whole,)

    @property
    def file_iri(self) -> str:
        """The IRI of the file, its subject in the RDF."""
        return f"{self.iri}/file/{self.file.name}"

    @property
    def rights_statement(self) -> str | None:
        """The archive's rights statement, where nothing is said of this file."""
        return None if self.file.rights else self.house.config.rights

    @property
    def renditions(self) -> tuple[Rendition, ...]:
        """The file."""
        file = self.file
        code = "rnd:highRes" if self.item_class == "ninat:picture" else f"rendition:{file.name}"
        href = file.url or self.file_iri
        return (Rendition(code, href, file.media_type, file.bytes, file.sha256, file.width, file.height),)


class StoppedItem(MediaItem):
    """The item of a file that may not be used any more: with its release, or since its release goes on without it."""

    fate = "canceled"
    """The status: withheld or canceled."""

    @property
    def usable(self) -> bool:
        """Never."""
        return False

    @property
    def status(self) -> str:
        """The publication status, which may be another one than that of the release."""
        return f"stat:{self.fate}"

    @property
    def title(self) -> Wording:
        """What kind of thing it was."""
        return super().title if self._with_release else self.house.wordings.of("file", self.release.language)

    @property
    def warnings(self) -> tuple[Note, ...]:
        """Why it was stopped; a change of the release is not the reason that a file was left out."""
        if self._with_release:
            return super().warnings
        said = self.house.wordings.language(self.release.language)
        return (Note("noterole:cancel", self.house.wordings.headed("cancel", self.release.language, None), said),)

    @property
    def _with_release(self) -> bool:
        return self.fate == self.release.status


def stopped(house: House, description: Description, release: Release, name: str, fate: str) -> StoppedItem:
    """The item of a file that the record names no more; `fate` is withheld or canceled."""
    suffix = name.rpartition(".")[2].lower()
    kind = next((kind for kind, suffixes in _SUFFIXES.items() if suffix in suffixes), "text")
    item = StoppedItem(house, description, release, Attachment.model_construct(name=name, media_type=f"{kind}/*"))
    item.fate = fate
    return item


def companions(house: House, description: Description, release: Release) -> list[MediaItem]:
    """The items of the files that are works of their own, in the order of the record."""
    return [MediaItem(house, description, release, file) for file in release.attachments if file.role != "rendition"]
