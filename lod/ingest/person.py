"""A person as found in a document: name, function, and where it is mentioned."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lod.ingest.finder import Mention

__all__ = ["People", "PersonFound", "family_of"]

_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?")
# Small words that begin a family name, with or without a capital.
_PREFIX = re.compile(r"[LD][ae]|Du|V[ao]n|Ma?c|N[íi]c?|Ó|Ua|[AE]l|B[ei]n|D[ai]|Dell?a?|Dos|Te[rn]|Ap")


@dataclass
class PersonFound:
    """One person: the full name, and where it is mentioned."""

    name: str
    honorific: str = ""
    function: str = ""
    organisation: str = ""
    function_span: tuple[int, int, int] = (0, 0, 0)
    gender: str = "u"
    mentions: list[Mention] = field(default_factory=list)
    confidence: float = 0.9

    @property
    def family(self) -> str:
        """The family name, with its particles."""
        return family_of(self.name)

    @property
    def given(self) -> str:
        """The given names."""
        return self.name[: -len(self.family)].strip() if " " in self.name else ""


@dataclass
class People:
    """Everybody a document names, in the order of first mention."""

    found: list[PersonFound] = field(default_factory=list)

    def in_block(self, block: int) -> list[tuple[Mention, PersonFound]]:
        """Mentions in one block, in their order."""
        pairs = [(mention, person) for person in self.found for mention in person.mentions if mention.block == block]
        return sorted(pairs, key=lambda pair: pair[0].start)


def family_of(name: str) -> str:
    """The family name of a full name, with its particles."""
    words = name.split()
    if len(words) > 1 and _SUFFIX.fullmatch(words[-1]):
        words = words[:-1]
    index = len(words) - 1
    while index > 1 and (words[index - 1].islower() or _PREFIX.fullmatch(words[index - 1])):
        index -= 1
    return " ".join(words[index:])
