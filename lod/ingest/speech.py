"""Speech: the words of one language that say who speaks, compiled into patterns."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, lru_cache

from lod.ingest.patterns import UPPER, Anywhere, words
from lod.ingest.tables import Common, Tables

__all__ = ["Speech"]


class Speech(Anywhere):
    """Verbs of speech, pronouns, and the small words around names."""

    def __init__(self, common: Common, tables: Tables) -> None:
        super().__init__(common)
        self.tables = tables

    @cached_property
    def verbs(self) -> re.Pattern[str]:
        """Verbs of speech."""
        return words(self.tables.speech.verbs)

    @cached_property
    def cues(self) -> re.Pattern[str]:
        """Words that do without a verb of speech: "so der Minister"."""
        return words(self.tables.speech.cues)

    @cached_property
    def naming(self) -> re.Pattern[str]:
        """Words before a few quoted words."""
        return words(self.tables.speech.naming)

    @cached_property
    def addressed(self) -> re.Pattern[str]:
        """Words before somebody who is spoken to or about."""
        words_before = "|".join(self.tables.speech.addressed) or r"(?!)"
        articles = "|".join(self.tables.people.articles) or r"(?!)"
        return re.compile(rf"(?<!\w)(?:{words_before})\s+(?:{articles})?\s*$", re.IGNORECASE)

    @cached_property
    def preposition(self) -> re.Pattern[str]:
        """One small word that stands before names."""
        return re.compile("|".join((*self.tables.speech.addressed, *self.tables.people.complements)), re.IGNORECASE)

    @cached_property
    def first_person(self) -> re.Pattern[str]:
        """Words of somebody who speaks of himself."""
        return words(self.tables.speech.first_person)

    @cached_property
    def pronouns(self) -> dict[str, re.Pattern[str]]:
        """Pronouns by what they stand for."""
        table = self.tables.speech.pronouns
        return {"plural": words(table.plural), "f": words(table.f), "m": words(table.m), "any": words(table.any)}

    @cached_property
    def subjunctive(self) -> re.Pattern[str]:
        """Verbs of reported speech."""
        return words(self.tables.speech.subjunctive)

    @cached_property
    def peer(self) -> re.Pattern[str]:
        """Words for somebody else of the same standing, with whose he is: "ihr Kollege", "his colleague"."""
        possessives = "|".join((*self.tables.people.possessives, *self.tables.people.articles)) or r"(?!)"
        peers = "|".join(self.tables.speech.peers) or r"(?!)"
        return re.compile(rf"(?<!\w)(?:{possessives})\s+(?:{peers})(?!\w)(?-i:(?!\s+[{UPPER}]))", re.IGNORECASE)

    @cached_property
    def deputy(self) -> re.Pattern[str]:
        """Beginnings of words that make another function of one: "Vizepräsident"."""
        return re.compile("|".join(self.tables.people.deputies) or r"(?!)", re.IGNORECASE)

    @cached_property
    def adverb(self) -> re.Pattern[str]:
        """Small words before a function that do not belong to it."""
        return re.compile(rf"(?:{'|'.join(self.tables.people.adverbs) or '(?!)'})(?!\w)", re.IGNORECASE)

    @cached_property
    def genitive(self) -> re.Pattern[str]:
        """One word before whom a function is for: "Sprecherin des Ministers"."""
        small = [word for word in self.tables.people.complements if not self.both.fullmatch(f" {word} ")]
        return re.compile("|".join(small) or r"(?!)", re.IGNORECASE)

    @cached_property
    def presides(self) -> re.Pattern[str]:
        """Functions that are of the body a text speaks of."""
        return re.compile("|".join(self.tables.people.presides) or r"(?!)", re.IGNORECASE)

    @cached_property
    def attributions(self) -> re.Pattern[str]:
        """Words a line above quotations begins with."""
        return re.compile(rf"\W*(?:{'|'.join(self.tables.speech.attributions) or '(?!)'})(?!\w)", re.IGNORECASE)

    def same_chair(self, one: str, other: str) -> bool:
        """Whether two compounds name the same seat: "Vorstandschefin", "Vorstandsvorsitzende"."""
        chairs = _chairs(self.tables.people.chairs)
        first, second = chairs.fullmatch(one), chairs.fullmatch(other)
        return first is not None and second is not None and first["body"].strip("s-") == second["body"].strip("s-")

    @cached_property
    def copula(self) -> re.Pattern[str]:
        """Words between a name and what its bearer is."""
        return re.compile("|".join(self.tables.people.copulas) or r"(?!)")

    @cached_property
    def said_after(self) -> re.Pattern[str]:
        """A verb of speech behind a comma, alone or behind its subject: ", said X", ", X said."."""
        verbs = self.verbs.pattern
        return re.compile(rf"[,?!]\s+(?:{verbs})\s|[,?!]\s+(?=[^,.]{{3,40}}?\s(?:{verbs})[.,])", re.IGNORECASE)

    @cached_property
    def attribution(self) -> re.Pattern[str]:
        """A verb or a word that says who speaks, behind a comma."""
        return re.compile(rf",\s+(?:{self.cues.pattern}|{self.verbs.pattern})\s", re.IGNORECASE)

    @cached_property
    def possessive(self) -> re.Pattern[str]:
        """One possessive as a whole word: "ihr", "son", "his"."""
        return re.compile("|".join(self.tables.people.possessives) or r"(?!)", re.IGNORECASE)

    @cached_property
    def article_behind_comma(self) -> re.Pattern[str]:
        """A comma and an article at the end: "el presidente del Colegio, el (doctor …)"."""
        return re.compile(rf",\s+(?:{'|'.join(self.tables.people.articles) or '(?!)'})$", re.IGNORECASE)

    @cached_property
    def both(self) -> re.Pattern[str]:
        """Words between two names of equal standing."""
        return re.compile(rf"[\s,]*(?:{'|'.join(self.tables.speech.both) or '(?!)'})\s+", re.IGNORECASE)

    @cached_property
    def is_verb(self) -> Callable[[str], bool]:
        """Whether a word as a whole is a verb of speech."""
        pattern = self.verbs
        return lru_cache(maxsize=20000)(lambda word: pattern.fullmatch(word) is not None)


@lru_cache(maxsize=16)
def _chairs(chairs: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?P<body>\w{{3,}}?)(?:{'|'.join(chairs) or '(?!)'})", re.IGNORECASE)
