"""The table of layout habits (`vocab/ingest/layout.toml`), read once, and how two lines of a paragraph are joined."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from lod.vocabulary import vocab_root

__all__ = ["Hyphens", "Layout", "joint", "layout", "list_mark"]

_FIRST_WORD = re.compile(r"\w+")
_HYPHENS = frozenset("-\u2010\u00ad")
_COMPOUND = re.compile(r"(?<!\w)\w++(?:-\w++)++")
_FEW_CUTS = 2
_CUT_LINES = 0.05
_NUMBER = re.compile(r"(\d{1,2})[.)]\s+(?=\S)")


class Layout(NamedTuple):
    """What `layout.toml` says, ready for look-ups."""

    kept_before: frozenset[str]
    compound_words: frozenset[str]
    compound_share: float
    bullets: frozenset[str]
    dashes: frozenset[str]
    page_numbers: frozenset[str]
    junk_titles: tuple[str, ...]
    dropped: frozenset[str]
    dropped_roles: frozenset[str]
    dropped_words: frozenset[str]
    kept_words: frozenset[str]
    link_share: float


@lru_cache(maxsize=1)
def layout() -> Layout:
    """The table that comes with the program."""
    with (vocab_root() / "ingest" / "layout.toml").open("rb") as file:
        table = tomllib.load(file)
    web = table["web"]
    return Layout(
        frozenset(table["hyphen"]["kept_before"]),
        frozenset(table["hyphen"]["compounds"]["words"]),
        table["hyphen"]["compounds"]["share"],
        frozenset(table["lists"]["bullets"]),
        frozenset(table["lists"]["dashes"]),
        frozenset(table["pages"]["numbers"]),
        tuple(table["producers"]["junk_titles"]),
        frozenset(web["dropped"]),
        frozenset(web["dropped_roles"]),
        frozenset(web["dropped_words"]),
        frozenset(web["kept_words"]),
        web["link_share"],
    )


class Hyphens(NamedTuple):
    """What hyphens at line ends mean in one text: compounds it writes with one, and whether it breaks words at all."""

    compounds: frozenset[str]
    keeps: bool

    @classmethod
    def of(cls, lines: Sequence[str]) -> Hyphens:
        """Look at all lines of a text.

        Where most words are function words of English, compounds with a hyphen are common and broken words are rare,
        so a hyphen is kept there, unless so many lines end in one that words must have been broken.
        """
        compounds = frozenset(match.group().lower() for line in lines for match in _COMPOUND.finditer(line))
        words = Counter(word.lower() for line in lines for word in line.split())
        share = sum(words[word] for word in layout().compound_words) / max(1, words.total())
        ends = sum(_cut_word(line) is not None for line in lines)
        broken = ends > _FEW_CUTS and ends > _CUT_LINES * len(lines)
        return cls(compounds, share > layout().compound_share and not broken)

    def keep(self, compound: str) -> bool:
        """Whether a compound in lower case has a hyphen of its own."""
        return self.keeps or compound in self.compounds


def joint(before: str, after: str, is_compound: Callable[[str], bool]) -> tuple[int, str]:
    """How two lines of one paragraph meet: characters to take off the first, and what to put between them.

    `is_compound` tells whether a word in lower case has a hyphen of its own.

    >>> joint("Rückfüh-", "rung", frozenset().__contains__)
    (1, '')
    >>> joint("Städte-", "und Gemeinden", frozenset().__contains__)
    (0, ' ')
    """
    cut = _cut_word(before)
    if cut is None or not after:
        return 0, " "
    word = _FIRST_WORD.match(after)
    if before[-1] == "\u00ad":
        return 1, ""
    if word is None:
        return 0, " "
    if word[0].lower() in layout().kept_before and after[word.end() : word.end() + 1] != "-":
        return 0, " "
    # A capital or a digit after the hyphen: a compound that was cut at its own hyphen ("Schleswig-Holstein").
    if not word[0][0].islower() or is_compound(f"{cut}-{word[0]}".lower()) or _in_address(before):
        return 0, ""
    return 1, ""


def _cut_word(line: str) -> str | None:
    """The part of a word before a hyphen at the end of the line. Scanned from the end: a line may be very long."""
    if line[-1:] not in _HYPHENS or not line[-2:-1].isalpha():
        return None
    start = end = len(line) - 1
    while start and (line[start - 1].isalnum() or line[start - 1] == "_"):
        start -= 1
    return line[start:end]


def _in_address(line: str) -> bool:
    last = line.rsplit(None, 1)[-1]
    return "://" in last or last.startswith("www.")


def list_mark(line: str) -> tuple[str, int, int] | None:
    """The mark of a list item: its kind ("bullet", "dash", "number"), its number, and where the text begins."""
    head = line[:1]
    rest = line[1:]
    if head in layout().bullets and rest.strip():
        return "bullet", 0, len(line) - len(rest.lstrip())
    if head in layout().dashes and rest[:1].isspace() and rest.strip():
        return "dash", 0, len(line) - len(rest.lstrip())
    number = _NUMBER.match(line)
    return ("number", int(number[1]), number.end()) if number else None
