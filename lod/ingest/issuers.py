"""Issuers: in whose name a release goes out, from the letterhead, or else from the next best place that says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lod.ingest.blocks import Block
from lod.ingest.contacts import read_contacts
from lod.ingest.dateline import inline_dateline
from lod.ingest.inline import Plain
from lod.ingest.joint import joint_issuers
from lod.ingest.letterhead import Letterhead
from lod.ingest.offices import (
    LONGEST,
    SHORT_NAME,
    cleaned,
    likeness,
    office_in,
    owns,
    spelled_out,
    without_press_office,
)
from lod.ingest.organisations import OrganisationFound
from lod.ingest.patterns import UPPER
from lod.ingest.people import People
from lod.ingest.rows import row_of
from lod.ingest.tongue import Tongue

__all__ = ["IssuerFound", "Sources", "find_issuers"]

_OFTEN = 3

_NAME_AFTER = re.compile(r"[\s:]*([^,|;:]{4,80}?)\s*(?:[,|;:]|$)")

_AUTHOR = re.compile(
    rf"(?:Congress(?:man|woman)|Senator|Rep(?:resentative|\.)|Sen\.|Governor|MEP)\s+((?:[{UPPER}][\w.'’-]+\s?){{2,4}}(?:\([A-Z]+-[\w.]+\))?)"
)


@dataclass(frozen=True, slots=True)
class IssuerFound:
    """An issuer: name, where it stands in the source, how sure, and why."""

    name: str
    start: int
    end: int
    confidence: float
    why: str
    authority: str = ""


@dataclass(frozen=True)
class Sources:
    """Everything issuers are read from."""

    letterhead: Letterhead
    blocks: tuple[Block, ...]
    parts: Sequence[str]
    organisations: Sequence[OrganisationFound]
    people: People
    publisher: str
    tongue: Tongue


def find_issuers(sources: Sources) -> list[IssuerFound]:
    """The issuers; of several places that name one, the surest is taken."""
    for search in (
        _own,
        _joint,
        _headed,
        _footed,
        _abbreviated,
        _published,
        _mailed,
        _contacted,
        _boilerplate,
        _speaking,
    ):
        found = _distinct(search(sources))
        if found:
            return found
    return []


def _distinct(found: Iterator[IssuerFound]) -> list[IssuerFound]:
    kept: dict[str, IssuerFound] = {}
    for each in found:
        key = re.sub(r"\W+", "", each.name.casefold())
        if key and not any(key in other or other in key for other in kept):
            kept[key] = each
    return list(kept.values())


def _own(sources: Sources) -> Iterator[IssuerFound]:
    """What the archive's own letterheads say."""
    for letterhead in sources.tongue.own.letterheads:
        for block in sources.blocks:
            found = re.search(letterhead.pattern, block.plain.text)
            if found:
                start, end = block.plain.span(*found.span())
                yield IssuerFound(
                    letterhead.issuer, start, end, 0.99, "the archive's letterhead", letterhead.authority or ""
                )
                return


def _joint(sources: Sources) -> Iterator[IssuerFound]:
    """As in "Gemeinsame Pressemitteilung von A und B"."""
    for name, start, end in joint_issuers(sources.letterhead, sources.tongue):
        yield IssuerFound(name, start, end, 0.85, "named as joint issuer")


def _headed(sources: Sources) -> Iterator[IssuerFound]:
    """The lines of the letterhead that name an office; below it in the same block stand only its parts."""
    tongue, head = sources.tongue, sources.letterhead
    whole = "\n".join(block.text for block in sources.blocks)
    used = {id(row) for row in (head.title, *head.subtitle) if row is not None}
    last_block = -2
    for row in head.rows:
        if id(row) in used or row.embargo or tongue.dockets.match(row.text):
            continue
        name = office_in(row, tongue, whole)
        if (
            not name
            or row.block == last_block
            or (last_block >= 0 and (tongue.press_office.search(name) or tongue.unit.match(name)))
        ):
            continue
        last_block = row.block
        begin, end = row.plain.span(0, len(row.plain.text))
        yield IssuerFound(name, begin, end, 0.9, "stands in the letterhead")


def _footed(sources: Sources) -> Iterator[IssuerFound]:
    """As in "Herausgeber: …", "Original-Content von: …", or "Pressemitteilung Nr. 5 der Stadt X" below the text."""
    whole = "\n".join(block.text for block in sources.blocks)
    for index, block in enumerate(sources.blocks):
        if index < sources.letterhead.text_from or len(block.text) > LONGEST * 3:
            continue
        for row in block.rows:
            name, start = _footer(row, index, sources, whole)
            if name:
                begin, end = row.span(start, len(row.text))
                yield IssuerFound(name, begin, end, 0.85, "named as publisher in the footer")
                return


def _footer(row: Plain, index: int, sources: Sources, whole: str) -> tuple[str, int]:
    """The publisher that a line below the text names, and where the name begins."""
    tongue = sources.tongue
    cue = tongue.publishers.match(row.text) if sources.parts[index] in ("footer", "contact") else None
    found = _NAME_AFTER.match(row.text, cue.end()) if cue else None
    if found and found[1][:1].isupper() and not found[1].startswith("http"):
        return cleaned(found[1], tongue, ""), found.start(1)
    if len(row.text) > LONGEST or sources.parts[index] in ("notes", "boilerplate") or not tongue.labels.match(row.text):
        return "", 0
    line = row_of(index, row, "plain", 0, tongue, "dmy")
    return (office_in(line, tongue, whole), 0) if line.days or line.number else ("", 0)


def _abbreviated(sources: Sources) -> Iterator[IssuerFound]:
    """As in "StGB NRW-Numm. 15/2017": a short name before the number, which the text spells out."""
    for row in sources.letterhead.rows:
        if row is sources.letterhead.title or not (row.number or row.label):
            continue
        short = SHORT_NAME.match(row.rest) or SHORT_NAME.match(row.text)
        if not short or sources.tongue.labels.fullmatch(short.group()):
            continue
        begin, end = row.plain.span(0, len(row.plain.text))
        name = spelled_out(short.group(), sources.organisations)
        if name:
            yield IssuerFound(name.name, begin, end, 0.8, f'"{short.group()}" before the number', name.authority)
            return


def _published(sources: Sources) -> Iterator[IssuerFound]:
    """What the document's container says about its publisher."""
    if sources.publisher:
        yield IssuerFound(sources.publisher, 0, 0, 0.8, "stated by the page or file")


def _contacted(sources: Sources) -> Iterator[IssuerFound]:
    """The office that answers questions."""
    blocks = [(index, block) for index, block in enumerate(sources.blocks) if sources.parts[index] == "contact"]
    for contact, begin, end in read_contacts(blocks, sources.tongue):
        office = contact.get("organisation", "")
        office = re.sub(r"\s*,\s.*$", "", office)
        office = without_press_office(office, sources.tongue)
        if office:
            yield IssuerFound(cleaned(office, sources.tongue, ""), begin, end, 0.7, "answers questions about it")
            return


def _boilerplate(sources: Sources) -> Iterator[IssuerFound]:
    """As in "Über den Verband X", where there is one such text."""
    heads = [
        block.rows[0]
        for index, block in enumerate(sources.blocks)
        if sources.parts[index] == "boilerplate" and block.rows and len(block.rows[0].text) < LONGEST
    ]
    for row in heads:
        found = sources.tongue.about.match(row.text)
        if found:
            begin, end = row.span(*found.span("name"))
            name = cleaned(found["name"], sources.tongue, "")
            longer = [
                each.name
                for each in sources.organisations
                if each.name.startswith(name + " ") and each.block <= sources.letterhead.text_from + 2
            ]
            yield IssuerFound(longer[0] if longer else name, begin, end, 0.65, "the standing text is about it")
            return


def _mailed(sources: Sources) -> Iterator[IssuerFound]:
    """The office whose initials or name is the domain of the address to write to."""
    blocks = [(index, block) for index, block in enumerate(sources.blocks) if sources.parts[index] == "contact"]
    for contact, begin, end in read_contacts(blocks, sources.tongue):
        address = contact.get("mail") or contact.get("url", "")
        domain = re.sub(r"^.*@|^https?://(?:www\.)?", "", address).split("/")[0].casefold()
        label = domain.split(".")[-2] if domain.count(".") else ""
        offices = [each for each in sources.organisations if owns(label, each.name)] if len(label) > 2 else []
        if offices:
            best = max(offices, key=lambda each: (likeness(label, each.name), -each.block, -each.start))
            yield IssuerFound(best.name, begin, end, 0.7, f"its mail goes to {domain}", best.authority)
            return


def _speaking(sources: Sources) -> Iterator[IssuerFound]:
    """The office, or the member of a parliament, that the first paragraph is about."""
    first = sources.letterhead.text_from
    if first >= len(sources.blocks):
        return
    block = sources.blocks[first]
    author = _AUTHOR.search(block.plain.text)
    if author and author.start() < 120:
        begin, end = block.plain.span(*author.span())
        yield IssuerFound(" ".join(author.group().split()), begin, end, 0.65, "announces it in the first sentence")
        return
    announced = _announcing(block.plain.text, sources)
    if announced is not None:
        begin, end = block.plain.span(*announced)
        name = block.plain.text[slice(*announced)].strip(" ,")
        yield IssuerFound(name, begin, end, 0.5, "the first sentence is about it, and it is named again")
        return
    counts: dict[str, int] = {}
    for each in sources.organisations:
        counts[each.name] = counts.get(each.name, 0) + 1
    here = [each for each in sources.organisations if each.block <= first + 3]
    here.sort(key=lambda each: (-bool(each.short), -counts[each.name], each.block, each.start))
    for each in here[:1]:
        begin, end = sources.blocks[each.block].plain.span(each.start, each.end)
        yield IssuerFound(each.name, begin, end, 0.5, "the office the text names first and most", each.authority)


def _announcing(text: str, sources: Sources) -> tuple[int, int] | None:
    """A name that the first sentence begins with, that announces something there and is named again."""
    tongue = sources.tongue
    line = inline_dateline(text, tongue, "dmy")
    start = line.end if line else 0
    cap = rf"[{UPPER}][\w&'’.-]*"
    found = re.compile(
        rf"(?:(?:The|Die|Der|Das)\s)?(?P<name>{cap}(?:\s{cap}){{0,4}})(?:,?\s(?:{tongue.forms.pattern}))?"
    ).match(text, start)
    if found is None:
        return None
    after = text[found.end() :]
    name = found["name"]
    known = any(person.name in name or name in person.name for person in sources.people.found)
    verb = re.match(
        rf"\s*(?:\([^)]*\)\s*)?\s(?:{'|'.join(tongue.tables.organisations.announcing) or '(?!)'})(?!\w)", after
    )
    if known or name.split()[0] in tongue.never or not (verb or tongue.firms.match(after)):
        return None
    again = sum(block.text.count(name) for block in sources.blocks)
    return (found.start("name"), found.end()) if again >= _OFTEN else None
