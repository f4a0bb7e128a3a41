"""The index as JSON: the same pages as in Atom, for readers that keep the number of the last message they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from lod.feed.atom import MESSAGE_TYPE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lod.feed.atom import About, Place
    from lod.feed.entry import Entry

__all__ = ["listing"]


def listing(about: About, place: Place, entries: Sequence[Entry], cursor: int) -> bytes:
    """A page of the index, the oldest message first. `cursor` is the number of the last message of the page.

    Every number is there. A message that is not there any more has no file, and the number of that which took it back.
    """
    page = {
        "feed": about.id,
        "title": about.title,
        "cursor": cursor,
        "previous": place.previous,
        "current": place.current,
        "entries": [_row(place, entry) for entry in entries],
    }
    return orjson.dumps(page, option=orjson.OPT_INDENT_2) + b"\n"


def _row(place: Place, entry: Entry) -> dict[str, object]:
    row: dict[str, object] = {
        "sequence": entry.sequence,
        "guid": entry.guid,
        "version": entry.version,
        "status": entry.status,
        "updated": entry.made,
        "sent": entry.sent,
    }
    if entry.copy is None:
        return {**row, "file": None, "taken_back_by": entry.taken_by}
    file = place.messages + entry.copy.name
    return {**row, "file": file, "media_type": MESSAGE_TYPE, "bytes": entry.copy.bytes, "sha256": entry.copy.sha256}
