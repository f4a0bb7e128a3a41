"""What a worker notes of the records that pass: how long what it finds holds, and which of them are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from lod.harvest import Harvested

__all__ = ["Span", "Watch"]


class Span(NamedTuple):
    """From the last embargo that is over to the first one still to come: in between, time changes nothing."""

    since: datetime | None = None
    until: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether an instant lies in it; `since` does, `until` does not."""
        return (self.since is None or self.since <= now) and (self.until is None or now < self.until)

    def narrowed(self, end: datetime, now: datetime) -> Span:
        """The span around `now` on which side of it another embargo ends."""
        if end <= now:
            return self._replace(since=max(self.since or end, end))
        return self._replace(until=min(self.until or end, end))


class Watch:
    """Sees every record of a partition. With `only`, records that surely go to other shards are not wanted."""

    def __init__(self, now: datetime, only: Collection[str] | None) -> None:
        self._now, self._only = now, only
        self.span = Span()

    def wanted(self, harvested: Harvested) -> bool:
        """Whether the record is to be judged; notes the end of its embargo."""
        release = harvested.release
        if release is not None and release.embargo and release.embargo.until:
            self.span = self.span.narrowed(release.embargo.until, self._now)
        if self._only is None:
            return True
        # A tombstone may stand in another shard than its release.
        return release is not None and (release.year in self._only or release.status != "usable")

    def takes(self, shard: str) -> bool:
        """Whether entries of a shard are asked for."""
        return self._only is None or shard in self._only
