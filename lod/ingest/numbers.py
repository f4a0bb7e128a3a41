"""The number of a release, as its letterhead, its title or its footer prints it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from lod.ingest.tongue import Tongue

__all__ = ["Number", "find_number", "normalised"]

# A number proper: 15/2017, 18 - 360, 2024-123, 087 / 2019, 3, 24/B, 1.234/19; then codes: IP/24/123, STATEMENT/24/5.
_NUMBER = (
    r"\d{1,5}(?:\s?[/-]\s?(?:19|20)?\d{2}(?!\d|\.\s)|\s?\|\s?(?:19|20)\d\d(?!\d)|\s?-\s?\d{2,5}(?!\d)|\s?/\s?\d{1,4}(?!\d|\.\s)|/[A-Z]{1,4}/?\d{0,4})?"
    r"(?:[a-z](?!\w))?"
)
_POINTED = r"\d{3,5}\.\d\d(?![\d.])"  # "Release No. 0123.19"
_YEAR_FIRST = r"(?:19|20)\d\d\s?[/-]\s?\d{1,5}(?!\d)"
_CODE = re.compile(
    r"(?<![\w/])(?P<number>[A-Z]{2,12}(?:[/_]\d{2,4}[/_]\d{1,5}|-\d{2,4}-\d{1,5}(?!\d))|[a-z]{2,6}\d\d/\d{3,4})(?![\w/-])"
)
_PREFIXED = r"(?-i:(?:[A-Z]{1,6}[/_ -]|[A-Z][A-Za-z]{1,5}/)?(?:[A-Z]{1,4}(?=\d{2}-))?)"
_ALONE = re.compile(r"\(?(?P<number>\d{1,4}\s?/\s?(?:19|20)\d\d|(?:19|20)\d\d\s?/\s?\d{1,4}|\d{2,4}/\d\d)\)?")
_PIVOT = 70  # two-digit years from here on are of the last century
_NOT_AFTER = re.compile(
    r":\d|\s*(?:Uhr|Euro|Prozent|%|€|\.\s?\d|h\b|[Mm]illion|Jahre?|years?|ans\b|Tage|uur)|\s?\.\s?(?:Januar|Februar|M[aä]rz)"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed, with the words before it, and how sure its cue makes it."""

    printed: str
    number: str
    start: int
    end: int
    confidence: float
    cue: str


@lru_cache(maxsize=16)
def _patterns(numbers: tuple[str, ...], labels: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    cues = "|".join(sorted(numbers, key=len, reverse=True))
    names = "|".join(sorted(labels, key=len, reverse=True))
    after = rf"\s*(?:[:.\s#–-]|\(s\))*\s*(?P<number>{_PREFIXED}(?:{_YEAR_FIRST}|{_POINTED}|{_NUMBER}))(?![\w])"
    # After a bare label a mere number may be anything, so it needs a year; a cue needs none.
    roman = r"(?-i:\d{1,3}\s?/\s?[IVXL]{1,7})"
    with_year = rf"{_YEAR_FIRST}|\d{{1,5}}\s?(?:[/–-]\s?(?:19|20)?|\|\s?(?:19|20))\d\d(?![\d.])|{roman}"
    last = r"\d{2,4}(?=\s*(?:$|\||[–-]\s|vom|du|of|van|de ))"
    bare = rf"(?:\s*[:#–|·•+*-]+)?\s*(?P<number>{with_year}|{last})(?!\w)"
    return (
        re.compile(rf"(?<![^\W_])(?P<cue>{cues})(?![^\W\d_]){after}", re.IGNORECASE),
        re.compile(rf"(?<![^\W_])(?P<cue>{names})\s*{bare}", re.IGNORECASE),
    )


def find_number(text: str, tongue: Tongue) -> Number | None:
    """The number in a line of a letterhead, a title or a footer; None for files of courts and the like."""
    for own in tongue.own.numbers:
        found = re.search(own, text)
        if found:
            group = 1 if found.re.groups else 0
            return Number(found.group(), found.group(group), found.start(group), found.end(group), 0.99, own)
    code = _CODE.search(text)
    if code and not tongue.dockets.search(text[: code.start()]):
        return Number(code["number"], code["number"], code.start(), code.end(), 0.9, "")
    cued, bare = _patterns(tongue.tables.header.numbers, tongue.tables.header.labels)
    for pattern, sure in ((cued, 0.95), (bare, 0.85)):
        for found in pattern.finditer(text):
            if _is_number(found, text, tongue):
                return Number(
                    found.group(), found["number"], found.start("number"), found.end("number"), sure, found["cue"]
                )
    alone = _ALONE.fullmatch(text.strip())
    if alone:
        start = text.find(alone["number"])
        return Number(
            alone["number"],
            alone["number"],
            start,
            start + len(alone["number"]),
            0.75 if len(alone["number"]) > 6 else 0.6,
            "",
        )
    return None


def _is_number(found: re.Match[str], text: str, tongue: Tongue) -> bool:
    if _NOT_AFTER.match(text[found.end() :]):
        return False
    before = text[: found.start()]
    return not tongue.dockets.search(before[-40:]) and not re.search(r"\d[.,]?$", before)


def normalised(number: str, issued: date | None) -> str:
    """A number as records keep it: blanks closed up, and a two-digit year behind a slash written out.

    >>> normalised("15 / 17", date(2017, 7, 3))
    '15/2017'
    >>> normalised("18 - 360", date(2018, 3, 23))
    '18-360'
    """
    bare = re.sub(r"^(?:[A-Z]{1,6}|[a-zäöü]{2,5}) (?=\d)", "", number.strip())
    closed = re.sub(r"\s*[|]\s*", "/", re.sub(r"\s*([/–-])\s*", r"\1", bare)).replace("–", "-")
    short = re.fullmatch(r"(\d{1,5})/(\d\d)", closed)
    if short and issued is None:
        return f"{short[1]}/{2000 + int(short[2]) - 100 * (int(short[2]) >= _PIVOT)}"
    if (
        short
        and issued is not None
        and int(short[2]) in {year % 100 for year in (issued.year - 1, issued.year, issued.year + 1)}
    ):
        year = min((issued.year, issued.year - 1, issued.year + 1), key=lambda whole: whole % 100 != int(short[2]))
        return f"{short[1]}/{year}"
    return closed
