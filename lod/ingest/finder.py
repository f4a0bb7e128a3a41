"""Where a text names somebody: words that are a name by a known given name, a title, or what stands beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lod.ingest.functions import function_after, function_before
from lod.ingest.inline import Plain
from lod.ingest.patterns import UPPER
from lod.ingest.tokens import INITIAL, Token, tokens
from lod.ingest.tongue import Tongue

__all__ = ["NAME", "Mention", "find_names"]

NAME = re.compile(
    rf"(?:[{UPPER}][a-zß-öø-ÿāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįıĵķĺļľŀłńņňōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷźżžșț]+|Mc[{UPPER}]\w+|Mac[{UPPER}]\w+|[OD]['’][{UPPER}]\w+|[{UPPER}]['’][{UPPER}]\w+)(?:['’]?[-–]?[{UPPER}]?[a-zß-öø-ÿā-ž]+)*(?:-(?:[a-z]+-)?[{UPPER}][\w'’]+)*"
)

_ELIDED = re.compile(rf"[dD]['’][{UPPER}]\w+")
_JOINING = frozenset(["i", "y", "e"])
_SAID = re.compile(r"[\"“”»«’'‘][\s,]*(?:[–—-]\s)?[^\W\d_]+\s+$")  # a verb behind a quotation
_MOST_WORDS = 6
_NAME_WORDS = 3
_NOBLE = ("von", "van", "de", "di", "da", "del", "zu")
_BOLD = 60


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a block's plain text that names a person; `start` includes the titles before the name."""

    block: int
    start: int
    end: int
    name_start: int
    name: str
    honorific: str
    sure: float


class _Finder:
    """Looks for names in one text."""

    def __init__(self, text: str, plain: Plain | None, tongue: Tongue) -> None:
        self.text, self.tongue = text, tongue
        self.tokens = tokens(text)
        marks = plain.marks if plain is not None else ()
        # Printed bold inside a sentence; at the beginning of a block bold is a heading.
        self.bold = {
            mark.start: mark.end
            for mark in marks
            if mark.kind == "strong" and mark.start > 0 and mark.end - mark.start < _BOLD
        }
        self.last = -1  # where the name before ends
        self.honorifics = {found.start(): found.end() for found in tongue.honorifics.finditer(text)}

    def run(self, block: int) -> list[Mention]:
        found = []
        index = 0
        while index < len(self.tokens):
            token = self.tokens[index]
            if not token.text[0].isupper() and token.start not in self.honorifics:
                index += 1
                continue
            mention, index = self._at(index, block)
            if mention is not None:
                found.append(mention)
                self.last = mention.end
        return found

    def _at(self, index: int, block: int) -> tuple[Mention | None, int]:
        """The mention that begins at a word, and the word to go on with."""
        token = self.tokens[index]
        size, honorific = self._titles(index)
        if not token.text[0].isupper() and not size:
            return None, index + 1
        start = index + size
        length = self._length(start) if start < len(self.tokens) else 0
        skipped = self._offices(start, length) if not size else 0
        if skipped:
            return None, index + skipped
        sure = self._sure(start, length, honorific=honorific) if length else 0.0
        if not sure:
            return None, index + (length if self._is_foreign(start, length) else 1)
        if self._in_marks(start, length):
            return None, start + length
        first, last = self.tokens[start], self.tokens[start + length - 1]
        name = " ".join(self.text[first.start : last.end].split())
        return Mention(block, token.start, last.end, first.start, name, honorific, sure), start + length

    def _is_foreign(self, start: int, length: int) -> bool:
        """Whether words that are no name hold a given name all the same: "with Dawson James Securities"."""
        if length < _NAME_WORDS or self.tongue.tables.text.noun_capitals or not self._is_given(self.tokens[start + 1]):
            return False
        before = self.text[: self.tokens[start].start].rstrip()
        inside = bool(before) and before[-1] not in '.!?:“”"„«»–—'
        return inside and not function_before(self.text[: self.tokens[start + 1].start], self.tongue)[0]

    def _offices(self, start: int, length: int) -> int:
        """How many words before a known given name say what somebody is: "Domkapitular Franz-Josef Ettwein"."""
        if length < _NAME_WORDS or INITIAL.fullmatch(self.tokens[start].text):
            return 0
        capitals, first = self.tongue.tables.text.noun_capitals, self.tokens[start]
        agent = self.tongue.agents.fullmatch(first.text if capitals else first.text.lower()) is not None
        given = next((k for k in range(length - 1) if self._is_given(self.tokens[start + k])), -1)
        if given < 0:
            return int(agent and capitals)
        return given if capitals or given > 1 or agent else 0

    def _in_marks(self, start: int, length: int) -> bool:
        """Whether a name stands in quotation marks of its own: then it is the name of something else."""
        before = self.text[: self.tokens[start].start].rstrip()[-1:]
        after = self.text[self.tokens[start + length - 1].end :].lstrip()[:1]
        return bool(before and after) and before in '"„“«»‚‘' and (after in '"“”»«’‘' or after.isdigit())

    def _title_length(self, index: int) -> int:
        token = self.tokens[index]
        end = self.honorifics.get(token.start)
        if end is None:
            return 0
        return sum(1 for each in self.tokens[index : index + 4] if each.start < end)

    def _titles(self, index: int) -> tuple[int, str]:
        size = 0
        while index + size < len(self.tokens) and (size == 0 or self.tokens[index + size].gap.strip(".") in ("", " ")):
            step = self._title_length(index + size)
            if not step:
                break
            size += step
        if not size or index + size >= len(self.tokens):
            return 0, ""
        return size, " ".join(self.text[self.tokens[index].start : self.tokens[index + size].start].split())

    def _is_name(self, token: Token) -> bool:
        text = token.text
        if text in self.tongue.given:
            return True
        if not NAME.fullmatch(text) or text in self.tongue.never:
            return False
        return not (self.tongue.is_role(text) or self.tongue.is_office_word(text))

    def _is_given(self, token: Token) -> bool:
        return token.text in self.tongue.given or all(part in self.tongue.given for part in token.text.split("-"))

    def _length(self, start: int) -> int:
        """How many words from here on are one name."""
        length = 0
        particles = self.tongue.tables.people.particles
        while length < _MOST_WORDS and start + length < len(self.tokens):
            token = self.tokens[start + length]
            if length and ((token.gap != " " and token.gap.strip(" \u00a0")) or "\n" in token.gap):
                break
            if length and self._is_title(start + length):
                break
            if (
                self._is_name(token)
                or (INITIAL.fullmatch(token.text) and length < 3)
                or (length and _ELIDED.fullmatch(token.text))
                or (
                    length
                    and token.text.lower() in particles
                    and self._name_follows(start + length)
                    and self._particle(start, length)
                )
            ):
                length += 1
            else:
                break
        return self._family(start, self._trimmed(start, length))

    def _is_title(self, index: int) -> bool:
        """Whether a title begins here that belongs to the name behind it: "Pröpstin Dr. h. c. Frauke Lorenzen"."""
        token = self.tokens[index]
        if not self.tongue.is_title(token.text):
            return False
        return self.text[token.end : token.end + 1] == "." or (
            index + 1 < len(self.tokens) and self._is_given(self.tokens[index + 1])
        )

    def _family(self, start: int, length: int) -> int:
        """The length with a family name that means something else too: "Thomas Richter", "Peter Klein"."""
        run = self.tokens[start : start + length]
        if not run or start + length >= len(self.tokens) or run[0].text in self.tongue.never:
            return length
        if not all(self._is_given(token) or INITIAL.fullmatch(token.text) for token in run):
            return length
        token, *more = self.tokens[start + length : start + length + 2]
        if token.gap != " " or not NAME.fullmatch(token.text):
            return length
        if more and more[0].gap == " " and (self._is_name(more[0]) or self.tongue.is_title(more[0].text)):
            return length
        if self.tongue.is_role(token.text) and token.text not in self.tongue.never:
            return length + 1
        ordinary = token.text in self.tongue.never and not self.tongue.is_office_word(token.text)
        return length + 1 if ordinary and self._has_evidence(start, token) else length

    def _has_evidence(self, start: int, last: Token) -> bool:
        """Whether what stands around words shows that they are somebody: a function, a title, a verb of speech."""
        before, after = self.text[: self.tokens[start].start], self.text[last.end :]
        words = [*before.split()[-1:], *re.findall(r"^\s([^\W\d_]+)", after)]
        if any(self.tongue.is_verb(word) or self.tongue.cues.fullmatch(word) for word in words):
            return True
        listed = re.match(rf",\s+([{UPPER}][\w-]+)\s[{UPPER}]", after)
        if listed and listed[1] in self.tongue.given and self.tongue.tables.text.noun_capitals:
            return True
        titled = start > 0 and self.tongue.is_title(self.tokens[start - 1].text)
        return titled or bool(function_before(before, self.tongue)[0]) or bool(function_after(after, self.tongue)[0])

    def _particle(self, start: int, length: int) -> bool:
        """Whether a particle may stand here: behind given names and other particles, not behind a family name."""
        before = self.tokens[start + length - 1]
        if self.tokens[start + length].text in _JOINING:
            return True
        small = before.text[:1].islower() or before.text in self.tongue.nobility
        return small or length == 1 or self._is_given(before) or bool(INITIAL.fullmatch(before.text))

    def _name_follows(self, index: int) -> bool:
        for token in self.tokens[index + 1 : index + 3]:
            if token.gap.strip(" \u00a0"):
                return False
            if self._is_name(token):
                return True
            if token.text.lower() not in self.tongue.tables.people.particles:
                return False
        return False

    def _trimmed(self, start: int, length: int) -> int:
        while length:
            last = self.tokens[start + length - 1].text
            # "Okonkwo Announces": headlines write verbs with capitals too.
            said = length > 1 and not self.tongue.tables.text.noun_capitals and self.tongue.is_verb(last)
            if not said and (NAME.fullmatch(last) or _ELIDED.fullmatch(last)):
                break
            length -= 1
        return length

    def _sure(self, start: int, length: int, *, honorific: str) -> float:
        """How sure it is that words are a name, from what stands in and around them; 0 where they are none."""
        first, last = self.tokens[start], self.tokens[start + length - 1]
        if length == 1:
            return 0.7 if honorific and first.text not in self.tongue.never else 0.0
        if honorific:
            return 0.95 if self._is_given(first) else 0.9
        before = self.text[: first.start]
        if self._is_given(first):
            return 0.0 if self._elsewhere(before) else 0.95
        if length > 4:
            return 0.0
        return self._by_context(before, first.start, last.end)

    def _elsewhere(self, before: str) -> bool:
        """Whether what stands before makes it the name of a street, a school, a ship."""
        word = before.rsplit(maxsplit=1)[-1].strip('„"«»“(') if before.split() else ""
        if function_before(before, self.tongue)[0]:
            return False
        if re.search(r"(?:^|\s)\d+ $", before) and not re.search(r"(?:19|20)\d\d $", before):
            return True
        return word.lower() in self.tongue.things or (
            bool(word) and self.tongue.is_office_word(word) and not self.tongue.is_role(word)
        )

    def _is_phrase(self, small: list[str]) -> bool:
        """By its small words: "Fragen zu den Bauarbeiten", "Quiñónez y Cárdenas"."""
        noble = small[0] in _NOBLE and small[-1] not in ("den", "dem")
        return small[0] in _JOINING or (self.tongue.tables.text.noun_capitals and not noble)

    def _by_context(self, before: str, start: int, end: int) -> float:
        """How sure words are a name that begin with no known given name."""
        tongue, after = self.tongue, self.text[end:]
        small = [word for word in self.text[start:end].split() if word.islower()]
        if small and self._is_phrase(small):
            return 0.0
        closed = bool(re.match(r"\s*[,.(:;]|\s*$|\s+[a-zà-ÿ]", tongue.suffix.sub("", after, count=1)))
        function, begin = function_before(before, tongue)
        apposed = self.last >= 0 and not before[self.last : begin].strip(" ,")
        beside = bool(function) and not apposed and (closed or not tongue.tables.text.noun_capitals)
        last = before.rsplit(maxsplit=1)[-1] if before.strip() else ""
        if small and tongue.tables.text.noun_capitals:
            # "Gemeinsamer Appell von Kommunen"
            beside = beside and (tongue.is_role(last) or before.rstrip().endswith(","))
        # "présidente de la coopérative Terres d'Armor"
        beside = beside and (tongue.tables.text.noun_capitals or not tongue.is_office_word(last))
        more = self.text[start:end].split()[1:]
        given = len(more) > 1 and more[0] in tongue.given
        if beside and (not given or before.rstrip().endswith(",") or tongue.is_role(last)):
            return 0.85
        if _SAID.search(before) and closed and (tongue.cues.fullmatch(last) or tongue.is_verb(last)):
            return 0.75
        if re.match(r"\s*,\s|\s*\(", after):
            function = "" if tongue.firms.match(after) else function_after(after, tongue)[0]
            if any(tongue.is_role(word.strip("(),.")) for word in function.split()):
                return 0.75
        return 0.7 if self.bold.get(start) == end else 0.0


def find_names(text: str, block: int, plain: Plain | None, tongue: Tongue) -> list[Mention]:
    """The mentions of people in one text: full names, and family names behind a title."""
    return _Finder(text, plain, tongue).run(block)
