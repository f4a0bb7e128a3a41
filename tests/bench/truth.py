"""Truth files: what a person read in a document, and whether the file can be true of the document.

The keys and conventions are explained in tests/ingest/docs/README.md.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

__all__ = ["LEAD", "START", "Case", "cases", "comparable", "decoded"]

LEAD = 80  # characters of the lead that a truth file gives
START = 60  # characters of a quotation that a truth file gives
_PARAGRAPHS_MOST = 40
_DATELINE_MOST = 160
_OPENING = "\"“„«»‘‚'"
_CLOSING = re.compile(r"[.,!?]? ?[\"“”»«’‘']")
_KEYS = {
    "id": str,
    "file": str,
    "source": dict,
    "kind": str,
    "number": str | None,
    "year": int,
    "issuers": list,
    "title": str,
    "subtitle": str | None,
    "dateline_places": list,
    "issued": str,
    "language": str,
    "lead": str,
    "paragraphs": int,
    "quotes": list,
    "persons": list,
    "organisations": list,
    "contact": dict | None,
    "embargo": dict | None,
    "artefacts": list,
    "notes": str,
}
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_QUOTED_LINE = re.compile(r"^[ \t]*>[ \t]?", flags=re.MULTILINE)
_EMPHASIS = re.compile(r"(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")
_HARD_HYPHEN = re.compile(r"(\w)-[ \t]*\r?\n[ \t]*(?=[a-zäöüß])")


def comparable(text: str) -> str:
    """Text without Markdown marks, composed (NFC), without soft hyphens, with single blanks."""
    text = unicodedata.normalize("NFC", text).replace("\u00ad", "")
    text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))
    text = _QUOTED_LINE.sub("", text).replace("**", "")
    return " ".join(_EMPHASIS.sub("", text).split())


def decoded(path: Path) -> str:
    """The characters of a document: UTF-8, or Windows-1252 where that fails."""
    octets = path.read_bytes()
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return octets.decode("cp1252")


@dataclass(frozen=True)
class Case:
    """A document with its truth."""

    path: Path
    truth: dict[str, Any]

    @property
    def name(self) -> str:
        """The name of the document's file."""
        return self.path.name

    @cached_property
    def text(self) -> str:
        """The document in comparable form."""
        return comparable(decoded(self.path))

    @cached_property
    def joined(self) -> str:
        """The document in comparable form, words that are hyphenated at the end of a line put together."""
        return comparable(_HARD_HYPHEN.sub(r"\1", unicodedata.normalize("NFC", decoded(self.path))))

    def faults(self) -> list[str]:
        """What cannot be true of the document, one sentence each."""
        return [*self._shape(), *self._dates(), *self._words(), *self._marks(), *self._plausible()]

    def _shape(self) -> Iterator[str]:
        for key, kind in _KEYS.items():
            if key not in self.truth:
                yield f"{key}: is missing"
            elif not isinstance(self.truth[key], kind):
                yield f"{key}: has the wrong type"
        if self.truth.get("file") != self.path.name or self.truth.get("id") != self.path.stem:
            yield "file, id: are not those of the document"
        for person in self.truth["persons"]:
            if not {"name", "role"} <= set(person) <= {"name", "role", "honorific", "role_accept"}:
                yield f"persons: odd keys: {person}"
        for quote in self.truth["quotes"]:
            if not {"speakers", "start"} <= set(quote) <= {"speakers", "start", "fragment", "marked", "continues"}:
                yield f"quotes: odd keys: {quote}"

    def _dates(self) -> Iterator[str]:
        if date.fromisoformat(self.truth["issued"]).year != self.truth["year"]:
            yield "year: is not that of the date of issue"
        embargo = self.truth["embargo"]
        if embargo and embargo["until"] and datetime.fromisoformat(embargo["until"]).tzinfo is None:
            yield "embargo: has no zone"
        if self.truth["issued"][:4] not in self.text and self.truth["issued"][2:4] not in self.text:
            yield "issued: its year is not in the document"

    def _printed(self, text: str) -> bool:
        return text in self.text or text in self.joined

    def _words(self) -> Iterator[str]:
        """What must be printed in the document word for word."""
        for key in ("title", "subtitle", "lead", "number_raw"):
            text = self.truth.get(key)
            if text and not self._printed(text):
                yield f"{key}: not in the document: {text!r}"
        for quote in self.truth["quotes"]:
            if not self._printed(quote["start"].rstrip()):
                yield f"quotes: not in the document: {quote['start']!r}"
        for person in self.truth["persons"]:
            if not self._printed(person["name"]):
                yield f"persons: not in the document: {person['name']!r}"
        for place in self.truth["dateline_places"]:
            if place.casefold() not in self.text.casefold():
                yield f"dateline_places: not in the document: {place!r}"

    def _marks(self) -> Iterator[str]:
        """Quotations begin with a mark, and short ones end with one, where the document has not lost them."""
        text = self.joined
        for quote in self.truth["quotes"]:
            start = quote["start"].rstrip()
            if start not in text or not quote.get("marked", True):
                continue
            before, _, after = text.partition(start)
            opened = before.rstrip().endswith((*_OPENING, ",,"))
            if not quote.get("continues") and not opened:
                yield f"quotes: no opening mark before {start!r}"
            if len(start) < START - 1 and not _CLOSING.match(after):
                yield f"quotes: no closing mark after {start!r}"

    def _plausible(self) -> Iterator[str]:
        named = {person["name"] for person in self.truth["persons"]} | set(self.truth["organisations"])
        strangers = {name for quote in self.truth["quotes"] for name in quote["speakers"]} - named
        if strangers:
            yield f"quotes: speakers who are not listed: {sorted(strangers)}"
        if len(self.truth["lead"]) > LEAD or any(len(quote["start"]) > START for quote in self.truth["quotes"]):
            yield f"lead, quotes: longer than {LEAD} and {START} characters"
        if len(self.truth["lead"]) < LEAD and not any(self.truth["lead"] == block for block in self._blocks()):
            yield "lead: cut short"
        if not self._starts_a_block(self.truth["lead"]):
            yield "lead: not at the start of a paragraph"
        if self.truth["quotes"] and [*self._positions()] != sorted(self._positions()):
            yield "quotes: not in the order of the text"
        blocks = len([block for block in self._blocks() if len(block) > LEAD])
        if not 0 < self.truth["paragraphs"] <= min(_PARAGRAPHS_MOST, len(self._blocks())):
            yield f"paragraphs: {self.truth['paragraphs']} of {len(self._blocks())} blocks"
        if self.truth["paragraphs"] > blocks + 4:
            yield f"paragraphs: {self.truth['paragraphs']}, but only {blocks} long blocks"

    def _positions(self) -> Iterator[int]:
        for quote in self.truth["quotes"]:
            start = quote["start"].rstrip()
            yield self.text.find(start) if start in self.text else self.text.find(start[:25])

    def _blocks(self) -> list[str]:
        text = unicodedata.normalize("NFC", decoded(self.path)).replace("\r", "")
        text = re.sub(r"^[ \t]*>[ \t]*$", "", text, flags=re.MULTILINE)
        return [comparable(_HARD_HYPHEN.sub(r"\1", block)) for block in re.split(r"\n\s*\n", text) if block.strip()]

    def _starts_a_block(self, lead: str) -> bool:
        """Only a dateline, a date or an agency mark stands before the lead in its block."""
        before = [block.partition(lead)[0].strip() for block in self._blocks() if lead in block]
        return any(not text or (len(text) < _DATELINE_MOST and text[-1] in ".:)–—-") for text in before)


def cases(folder: Path) -> list[Case]:
    """The documents of a folder that have a truth file, in the order of their names."""
    found = []
    for file in sorted(folder.glob("*.truth.json")):
        truth = json.loads(file.read_text(encoding="utf-8"))
        found.append(Case(folder / truth["file"], truth))
    return found
