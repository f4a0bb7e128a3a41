"""The permanent names of things: which IRI a release, a part of it, an agent or a version has (profile, section 5)."""

from __future__ import annotations

import re
from datetime import date

from lod.term import slug

__all__ = ["number_key", "release_path", "sort_key"]

_WITH_YEAR = re.compile(r"(?P<number>.*[^/\s])\s*/\s*(?P<year>(?:19|20)\d\d|\d\d)")
_DIGITS = re.compile(r"\d+")


def number_key(number: str, issued: date | None) -> tuple[str, str] | None:
    """Year and number of a printed number; None where neither the number nor the date tells a year.

    The year written behind a slash wins over the date, since the number is what the issuer promised to keep.

    >>> number_key("15/2017", None)
    ('2017', '15')
    >>> number_key("18 - 476", date(2018, 4, 13))
    ('2018', '18-476')
    """
    found = _WITH_YEAR.fullmatch(number.strip())
    if found:
        year = found["year"]
        if len(year) == 4:  # noqa: PLR2004 - a year in full
            return year, slug(found["number"])
        if issued is not None and int(year) in {issued.year % 100, (issued.year - 1) % 100, (issued.year + 1) % 100}:
            near = min((issued.year - 1, issued.year, issued.year + 1), key=lambda whole: whole % 100 != int(year))
            return str(near), slug(found["number"])
    return (str(issued.year), slug(number)) if issued is not None else None


def release_path(publisher: str, number: str, issued: date | None, series: str | None = None) -> str | None:
    """The path below `release/` of a numbered release: publisher, year, number (with its series, where it has one).

    >>> release_path("stgb-nrw", "15/2017", date(2017, 7, 3))
    'stgb-nrw/2017/15'
    """
    key = number_key(number, issued)
    if key is None:
        return None
    year, short = key
    return f"{publisher}/{year}/{series}-{short}" if series else f"{publisher}/{year}/{short}"


def sort_key(path: str) -> str:
    """An order in which 2 comes before 10, the same on every machine."""
    return _DIGITS.sub(lambda digits: digits.group().zfill(12), path)
