"""Findings as a record that `lod check` accepts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lod.body import plain_text
from lod.ingest.findings import Finding

__all__ = ["compose"]

_SINGLE = ("number", "title", "subtitle", "kicker", "language", "issued", "embargo", "dateline", "lead", "body")
_LISTS = ("boilerplate", "notes", "issuers", "contacts", "people", "organisations", "quotations", "attachments")


def compose(findings: Iterable[Finding]) -> dict[str, Any]:
    """The record made of findings, its keys in the order of the model."""
    findings = tuple(findings)
    record: dict[str, Any] = {}
    for name in _SINGLE:
        value = next((finding.value for finding in findings if finding.field == name), None)
        if value is not None:
            record[name] = value
    for name in _LISTS:
        values = [finding.value for finding in findings if finding.field == name]
        if values:
            record[name] = values
    _place_quotations(record)
    return record


def _place_quotations(record: dict[str, Any]) -> None:
    """Quotations as they stand in the text of the record; those it does not have are left out.

    Words that occur more than once get the offset of the occurrence that is meant.
    """
    quotations = record.pop("quotations", [])
    text = _text(record)
    named = {person["name"] for person in record.get("people", ())}
    named.update(body["name"] for key in ("organisations", "issuers") for body in record.get(key, ()))
    placed: list[dict[str, Any]] = []
    position = 0
    for quotation in quotations:
        words = quotation["text"]
        start = text.find(words, position)
        start = start if start >= 0 else text.find(words)
        speakers = [speaker for speaker in quotation["speakers"] if speaker in named]
        if start < 0 or not speakers:
            continue
        position = start + len(words)
        again = text.find(words) != start or text.find(words, start + 1) >= 0
        placed.append(
            {"id": f"q{len(placed) + 1}", "text": words, "speakers": speakers, **({"start": start} if again else {})}
        )
    if placed:
        record["quotations"] = placed


def _text(record: dict[str, Any]) -> str:
    """The plain text of a record, as Release.text gives it."""
    body = plain_text(record["body"]) if "body" in record else ""
    lead = record.get("lead")
    if lead is None or body == lead or body.startswith(lead + "\n\n"):
        return body
    return f"{lead}\n\n{body}" if body else str(lead)
