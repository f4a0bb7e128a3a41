"""The dates of an item. They come from the record, never from a clock, and stand in the order receivers check."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from lod.errors import Place, RecordError

if TYPE_CHECKING:
    from lod.release import Release

__all__ = ["Calendar", "Moments"]


class Moments(NamedTuple):
    """first <= version, and created <= modified <= version (IPTC guide); a mere day stays a day."""

    first: datetime
    version: datetime
    created: date | None
    modified: date | None


class Calendar(NamedTuple):
    """What an archive says of dates that records do not: when they were recorded, and the zone a day begins in."""

    recorded: datetime | None
    zone: ZoneInfo
    start: date = date(2026, 1, 1)
    """A day for what has none of its own: that of the guids."""

    def moments(self, release: Release) -> Moments:
        """The dates of the current version. Raises RecordError where nothing tells when it was made."""
        first = self._first(release)
        changes = release.changes
        version = changes[-1].at if changes else first
        if release.modified is not None and release.status == "usable":
            # A version cannot be older than the text in it.
            version = max(version, self._begin(release.modified))
        created = None if release.issued is None else _no_later(release.issued, version)
        return Moments(min(first, version), version, created, _modified(release, created, version))

    def _first(self, release: Release) -> datetime:
        retrieved = release.source.retrieved if release.source else None
        known = (release.recorded, retrieved, release.issued, self._recorded(release.day))
        instant = next((one for one in known if isinstance(one, datetime)), None)
        if instant is not None:
            return instant
        if release.issued is None:
            raise RecordError(
                Place(release.path),
                "recorded",
                "missing: NewsML-G2 needs an instant, and there is no date of issue; archive.toml can set `recorded`",
            )
        return self._begin(release.issued)

    def _recorded(self, day: date | None) -> datetime | None:
        """When the archive was recorded; what was issued later came into it later."""
        return self.recorded if self.recorded and (day is None or day <= self.recorded.date()) else None

    def _begin(self, value: date) -> datetime:
        return value if isinstance(value, datetime) else datetime.combine(value, time(), self.zone)


def _modified(release: Release, created: date | None, version: datetime) -> date | None:
    """When the text was last changed: what the issuer says, else the last change that is one of the text."""
    changed = [change.at for change in release.changes if change.kind in {"update", "correction"}]
    found = release.modified or (changed[-1] if changed else None)
    if found is None:
        return None
    found = _no_later(found, version)
    return None if created is not None and _before(found, created) else found


def _no_later(value: date, limit: datetime) -> date:
    """The value, or the limit as precise as the value where that is earlier."""
    if isinstance(value, datetime):
        return min(value, limit)
    return min(value, limit.date())


def _before(value: date, other: date) -> bool:
    """Whether a reader might take the value for earlier; a mere day counts from its beginning."""
    if isinstance(value, datetime) and isinstance(other, datetime):
        return value < other
    if isinstance(value, datetime):
        return value.date() < other
    if isinstance(other, datetime):
        return value <= other.date()
    return value < other
