"""Embargoes: the line that says one, and the instant at which it ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from lod.ingest.dates import find_days, find_time
from lod.ingest.tongue import Tongue

__all__ = ["Embargo", "find_embargo", "zone_of"]

_ZONES = {
    "BST": "Europe/London", "GMT": "Europe/London", "UK time": "Europe/London",
    "CET": "Europe/Brussels", "CEST": "Europe/Brussels", "MEZ": "Europe/Berlin", "MESZ": "Europe/Berlin",
    "EST": "America/New_York", "EDT": "America/New_York", "ET": "America/New_York", "Eastern": "America/New_York",
    "CST": "America/Chicago", "CDT": "America/Chicago", "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles",
    "PT": "America/Los_Angeles", "UTC": "UTC",
}  # fmt: skip
_ZONE = re.compile(r"(?<!\w)(" + "|".join(sorted(map(re.escape, _ZONES), key=len, reverse=True)) + r")(?!\w)")
_CONTINENT = re.compile(
    r"\b(?:Brussels|Strasbourg|Luxembourg|European (?:Commission|Parliament|Union)|Council of the EU|IP/\d\d|The Hague|Frankfurt|Berlin|Vienna|Paris)\b"
)
_IRELAND = re.compile(r"\b(?:Dublin|Ireland|Taoiseach)\b")
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
    named = _ZONE.search(text[:600])
    if named and tongue.name == "en":
        return ZoneInfo(_ZONES[named[1]])
    if tongue.own.zone is None and tongue.name == "en":
        if american:
            return ZoneInfo("America/New_York")
        if _CONTINENT.search(text[:1500]) and not re.search(r"\bUK\b|\bLondon\b", text[:1500]):
            return ZoneInfo("Europe/Brussels")
        if _IRELAND.search(text[:1500]):
            return ZoneInfo("Europe/Dublin")
    return ZoneInfo(tongue.tables.zone)


def find_embargo(text: str, tongue: Tongue, order: str, issued: date | None, zone: ZoneInfo) -> Embargo | None:
    """The embargo that a line or a short paragraph says."""
    if len(text) > _LONGEST or (tongue.immediate.search(text) and not find_days(text, tongue, order)):
        return None
    cue = tongue.embargo.search(text[: _LATEST_CUE * 2])
    if cue is None or cue.start() > _LATEST_CUE or text[: cue.start()].count(" ") > 6:  # noqa: PLR2004
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
