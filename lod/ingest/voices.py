"""The people, organisations, issuers, contacts and quotations of a document, as findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lod.ingest.attachments import attachment_findings
from lod.ingest.attribution import Voices
from lod.ingest.belonging import body_of, office_of
from lod.ingest.contacts import read_contacts
from lod.ingest.findings import Finding
from lod.ingest.inline import Plain
from lod.ingest.issuers import Sources, find_issuers
from lod.ingest.organisations import OrganisationFound, find_organisations
from lod.ingest.people import People, PersonFound, gather
from lod.ingest.quotations import find_quotations
from lod.ingest.sections import REACHABLE
from lod.ingest.sheet import Sheet
from lod.ingest.signature import is_stack, stacked
from lod.ingest.tongue import Tongue
from lod.term import slug

__all__ = ["voice_findings"]

_GUESSED = 0.7  # below what passes without a look


def voice_findings(sheet: Sheet) -> Iterator[Finding]:
    """Who issues, who is named, who speaks, and whom to ask."""
    texts = [(index, stacked(block) if is_stack(block) else block.plain) for index, block, _ in sheet.body]
    head = sheet.letterhead
    above = [
        (index, block.plain)
        for index, block in enumerate(sheet.blocks[: head.text_from])
        if not sheet.parts[index] and block.text
    ]
    notes = [
        (index, block.plain) for index, block in enumerate(sheet.blocks) if sheet.parts[index] == "notes" and block.text
    ]
    signatures = [
        (index, stacked(block)) for index, block in enumerate(sheet.blocks) if sheet.parts[index] == "signature"
    ]
    told = sorted([*above, *_captions(sheet), *texts], key=lambda each: each[0])
    people = gather([*told, *notes, *signatures], sheet.tongue)
    _drop_issuers_names(people, sheet)
    _drop_headline_names(people, sheet)
    # Headlines write every word with a capital, so that nothing in them looks like a name.
    lines = [
        (index, block.plain.text.replace("\n", ";"))
        for index, block, form in sheet.body
        if form in ("paragraph", "item")
    ]
    found_bodies = find_organisations(lines, sheet.tongue, sheet.rules.names)
    _drop_firms(people, found_bodies, sheet.tongue)
    organisations = [each for each in found_bodies if not (_is_person(each, people) or _is_dateline(each, sheet))]
    issuers = list(_issuers(sheet, organisations, people))
    yield from issuers
    _distribute(people, sheet, organisations)
    yield from _people(sheet, people, organisations, [finding.value["name"] for finding in issuers])
    spoken = [(each.block, each.start, each.end, each.name) for each in organisations]
    voices = Voices(people, spoken, sheet.tongue, [finding.value["name"] for finding in issuers])
    spoken_in = [(index, block) for index, block, form in sheet.body if form in ("paragraph", "item", "heading")]
    heads = frozenset(index for index, _, form in sheet.body if form == "heading")
    found = find_quotations(spoken_in, voices, sheet.tongue, heads)
    named = {name for each in found for name in each.speakers}
    yield from _organisations(sheet, organisations, issuers, named)
    yield from _quotations(sheet, found)
    yield from _contacts(sheet)
    yield from attachment_findings(sheet)


def _captions(sheet: Sheet) -> Iterator[tuple[int, Plain]]:
    """What captions say, without who made the picture."""
    for index, block in enumerate(sheet.blocks):
        if sheet.parts[index] == "caption" and block.text:
            credit = sheet.tongue.furniture.credit.search(block.plain.text)
            yield index, replace(block.plain, text=block.plain.text[: credit.start()]) if credit else block.plain


def _drop_issuers_names(people: People, sheet: Sheet) -> None:
    """Names that are places of the dateline are no people."""
    places = {spot.name for line, _, _ in sheet.datelines for spot in line.places}
    people.found[:] = [person for person in people.found if person.name not in places]


def _drop_headline_names(people: People, sheet: Sheet) -> None:
    """Where headlines write every word with a capital, a name that only they have is none."""
    if sheet.tongue.tables.text.noun_capitals:
        return
    head = sheet.letterhead
    blocks = {row.block for row in (head.title, *head.subtitle) if row is not None}
    people.found[:] = [
        person
        for person in people.found
        if person.honorific or any(mention.block not in blocks for mention in person.mentions)
    ]


def _drop_firms(people: People, organisations: list[OrganisationFound], tongue: Tongue) -> None:
    """As in "Nicola Mining Inc.": the first words of the name of a firm are nobody."""
    firms = [f" {each.name} " for each in organisations if tongue.forms.search(each.name)]
    people.found[:] = [
        person for person in people.found if person.honorific or not any(f" {person.name} " in firm for firm in firms)
    ]


def _is_person(body: OrganisationFound, people: People) -> bool:
    """Whether somebody is named where an organisation was thought to be: "Landrat Aschauer"."""
    return any(
        mention.block == body.block and mention.start < body.end and body.start < mention.end
        for person in people.found
        for mention in person.mentions
    )


def _is_dateline(body: OrganisationFound, sheet: Sheet) -> bool:
    """Whether a body is named before the first sentence only: the news service there."""
    return any(
        plain is sheet.blocks[body.block].plain and body.end <= line.end + offset
        for line, plain, offset in sheet.datelines
    )


def _issuers(sheet: Sheet, organisations: list[OrganisationFound], people: People) -> Iterator[Finding]:
    publisher = str(sheet.meta.get("publisher") or "")
    sources = Sources(sheet.letterhead, sheet.blocks, sheet.parts, organisations, people, publisher, sheet.tongue)
    for each in find_issuers(sources):
        known = sheet.rules.names.find(each.name, "org")
        authority = each.authority or (known.id if known else "")
        value = {"name": known.label if known else each.name, **({"authority": authority} if authority else {})}
        yield Finding("issuers", value, each.start, each.end, each.confidence, each.why)


def _distribute(people: People, sheet: Sheet, organisations: list[OrganisationFound]) -> None:
    """As in "die Hauptgeschäftsführer des A und des B, X und Y": to each his own, in the order of the names."""
    tongue = sheet.tongue
    for index, person in enumerate(people.found[:-1]):
        following = people.found[index + 1]
        first, second = person.mentions[0], following.mentions[0]
        if first.block != second.block:
            continue
        text = sheet.blocks[first.block].plain.text
        if not tongue.both.fullmatch(text[first.end : second.start] + " ") and not tongue.both.fullmatch(
            text[first.end : second.start]
        ):
            continue
        if not person.function or following.function or person.function_span[0] != first.block:
            continue
        begin = person.function_span[1]
        inside = [
            each
            for each in organisations
            if each.block == first.block and begin <= each.start and each.end <= first.start
        ]
        noun = re.match(r"[^\W\d_][\w-]*", text[begin:])
        if noun is None:
            continue
        if len(inside) == 2:
            person.function = following.function = noun.group()
            person.organisation, following.organisation = inside[0].name, inside[1].name
            following.function_span = person.function_span
        elif not inside and any(_is_plural(word, tongue) for word in person.function.split()):
            person.function = following.function = _singular(person.function, tongue)
            following.function_span = person.function_span


_PLURALS = (
    "innen",
    "sprecher",
    "führer",
    "leiter",
    "meister",
    "minister",
    "präsidenten",
    "vorsitzenden",
    "abgeordneten",
)


def _is_plural(noun: str, tongue: Tongue) -> bool:
    if tongue.tables.text.noun_capitals:
        return noun.endswith(_PLURALS) or (noun.endswith("n") and tongue.is_role(noun) and tongue.is_role(noun[:-1]))
    return noun.endswith("s") and tongue.is_role(noun) and tongue.is_role(noun[:-1])


def _singular(function: str, tongue: Tongue) -> str:
    """As in "Assistant Attorneys General": what each of them is."""
    if tongue.name != "en":
        return function
    return " ".join(word[:-1] if _is_plural(word, tongue) else word for word in function.split())


def _people(
    sheet: Sheet, people: People, organisations: list[OrganisationFound], issuers: list[str]
) -> Iterator[Finding]:
    seen: set[str] = set()
    for person in people.found:
        key = slug(person.name)
        if key in seen:
            continue
        seen.add(key)
        mention = person.mentions[0]
        told = person.organisation or office_of(person, organisations, sheet.tongue)
        text = sheet.blocks[person.function_span[0]].plain.text
        office = told or body_of(person, text, organisations, issuers, sheet.tongue)
        value = _person(sheet, person, office)
        start, end = sheet.blocks[mention.block].plain.span(mention.start, mention.end)
        sure, why = person.confidence, "by a given name, and no function beside it"
        if office and not told:
            sure, why = min(sure, _GUESSED), f'"{office}" is taken from the context'
        elif person.function or person.honorific:
            why = "named with function or title"
        yield Finding("people", value, start, end, round(sure, 2), why)


def _person(sheet: Sheet, person: PersonFound, office: str) -> dict[str, Any]:
    value: dict[str, Any] = {"name": person.name}
    if person.honorific:
        value["honorific"] = person.honorific
    if person.given:
        value["given"] = person.given
        value["family"] = person.family
    if person.function:
        value["function"] = person.function.strip("()") if person.function.startswith("(") else person.function
    if office and value.get("function", "").endswith(f", {office}"):
        value["function"] = value["function"].removesuffix(f", {office}")
    if office:
        known = sheet.rules.names.find(office, "org")
        value["organisation"] = {"name": known.label, "authority": known.id} if known else {"name": office}
    found = sheet.rules.names.find(person.name, "person")
    if found:
        value["authority"] = found.id
    return value


def _organisations(
    sheet: Sheet, found: list[OrganisationFound], issuers: list[Finding], named: set[str]
) -> Iterator[Finding]:
    counts: dict[str, int] = {}
    for each in found:
        counts[each.name] = counts.get(each.name, 0) + 1
    taken = {finding.value["name"] for finding in issuers}
    for each in found:
        if each.name in taken or any(name.startswith(f"{each.name} ") for name in taken):
            continue
        taken.add(each.name)
        value = {"name": each.name, **({"authority": each.authority} if each.authority else {})}
        start, end = sheet.blocks[each.block].plain.span(each.start, each.end)
        sure = 0.95 if each.authority else 0.8 + 0.1 * (counts[each.name] > 1 or bool(each.short) or each.name in named)
        yield Finding("organisations", value, start, end, round(sure, 2), "named in the text")


def _quotations(sheet: Sheet, found: list[Any]) -> Iterator[Finding]:
    for number, each in enumerate(found, 1):
        plain = sheet.blocks[each.block].plain
        start, end = plain.span(each.start, each.end)
        value = {"id": f"q{number}", "text": plain.text[each.start : each.end], "speakers": list(each.speakers)}
        yield Finding("quotations", value, start, end, each.confidence, each.why)


def _has_contacts(sheet: Sheet, index: int) -> bool:
    """Whether a block says whom to ask: a contact block, a line of a table above the text, a note with an address."""
    if sheet.parts[index] == "contact":
        return True
    block = sheet.blocks[index]
    above = index < sheet.letterhead.text_from and (
        block.kind == "table" or any(sheet.tongue.section_heads["contact"].match(row.text) for row in block.rows)
    )
    return (above or sheet.parts[index] in ("notes", "running")) and bool(
        REACHABLE.search(block.plain.text) and "@" in block.plain.text
    )


def _contacts(sheet: Sheet) -> Iterator[Finding]:
    run: list[Any] = []
    told: list[dict[str, Any]] = []
    for index, block in [*enumerate(sheet.blocks), (len(sheet.blocks), None)]:
        if block is not None and _has_contacts(sheet, index):
            run.append((index, block))
        elif run:
            for value, start, end in read_contacts(run, sheet.tongue):
                if not any(value.items() <= other.items() for other in told):
                    told.append(value)
                    yield Finding("contacts", value, start, end, 0.8, "a block of contacts")
            run = []
