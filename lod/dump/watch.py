"""What a worker notes of the records that pass: how long what it finds holds, and which of them are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lod.dump.doubt import foreseeable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from lod.harvest import Harvested
    from lod.release import Release

__all__ = ["Span", "Watch"]


class Span(NamedTuple):
    """From the last turn that is past, such as the end of an embargo, to the first to come: time changes nothing."""

    since: datetime | None = None
    until: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether an instant lies in it; `since` does, `until` does not."""
        return (self.since is None or self.since <= now) and (self.until is None or now < self.until)

    def narrowed(self, end: datetime, now: datetime) -> Span:
        """The span around `now` on which side of it something else turns."""
        if end <= now:
            return self._replace(since=max(self.since or end, end))
        return self._replace(until=min(self.until or end, end))


def _turns(release: Release) -> Iterator[datetime]:
    """The instants at which time changes what becomes of a release, or what is said of it."""
    if release.embargo and release.embargo.until:
        yield release.embargo.until
    if release.day:
        yield foreseeable(release.day)


class Watch:
    """Sees every record of a partition. With `only`, records that surely go to other shards are not wanted."""

    def __init__(self, now: datetime, only: Collection[str] | None) -> None:
        self._now, self._only = now, only
        self.span = Span()

    def wanted(self, harvested: Harvested) -> bool:
        """Whether the record is to be judged; notes when time changes what becomes of it."""
        release = harvested.release
        for end in _turns(release) if release is not None else ():
            self.span = self.span.narrowed(end, self._now)
        if self._only is None:
            return True
        # A tombstone may stand in another shard than its release.
        return release is not None and (release.year in self._only or release.status != "usable")

    def takes(self, shard: str) -> bool:
        """Whether entries of a shard are asked for."""
        return self._only is None or shard in self._only
