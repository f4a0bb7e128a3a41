"""Organisations a text names, brought into the nominative where German inflects them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lod.ingest.names import Names
from lod.ingest.patterns import UPPER, tree
from lod.ingest.tongue import Tongue

__all__ = ["OrganisationFound", "acronym", "find_organisations", "nominative"]

_ACRONYM = re.compile(rf"\s*\(([{UPPER}][\w.-]{{0,14}}[{UPPER}\w](?:\s[{UPPER}][\w-]+)?)\)")
_BEFORE_ACRONYM = re.compile(
    rf"(?:(?:[{UPPER}][\w.&'’/-]*|of|the|for|and|für|und|der|des|de|du|la|le|les|et|van|voor|het|del|y|en|zur)\s?){{2,9}}$"
)
_TOO_LONG = 110
_PLURALS = re.compile(
    r"(?:verbände|behörden|ministerien|ämter|gerichte|vereine|kammern|schulen|städte|gemeinden|kreise|hochschulen|universitäten|länder|stiftungen|banken)n?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class OrganisationFound:
    """An organisation named in a block: as printed at `start` to `end`, and its name."""

    block: int
    start: int
    end: int
    name: str
    short: str = ""
    authority: str = ""


def find_organisations(texts: list[tuple[int, str]], tongue: Tongue, names: Names) -> list[OrganisationFound]:
    """The organisations that texts name, in their order."""
    whole = "\n".join(text for _, text in texts)
    return [
        each
        for block, text in texts
        for each in sorted(_in_text(block, text, whole, tongue, names), key=lambda each: each.start)
    ]


def _in_text(block: int, text: str, whole: str, tongue: Tongue, names: Names) -> Iterator[OrganisationFound]:
    taken: list[tuple[int, int]] = []
    for each in names.occurrences(text):
        if each.known.kind == "org":
            taken.append((each.start, each.end))
            yield OrganisationFound(block, each.start, each.end, each.known.label, authority=each.known.id)
    for begin, stop in _candidates(text, tongue):
        start, printed = _trimmed(text, begin, stop, tongue)
        if any(first < stop and start < end for first, end in taken) or not _is_name(printed, tongue):
            continue
        taken.append((start, stop))
        short = _ACRONYM.match(text, stop)
        name = nominative(printed, text[:start], whole, tongue)
        end = short.end() if short else start + len(printed)
        yield OrganisationFound(block, start, end, name, short[1] if short else "")


def _candidates(text: str, tongue: Tongue) -> Iterator[tuple[int, int]]:
    """Stretches that may be names: with a word for an organisation, or with their initials in brackets behind them."""
    for found in _ACRONYM.finditer(text):
        run = _BEFORE_ACRONYM.search(text[: found.start()])
        if run is None:
            continue
        words = run.group().split()
        for index in range(len(words)):
            name = " ".join(words[index:])
            if (
                (
                    words[index][:1].isupper()
                    and acronym(name).casefold().startswith(re.sub(r"\W", "", found[1])[:2].casefold())
                    and len(words) - index > 1
                )
                and acronym(name)[:1] == found[1][:1]
                and len(acronym(name)) >= min(3, len(found[1]))
            ):
                yield found.start() - len(run.group()) + run.group().find(words[index]), found.start()
                break
    for found in _pattern(tongue).finditer(text):
        yield found.span()
    if tongue.tables.organisations.speaking:
        for found in _spoken_for(tongue.tables.organisations.speaking).finditer(text):
            yield found.span("name")


@lru_cache(maxsize=16)
def _spoken_for(words: tuple[str, ...]) -> re.Pattern[str]:
    """As in "a spokesman for Tri-State Wholesale": a name that no noun makes one of an organisation."""
    cap = rf"[{UPPER}][\w&'’-]*"
    return re.compile(rf"(?:{'|'.join(words)})\s(?:the\s|la\s|le\s|de\s|el\s|het\s)?(?P<name>{cap}(?:\s{cap}){{1,4}})")


def _trimmed(text: str, start: int, stop: int, tongue: Tongue) -> tuple[int, str]:
    """A stretch without the article, the preposition or the function it begins with, and the title it ends with."""
    printed = text[start:stop]
    while True:
        word = printed.split(maxsplit=1)
        if len(word) < 2 or not _leads(word[0], tongue):
            break
        start += len(printed) - len(word[1])
        printed = word[1]
    while len(printed.split()) > 1 and tongue.honorifics.fullmatch(printed.split()[-1] + " "):
        printed = printed.rsplit(maxsplit=1)[0]
    forms = [found.end() for found in tongue.forms.finditer(printed)]
    return start, printed if forms and forms[-1] == len(printed) else printed.strip(" ,.;:")


def _leads(word: str, tongue: Tongue) -> bool:
    """Whether a word before a name is no part of it."""
    if tongue.article.fullmatch(word) or tongue.preposition.fullmatch(word) or tongue.cues.fullmatch(word):
        return True
    person = tongue.tables.text.noun_capitals and (tongue.agents.fullmatch(word) or tongue.is_role(word))
    return bool(person) and not tongue.is_office_word(word)


@lru_cache(maxsize=16)
def _compiled(nouns: tuple[str, ...], forms: tuple[str, ...], glue: tuple[str, ...], fused: str) -> re.Pattern[str]:
    noun = tree(nouns) if nouns else r"(?!)"
    cap = rf"[{UPPER}][\w.&'’/-]*(?:\w|(?<=s)['’])"
    small = "|".join(sorted(glue, key=len, reverse=True))
    head = rf"(?:[{UPPER}][\w-]*)?(?i:{noun})(?:e?s)?(?![\w-])" if fused else rf"(?<![\w-])(?i:{noun})(?![\w-])"
    before = rf"(?:{cap}(?:-\s(?:und|and|et|en|y))?\s){{0,4}}"
    both = rf"(?:(?:,\s{cap}){{0,4}},?-?\s(?:und|and|et|y|en)\s(?!des\s|der\s){cap})"
    # "Société des transports de Brissac", "Conseil départemental de …": a small word inside the name.
    inner = (
        rf"(?:\s(?:(?:{small})\s?)?[a-zà-ÿ]{{4,}}(?=\s(?:{small})\s?(?:(?:{small})\s?)?[{UPPER}]))?"
        if not fused
        else ""
    )
    inner = (
        rf"(?:\s(?:für|voor)\s[a-zà-ÿ]{{4,}}(?=\s[{UPPER}]))?" if fused == "de" else inner
    )  # "Akademie für soziale Berufe"
    tail = inner + rf"(?:\s(?:(?:{small})\s?){{1,3}}{cap}(?:\s{cap})?{both}?|\s{cap}){{0,4}}"
    form = rf"(?:\s(?:{'|'.join(forms) or '(?!)'})(?!\w))?"
    named = rf"(?:{cap}\s){{0,4}}{cap},?\s(?:{'|'.join(forms) or '(?!)'})(?!\w)"
    return re.compile(rf"(?<![\w-])(?:{before}{head}{tail}{form}(?:\s\d{{1,2}}(?![\d.,]))?|{named})")


def _pattern(tongue: Tongue) -> re.Pattern[str]:
    table = tongue.tables.organisations
    return _compiled(
        (*tongue.organisation_nouns, *table.plural),
        table.forms,
        table.tail or table.glue,
        "de" if tongue.name == "de" else "nl" if tongue.tables.text.fused else "",
    )


def _is_name(printed: str, tongue: Tongue) -> bool:
    words = printed.split()
    if len(printed) > _TOO_LONG or not words:
        return False
    if not printed[:1].isupper() and tongue.name != "fr":
        # "gemeente Lindedam", "ayuntamiento de Villarroca": a common noun and the name of a place.
        small = len(words) > 1 and tongue.name in ("nl", "es") and words[0] in tongue.organisation_nouns
        return small and (words[1][:1].isupper() if tongue.name == "nl" else any(map(str.istitle, words[1:])))
    if any(word in tongue.tables.organisations.common for word in words):
        return False
    if len(words) == 1:
        bare = re.sub(r"(?:e?s)$", "", printed)
        return any(tongue.single.fullmatch(each) or _is_compound(each, tongue) for each in (printed, bare))
    if all(word.lower() in tongue.organisation_nouns or word.lower() in tongue.glue for word in words):
        return False  # "Rat der Stadt" is one of many
    return sum(1 for word in words if word[:1].isupper()) >= 2 or (len(words) > 2 and tongue.name == "fr")


def _is_compound(word: str, tongue: Tongue) -> bool:
    """Whether a word joins a name and the noun of an organisation: "BRK-Kreisverband", "Goethe-Institut"."""
    first, _, last = word.rpartition("-")
    return (
        bool(first)
        and last not in tongue.tables.organisations.common
        and tongue.tables.text.fused
        and last[:1].isupper()
        and tongue.is_office_word(last)
    )


def nominative(printed: str, before: str, whole: str, tongue: Tongue) -> str:
    """A name as it is called when nobody does anything with it: "Deutscher Städte- und Gemeindebund".

    German only, and only as far as the noun's gender is in the tables; a genitive -s behind a name goes where the
    bare name stands elsewhere in the text.
    """
    if tongue.name != "de":
        return re.sub(r"['’]s$", "", printed)
    words = printed.split()
    head = next((index for index, word in enumerate(words) if _gender(word, tongue)[0]), None)
    if head is None:
        return printed
    gender, bare = _gender(words[head], tongue)
    genitive = bare != words[head]
    words[head] = bare
    article = before.rsplit(maxsplit=1)[-1].lower() if before.split() else ""
    for index in range(head):
        adjective = re.fullmatch(
            rf"([{UPPER}]\w+?(?:isch|ch|lich|ig|ein|frei|ös|iv|al|äd|eit|vereinigt|national|nordrhein|rheinisch))(?:en|em|er|es|e)",
            words[index],
        )
        if adjective and (
            genitive or article in ("des", "dem", "den", "der", "vom", "beim", "zum", "im", "zur", "die", "das")
        ):
            words[index] = adjective[1] + {"m": "er", "f": "e", "n": "es"}[gender]
    last = words[-1]
    if genitive and head < len(words) - 1 and last.endswith("s") and re.search(rf"\b{re.escape(last[:-1])}\b", whole):
        words[-1] = last[:-1]
    return " ".join(words)


def _gender(word: str, tongue: Tongue) -> tuple[str, str]:
    """Gender of a noun, and the noun without the ending of a genitive or dative."""
    lower = word.lower().rstrip(".,")
    for ending in ("", "es", "s"):
        stem = lower[: len(lower) - len(ending)] if ending and lower.endswith(ending) else lower
        if ending and stem == lower:
            continue
        noun = max((noun for noun in tongue.organisation_nouns if stem.endswith(noun)), key=len, default="")
        if noun:
            return tongue.organisation_nouns[noun], word[: len(stem)]
    return "", word


def acronym(name: str) -> str:
    """The initials of a name, with those of the parts of its compounds: "Städte- und Gemeindebund" gives "SGB".

    >>> acronym("Free Software Foundation Europe")
    'FSFE'
    """
    return "".join(word[0] for word in re.split(r"[\s-]+", name) if word[:1].isupper())
