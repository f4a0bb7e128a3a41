"""A reader that knows a title, a date and a number, for tests of everything around the reader."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lod.ingest.document import Document

TITLE = re.compile(r"^#+ (.+)$", re.MULTILINE)
NUMBER = re.compile(r"Nr\. (\d+/\d{4})")
DAY = re.compile(r"(\d{4}-\d\d-\d\d)")


@dataclass(frozen=True)
class Finding:
    field: str
    value: Any
    start: int
    end: int
    confidence: float
    why: str


@dataclass(frozen=True)
class Suspicion:
    kind: str
    start: int
    end: int
    message: str


@dataclass(frozen=True)
class Reading:
    document: Document
    findings: tuple[Finding, ...]
    suspicions: tuple[Suspicion, ...]

    def record(self) -> dict[str, Any]:
        found = {finding.field: finding.value for finding in self.findings}
        body = TITLE.sub("", self.document.text).strip()
        record = {"title": found.get("title", "Ohne Titel"), "language": "de", "body": body}
        record |= {key: found[key] for key in ("number", "issued") if key in found}
        return record | {"issuers": [{"name": "Stadt Beispiel"}], "people": [{"name": "Erika Muster"}]}


def read(document: Document) -> Reading:
    if "BUG" in document.text:
        raise RuntimeError("a mistake of ours")
    findings = []
    for field, pattern, confidence in (("title", TITLE, 0.9), ("number", NUMBER, 0.99), ("issued", DAY, 0.5)):
        found = pattern.search(document.text)
        if found:
            findings.append(Finding(field, found[1], found.start(1), found.end(1), confidence, f"looks like a {field}"))
    odd = document.text.find("Meinungs austausch")
    notes = (Suspicion("hyphenation", odd, odd + 18, "a broken word"),) if odd >= 0 else ()
    return Reading(document, tuple(findings), notes)
