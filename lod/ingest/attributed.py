"""Family names that speak, looked for in full: "said Oakes" makes "Dwight Oakes" a name, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lod.ingest.finder import NAME, Mention
from lod.ingest.inline import Plain
from lod.ingest.patterns import UPPER
from lod.ingest.tongue import Tongue

__all__ = ["attributed"]

_MARK = "[\"“”»«’']"
_CLOSED = "[\"“”»«’',]"
_QUOTES = re.compile('["“”»«‘’]|,,')
_SURE = 0.7


def attributed(texts: list[tuple[int, Plain]], families: frozenset[str], tongue: Tongue) -> Iterator[Mention]:
    """Full names whose family name stands beside a verb of speech, and that belong to nobody known so far."""
    for family in dict.fromkeys(family for _, plain in texts for family in _speaking(plain.text, tongue)):
        if family.split()[-1] in families or family in families:
            continue
        found = next(filter(None, (_full(block, plain.text, family, tongue) for block, plain in texts)), None)
        if found is not None:
            yield found


def _speaking(text: str, tongue: Tongue) -> Iterator[str]:
    """Capitalised words beside a verb of speech and a closing mark."""
    if _QUOTES.search(text) is None:
        return
    behind, before = _patterns(tongue.tables.people.particles)
    for found in behind.finditer(text):
        if (tongue.is_verb(found["verb"]) or tongue.cues.fullmatch(found["verb"])) and _fits(found["name"], tongue):
            yield found["name"]
    for found in before.finditer(text):
        if tongue.is_verb(found["verb"]) and _fits(found["name"], tongue):
            yield found["name"]


@lru_cache(maxsize=16)
def _patterns(particles: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    small = "|".join(sorted(map(re.escape, particles), key=len, reverse=True)) or "(?!)"
    name = rf"(?P<name>(?:(?i:{small})\s)*[{UPPER}][\w'’-]+)"
    return (
        re.compile(rf"{_CLOSED}\s*(?P<verb>[^\W\d_]+)\s+{name}(?=\s*(?:[,.;:!?]|$))"),
        re.compile(rf"{_MARK}\s*{name}\s+(?P<verb>[^\W\d_]+)"),
    )


def _fits(name: str, tongue: Tongue) -> bool:
    last = name.rsplit(maxsplit=1)[-1]
    return (
        NAME.fullmatch(last) is not None
        and last not in tongue.never
        and last not in tongue.given
        and not tongue.is_role(last)
        and not tongue.is_office_word(last)
        and not tongue.organisation_word.search(last)
    )


def _full(block: int, text: str, family: str, tongue: Tongue) -> Mention | None:
    if family not in text:
        return None
    for found in re.finditer(rf"(?<![\w-])((?:[{UPPER}][\w'’-]+\s+){{1,2}}){re.escape(family)}(?![\w-])", text):
        given = found[1].split()
        while given and not _is_given(given[0], tongue):
            given = given[1:]
        if given and all(_is_given(word, tongue) for word in given):
            name = f"{' '.join(given)} {family}"
            start = found.end() - len(" ".join(text[found.start() : found.end()].split()[-len(name.split()) :]))
            return Mention(block, start, found.end(), start, name, "", _SURE)
    return None


def _is_given(word: str, tongue: Tongue) -> bool:
    if word in tongue.given:
        return True
    return (
        NAME.fullmatch(word) is not None
        and not word.isupper()
        and word not in tongue.never
        and not tongue.is_role(word)
        and not tongue.is_title(word)
        and not tongue.is_office_word(word)
        and not tongue.modifiers.fullmatch(word)
        and not tongue.is_verb(word)
    )
