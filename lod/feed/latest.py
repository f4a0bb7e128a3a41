"""The latest releases: as one NewsML-G2 message, as RSS 2.0 for people, and as a sitemap for news search."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import orjson
from lxml import etree

from lod.dump.shards import Dumped
from lod.dump.sink import Sink, write_whole
from lod.feed.atom import MESSAGE_TYPE
from lod.feed.message import bare, message, transmit_id
from lod.feed.names import feed_of, folder_of, item_file
from lod.feed.story import story_of
from lod.news.elements import child, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lod.archive import ArchiveConfig
    from lod.dump.follower import Staged
    from lod.feed.message import Envelope
    from lod.feed.story import Story
    from lod.ledger import Ledger

__all__ = ["Latest"]

_RSS = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_NEWS_DAYS = 2  # what news search takes
_NEWS_MOST = 1000


class _Release(NamedTuple):
    """A release among the latest: the number of its message, status and instant, and its items below newsml/."""

    sequence: int
    status: str
    made: str
    sent: str
    items: list[str]


class Latest:
    """Writes what tells of the latest releases. Its instant is what the last two days are counted back from."""

    def __init__(self, ledger: Ledger, config: ArchiveConfig, envelope: Envelope, staged: Staged) -> None:
        self._ledger, self._config, self._envelope = ledger, config, envelope
        self._staged, self._now = staged, staged.at
        self._zone = ZoneInfo(config.time_zone)

    def message(self, feed: str) -> Iterator[Dumped]:
        """newsml/feed.xml: the latest releases in their current versions; nothing where there is none."""
        found = [one for one in self._releases() if self._of(one, feed)]
        if not found:
            return  # an itemSet is never empty
        newest = found[0]
        weight = min((one.status for one in found), key=self._envelope.terms.priority.__getitem__)
        header = self._envelope.header(
            newest.sent,
            f"{transmit_id(newest.sequence)}-latest",
            weight,
            [one.made for one in found],
            atomic=False,
        )
        items = (bare(self._staged.read(item_file(path))) for one in found for path in self._of(one, feed))
        path = f"{folder_of(feed)}/feed.xml"
        with Sink(self._staged.folder / path, durable=False) as sink:
            for part in message(header, items):
                sink.write(part)
        yield Dumped(path, MESSAGE_TYPE, *sink.measured, 0, None)

    def rss(self) -> Dumped:
        """rss.xml: the latest releases that may be used, for people."""
        config = self._config
        root = etree.Element("rss", {"version": "2.0"}, nsmap=dict(_RSS))
        channel = child(root, "channel")
        child(channel, "title", text=config.title)
        child(channel, "link", text=config.base)
        child(channel, "description", text=config.description)
        child(channel, "language", text=config.language)
        child(channel, f"{{{_RSS['atom']}}}link", _self(config.base + "rss.xml", "application/rss+xml"))
        for one in self._releases():
            if one.status == "usable":
                self._rss_item(channel, self._story(one.items))
        etree.indent(root)
        return self._written("rss.xml", "application/rss+xml", write(root))

    def sitemap(self) -> Dumped:
        """news-sitemap.xml: what was issued in the last two days. It stands at the top, and covers what is below it."""
        names: dict[str | None, str] = {None: _SITEMAP, "news": _NEWS}
        root = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap=names)
        since = (self._now - timedelta(days=_NEWS_DAYS)).astimezone(UTC).isoformat()
        asked = (
            "SELECT items FROM release WHERE status = 'usable' AND seen = ? AND issued BETWEEN ? AND ? "
            "ORDER BY issued DESC, path LIMIT ?"
        )
        run = int(self._ledger.meta("run") or 0)
        for (items,) in self._ledger.rows(asked, run, since, self._now.astimezone(UTC).isoformat(), _NEWS_MOST):
            paths = [path for path, _, _ in orjson.loads(items)]
            if paths and self._staged.has(item_file(paths[0])):
                self._sitemap_entry(root, self._story(paths))
        etree.indent(root)
        return self._written("news-sitemap.xml", "application/xml", write(root))

    def _releases(self) -> Iterator[_Release]:
        """The releases of the latest messages, each with its current version, the newest first."""
        asked = (
            "SELECT sequence, r.status, r.made, sent, items FROM message m JOIN release r USING (path, version) "
            "WHERE state < 2 ORDER BY sequence DESC"
        )
        left = self._config.newsml.latest
        for sequence, status, made, sent, items in self._ledger.rows(asked):
            paths = [path for path, _, _ in orjson.loads(items)]
            if all(self._staged.has(item_file(path)) for path in paths):  # else its record was refused since
                yield _Release(sequence, status, made, sent, paths)
                left -= 1
            if left == 0:
                return

    def _of(self, release: _Release, feed: str) -> list[str]:
        return [path for path in release.items if feed_of(path) == feed]

    def _story(self, items: list[str]) -> Story:
        """The story of a release by its items, of which the text comes first."""
        return story_of(self._staged.read(item_file(items[0])))

    def _rss_item(self, channel: etree._Element, story: Story) -> None:
        item = child(channel, "item")
        child(item, "title", text=story.title)
        child(item, "link", text=story.iri)
        child(item, "guid", {"isPermaLink": "false"}, story.guid)
        child(item, "pubDate", text=format_datetime(self._instant(story.issued)))
        for creator in story.creators:
            child(item, f"{{{_RSS['dc']}}}creator", text=creator)
        child(item, f"{{{_RSS['dc']}}}language", text=story.language)
        for keyword in story.keywords:
            child(item, "category", text=keyword)
        if story.summary:
            child(item, "description", text=story.summary)
        if story.html:
            child(item, f"{{{_RSS['content']}}}encoded", text=story.html)

    def _sitemap_entry(self, root: etree._Element, story: Story) -> None:
        entry = child(root, f"{{{_SITEMAP}}}url")
        child(entry, f"{{{_SITEMAP}}}loc", text=story.iri)
        news = child(entry, f"{{{_NEWS}}}news")
        publication = child(news, f"{{{_NEWS}}}publication")
        child(publication, f"{{{_NEWS}}}name", text=self._config.title)
        child(publication, f"{{{_NEWS}}}language", text=story.language.partition("-")[0])
        child(news, f"{{{_NEWS}}}publication_date", text=story.issued)
        child(news, f"{{{_NEWS}}}title", text=story.title)

    def _instant(self, text: str) -> datetime:
        if "T" in text:
            return datetime.fromisoformat(text)
        return datetime.combine(date.fromisoformat(text), time(), self._zone)

    def _written(self, path: str, media_type: str, data: bytes) -> Dumped:
        return Dumped(path, media_type, *write_whole(self._staged.folder / path, data, durable=False), None, None)


def _self(address: str, media_type: str) -> dict[str, str]:
    return {"href": address, "rel": "self", "type": media_type}
