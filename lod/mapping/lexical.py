"""What a literal of a datatype may look like: the lexical spaces of XML Schema 1.1, part 2."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DATATYPES", "lexical"]

_INT = r"[+-]?[0-9]{1,300}"
_YEAR = r"-?(?:[1-9][0-9]{3,}|0[0-9]{3})"
_DAY = _YEAR + r"-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))"
_TIME = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_CLOCK = r"T(?=.)(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?"
_FLOAT = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN"
_COUNTED = re.compile(r"(?!0000)([0-9]{4})-([0-9]{2})-([0-9]{2})")

_PATTERNS = {
    "anyURI": r"[^\s<>\"{}|\\^`]*",
    "base64Binary": r"(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){2}(?:[A-Za-z0-9+/] ?=|= ?=))?",
    "boolean": r"true|false|1|0",
    "date": rf"{_DAY}{_ZONE}?",
    "dateTime": rf"{_DAY}T{_TIME}{_ZONE}?",
    "dateTimeStamp": rf"{_DAY}T{_TIME}{_ZONE}",
    "dayTimeDuration": rf"-?P(?=.)(?:[0-9]+D)?(?:{_CLOCK})?",
    "decimal": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)",
    "double": _FLOAT,
    "duration": rf"-?P(?=.)(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:{_CLOCK})?",
    "float": _FLOAT,
    "gDay": rf"---(?:0[1-9]|[12][0-9]|3[01]){_ZONE}?",
    "gMonth": rf"--(?:0[1-9]|1[0-2]){_ZONE}?",
    "gMonthDay": rf"--(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]){_ZONE}?",
    "gYear": rf"{_YEAR}{_ZONE}?",
    "gYearMonth": rf"{_YEAR}-(?:0[1-9]|1[0-2]){_ZONE}?",
    "hexBinary": r"(?:[0-9a-fA-F]{2})*",
    "language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "string": r"(?s:.*)",
    "time": rf"{_TIME}{_ZONE}?",
    "token": r"(?:\S+(?: \S+)*)?",
    "yearMonthDuration": r"-?P(?=.)(?:[0-9]+Y)?(?:[0-9]+M)?",
}
_RANGES: dict[str, tuple[float, float]] = {
    "byte": (-(1 << 7), (1 << 7) - 1),
    "int": (-(1 << 31), (1 << 31) - 1),
    "integer": (float("-inf"), float("inf")),
    "long": (-(1 << 63), (1 << 63) - 1),
    "negativeInteger": (float("-inf"), -1),
    "nonNegativeInteger": (0, float("inf")),
    "nonPositiveInteger": (float("-inf"), 0),
    "positiveInteger": (1, float("inf")),
    "short": (-(1 << 15), (1 << 15) - 1),
    "unsignedByte": (0, (1 << 8) - 1),
    "unsignedInt": (0, (1 << 32) - 1),
    "unsignedLong": (0, (1 << 64) - 1),
    "unsignedShort": (0, (1 << 16) - 1),
}

DATATYPES = frozenset([*_PATTERNS, *_RANGES])
"""The datatypes of XML Schema that RDF uses (RDF 1.1 Concepts, section 5.1), by their local names."""


def lexical(datatype: str) -> Callable[[Any], str | None]:
    """A function from a value to how it is written in a datatype of XML Schema; None for a value that is none of it."""
    bounds = _RANGES.get(datatype)
    pattern = re.compile(_INT if bounds else _PATTERNS[datatype])

    def written(value: Any) -> str | None:
        text = _plain(value)
        if not pattern.fullmatch(text) or (bounds and not bounds[0] <= int(text) <= bounds[1]):
            return None
        return text if not datatype.startswith("date") or _in_calendar(text) else None

    return written


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _in_calendar(text: str) -> bool:
    """Whether a month has that day; years that Python does not count are left alone."""
    found = _COUNTED.match(text)
    return found is None or int(found[3]) <= monthrange(int(found[1]), int(found[2]))[1]
