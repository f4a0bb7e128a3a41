"""Markdown: the text stands as it is; front matter, where a publishing system left it, becomes statements."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from lod.ingest.encoding import decode
from lod.ingest.readers.content import Content

__all__ = ["read"]

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
# What static site generators (Jekyll, Hugo, Pelican, Eleventy) call the things we know.
_KEYS = {
    "title": "title",
    "date": "issued",
    "published": "issued",
    "lastmod": "modified",
    "lang": "language",
    "language": "language",
    "publisher": "publisher",
    "author": "author",
    "description": "description",
    "permalink": "url",
    "canonical": "url",
}


def read(data: bytes) -> Content:
    """The text without its front matter."""
    text, encoding = decode(data)
    found = _FRONT.match(text)
    stated = _stated(found[1]) if found else None
    if found is None or stated is None:
        return Content(text, {"encoding": encoding})
    return Content(text[found.end() :], stated | {"encoding": encoding})


def _stated(front: str) -> dict[str, Any] | None:
    """Statements of the front matter; None where two rules merely enclose text."""
    import yaml

    try:
        stated = yaml.load(front, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    if not isinstance(stated, dict):
        return None
    known = {_KEYS.get(str(key).lower()): value for key, value in stated.items()}
    return {key: _text(value) for key, value in known.items() if key and isinstance(value, str | date | int)}


def _text(value: str | date | int) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
