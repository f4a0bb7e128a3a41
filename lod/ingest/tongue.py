"""Tongue: the tables of one language, compiled into patterns."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from lod.ingest.bodies import Bodies
from lod.ingest.furniture import Surroundings
from lod.ingest.patterns import UPPER, heads, words
from lod.ingest.tables import Common, Own, Tables

if TYPE_CHECKING:
    from lod.ingest.months import Months

__all__ = ["Tongue"]


class Tongue(Bodies):
    """The tables of one language, compiled. `name` is the language found, `tables` may be those of another one."""

    def __init__(self, name: str, tables: Tables, common: Common, own: Own, given: dict[str, str]) -> None:
        super().__init__(common, tables)
        self.name, self.own, self.given = name, own, given

    @cached_property
    def furniture(self) -> Surroundings:
        """What a page prints around its content."""
        return Surroundings(self.common.furniture)

    @cached_property
    def months(self) -> Months:
        """Names of months and days."""
        from lod.ingest.months import Months

        return Months(self.name, self.tables)

    @cached_property
    def labels(self) -> re.Pattern[str]:
        """Words for a press release."""
        return words(self.tables.header.labels)

    @cached_property
    def formal_words(self) -> re.Pattern[str]:
        """Words of a letterhead that say nothing by themselves."""
        dates = self.tables.dates
        return words(
            (
                *dates.before,
                *dates.issue,
                *self.tables.header.immediate,
                *self.tables.header.numbers,
                rf"{self.months.day}",
                "und",
                "and",
                "et",
                "en",
                "y",
            )
        )

    @cached_property
    def months_and_days(self) -> re.Pattern[str]:
        """Names of months and days."""
        return words((self.months.month, self.months.day))

    def is_letterhead(self, text: str) -> bool:
        """Whether the archive calls a line one of its letterheads."""
        return any(re.fullmatch(letterhead.pattern, text) for letterhead in self.own.letterheads)

    @cached_property
    def place_labels(self) -> re.Pattern[str]:
        """Labels before the place of issue, up to it."""
        labels = "|".join(self.tables.header.places) or r"(?!)"
        return re.compile(rf"\W*(?:{labels})(?:\s*:\s*|\s{{2,}})(?=\S)", re.IGNORECASE)

    @cached_property
    def headlines(self) -> re.Pattern[str]:
        """Labels before a title or a subtitle, up to it."""
        labels = "|".join(self.tables.header.headlines) or r"(?!)"
        return re.compile(rf"\W*(?:{labels})\.?\s*:\s*(?=\S)", re.IGNORECASE)

    @cached_property
    def senders(self) -> re.Pattern[str]:
        """Words before who sends or wrote it, up to the name."""
        labels = "|".join(sorted(self.tables.header.senders, key=len, reverse=True)) or r"(?!)"
        return re.compile(rf"\W*(?:{labels})(?:\s*:\s*|\s+)(?=[{UPPER}])")

    @cached_property
    def joint(self) -> re.Pattern[str]:
        """Words before the names of joint issuers."""
        return words(self.tables.header.joint)

    @cached_property
    def embargo(self) -> re.Pattern[str]:
        """Words of an embargo."""
        return words(self.tables.header.embargo)

    @cached_property
    def immediate(self) -> re.Pattern[str]:
        """Words that say there is no embargo."""
        return words(self.tables.header.immediate)

    @cached_property
    def dockets(self) -> re.Pattern[str]:
        """Words before numbers that are not those of the release."""
        return words(self.tables.header.dockets)

    @cached_property
    def about(self) -> re.Pattern[str]:
        """The head of a standing text, with the name of the organisation it is about as last group."""
        people = self.tables.people
        small = "|".join((*people.complements, *people.articles)) or r"(?!)"
        return re.compile(
            rf"\W*(?i:{'|'.join(self.tables.sections.about) or '(?!)'})(?:\s(?i:{small})(?!\w))*"
            rf"(?:\s|(?<=['’]))\s*(?P<name>[{UPPER}0-9].{{2,80}}?)[:\s]*$"
        )

    @cached_property
    def section_heads(self) -> dict[str, re.Pattern[str]]:
        """Beginnings of parts that are not the text, by kind, in the order in which they are tried."""
        sections = self.tables.sections
        kinds = ("correction", "notes", "footer", "contact", "boilerplate", "caption", "end")
        return {kind: heads(getattr(sections, kind)) for kind in kinds}

    @cached_property
    def is_role(self) -> Callable[[str], bool]:
        """Whether a word names a function; where nouns have capitals, only with one."""
        capitals, pattern = self.tables.text.noun_capitals, self.roles

        @lru_cache(maxsize=20000)
        def test(word: str) -> bool:
            return (word[:1].isupper() or not capitals) and pattern.fullmatch(word) is not None

        return test

    @cached_property
    def agents(self) -> re.Pattern[str]:
        """Words that by their ending name somebody who does something."""
        return re.compile("|".join(self.tables.people.agents) or r"(?!)")

    @cached_property
    def article(self) -> re.Pattern[str]:
        """One article as a whole word."""
        return re.compile("|".join(self.tables.people.articles) or r"(?!)", re.IGNORECASE)

    @cached_property
    def salutation(self) -> re.Pattern[str]:
        """Words a letter begins with."""
        return heads(self.tables.sections.salutation)

    @cached_property
    def closing(self) -> re.Pattern[str]:
        """Words a letter ends with."""
        return heads(self.tables.sections.closing)

    @cached_property
    def roles(self) -> re.Pattern[str]:
        """A whole word that names a function, or (in languages that join words) ends in one."""
        parts = sorted(self.tables.people.roles, key=len, reverse=True)
        start = r"(?:[\w&/.-]*?)" if self.tables.text.fused else r"(?:[\w-]*-)?"
        return re.compile(rf"{start}(?:{'|'.join(parts) or '(?!)'})", re.IGNORECASE)

    @cached_property
    def modifiers(self) -> re.Pattern[str]:
        """Words before the noun of a function that belong to it."""
        return re.compile("|".join(self.tables.people.modifiers) or r"(?!)")

    @cached_property
    def honorifics(self) -> re.Pattern[str]:
        """One title before a name, with its full stop."""
        parts = sorted(self.tables.people.honorifics, key=len, reverse=True)
        return re.compile(rf"(?<![\w.-])(?:{'|'.join(parts) or '(?!)'})(?!\w)\.?-?(?:\s|(?<=[.-])(?=[{UPPER}]))")

    @cached_property
    def is_title(self) -> Callable[[str], bool]:
        """Whether a word as a whole is a title before a name."""
        pattern = self.honorifics
        return lru_cache(maxsize=20000)(lambda word: pattern.fullmatch(f"{word} ") is not None)

    @cached_property
    def titles(self) -> re.Pattern[str]:
        """Functions that stand directly before a mere family name."""
        return words(self.tables.people.titles, case=self.name == "en")

    @cached_property
    def signature(self) -> re.Pattern[str]:
        """Words before the name of who signed."""
        return heads(self.tables.sections.signature)

    def female(self, honorific: str) -> bool:
        """Whether a title is a woman's."""
        return bool(words(self.tables.people.female, case=True).search(honorific))

    def male(self, honorific: str) -> bool:
        """Whether a title is a man's."""
        return bool(words(self.tables.people.male, case=True).search(honorific))

    @property
    def adjectives(self) -> bool:
        """Whether adjectives follow their nouns: "préfet maritime"."""
        return self.tables.text.adjectives_follow

    @cached_property
    def relative(self) -> re.Pattern[str]:
        """Words that begin a relative clause."""
        return words(self.tables.people.relatives)

    @cached_property
    def affiliation(self) -> re.Pattern[str]:
        """Words between a name and the office somebody belongs to."""
        parts = sorted(self.tables.people.affiliations, key=len, reverse=True)
        articles = "|".join(self.tables.people.articles)
        return re.compile(
            rf"\s+(?:{'|'.join(parts) or '(?!)'})(?:(?<=['’])|\s+)(?:(?:{articles or '(?!)'})(?:(?<=['’])|\s+))?"
        )

    @cached_property
    def never(self) -> frozenset[str]:
        """Capitalised words that are no names of people."""
        return frozenset(self.tables.people.never)

    @cached_property
    def territorial(self) -> re.Pattern[str]:
        """Functions whose complement is a place or a field, and no organisation."""
        return words(self.tables.people.territorial)

    @cached_property
    def regions(self) -> re.Pattern[str]:
        """Countries and states that follow a place in a dateline, as a whole."""
        names = [*self.tables.text.regions, *self.months.countries]
        return re.compile(rf"(?:{'|'.join(names) or '(?!)'})\.?", re.IGNORECASE if self.name != "en" else 0)
