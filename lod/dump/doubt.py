"""What is possible and yet most likely a slip: the record is exported, and somebody should look at it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lod.archive import ArchiveConfig
    from lod.release import Release

__all__ = ["doubts", "foreseeable"]

_AHEAD = timedelta(days=366)  # an embargo or a programme is known that long before, hardly longer
_ALWAYS = datetime.min.replace(tzinfo=UTC)
_EARLY = 2  # years that begin too early for a day a year before


def foreseeable(day: date) -> datetime:
    """The instant from which a day is not too far ahead."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) - _AHEAD if day.year > _EARLY else _ALWAYS


def doubts(release: Release, config: ArchiveConfig, at: datetime) -> Iterator[tuple[str, str]]:
    """Field and reason of each doubt; `at` is the instant of the export."""
    day = release.day
    if day is None:
        return
    if day.year < config.first_year:
        yield "issued", f"{day}: before the first year of the archive ({config.first_year}; `first_year`)"
    elif at < foreseeable(day):
        yield "issued", f"{day}: more than a year ahead"
