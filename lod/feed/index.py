"""The index of a feed: one page that changes, and full pages that change only where a message is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lod.dump.shards import Dumped
from lod.dump.sink import write_whole
from lod.feed.atom import About, Place, atom
from lod.feed.entry import Entry, entries
from lod.feed.listing import listing
from lod.feed.names import folder_of, page_file

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from pathlib import Path

    from lod.ledger import Ledger
    from lod.news.naming import Naming

__all__ = ["Folders", "Index"]

_ATOM, _JSON = ".atom", ".json"
_TYPES = {_ATOM: "application/atom+xml", _JSON: "application/json"}


class Folders(NamedTuple):
    """The staged dump, the outbox, and the published dump."""

    stage: Path
    box: Path
    out: Path


class Index:
    """Writes the index of one feed, inside a transaction of the ledger. A page holds `size` numbers.

    The current page goes into the staged dump, full pages into the outbox `box`: what the ledger says of them is
    carried out with what it says of the messages, however the export ends.
    """

    def __init__(self, ledger: Ledger, naming: Naming, feed: str, about: About, size: int) -> None:
        self._ledger, self._naming, self._feed, self._size = ledger, naming, feed, size
        self._about = about._replace(id=f"{about.id}_{feed}") if feed else about

    def write(self, folders: Folders, changed: Collection[int], updated: str) -> Iterator[Dumped]:
        """Write the current page, and pages that are full since, or hold the number of a message that changed.

        `updated` is the time of the newest message, or where there is none that of the export.
        """
        stale = {-(-number // self._size) for number in changed}
        last = self._ledger.last
        full = last // self._size
        for number in range(1, full + 1):
            yield from self._page(number, folders, fresh=number in stale)
        first = max(full - 1, 0) * self._size + 1
        previous = f"archive/{full:06d}" if full else None
        found = [*entries(self._ledger, self._naming, self._feed, first, last)]
        for suffix, render in self._renderers(found, updated, last):
            place = Place(f"index{suffix}", "messages/", None, previous and previous + suffix)
            path = f"{folder_of(self._feed)}/index{suffix}"
            yield Dumped(
                path, _TYPES[suffix], *write_whole(folders.stage / path, render(place), durable=False), None, None
            )

    def _page(self, number: int, folders: Folders, *, fresh: bool) -> Iterator[Dumped]:
        known = [*self._ledger.rows(_KNOWN, self._feed, number)]
        if not fresh and len(known) == len(_TYPES) and all((folders.out / path).exists() for path, *_ in known):
            for path, media_type, size, digest in known:
                yield Dumped(path, media_type, size, digest, None, None, None, None)
            return
        last = number * self._size
        found = [*entries(self._ledger, self._naming, self._feed, last - self._size + 1, last)]
        updated = self._ledger.one("SELECT sent FROM message WHERE sequence = ?", last)[0]
        for suffix, render in self._renderers(found, updated, last):
            previous = f"{number - 1:06d}{suffix}" if number > 1 else None
            place = Place(f"{number:06d}{suffix}", "../messages/", f"../index{suffix}", previous)
            path = page_file(self._feed, number, suffix)
            measured = write_whole(folders.box / path, render(place), durable=False)
            row = (path, self._feed, number, _TYPES[suffix], measured.bytes, measured.sha256)
            self._ledger.run("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?)", *row)
            yield Dumped(path, _TYPES[suffix], *measured, None, None)

    def _renderers(
        self, found: Sequence[Entry], updated: str, cursor: int
    ) -> Iterator[tuple[str, Callable[[Place], bytes]]]:
        yield _ATOM, lambda place: atom(self._about, place, found, updated)
        yield _JSON, lambda place: listing(self._about, place, found, cursor)


_KNOWN = "SELECT path, media_type, bytes, sha256 FROM page WHERE feed = ? AND number = ? ORDER BY path"
