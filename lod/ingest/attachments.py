"""Files and pictures a document links to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from lod.ingest.findings import Finding
from lod.ingest.sheet import Sheet

__all__ = ["attachment_findings"]

_TYPES = {
    ".pdf": "application/pdf", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif",
    ".webp": "image/webp", ".tif": "image/tiff", ".tiff": "image/tiff", ".zip": "application/zip", ".csv": "text/csv",
    ".doc": "application/msword", ".mp3": "audio/mpeg", ".mp4": "video/mp4", ".xls": "application/vnd.ms-excel",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
_UNFIT = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 100


def attachment_findings(sheet: Sheet) -> Iterator[Finding]:
    """Links to files, by their suffix; the pictures of the page with their captions."""
    seen: set[str] = set()
    for block in sheet.blocks:
        plain = block.plain
        links = [(mark.href, plain.text[mark.start : mark.end]) for mark in plain.marks if mark.kind == "link"]
        pictures = [(href, label) for label, href in plain.images]
        for href, label in (*links, *pictures):
            value = _attachment(href, label)
            if value is not None and value["name"].lower() not in seen:
                seen.add(value["name"].lower())
                yield Finding("attachments", value, block.start, block.end, 0.8, "linked in the document")


def _attachment(href: str, label: str) -> dict[str, str] | None:
    try:
        path = PurePosixPath(unquote(urlsplit(href).path))
    except ValueError:
        return None
    kind = _TYPES.get(path.suffix.lower())
    if not href.startswith(("http://", "https://")) or kind is None or any(char in href for char in '<>"{}|\\^` '):
        return None
    name = _UNFIT.sub("-", path.name)[-_LONGEST:].lstrip("._-")
    if not name:
        return None
    value = {
        "name": name,
        "url": href,
        "media_type": kind,
        "role": "picture" if kind.startswith("image/") else "attachment",
    }
    text = " ".join(label.split())
    if text:
        value["caption" if kind.startswith("image/") else "title"] = text
    return value
