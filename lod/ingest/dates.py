"""Days and times as they are written in a language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache

from lod.ingest.tongue import Tongue

__all__ = ["Day", "find_days", "find_time", "is_american"]

_ISO = r"(?P<iso>(?:19|20)\d\d-\d\d-\d\d)(?:[T ](?P<isotime>\d\d:\d\d)(?::\d\d)?(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?)?"
_NUMERIC = (
    r"(?P<a>\d{1,2})(?P<sep>[./-])[ \u00a0]?(?P<b>\d{1,2})(?P=sep)[ \u00a0]?(?P<y>(?:19|20)\d\d|\d\d)(?!\d|[./-]\d)"
)
_CENTURY = 100
_PIVOT = 70  # two-digit years from here on are of the last century


@dataclass(frozen=True, slots=True)
class Day:
    """A day found in a text, with the time of day written after it."""

    value: date
    time: time | None
    start: int
    end: int


@lru_cache(maxsize=16)
def _pattern(month: str, day: str) -> re.Pattern[str]:
    weekday = rf"(?:{day},?\s+(?:den|the|le|de|el|dem)?\s*)?"
    # "3. Juli 2017", "3rd of July 2017", "1er juillet 2017", "3 de julio de 2017", "3 July, 2017"
    european = (
        rf"(?P<d1>\d{{1,2}})(?:\.|er|º|ª|st|nd|rd|th)?\s*(?:of\s+|de\s+)?(?P<m1>{month}),?\s*(?:del?\s+)?"
        r"(?P<y1>(?:19|20)\d\d|['’]\d\d)"
    )
    american = rf"(?P<m2>{month})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>(?:19|20)\d\d)"
    return re.compile(rf"(?<![\w/.-])(?:{weekday})(?:{_ISO}|{european}|{american}|{_NUMERIC})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=16)
def _time_pattern(hour: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\d.,])(?P<h>[01]?\d|2[0-4])(?:(?P<sep>[:.h])(?P<m>[0-5]\d)|(?P<m4>[0-5]\d)(?=\s*(?:hrs|hours)\b))?\s*(?P<unit>{hour})?(?![\w:])"
        rf"(?!\.\d)",
        re.IGNORECASE,
    )


def is_american(text: str, tongue: Tongue) -> bool:
    """Whether an English text writes its dates the American way, as far as its other habits tell."""
    signs = tongue.common.english
    american, british = (
        re.compile("|".join(each) or r"(?!)", re.IGNORECASE) for each in (signs.american, signs.british)
    )
    return len(american.findall(text)) > len(british.findall(text))


def find_days(text: str, tongue: Tongue, order: str) -> list[Day]:
    """All days in a text, in their order; `order` says how 01/06/12 is read, "dmy" or "mdy"."""
    if not any(map(str.isdigit, text)):
        return []
    pattern = _pattern(tongue.months.month, tongue.months.day)
    found = []
    for match in pattern.finditer(text):
        value = _value(match, tongue, order)
        if value is not None:
            stated = match["isotime"]
            clock = time.fromisoformat(stated) if stated and stated < "24" else None
            end = match.end()
            if clock is None:
                clock, end = _time_after(text, end, tongue)
            found.append(Day(value, clock, match.start(), end))
    return found


def _value(match: re.Match[str], tongue: Tongue, order: str) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["m1"]:
            year = match["y1"]
            return date(_year(year.strip("'’")), _month(match["m1"], tongue), int(match["d1"]))
        if match["m2"]:
            return date(int(match["y2"]), _month(match["m2"], tongue), int(match["d2"]))
        return _numeric(int(match["a"]), int(match["b"]), _year(match["y"]), order)
    except ValueError:
        return None


def _numeric(first: int, second: int, year: int, order: str) -> date | None:
    months = 12
    if (order == "mdy" and first <= months) or second > months:
        return date(year, first, second)
    return date(year, second, first)


def _year(digits: str) -> int:
    year = int(digits)
    if year >= _CENTURY:
        return year
    return year + (1900 if year >= _PIVOT else 2000)


def _month(name: str, tongue: Tongue) -> int:
    return tongue.months.numbers[name.lower().rstrip(".")]


def _time_after(text: str, end: int, tongue: Tongue) -> tuple[time | None, int]:
    """A time that follows a day with nothing but a separator or a short word in between."""
    gap = re.match(r"[\s,;|/(·]*(?:[–—-]\s*)?(?:um|at|à|om|a las|ab|kl\.?)?\s*", text[end:], re.IGNORECASE)
    start = end + (gap.end() if gap else 0)
    match = _time_pattern(tongue.tables.dates.hour).match(text, start)
    if match is None or not (match["unit"] or match["sep"] == ":" or match["m4"]):
        return None, end
    value = _clock(match)
    return (value, match.end()) if value is not None else (None, end)


def _clock(match: re.Match[str]) -> time | None:
    hour, minute = int(match["h"]), int(match["m"] or match["m4"] or 0)
    unit = (match["unit"] or "").lower().replace(".", "")
    noon = 12
    if unit.startswith("p") and hour < noon:
        hour += noon
    elif unit.startswith("a") and hour == noon:
        hour = 0
    return time(hour % 24, minute)


def find_time(text: str, tongue: Tongue) -> time | None:
    """The first time of day in a text, in words too; "10.30" counts where nothing else does."""
    dotted = None
    for match in _time_pattern(tongue.tables.dates.hour).finditer(text):
        if match["unit"] or match["sep"] in (":", "h") or match["m4"]:
            return _clock(match)
        dotted = dotted or (match if match["sep"] else None)
    if dotted is not None:
        return _clock(dotted)
    from lod.ingest.patterns import words

    if words(tongue.tables.header.midnight).search(text):
        return time(0, 0)
    return time(12, 0) if words(tongue.tables.header.noon).search(text) else None
