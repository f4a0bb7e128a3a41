"""Words of a text, with their places, as the search for names sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lod.ingest.patterns import UPPER

__all__ = ["INITIAL", "Token", "tokens"]

_POSSESSIVE = 2

_WORD = re.compile(r"[^\s,;:()\[\]\"„“”«»\u2039\u203a…!?/|<>*]+")

INITIAL = re.compile(rf"[{UPPER}]\.(?:-?[{UPPER}]\.)*")
"""Initials: "J.", "J.-P."."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, `gap` being what stands between the word before and this one."""

    text: str
    start: int
    end: int
    gap: str


@lru_cache(maxsize=512)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text, without full stops and the English genitive at their ends."""
    found = []
    last = 0
    for match in _WORD.finditer(text):
        word, end = match.group(), match.end()
        if len(word) > _POSSESSIVE and word.endswith(("'s", "’s")) and word[-3].isalnum():
            word, end = word[:-2], end - 2
        if word[-1] in ".’'" and not INITIAL.fullmatch(word):
            word = word.rstrip(".’'")
            end = match.start() + len(word)
        if word:
            found.append(Token(word, match.start(), end, text[last : match.start()]))
            last = end
    return tuple(found)
