"""What a new record is called: its identity, its file, and the file of its source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from lod.identity import number_key, release_path
from lod.ingest.document import Document
from lod.ingest.front import Check
from lod.term import slug

__all__ = ["identified", "record_file", "source_of"]

_TITLE = 48
_NUMBER = 40
_DAY = 10
_UNDATED = "undated"


def identified(record: dict[str, Any], publisher: str) -> tuple[dict[str, Any], str, list[Check]]:
    """The record with what its identity needs, the identity (the path below `release/`), and what to look at.

    A number of an issuer that the archive knows is an identity. Otherwise one is minted, once, from issuer, date and
    number or title; it stands in the record and stays when the title is corrected. `publisher`: the archive's own,
    which stands in where the document names no issuer.
    """
    checks = []
    if not record.get("issuers"):
        record = record | {"issuers": [publisher]}
        checks.append(Check("issuers", "the document names no issuer; the publisher of the archive stands in"))
    if "id" in record:
        return record, str(record["id"]), checks
    known = record.get("publisher") or _authority(record["issuers"][0])
    issued = _day(record.get("issued"))
    number, series = record.get("number"), record.get("series")
    if known and number:
        path = release_path(known, number, issued, series)
        if path is not None:
            return record, path, checks
    minted = _minted(record, known or slug(_name(record["issuers"][0])), issued)
    return {"id": minted} | record, minted, checks


def _minted(record: Mapping[str, Any], issuer: str, issued: date | None) -> str:
    number = record.get("number")
    if number:
        series = record.get("series")
        year, short = number_key(number, issued) or (_UNDATED, slug(number, _NUMBER))
        return f"{issuer}/{year}/{series}-{short}" if series else f"{issuer}/{year}/{short}"
    title = slug(str(record.get("title", "")), _TITLE)
    if issued is None:
        return f"{issuer}/{_UNDATED}/{title}"
    return f"{issuer}/{issued.year:04d}/{issued.month:02d}{issued.day:02d}-{title}"


def _authority(issuer: Any) -> str | None:
    if isinstance(issuer, str):
        return issuer
    found = issuer.get("authority")
    return found if isinstance(found, str) else None


def _name(issuer: Any) -> str:
    return str(issuer.get("name") or issuer.get("authority")) if isinstance(issuer, Mapping) else str(issuer)


def _day(issued: Any) -> date | None:
    if isinstance(issued, date):
        return issued
    try:
        return date.fromisoformat(str(issued)[:_DAY])
    except ValueError:
        return None


def record_file(identity: str) -> str:
    """The path of the record's file below the archive: issuer and number in the folder of the year.

    >>> record_file("stgb-nrw/2017/15")
    'releases/2017/stgb-nrw-15.md'
    """
    parts = identity.split("/")
    at = next((at for at, part in enumerate(parts) if part == _UNDATED or (part.isdecimal() and len(part) == 4)), None)
    year = parts.pop(at) if at is not None and len(parts) > 1 else _UNDATED
    return f"releases/{year}/{'-'.join(parts)}.md"


def source_of(document: Document) -> dict[str, Any]:
    """The field `source` of the record: where the archive keeps the untouched document, and how to prove it is that.

    Folders of 256 branches keep a directory listing short when there are a million sources.
    """
    digest = document.sha256
    source = {
        "file": f"sources/{digest[:2]}/{digest}{document.suffix}",
        "media_type": document.media_type,
        "bytes": len(document.data),
        "sha256": digest,
    }
    url = document.meta.get("url")
    if isinstance(url, str) and url.startswith(("https://", "http://")):
        source["url"] = url
    return source
