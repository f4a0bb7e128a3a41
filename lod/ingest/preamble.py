"""Front matter of a document: what generators of web pages state above a Markdown text, between two lines of "---"."""

from __future__ import annotations

import re

__all__ = ["without_preamble"]

_PREAMBLE = re.compile(r"\s*(---|\+\+\+)[ \t]*\n(?P<inner>(?:.*\n){1,80}?)\1[ \t]*(?:\n|$)")
_LINE = re.compile(r"^(?P<key>[A-Za-z_]{2,30})\s*[:=]\s*(?P<value>\S.*)$")
_KEYS = {
    "title": "title",
    "titel": "title",
    "date": "issued",
    "datum": "issued",
    "published": "issued",
    "publisheddate": "issued",
    "pubdate": "issued",
    "lang": "language",
    "language": "language",
    "publisher": "publisher",
    "organization": "publisher",
    "organisation": "publisher",
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def without_preamble(text: str) -> tuple[str, dict[str, str]]:
    """The text with its front matter blanked, so that offsets stay, and what it states."""
    found = _PREAMBLE.match(text)
    if found is None:
        return text, {}
    stated: dict[str, str] = {}
    lines = [line for line in found["inner"].split("\n") if line.strip()]
    pairs = [match for match in map(_LINE.match, lines) if match]
    if not pairs:
        return text, {}
    for pair in pairs:
        key, value = _KEYS.get(pair["key"].lower().replace("_", "")), pair["value"].strip().strip("\"'")
        if key == "issued":
            day = _DAY.match(value)
            value = day.group() if day else ""
        if key and value:
            stated.setdefault(key, value)
    blank = re.sub(r"[^\n]", " ", text[: found.end()])
    return blank + text[found.end() :], stated
