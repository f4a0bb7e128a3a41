"""Schemes and the concepts in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

__all__ = ["Concept", "Scheme", "in_language"]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A set of codes under one IRI. Titles and definitions are by language tag (BCP 47)."""

    alias: str
    iri: str
    titles: Mapping[str, str] = field(hash=False)
    definitions: Mapping[str, str] = field(hash=False)
    own: bool
    """Whether it is ours or the archive's: its IRI lies below the archive's base, and the archive publishes it."""
    catalog: Literal["iptc", "own", ""]
    """The NewsML-G2 catalog that declares the alias; empty where none does, and then there are no QCodes."""
    source: str
    licence: str
    pattern: str
    """A regular expression for codes that need no row, such as the items of Wikidata; mostly empty."""

    def title(self, language: str) -> str:
        """The title in a language, or in the nearest there is."""
        return in_language(self.titles, language) or self.alias


@dataclass(frozen=True, slots=True)
class Concept:
    """What a code stands for. Labels are by language tag (BCP 47); IRIs are whole."""

    scheme: Scheme
    code: str
    iri: str
    labels: Mapping[str, str] = field(hash=False)
    alternative_labels: tuple[tuple[str, str], ...] = ()
    """Language tag and label, for each."""
    definitions: Mapping[str, str] = field(default_factory=dict, hash=False)
    notations: Mapping[str, str] = field(default_factory=dict, hash=False)
    """The same thing in other code lists, by the name of the list: `{"iso639-2b": "ger"}`."""
    broader: tuple[str, ...] = ()
    """Keys of the next broader concepts of the same scheme: `("medtop:20000593",)`."""
    broader_iris: tuple[str, ...] = ()
    broad_match: tuple[str, ...] = ()
    """IRIs of broader concepts in other schemes."""
    exact_match: tuple[str, ...] = ()
    """IRIs of the same concept in other schemes."""
    introduced: date | None = None
    retired: date | None = None
    """The first day on which the code must not be used any more."""
    replaced_by: tuple[str, ...] = ()
    """Keys of the concepts to use instead of a retired one."""
    lists: tuple[str, ...] = ()
    """Closed lists of receivers that hold it, such as `ddb`."""
    note: str = ""

    @property
    def key(self) -> str:
        """Alias and code, as records write it: `medtop:20000612`."""
        return f"{self.scheme.alias}:{self.code}"

    @property
    def qcode(self) -> str | None:
        """Alias and code, where a NewsML-G2 catalog declares the alias (NewsML-G2 Guide, QCodes)."""
        return self.key if self.scheme.catalog else None

    @property
    def scheme_iri(self) -> str:
        """The IRI of its scheme."""
        return self.scheme.iri

    def label(self, language: str) -> str:
        """The label in a language, or in the nearest there is; the code where there is none at all."""
        return in_language(self.labels, language) or self.code


def in_language(texts: Mapping[str, str], language: str) -> str | None:
    """The text for a tag: of the same tag, else the same language in another region, else English, else the first.

    >>> in_language({"en-GB": "local authority", "de": "Kommune"}, "en")
    'local authority'
    """
    tags = {tag.lower(): text for tag, text in texts.items()}
    first = language.lower().partition("-")[0]
    for tag in (language.lower(), first):
        if tag in tags:
            return tags[tag]
    for wanted in (first, "en"):
        for tag, text in tags.items():
            if tag.partition("-")[0] == wanted:
                return text
    return next(iter(tags.values()), None)
