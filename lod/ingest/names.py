"""Names an archive knows: found in texts by exact match, in German in inflected form too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Known", "Names", "Occurrence"]

_WORD = re.compile(r"[^\W\d_][\w'’.&/-]*")
_DASHES = re.compile("[\u2010\u2011\u2012\u2013\u2014]")
_ADJECTIVE = re.compile(r"([^\W\d_]{3,}?)(?:er|es|e|en|em)$")


@dataclass(frozen=True, slots=True)
class Known:
    """One name of an authority: its id, what kind of thing it is ("org", "person", "place"), and its preferred name."""

    id: str
    kind: str
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A known name in a text."""

    known: Known
    start: int
    end: int


class Names:
    """The names of an archive's authorities, indexed by their first letters."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._exact: dict[str, list[Known]] = {}
        self._by_start: dict[str, list[tuple[re.Pattern[str], Known]]] = {}
        for each in sorted(known, key=lambda one: (-len(one.name), one.name, one.id)):
            self._exact.setdefault(_normal(each.name), []).append(each)
            words = _WORD.findall(each.name)
            if words:
                self._by_start.setdefault(_key(words[0]), []).append((_pattern(each.name), each))

    def find(self, name: str, kind: str) -> Known | None:
        """The authority that a name is the name of; None where there is none, or more than one."""
        found = {each.id: each for each in self._exact.get(_normal(name), ()) if each.kind == kind}
        if not found:
            for pattern, each in self._by_start.get(_key((_WORD.findall(name) or [""])[0]), ()):
                if each.kind == kind and pattern.fullmatch(name):
                    found[each.id] = each
        return next(iter(found.values())) if len(found) == 1 else None

    def occurrences(self, text: str) -> list[Occurrence]:
        """Known names in a text, the longest ones first taken."""
        if not self._by_start:
            return []
        found: list[Occurrence] = []
        end = 0
        for word in _WORD.finditer(text):
            if word.start() < end or not word.group()[0].isupper():
                continue
            for pattern, known in self._by_start.get(_key(word.group()), ()):
                match = pattern.match(text, word.start())
                if match:
                    found.append(Occurrence(known, match.start(), match.end()))
                    end = match.end()
                    break
        return found


def _normal(name: str) -> str:
    return " ".join(_DASHES.sub("-", name).casefold().split())


def _key(word: str) -> str:
    return word[:3].casefold()


def _pattern(name: str) -> re.Pattern[str]:
    """A name with the endings that German declension gives its words (Duden 4, 9th ed., §§ 300-312, 490-500)."""
    parts = []
    for word in name.split():
        adjective = _ADJECTIVE.match(word)
        bare = re.escape(word)
        if word.endswith("-") or not word[:1].isupper() or len(word) < 4 or word.isupper():
            parts.append(bare)
        elif adjective:
            parts.append(rf"(?:{bare}(?:s|n)?|{re.escape(adjective[1])}(?:er|es|en|em|e))")
        else:
            parts.append(rf"{bare}(?:es|s)?")
    return re.compile(r"(?<![\w-])" + r"\s+".join(parts) + r"(?![\w-])", re.IGNORECASE)
