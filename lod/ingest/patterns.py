"""Patterns for whole words and beginnings, and the words that mean the same in every language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import groupby

from lod.ingest.universal import Common

__all__ = ["UPPER", "Anywhere", "heads", "tree", "words"]

UPPER = (
    "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚ"  # Latin capitals, for character classes
)


def tree(names: Iterable[str]) -> str:
    """A pattern for plain words that tries each first letter once, however many words begin with it.

    >>> tree(["bund", "bank", "rat"])
    '(?:b(?:ank|und)|rat)'
    """
    return _branch(sorted(set(names)))


def _branch(names: list[str]) -> str:
    if len(names) == 1:
        return re.escape(names[0])
    branches: list[str] = [
        re.escape(letter) + _branch([name[1:] for name in group])
        for letter, group in ((letter, list(group)) for letter, group in groupby(names, lambda name: name[:1]))
        if letter
    ]
    if len(branches) == 1 and "" not in names:
        return branches[0]
    return f"(?:{'|'.join(branches)})" + ("?" if "" in names else "")


def words(patterns: Iterable[str], *, case: bool = False) -> re.Pattern[str]:
    """One pattern for whole words, longest first; never matches where there are none."""
    return _words(tuple(patterns), case=case)


@lru_cache(maxsize=512)
def _words(patterns: tuple[str, ...], *, case: bool) -> re.Pattern[str]:
    parts = sorted(dict.fromkeys(patterns), key=len, reverse=True)
    body = "|".join(parts) if parts else r"(?!)"
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)", 0 if case else re.IGNORECASE)


def heads(patterns: Iterable[str]) -> re.Pattern[str]:
    """A pattern for a beginning: one of the words, and what sets it apart from the rest (group 2)."""
    parts = sorted(dict.fromkeys(patterns), key=len, reverse=True)
    body = "|".join(parts) if parts else r"(?!)"
    return re.compile(rf"[\W_]{{0,12}}({body})(?!\w)", re.IGNORECASE)


class Anywhere:
    """The tables for all languages, compiled."""

    def __init__(self, common: Common) -> None:
        self.common = common

    @cached_property
    def agency(self) -> re.Pattern[str]:
        """The mark of an agency before the first sentence."""
        marks = self.common.marks
        bracket = rf"\((?:{'|'.join(marks.agencies)})(?:[/-][\w. -]{{1,12}})?\)"
        return re.compile(rf"(?:{bracket}|/\s?(?:{'|'.join(marks.wires)})[\w.-]*\s?/)")

    @cached_property
    def service(self) -> re.Pattern[str]:
        """The news service of an issuer between the dateline and the first sentence: "Agencia UNAV —"."""
        names = "|".join(self.common.marks.services) or r"(?!)"
        return re.compile(rf"\s*(?:{names})\s[\w. ]{{2,40}}?\s?(?:[–—:]|--?\s)\s*(?=[{UPPER}])")

    @cached_property
    def small(self) -> frozenset[str]:
        """Small words inside names of places."""
        return frozenset(self.common.places.small)

    @cached_property
    def place(self) -> re.Pattern[str]:
        """The form of a name of a place."""
        word = rf"(?:['’]s-)?[{UPPER}][\w'’.-]*"
        small = "|".join(re.escape(each) for each in sorted(self.small, key=lambda each: (-len(each), each)))
        return re.compile(rf"{word}(?:\s+(?:{word}|{small}))*(?:\s\([^()]{{1,25}}\))?")

    @cached_property
    def parties(self) -> frozenset[str]:
        """Names of parties."""
        return frozenset(self.common.people.parties)

    @cached_property
    def nobility(self) -> frozenset[str]:
        """Titles inside names: "Marie-Theres Freifrau von Oer"."""
        return frozenset(self.common.people.nobility)

    @cached_property
    def asides(self) -> re.Pattern[str]:
        """What brackets behind a name say that is no function."""
        return re.compile("|".join(self.common.people.asides) or r"(?!)", re.IGNORECASE)

    @cached_property
    def suffix(self) -> re.Pattern[str]:
        """What stands behind names and belongs neither to them nor to a function: "MdL", "a. D.", "OBE"."""
        parts = "|".join(sorted(self.common.people.suffixes, key=len, reverse=True)) or r"(?!)"
        return re.compile(rf"(?:,?\s+(?:{parts})(?!\w))+")

    @cached_property
    def suffix_at_end(self) -> re.Pattern[str]:
        """The same at the end of a text: "Pastor i. R."."""
        return re.compile(rf"(?:{self.suffix.pattern})$")

    @cached_property
    def aside_behind(self) -> re.Pattern[str]:
        """What may stand between a name and its function: a mandate, an age."""
        return re.compile(rf"{self.suffix.pattern}(?=\s*[,(\n])|\s*\(\d{{1,3}}\)(?=\s*,)|\s*,\s\d{{1,3}}(?=\s*,)")

    @cached_property
    def things(self) -> frozenset[str]:
        """Words before a name that make it the name of something else."""
        return frozenset(self.common.people.things)
