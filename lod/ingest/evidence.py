"""Evidence of issuers around the text: footers, imprints, contacts, standing texts, addresses, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lod.ingest.blocks import Block
from lod.ingest.contacts import read_contacts
from lod.ingest.inline import Plain
from lod.ingest.letterhead import Letterhead
from lod.ingest.lines import is_organisation
from lod.ingest.names import Names
from lod.ingest.offices import LONGEST, cleaned, likeness, office_in, owns, without_press_office
from lod.ingest.organisations import OrganisationFound, find_organisations, nominative
from lod.ingest.people import People
from lod.ingest.rows import row_of
from lod.ingest.sections import REACHABLE, is_prose
from lod.ingest.tongue import Tongue

__all__ = [
    "IssuerFound", "Sources", "answering", "asked_offices", "footed", "holding", "mailed", "pictured", "spelled",
    "standing", "trailed",
]  # fmt: skip

_SHORTEST = 3
_SEGMENTS = re.compile(r"\s*[,|·•;/]\s*|\s+[–—-]\s+|:\s+|(?<=[a-zà-ÿ]{3})\.\s+|\s(?=Tel\b|Tél\b|Phone\b)")
_PICTURES = ("caption", "image")
_GAP = r"[\s'’.&-]{0,2}"
_VARIANTS = {
    "a": "[aàáâãåä]", "c": "[cç]", "e": "[eèéêë]?", "i": "[iìíîï]", "n": "[nñ]", "o": "[oòóôõøö]", "u": "[uùúûü]",
    "s": "(?:s|ß)?",
}  # fmt: skip

_NAME_AFTER = re.compile(r"[\s:]*([^,|;:]{4,80}?)\s*(?:[,|;:]|$)")


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


def footed(sources: Sources) -> Iterator[IssuerFound]:
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


def asked_offices(sources: Sources) -> Iterator[IssuerFound]:
    """The offices of those who answer questions."""
    for contact, begin, end in read_contacts(_asked(sources), sources.tongue):
        office = re.sub(r"\s*,\s.*$", "", contact.get("organisation", ""))
        office = without_press_office(office, sources.tongue)
        if office:
            yield IssuerFound(cleaned(office, sources.tongue, ""), begin, end, 0.7, "answers questions about it")


def answering(sources: Sources) -> Iterator[IssuerFound]:
    """The office that answers questions."""
    tongue = sources.tongue
    blocks = _asked(sources)
    first = next(asked_offices(sources), None)
    if first is not None:
        yield first
        return
    for block in (*(block for _, block in blocks), *_closing(sources)):
        for row in block.rows:
            office = _in_row(row.text, tongue)
            if office:
                yield IssuerFound(office, *row.span(0, len(row.text)), 0.65, "stands in a block of contacts")
                return
    texts = [(index, block.plain.text) for index, block in blocks]
    for each in find_organisations(texts, tongue, Names(())):
        name = without_press_office(each.name, tongue)
        if " " in name and not tongue.unit.match(name):
            span = sources.blocks[each.block].plain.span(each.start, each.end)
            yield IssuerFound(name, *span, 0.6, "answers questions about it")
            return


def _asked(sources: Sources) -> list[tuple[int, Block]]:
    """The blocks that say whom to ask; notes and running heads where they have an address."""
    return [
        (index, block)
        for index, block in enumerate(sources.blocks)
        if sources.parts[index] == "contact"
        or (sources.parts[index] in ("notes", "running") and REACHABLE.search(block.text))
    ]


def _closing(sources: Sources) -> list[Block]:
    """The short blocks below the last paragraph of the text."""
    found: list[Block] = []
    for index in range(len(sources.blocks) - 1, sources.letterhead.text_from, -1):
        block = sources.blocks[index]
        if not sources.parts[index] and is_prose(block.text):
            break
        if not sources.parts[index] and block.kind in ("paragraph", "heading") and len(block.text) < LONGEST:
            found.insert(0, block)
    return found


def _in_row(text: str, tongue: Tongue) -> str:
    """The office that a part of a line is, and that is no press office."""
    for segment in _SEGMENTS.split(text):
        bare = segment.strip(" .,*")
        if not (_SHORTEST < len(bare) < LONGEST) or not bare[:1].isupper() or re.search(r"[@\d]", bare):
            continue
        name = without_press_office(bare, tongue)
        if " " in name and is_organisation(name, tongue) and not tongue.unit.match(name):
            return cleaned(name, tongue, "")
    return ""


def holding(sources: Sources) -> Iterator[IssuerFound]:
    """Who holds the rights of the page: "© 2020 Ministry of X"."""
    tongue, whole = sources.tongue, "\n".join(block.text for block in sources.blocks)
    for index in range(len(sources.blocks) - 1, sources.letterhead.text_from, -1):
        block = sources.blocks[index]
        found = tongue.furniture.rights.search(block.plain.text) if sources.parts[index] not in _PICTURES else None
        name = found["name"].strip(" -–:") if found else ""
        if found and (is_organisation(name, tongue) or (found["year"] and whole.count(name) > 1)):
            span = block.plain.span(*found.span("name"))
            yield IssuerFound(cleaned(name, tongue, ""), *span, 0.7, "holds the rights of the page")
            return


def pictured(sources: Sources) -> Iterator[IssuerFound]:
    """Whose logo stands above the text."""
    logo = sources.tongue.furniture.logo
    for block in sources.blocks[: sources.letterhead.text_from]:
        for label, href in block.plain.images:
            name = logo.sub("", " ".join(label.split()))
            told = name != label or logo.search(href.rpartition("/")[2])
            if is_organisation(name, sources.tongue) or (told and name[:1].isupper() and " " in name):
                name = nominative(name, label[: max(0, label.find(name))], "", sources.tongue)
                yield IssuerFound(cleaned(name, sources.tongue, ""), block.start, block.end, 0.8, "its logo is above")
                return


def trailed(sources: Sources) -> Iterator[IssuerFound]:
    """The office that is a step of the trail above the text: "Home > Ministry of X > News"."""
    tongue = sources.tongue
    for index, block in enumerate(sources.blocks[: sources.letterhead.text_from]):
        for row in block.rows if sources.parts[index] == "menu" else ():
            for step in tongue.furniture.steps(row):
                if " " in step and is_organisation(step, tongue) and not tongue.press_office.search(step):
                    start = row.text.find(step)
                    yield IssuerFound(step, *row.span(start, start + len(step)), 0.55, "the page belongs to it")
                    return


def spelled(sources: Sources) -> Iterator[IssuerFound]:
    """A name of several words that the text prints and the address to write to spells: clean-air-now.example."""
    for contact, begin, end in read_contacts(_asked(sources), sources.tongue):
        label = _domain(contact)
        if len(label) <= _SHORTEST:
            continue
        pattern = _spelling(label)
        names = [found.group() for block in sources.blocks for found in pattern.finditer(block.text)]
        name = next((name for name in names if " " in name and name[:1].isupper()), "")
        if name:
            yield IssuerFound(name, begin, end, 0.6, f'its address is "{label}"')
            return


def _spelling(label: str) -> re.Pattern[str]:
    """A pattern for the words that a label of a domain runs together."""
    letters = [_VARIANTS.get(char, re.escape(char)) for char in label.replace("-", "")]
    return re.compile(rf"(?<!\w){_GAP.join(letters)}(?!\w)", re.IGNORECASE)


def _domain(contact: Mapping[str, Any]) -> str:
    """The label of the domain of an address that is the name of its owner."""
    address = contact.get("mail") or contact.get("url", "")
    domain = re.sub(r"^.*@|^https?://(?:www\.)?", "", address).split("/")[0].casefold()
    return domain.split(".")[-2] if domain.count(".") else ""


def standing(sources: Sources) -> Iterator[IssuerFound]:
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
            name = cleaned(re.split(r":\s", found["name"])[0], sources.tongue, "")
            longer = [
                each.name
                for each in sources.organisations
                if each.name.startswith(name + " ") and each.block <= sources.letterhead.text_from + 2
            ]
            yield IssuerFound(longer[0] if longer else name, begin, end, 0.65, "the standing text is about it")
            return


def mailed(sources: Sources) -> Iterator[IssuerFound]:
    """The office whose initials or name is the domain of the address to write to."""
    for contact, begin, end in read_contacts(_asked(sources), sources.tongue):
        label = _domain(contact)
        offices = [each for each in sources.organisations if owns(label, each.name)] if len(label) > 2 else []
        if offices:
            best = max(offices, key=lambda each: (likeness(label, each.name), -each.block, -each.start))
            printed = contact.get("organisation", "")
            if printed and owns(label, printed) and likeness(label, printed) > likeness(label, best.name):
                # The text names only a part of the office that answers: "Zivilsenat des Oberlandesgerichts".
                yield IssuerFound(printed, begin, end, 0.7, f'its address is "{label}"')
                return
            yield IssuerFound(best.name, begin, end, 0.7, f'its address is "{label}"', best.authority)
            return
