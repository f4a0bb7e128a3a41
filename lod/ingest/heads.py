"""Letterheads that name people or several bodies: whose letter it is, by office and name, and bodies in one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from lod.ingest.evidence import IssuerFound, Sources
from lod.ingest.lines import is_organisation
from lod.ingest.people import PersonFound
from lod.ingest.rows import Row
from lod.ingest.tongue import Tongue

__all__ = ["held_heads", "slashed"]

_BAR = re.compile(r"\s+/\s+")
_MOST = 12


def held_heads(sources: Sources) -> Iterator[IssuerFound]:
    """Whose letter it is: "Todd Wrixon MP" above "Member for Bellbird", "PRESS RELEASE OF MINISTER … NAME"."""
    head, tongue = sources.letterhead, sources.tongue
    rows = [row for row in head.rows if row is not head.title and row not in head.subtitle]
    if any(is_organisation(row.text, tongue) and not _office(row.text, tongue) for row in rows if not row.label):
        return
    for row, below in zip_longest(rows, rows[1:]):
        begin, end = row.plain.span(0, len(row.plain.text))
        person = _named(row.text, sources.people.found)
        if person is None:
            continue
        if row.label:
            office = _cased(_before(row.rest, person.name), tongue)
            if office and tongue.is_role(_first_role(office, tongue)):
                yield IssuerFound(f"{office} {person.name}", begin, end, 0.8, "the release of somebody in office")
        elif below is not None and below.block <= row.block + 1 and _office(below.text, tongue):
            stop = below.plain.span(0, len(below.plain.text))[1]
            yield IssuerFound(f"{below.text} {person.name}", begin, stop, 0.8, "stands in the letterhead")


def _named(text: str, people: list[PersonFound]) -> PersonFound | None:
    folded = text.casefold()
    return next((person for person in people if " " in person.name and person.name.casefold() in folded), None)


def _office(text: str, tongue: Tongue) -> bool:
    """Whether a line is an office with what it is for: "Minister for Health"."""
    words = text.split()
    return len(words) <= _MOST and any(map(tongue.is_role, words[:2])) and not any(map(str.isdigit, text))


def _before(text: str, name: str) -> str:
    """What stands before a name, without the small words and articles at its beginning."""
    return text[: text.casefold().find(name.casefold())].strip(" ,:") if name.casefold() in text.casefold() else ""


def _first_role(office: str, tongue: Tongue) -> str:
    return next((word for word in office.split()[:3] if tongue.is_role(word)), "")


def _cased(office: str, tongue: Tongue) -> str:
    """An office in capitals as it is written in a sentence, without the preposition behind the label."""
    words = office.split()
    while words and (tongue.preposition.fullmatch(words[0]) or tongue.article.fullmatch(words[0])):
        words = words[1:]
    if not office.isupper():
        return " ".join(words)
    small = [word.lower() in tongue.glue or tongue.preposition.fullmatch(word) is not None for word in words]
    return " ".join(
        word.lower() if little or (index and tongue.is_role(word.lower())) else word.capitalize()
        for index, (word, little) in enumerate(zip(words, small, strict=True))
    )


def slashed(sources: Sources) -> Iterator[IssuerFound]:
    """Bodies side by side in one line: "UN Drylands / International Herders Alliance"."""
    head, tongue = sources.letterhead, sources.tongue
    short = {each.short: each.name for each in sources.organisations if each.short}
    for row in _plain_rows(head.rows, head.title):
        names = [name.strip() for name in _BAR.split(row.text)]
        known = [short.get(name) or (name if is_organisation(name, tongue) else "") for name in names]
        if (
            len(names) > 1
            and all(known)
            and any(name in short for name in names)
            and not any(tongue.press_office.search(name) for name in names)
        ):
            begin, end = row.plain.span(0, len(row.plain.text))
            for name in known:
                yield IssuerFound(name, begin, end, 0.85, "stands in the letterhead beside another")
            return


def _plain_rows(rows: tuple[Row, ...], title: Row | None) -> Iterator[Row]:
    for row in rows:
        if row is not title and not (row.days or row.number or row.label):
            yield row
