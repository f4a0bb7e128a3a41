"""An export with its feed: the dump for everybody, and where the archive has one, the feed of what is under embargo."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import orjson

from lod.dump import export as dump
from lod.dump import now
from lod.dump.stage import embargoed_folder, report_folder
from lod.feed.follower import FeedFollower, Sent
from lod.formats import FORMATS
from lod.ledger import ledger_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from lod.archive import Archive
    from lod.dump import Summary
    from lod.dump.engine import Engine
    from lod.progress import Tell

__all__ = ["Published", "export", "formats_in", "publish"]


class Published(NamedTuple):
    """What an export did: the dump, its feed, and the feed of what is under embargo, where there is one."""

    dump: Summary
    feed: Sent
    embargoed: Sent | None


def export(
    archive: Archive,
    out: Path,
    formats: Sequence[str],
    *,
    jobs: int | Engine = 1,
    at: datetime | None = None,
    tell: Tell = lambda _progress: None,
) -> Summary:
    """Write the dump of an archive and bring its feed up to date. Raises ConfigError or OutputError."""
    return publish(archive, out, formats, jobs=jobs, at=at, tell=tell).dump


def publish(
    archive: Archive,
    out: Path,
    formats: Sequence[str],
    *,
    jobs: int | Engine = 1,
    at: datetime | None = None,
    tell: Tell = lambda _progress: None,
) -> Published:
    """Write the dump of an archive and bring its feed up to date. Raises ConfigError or OutputError.

    A feed that was begun goes on: its messages stay, and so what becomes of their releases must be told in it.
    """
    instant = at or now()
    wanted = {*formats, "newsml"} if has_feed(out) else {*formats}
    chosen = [name for name in FORMATS if name in wanted]
    closed = embargoed_folder(out)
    ledger, other = (ledger_file(report_folder(folder)) for folder in (out, closed))
    with FeedFollower(archive, out, "public", (other,)) as follower:
        summary = dump(archive, out, chosen, jobs=jobs, at=instant, tell=tell, follower=follower)
    if not archive.config.newsml.embargo_feed or "newsml" not in wanted:
        return Published(summary, follower.sent, None)
    with FeedFollower(archive, closed, "embargoed", (ledger,)) as second:
        dump(archive, closed, ["newsml"], jobs=jobs, at=instant, follower=second)
    return Published(summary, follower.sent, second.sent)


def formats_in(out: Path) -> list[str]:
    """The formats that a folder holds, as its manifest says; none where there is no dump yet."""
    try:
        told = orjson.loads((out / "manifest.json").read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return []
    return [name for name in told.get("formats", ()) if name in FORMATS]


def has_feed(out: Path) -> bool:
    """Whether newsrooms read messages in a folder."""
    return any((out / "newsml" / "messages").glob("*.xml"))
