"""Reading: what a document says, as findings with their places in its text, and as a record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from lod.ingest.document import Document
from lod.ingest.embargo import find_embargo, zone_of
from lod.ingest.findings import Finding, Suspicion
from lod.ingest.numbers import Number, find_number, normalised
from lod.ingest.record import compose
from lod.ingest.rules import Rules
from lod.ingest.sheet import Sheet, make_sheet
from lod.ingest.suspicion import suspicions
from lod.ingest.voices import voice_findings

__all__ = ["Finding", "Reading", "Suspicion", "read"]


@dataclass(frozen=True)
class Reading:
    """What was read in a document. Spans are offsets into the document's text."""

    document: Document
    findings: tuple[Finding, ...]
    suspicions: tuple[Suspicion, ...]

    def record(self) -> dict[str, Any]:
        """The findings as a record; a field that was not found is absent."""
        return compose(self.findings)


@lru_cache(maxsize=1)
def _default_rules() -> Rules:
    return Rules.load()


def read(document: Document, rules: Rules | None = None) -> Reading:
    """Read a document by the rules given, or by those that come with the program. Never fails on any text."""
    sheet = make_sheet(document.text, document.meta, rules or _default_rules())
    findings = [*_letterhead(sheet), *_dates(sheet), *_text(sheet), *voice_findings(sheet), *_surroundings(sheet)]
    return Reading(document, tuple(findings), tuple(suspicions(document.text, sheet.blocks, sheet.tongue)))


def _letterhead(sheet: Sheet) -> Iterator[Finding]:
    head = sheet.letterhead
    if head.title is not None:
        start, end = head.title.plain.span(head.title_start, len(head.title.plain.text))
        sure = {"heading": 0.95, "bold": 0.85, "caps": 0.8}.get(head.title.form, 0.7)
        yield Finding(
            "title", head.title.text[head.title_start :], start, end, sure, f"the {head.title.form} line above the text"
        )
    elif sheet.meta.get("title"):
        yield Finding("title", str(sheet.meta["title"]), 0, 0, 0.7, "stated by the page or file")
    if head.subtitle:
        first, last = head.subtitle[0].plain, head.subtitle[-1].plain
        value = sheet.tongue.headlines.sub("", " ".join(row.text for row in head.subtitle), count=1).rstrip("= ")
        sure = 0.9 if head.subtitle[0].form in ("heading", "em") else 0.75
        yield Finding(
            "subtitle", value, first.at(0), last.span(0, len(last.text))[1], sure, "stands between title and text"
        )
    if head.kicker is not None:
        start, end = head.kicker.plain.span(0, len(head.kicker.plain.text))
        yield Finding("kicker", head.kicker.text, start, end, 0.6, "a short line above the title")
    language, sure = sheet.language
    yield Finding("language", language, 0, 0, sure, "by its words")
    yield from _number(sheet)


def _number(sheet: Sheet) -> Iterator[Finding]:
    issue = sheet.issue
    for number, start, end in _numbers(sheet):
        value = normalised(number.number, issue.day.value if issue else None)
        yield Finding("number", value, start, end, number.confidence, f'printed as "{number.printed.strip()}"')
        return


def _numbers(sheet: Sheet) -> Iterator[tuple[Number, int, int]]:
    """Numbers above the text, then in the title, then below the text; an archive's own pattern anywhere."""
    head = sheet.letterhead
    rows = [row for row in head.rows if row.number is not None and row is not head.title and row not in head.subtitle]
    rows.sort(key=lambda row: -(row.number.confidence if row.number else 0))
    for row in rows:
        if row.number is not None:
            yield row.number, *row.plain.span(row.number.start, row.number.end)
    if head.title is not None and head.title.number is not None:
        number = head.title.number
        rest = head.title.plain.text[number.end :].lstrip()
        if rest[:1] in (":", "–", "-", "|", ")") or (number.start < 12 and not rest[:1].isalpha()):
            yield number, *head.title.plain.span(number.start, number.end)
    for index, block in enumerate(sheet.blocks):
        if (index < head.text_from and sheet.parts[index] == "") or sheet.parts[index] in (
            "boilerplate",
            "notes",
            "correction",
        ):
            continue
        for row_plain in block.rows:
            text = row_plain.text
            if len(text) > 90 or sheet.tongue.dockets.match(text):
                continue
            number_here = find_number(text, sheet.tongue)
            cued = (
                number_here is not None
                and number_here.cue
                and (sheet.tongue.labels.search(text) or len(number_here.cue) > 2)
            )
            if (
                number_here is not None
                and (cued or not number_here.cue)
                and number_here.start < 60
                and text[: number_here.start].count(" ") < 6
            ):
                yield number_here, *row_plain.span(number_here.start, number_here.end)


def _dates(sheet: Sheet) -> Iterator[Finding]:
    issue = sheet.issue
    zone = zone_of(sheet.text, sheet.tongue, american=sheet.american)
    if issue is not None:
        day = issue.day
        value = (
            datetime.combine(day.value, day.time, zone).isoformat() if day.time is not None else day.value.isoformat()
        )
        yield Finding("issued", value, issue.start, issue.end, issue.confidence, issue.why)
    elif sheet.meta.get("issued"):
        yield Finding("issued", str(sheet.meta["issued"]), 0, 0, 0.75, "stated by the page or file")
    for embargo in _embargo(sheet, zone):
        yield embargo
        if issue is None and not sheet.meta.get("issued") and "until" in embargo.value:
            day = embargo.value["until"][:10]
            yield Finding("issued", day, embargo.start, embargo.end, 0.6, "the day on which the embargo ends")
    places: dict[str, dict[str, Any]] = {}
    printed = []
    start = end = None
    for line, plain, offset in sheet.datelines:
        for spot in line.places:
            known = sheet.rules.names.find(spot.name, "place")
            places.setdefault(
                spot.name.casefold(), {"name": spot.name, "authority": known.id} if known else {"name": spot.name}
            )
        if line.places:
            begin, stop = plain.span(offset + line.start, offset + line.end)
            start, end = (begin if start is None else start), stop
            printed.append(" ".join(plain.text[offset + line.start : offset + line.end].split()).strip(" –—-:"))
    if places:
        yield Finding(
            "dateline",
            {"text": printed[0], "places": list(places.values())},
            start or 0,
            end or 0,
            min(line.confidence for line, _, _ in sheet.datelines if line.places),
            "the dateline",
        )


def _embargo(sheet: Sheet, zone: Any) -> Iterator[Finding]:
    issued = sheet.issue.day.value if sheet.issue else None
    for index, block in enumerate(sheet.blocks):
        if sheet.parts[index] in ("boilerplate", "links") or block.kind == "image":
            continue
        for plain in (block.plain, *block.rows) if len(block.rows) > 1 else (block.plain,):
            found = find_embargo(
                " ".join(plain.text.split()) if "\n" in plain.text else plain.text,
                sheet.tongue,
                sheet.order,
                issued,
                zone,
            )
            if found is None or (index >= sheet.letterhead.text_from and index == sheet.opening):
                continue
            value: dict[str, Any] = {"until": found.until.isoformat()} if found.until else {}
            start, end = plain.span(found.start, min(found.end, len(plain.text)))
            yield Finding("embargo", {**value, "note": found.note}, start, end, found.confidence, "the line says so")
            return


def _text(sheet: Sheet) -> Iterator[Finding]:
    from lod.ingest.markup import body_of

    body = sheet.body
    if not body:
        return
    if sheet.opening is not None:
        plain = sheet.blocks[sheet.opening].plain
        start, end = plain.span(sheet.opening_start, len(plain.text))
        lead = plain.text[sheet.opening_start :].strip()
        if lead:
            sure = 0.9 if body[0][0] == sheet.opening else 0.7
            yield Finding("lead", lead, start, end, sure, "the first paragraph of the text")
    marked = sheet.opening is not None and _marked(sheet)
    parts = [
        (block, form, sheet.opening_start if index == sheet.opening else 0)
        for index, block, form in body
        if index != sheet.opening or marked or body[0][0] != sheet.opening
    ]
    text = body_of(parts)
    if text:
        yield Finding("body", text, body[0][1].start, body[-1][1].end, 0.9, "what stands between letterhead and footer")


def _marked(sheet: Sheet) -> bool:
    """Whether the first paragraph has links or emphasis that plain text would lose."""
    if sheet.opening is None:
        return False
    plain = sheet.blocks[sheet.opening].plain
    return any(
        mark.end > sheet.opening_start
        and (mark.kind == "link" or mark.end - mark.start < len(plain.text) - sheet.opening_start)
        for mark in plain.marks
    )


_STANDING = {
    "boilerplate": "standing text about an organisation",
    "notes": "a note to editors",
    "correction": "a notice of a correction",
}


def _surroundings(sheet: Sheet) -> Iterator[Finding]:
    """Boilerplate, notes and corrections, each part as one text."""
    texts: list[str] = []
    open_kind, start, end = "", 0, 0
    for index, block in [*enumerate(sheet.blocks), (len(sheet.blocks), None)]:
        kind = sheet.parts[index] if block is not None and sheet.parts[index] in _STANDING else ""
        begins = block is not None and (block.kind == "heading" or is_first(block)) and kind == open_kind
        if open_kind and (kind != open_kind or begins):
            field = "notes" if open_kind == "correction" else open_kind
            yield Finding(field, "\n\n".join(texts), start, end, 0.85, _STANDING[open_kind])
            texts = []
        if kind and block is not None and block.text:
            if not texts:
                start = block.start
            texts.append(block.text)
            end = block.end
        open_kind = kind if texts else ""


def is_first(block: Any) -> bool:
    """Whether a bold line opens a standing text of its own."""
    return bool(block.kind == "paragraph" and block.plain.covered("strong") and len(block.text) < 80)
