"""What an export did to its feed, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lod.feed.follower import Sent
    from lod.feed.run import Published

__all__ = ["summary", "told"]


def told(published: Published) -> str:
    """A line for each feed; nothing where there is none."""
    return "".join(f"{line}\n" for line in _lines(published))


def summary(published: Published) -> dict[str, Any]:
    """The dump and its feeds as plain values."""
    embargoed = published.embargoed._asdict() if published.embargoed else None
    return {**published.dump.told(), "feed": published.feed._asdict(), "embargoed": embargoed}


def _lines(published: Published) -> Iterator[str]:
    out = published.dump.out
    if "newsml" in published.dump.formats:
        yield f"Feed: {_sent(published.feed)} in {out}/newsml/messages/"
    if published.embargoed:
        yield f"Under embargo: {_sent(published.embargoed)} in {out}.embargoed/newsml/messages/ (not public)"


def _sent(sent: Sent) -> str:
    parts = [f"{sent.sent:,} new message{'' if sent.sent == 1 else 's'}"]
    if sent.withdrawn:
        parts.append(f"{sent.withdrawn:,} withdrawn")
    if sent.restored:
        parts.append(f"{sent.restored:,} written again")
    return f"{', '.join(parts)}, {sent.last:,} sent so far,"
