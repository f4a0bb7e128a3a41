"""Where the files of a feed lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lod.feed.message import transmit_id

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "FOLDER",
    "feed_of",
    "folder_of",
    "item_file",
    "lasting",
    "message_file",
    "message_name",
    "outbox",
    "page_file",
]

FOLDER = "newsml"
_MESSAGES = "messages"
_ARCHIVE = "archive"
_LONGEST = 200  # of 255 characters that file systems take, with room for numbers and a temporary suffix


def outbox(report: Path) -> Path:
    """Where messages wait between being written and being published, in the folder of the report."""
    return report / "outbox"


def feed_of(item: str) -> str:
    """The feed that an item belongs to, by its path below newsml/: '' for `2017/x_v1.xml`, `nitf` for `nitf/2017/…`."""
    return item.rpartition("/")[0].rpartition("/")[0]


def folder_of(feed: str) -> str:
    """The folder of a feed in the dump."""
    return f"{FOLDER}/{feed}" if feed else FOLDER


def item_file(item: str) -> str:
    """The file of an item in the dump, by its path below newsml/."""
    return f"{FOLDER}/{item}"


def message_name(sequence: int, path: str, version: int) -> str:
    """The name of the file of a message: its number, the release, and the version.

    >>> message_name(1742, "stgb-nrw/2017/15", 2)
    '000000001742_stgb-nrw.2017.15_v2.xml'
    """
    return f"{transmit_id(sequence)}_{path.replace('/', '.')[:_LONGEST]}_v{version}.xml"


def message_file(feed: str, name: str) -> str:
    """The file of a message in the dump."""
    return f"{folder_of(feed)}/{_MESSAGES}/{name}"


def page_file(feed: str, number: int, suffix: str) -> str:
    """The file of a full page of the index in the dump."""
    return f"{folder_of(feed)}/{_ARCHIVE}/{number:06d}{suffix}"


def lasting(name: str) -> bool:
    """Whether a file of the dump, by its path in it, outlasts the exports: a message, or a full page of the index."""
    parts = name.split("/")
    return parts[0] == FOLDER and len(parts) in {3, 4} and parts[-2] in {_MESSAGES, _ARCHIVE}
