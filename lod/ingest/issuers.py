"""Issuers: in whose name a release goes out, from the letterhead, or else from the next best place that says it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lod.ingest.dateline import inline_dateline
from lod.ingest.evidence import (
    IssuerFound,
    Sources,
    answering,
    asked_offices,
    footed,
    holding,
    mailed,
    pictured,
    spelled,
    standing,
    trailed,
)
from lod.ingest.heads import held_heads, slashed
from lod.ingest.joint import Listed, joint_issuers
from lod.ingest.lines import is_organisation
from lod.ingest.offices import (
    SHORT_NAME,
    cleaned,
    office_in,
    spelled_out,
    without_press_office,
)
from lod.ingest.patterns import UPPER
from lod.ingest.rows import Row

__all__ = ["IssuerFound", "Sources", "find_issuers"]

_OFTEN = 3
_MOST_WORDS = 5

_AUTHOR = re.compile(
    rf"(?:Congress(?:man|woman)|Senator|Rep(?:resentative|\.)|Sen\.|Governor|MEP)\s+((?:[{UPPER}][\w.'’-]+\s?){{2,4}}(?:\([A-Z]+-[\w.]+\))?)"
)


def find_issuers(sources: Sources) -> list[IssuerFound]:
    """The issuers; of several places that name one, the surest is taken."""
    for search in (
        _own,
        _joint,
        held_heads,
        slashed,
        _headed,
        pictured,
        footed,
        _abbreviated,
        _published,
        mailed,
        answering,
        asked_offices,
        standing,
        holding,
        trailed,
        spelled,
        _unnamed,
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

    def asked() -> list[Listed]:
        return [*_itemised(sources)] or [(each.name, each.start, each.end) for each in asked_offices(sources)]

    for name, start, end in joint_issuers(sources.letterhead, asked, sources.tongue):
        yield IssuerFound(name, start, end, 0.85, "named as joint issuer")


def _itemised(sources: Sources) -> Iterator[Listed]:
    """The offices in a list above the text."""
    for index, block in enumerate(sources.blocks[: sources.letterhead.text_from]):
        if block.kind == "item" and not sources.parts[index] and is_organisation(block.text, sources.tongue):
            yield cleaned(block.text, sources.tongue, ""), block.start, block.end


def _headed(sources: Sources) -> Iterator[IssuerFound]:
    """The lines of the letterhead that name an office; below it in the same block stand only its parts."""
    tongue = sources.tongue
    last_block = -2
    named = _named_rows(sources)
    for index, (row, name) in enumerate(named):
        if row.block == last_block or (
            last_block >= 0 and (tongue.press_office.search(name) or tongue.unit.match(name))
        ):
            continue
        below = named[index + 1] if index + 1 < len(named) else None
        realm = tongue.realms.fullmatch(name) or tongue.is_office_word(name)
        if realm and below and below[0].block <= row.block + 1 and not tongue.press_office.search(below[1]):
            continue  # the state stands above its ministry
        last_block = row.block
        begin, end = row.plain.span(0, len(row.plain.text))
        yield IssuerFound(_whole(name, sources), begin, end, 0.9, "stands in the letterhead")


def _whole(name: str, sources: Sources) -> str:
    """The office whose press office a name is, or the name that a short one stands for."""
    tongue = sources.tongue
    if tongue.unit.match(name) and tongue.press_office.search(name):
        return without_press_office(name, tongue) or name
    return next((each.name for each in sources.organisations if each.short and each.short == name), name)


def _named_rows(sources: Sources) -> list[tuple[Row, str]]:
    """The lines of the letterhead that name an office, with its name."""
    head, tongue = sources.letterhead, sources.tongue
    whole = "\n".join(block.text for block in sources.blocks)
    used = {id(row) for row in (head.title, *head.subtitle) if row is not None}
    rows = [row for row in head.rows if id(row) not in used and not row.embargo and not tongue.dockets.match(row.text)]
    named = [(row, office_in(row, tongue, whole)) for row in rows]
    return [(row, name) for row, name in named if name]


def _unnamed(sources: Sources) -> Iterator[IssuerFound]:
    """A line of capitalised words at the very top, with the word for a release below: "Seeheimer Bühnen"."""
    head, tongue = sources.letterhead, sources.tongue
    rows = list(head.rows[: next((i for i, row in enumerate(head.rows) if row is head.title), 0)])
    if len(rows) < 2 or not any(row.label for row in rows[1:]):
        return
    first = rows[0]
    words = first.text.split()
    plain = not (first.label or first.days or first.number or first.embargo or first.form == "heading")
    capital = all(word[:1].isupper() or word.lower() in tongue.glue for word in words)
    if plain and capital and 1 < len(words) <= _MOST_WORDS and first.text[-1:].isalnum():
        begin, end = first.plain.span(0, len(first.plain.text))
        yield IssuerFound(cleaned(first.text, tongue, ""), begin, end, 0.5, "stands at the very top")


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
