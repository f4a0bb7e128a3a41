"""Whose office a bare function is: "Ihre Sprecherin" of the group named before, "directeur X" of the body spoken of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lod.ingest.organisations import OrganisationFound
from lod.ingest.patterns import UPPER
from lod.ingest.people import PersonFound
from lod.ingest.sentences import Sentences
from lod.ingest.tongue import Tongue

__all__ = ["body_of", "office_of"]

_OWNER = re.compile(rf"(?P<name>[{UPPER}][\w&.-]*(?:\s[{UPPER}][\w&.-]*){{0,4}})['’]s\s*$")
_CLAUSE = re.compile(r"[,.;:()]")
_LONGEST = 60
_EARLY = 25


def office_of(person: PersonFound, organisations: Sequence[OrganisationFound], tongue: Tongue) -> str:
    """The organisation inside the words of a function: one the text names, or what stands behind "of"."""
    block, start, end = person.function_span
    for each in organisations:
        if person.function and each.block == block and start <= each.start and each.end <= end:
            return each.name
    if tongue.tables.text.noun_capitals or not person.function or tongue.territorial.search(person.function):
        return ""
    found = tongue.affiliation.search(person.function)
    name = re.split(r"\s*[,(]", person.function[found.end() :])[0] if found else ""
    return name if name[:1].isupper() and (" " in name or name.isupper()) else ""


def body_of(
    person: PersonFound, text: str, organisations: Sequence[OrganisationFound], issuers: Sequence[str], tongue: Tongue
) -> str:
    """The body a function is of, where the words of the function do not say it; empty where nothing tells.

    `text`: of the block in which the function stands. A possessive points to the body named last before it; a function
    that every body has one bearer of is of the only body of the paragraph, else of the only issuer.
    """
    block, start, _ = person.function_span
    before = text[:start].rstrip()
    if not person.function or any(map(tongue.genitive.fullmatch, person.function.split()[1:])):
        return ""
    owner = _OWNER.search(before)
    if owner is not None:
        named = [*issuers, *(each.name for each in organisations)]
        return next((name for name in named if f"{name} ".startswith(f"{owner['name']} ")), "")
    here = [each for each in organisations if each.block == block and each.end <= start]
    word = before.rstrip(",").rsplit(maxsplit=1)[-1] if before.rstrip(",") else ""
    if tongue.possessive.fullmatch(word):
        recent = Sentences(before).starts[-2:][0]
        near = [each.name for each in here if each.start >= recent]
        return near[-1] if near else _described(before, tongue)
    if not tongue.presides.fullmatch(person.function) or tongue.territorial.search(person.function):
        return ""
    sentences = Sentences(before).starts
    subjects = [each.name for each in here if each.start - max(at for at in sentences if at <= each.start) < _EARLY]
    if len({each.name for each in here}) > len(set(subjects)):
        return ""
    bodies = list(dict.fromkeys(subjects)) or list(issuers)
    return bodies[0] if len(bodies) == 1 else ""


def _described(before: str, tongue: Tongue) -> str:
    """As in "Desde la asociación de comerciantes, su presidenta": a body that has no name of its own."""
    found = [] if tongue.tables.text.noun_capitals else [*tongue.organisation_word.finditer(before)]
    if not found:
        return ""
    name = before[found[-1].start() : found[-1].start() + _LONGEST]
    stop = _CLAUSE.search(name)
    name = name[: stop.start()].strip() if stop else ""
    return name if any(map(tongue.genitive.fullmatch, name.split())) else ""
