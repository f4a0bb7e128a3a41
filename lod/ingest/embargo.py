"""Embargoes: the line that says one, and the instant at which it ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from lod.ingest.dates import find_days, find_time
from lod.ingest.patterns import words
from lod.ingest.tongue import Tongue

__all__ = ["Embargo", "find_embargo", "zone_of"]

_TOP = 700
_LATEST_CUE = 60
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Embargo:
    """An embargo as printed, and its end where it is known."""

    note: str
    until: datetime | None
    start: int
    end: int
    confidence: float


def zone_of(text: str, tongue: Tongue, *, american: bool) -> ZoneInfo:
    """The time zone in which an issuer counts, as far as the text tells; else that of its language."""
    if tongue.name != "en":
        return ZoneInfo(tongue.tables.zone)
    zones = tongue.common.zones
    named = words(map(re.escape, zones), case=True).search(text[:_TOP])
    if named:
        return ZoneInfo(zones[named.group()])
    if tongue.own.zone is None and american:
        return ZoneInfo("America/New_York")
    for seat in tongue.common.english.seats if tongue.own.zone is None else ():
        if words(map(re.escape, seat.places), case=True).search(text[: _TOP * 2]):
            return ZoneInfo(seat.zone)
    return ZoneInfo(tongue.tables.zone)


def find_embargo(text: str, tongue: Tongue, order: str, issued: date | None, zone: ZoneInfo) -> Embargo | None:
    """The embargo that a line or a short paragraph says."""
    if len(text) > _LONGEST or (tongue.immediate.search(text) and not find_days(text, tongue, order)):
        return None
    cue = tongue.embargo.search(text[: _LATEST_CUE * 2])
    if cue is None or cue.start() > _LATEST_CUE or text[: cue.start()].count(" ") > 6:
        return None
    rest = text[cue.start() :]
    days = find_days(rest, tongue, order)
    day = days[0] if days else None
    masked = rest if day is None else rest[: day.start] + " " * (day.end - day.start) + rest[day.end :]
    clock = day.time if day is not None and day.time is not None else find_time(masked, tongue)
    on = day.value if day is not None else issued
    note = text[cue.start() :].strip(" *+-–—=_|")
    until = None
    if on is not None and (day is not None or clock is not None):
        until = datetime.combine(on, clock or time(0, 0), zone)
    elif not re.match(r"\s*[:–-]|\s*$|\s+(?:bis|until|tot|hasta|jusqu)", rest[cue.end() - cue.start() :]):
        return None
    return Embargo(
        note, until, cue.start(), len(text.rstrip(" *+-–—=_|")), 0.95 if day and clock else 0.8 if until else 0.6
    )
