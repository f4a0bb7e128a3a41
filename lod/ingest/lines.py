"""Whether a line is nothing but the name of an office."""

from __future__ import annotations

import re

from lod.ingest.tongue import Tongue

__all__ = ["is_byline", "is_organisation"]

_BEFORE_NOUN = 4
_WITHOUT_NOUN = 6


def is_organisation(text: str, tongue: Tongue) -> bool:
    """Whether a line is nothing but the name of an office, or several of them."""
    segments = [part.strip() for part in re.split(r"\s*[,·|•;/]\s*|\s+[–—-]\s+", text) if part.strip()]
    if not segments or len(text) > 120 or (re.search(r"[.!?:]\s*$", text) and not text.endswith("e.V.")):
        return False
    hits = [bool(tongue.organisation_word.search(part) or tongue.forms.search(part)) for part in segments]
    return any(hits) and all(_named(part, tongue) for part in segments)


def is_byline(text: str, tongue: Tongue) -> bool:
    """Whether a line says nothing but who sends or wrote it: "From: Ministry of X", "Von Jana Beck"."""
    found = tongue.senders.match(text)
    if found is None:
        return False
    words = text[found.end() :].split()
    capital = all(
        word[:1].isupper() or word.lower() in tongue.glue or word in ("and", "und", "et", "y") for word in words
    )
    return capital and (":" in found.group() or len(words) <= _BEFORE_NOUN)


def _named(text: str, tongue: Tongue) -> bool:
    words = tongue.forms.sub("", text).split()
    if not _may_be_name(text, words, tongue):
        return False
    glue = _glue(tongue)
    small = [word for word in words if word[:1].islower() and word.lower() not in glue]
    if small and len(words) > 1 and words[0] == small[0] and words[0] in tongue.organisation_nouns:
        small = small[1:]  # "gemeente Lindedam"
    found = tongue.organisation_word.search(text)
    if tongue.tables.text.fused:
        # "Appell von Kommunen und Krankenhäusern an Bund und Land": the noun of a name stands in front.
        return not small and (found is None or text[: found.start()].count(" ") <= _BEFORE_NOUN)
    if found is None:
        return not small and len(words) <= _WITHOUT_NOUN
    return _opens(text, found, small, len(words), tongue)


def _may_be_name(text: str, words: list[str], tongue: Tongue) -> bool:
    """Whether nothing in a text says that it is a sentence, a headline, or too long for a name."""
    if words and words[0][:1].islower() and words[0] in tongue.glue:
        return False  # "an Bund und Land"
    bare = [word.strip(",.") for word in words]
    if any(word in tongue.tables.organisations.common for word in bare):
        return False
    if text.isupper() and any(word in tongue.little for word in bare):
        return False
    return len(words) <= (12 if tongue.tables.text.noun_capitals else 10)


def _glue(tongue: Tongue) -> frozenset[str]:
    return tongue.glue | {word for phrase in tongue.tables.speech.both for word in phrase.split()}


def _opens(text: str, found: re.Match[str], small: list[str], size: int, tongue: Tongue) -> bool:
    """Whether behind the noun comes "of", "de" … or nothing: "Police Investigating" is a sentence."""
    glue = _glue(tongue)
    after = text[found.end() :].split()
    if tongue.adjectives and len(after) > 1 and after[0].islower() and after[1].lower() in glue:
        after = after[1:]  # "Conseil départemental de …"
    opens = (
        not after
        or after[0].lower() in glue
        or not after[0][:1].isalpha()
        or bool(tongue.organisation_word.fullmatch(after[0]))
    )
    if tongue.adjectives and found.start() == 0 and after and not small and size <= _BEFORE_NOUN:
        return True  # "Région Val-de-Brenne"
    return opens and len(small) <= (2 if after and tongue.adjectives else 0)
