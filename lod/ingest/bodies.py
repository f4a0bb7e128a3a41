"""Bodies: the words of one language that make a name one of an organisation, compiled into patterns."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, lru_cache

from lod.ingest.patterns import heads, tree, words
from lod.ingest.speech import Speech

__all__ = ["Bodies"]


class Bodies(Speech):
    """Nouns and legal forms of organisations, their parts, and what stands for them."""

    @cached_property
    def press_office(self) -> re.Pattern[str]:
        """Words for the office that speaks to newsrooms."""
        return words(self.tables.organisations.press_offices)

    @cached_property
    def unit(self) -> re.Pattern[str]:
        """Words for a part of an office."""
        return words(self.tables.organisations.units)

    @cached_property
    def announces(self) -> re.Pattern[str]:
        """What an issuer does, at the end of a line: "Die Stadt X teilt mit:"."""
        verbs = "|".join(self.tables.organisations.announcing) or r"(?!)"
        return re.compile(rf"\s(?:{verbs})(?:\s(?:mit|bekannt))?\W*$")

    @cached_property
    def realms(self) -> re.Pattern[str]:
        """Names of states, as a whole."""
        return re.compile("|".join(self.tables.organisations.realms) or r"(?!)", re.IGNORECASE)

    @cached_property
    def publishers(self) -> re.Pattern[str]:
        """Words before the name of who publishes."""
        return heads(self.tables.organisations.publishers)

    @cached_property
    def organisation_nouns(self) -> dict[str, str]:
        """Nouns of organisations in lower case, with their gender."""
        nouns = self.tables.organisations.nouns
        return {noun: gender for gender in ("m", "f", "n") for noun in getattr(nouns, gender)}

    @cached_property
    def organisation_word(self) -> re.Pattern[str]:
        """A word that makes a name one of an organisation, in any case."""
        nouns = (*self.organisation_nouns, *self.tables.organisations.plural)
        start = r"[\w.-]*" if self.tables.text.fused else r"(?:[\w.]+-)?"
        return re.compile(rf"(?<![\w-]){start}(?:{tree(nouns) if nouns else '(?!)'})(?:e?s)?(?![\w])", re.IGNORECASE)

    @cached_property
    def collective(self) -> re.Pattern[str]:
        """A noun with an article that stands for an organisation named elsewhere: "the company", "der Verband"."""
        articles = "|".join(self.tables.people.articles) or r"(?!)"
        generic = "|".join(self.tables.organisations.generic) or r"(?!)"
        nouns = "|".join(sorted(self.organisation_nouns, key=len, reverse=True)) or r"(?!)"
        return re.compile(
            rf"(?<!\w)(?:{articles})(?:(?<=['’])|\s+)(?:(?P<generic>{generic})|(?P<noun>(?:{nouns})))(?:e?s)?(?![\w-])",
            re.IGNORECASE,
        )

    @cached_property
    def holder(self) -> re.Pattern[str]:
        """A line that names an office by its holder: "PRÉFET DU VAL-D’ORNE"."""
        glue = "|".join(sorted(self.glue, key=len, reverse=True)) or r"(?!)"
        return re.compile(
            rf"(?:{'|'.join(self.tables.organisations.holders) or '(?!)'})\s(?:{glue})(?:(?<=['’])|\s).{{2,60}}",
            re.IGNORECASE,
        )

    @cached_property
    def single(self) -> re.Pattern[str]:
        """Single words that name an organisation by themselves."""
        return re.compile("|".join(self.tables.organisations.single) or r"(?!)")

    @cached_property
    def forms(self) -> re.Pattern[str]:
        """Legal forms after a name."""
        return words(self.tables.organisations.forms, case=True)

    @cached_property
    def firms(self) -> re.Pattern[str]:
        """Appositions that only firms have: ", a leading provider of …"."""
        return re.compile(rf"\s*(?:\([^)]*\)\s*)?,\s+(?:{'|'.join(self.tables.organisations.firms) or '(?!)'})")

    @cached_property
    def is_office_word(self) -> Callable[[str], bool]:
        """Whether a word as a whole is one of an organisation."""
        pattern = self.organisation_word
        return lru_cache(maxsize=20000)(lambda word: pattern.fullmatch(word) is not None)

    @cached_property
    def glue(self) -> frozenset[str]:
        """Small words inside the names of offices."""
        phrases = (*self.tables.organisations.glue, *self.tables.people.articles)
        return frozenset(word for phrase in phrases for word in phrase.split())

    @cached_property
    def little(self) -> frozenset[str]:
        """Function words in capitals: where a line in capitals has one, it is a sentence and no name."""
        return frozenset(word.upper() for word in self.tables.text.little)
