"""Dates as printed: patterns in the directives of strptime, read the same whatever the locale of the machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone

from lod.source import TIME_DIRECTIVES

__all__ = ["DateReader", "reader_of"]

DateReader = Callable[[str], date | None]
"""Reads one printed date; None where it does not fit."""

_PATTERNS = {
    "d": r"(?P<day>\d{1,2})",
    "m": r"(?P<month>\d{1,2})",
    "Y": r"(?P<year>\d{4})",
    "y": r"(?P<short>\d{2})",
    "B": r"(?P<name>[^\W\d_]+)\.?",
    "b": r"(?P<name>[^\W\d_]+)\.?",
    "A": r"[^\W\d_]+\.?",
    "a": r"[^\W\d_]+\.?",
    "H": r"(?P<hour>\d{1,2})",
    "I": r"(?P<hour>\d{1,2})",
    "M": r"(?P<minute>\d{1,2})",
    "S": r"(?P<second>\d{1,2})",
    "f": r"\d{1,9}",
    "p": r"(?P<half>[AaPp])\.?\s?[Mm]\.?",
    "z": r"(?P<zone>Z|[+-]\d{2}:?\d{2})",
    "Z": r"[A-Za-z]{1,5}",
    "%": "%",
}
_CENTURY_PIVOT = 69  # POSIX: 69 to 99 are 1969 to 1999
_NOON = 12


def reader_of(pattern: str, months: Mapping[str, int]) -> DateReader:
    """The reader of a pattern: "iso", "epoch" (seconds), or directives; `months` are names in lower case."""
    if pattern == "iso":
        return _iso
    if pattern == "epoch":
        return _epoch
    parts = re.split(r"%(.)", pattern)
    source = "".join(_PATTERNS[part] if at % 2 else _literal(part) for at, part in enumerate(parts))
    expression = re.compile(source)
    timed = any(part in TIME_DIRECTIVES for part in parts[1::2])
    return lambda text: _read(expression, text, months, timed=timed)


def _literal(text: str) -> str:
    return r"\s+".join(re.escape(part) for part in re.split(r"\s+", text))


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) <= len("2017-07-03") else datetime.fromisoformat(text)
    except ValueError:
        return None


def _epoch(text: str) -> date | None:
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=float(text))
    except (ValueError, OverflowError):
        return None


def _read(expression: re.Pattern[str], text: str, months: Mapping[str, int], *, timed: bool) -> date | None:
    found = expression.fullmatch(text)
    if found is None:
        return None
    parts = found.groupdict()
    name = parts.get("name")
    month = months.get(name.lower(), 0) if name else int(parts.get("month") or 1)
    try:
        day = date(_year(parts), month, int(parts.get("day") or 1))
        if not timed:
            return day
        clock = (_hour(parts), int(parts.get("minute") or 0), int(parts.get("second") or 0))
        return datetime(day.year, day.month, day.day, *clock, tzinfo=_zone(parts.get("zone")))
    except ValueError:
        return None


def _year(parts: Mapping[str, str | None]) -> int:
    short = parts.get("short")
    if short is None:
        return int(parts.get("year") or 0)
    return int(short) + (1900 if int(short) >= _CENTURY_PIVOT else 2000)


def _hour(parts: Mapping[str, str | None]) -> int:
    hour, half = int(parts.get("hour") or 0), parts.get("half")
    if half is None:
        return hour
    return hour % _NOON + (_NOON if half in "Pp" else 0)


def _zone(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text == "Z":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))
