"""What somebody is by a noun that stands for the name: "… Rosemarie Quadflieg …“, meinte die Friseurmeisterin."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from lod.ingest.patterns import UPPER
from lod.ingest.tongue import Tongue

__all__ = ["called_before", "called_later"]

_REACH = 420
_NEAR = 160
_END = re.compile(r"\s*(?:[.,;:!?“”\"»«]|$)")


def called_later(after: str, gender: str, heads: Collection[str], tongue: Tongue) -> tuple[str, int]:
    """The function by which the text goes on to call somebody, and where it begins; ("", 0) where it does not.

    `after`: the text behind the name up to the next name. `heads`: nouns by which others are called. The noun stands
    behind a verb of speech, or begins the next sentence.
    """
    for found in _nouns(after[:_REACH], tongue):
        if not _fits(found, gender, heads, tongue):
            continue
        before = after[: found.start()].rstrip()
        verb = before.rsplit(maxsplit=1)[-1] if before else ""
        begins = before.endswith((".", "!", "?")) and found["article"][:1].isupper()
        if begins and before.count(". ") == 0:
            return found["noun"] + _complement(after[found.end() :], tongue), found.start("noun")
        if tongue.is_verb(verb):
            return found["noun"], found.start("noun")
    return "", 0


def called_before(before: str, gender: str, heads: Collection[str], tongue: Tongue) -> tuple[str, int]:
    """As in "…“, ergänzt der Oberbürgermeister. „…“, so Renke Ohling": by the sentence before.

    `before`: the text from the name before up to this one.
    """
    words = before.split()
    if not words or not (tongue.is_verb(words[-1]) or tongue.cues.fullmatch(words[-1])):
        return "", 0
    last: tuple[str, int] = ("", 0)
    for found in _nouns(before, tongue):
        verb = before[: found.start()].rstrip().rsplit(maxsplit=1)[-1:]
        if verb and tongue.is_verb(verb[0]) and _END.match(before, found.end()) and _fits(found, gender, heads, tongue):
            last = found["noun"], found.start("noun")
    return last


def _nouns(text: str, tongue: Tongue) -> Iterator[re.Match[str]]:
    articles, capitals = tongue.tables.people.definite, tongue.tables.text.noun_capitals
    for found in _called(articles.m, articles.f, articles.any, capitals=capitals).finditer(text):
        if tongue.is_role(found["noun"]):
            yield found


@lru_cache(maxsize=16)
def _called(m: tuple[str, ...], f: tuple[str, ...], either: tuple[str, ...], *, capitals: bool) -> re.Pattern[str]:
    noun = rf"[{UPPER}][\w-]{{3,}}" if capitals else r"[a-zà-ÿ][\w-]{3,}"
    kinds = {"m": m, "f": f, "any": either}
    articles = "|".join(f"(?P<{kind}>{'|'.join(words) or '(?!)'})" for kind, words in kinds.items())
    return re.compile(rf"(?<!\w)(?P<article>(?i:{articles}))(?:(?<=['’])|\s)(?P<noun>{noun})")


def _fits(found: re.Match[str], gender: str, heads: Collection[str], tongue: Tongue) -> bool:
    noun = found["noun"].lower()
    other = {"m": found["f"], "f": found["m"]}.get(gender)
    if other or tongue.peer.fullmatch(found.group()):
        return False
    return not any(noun.endswith(head) or head.endswith(noun) for head in heads)


def _complement(rest: str, tongue: Tongue) -> str:
    """What follows a noun and belongs to it: " der Alpgenossenschaft Hohgant"."""
    words: list[str] = []
    for word in rest.split():
        bare = word.strip(",.;:")
        small = tongue.preposition.fullmatch(bare) or tongue.article.fullmatch(bare)
        if not small and not bare[:1].isupper():
            break
        words.append(bare)
        if bare != word:
            break
    while words and not words[-1][:1].isupper():
        words.pop()
    return f" {' '.join(words)}" if words and tongue.preposition.fullmatch(words[0]) else ""
