"""People: where a text names somebody, with titles, and which mentions are of the same person."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from lod.ingest.functions import function_after, function_before
from lod.ingest.inline import Plain
from lod.ingest.rules import UPPER, Tongue

__all__ = ["Mention", "People", "PersonFound", "find_names", "gather"]

_WORD = re.compile(r"[^\s,;:()\[\]\"„“”«»‹›…!?/|<>*]+")
_INITIAL = re.compile(rf"[{UPPER}]\.(?:-?[{UPPER}]\.)*")
_NAME = re.compile(
    rf"(?:[{UPPER}][a-zà-öø-ÿāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįıĵķĺļľŀłńņňōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷźżžșț]+|Mc[{UPPER}]\w+|Mac[{UPPER}]\w+|[OD]['’][{UPPER}]\w+|[{UPPER}]['’][{UPPER}]\w+)(?:['’]?[-–]?[{UPPER}]?[a-zà-öø-ÿā-ž]+)*(?:-(?:[a-z]+-)?[{UPPER}][\w'’]+)*"
)
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?")
_MOST_WORDS = 6


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
        return _family(self.name)

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


def _family(name: str) -> str:
    words = name.split()
    if len(words) > 1 and _SUFFIX.fullmatch(words[-1]):
        words = words[:-1]
    index = len(words) - 1
    while index > 1 and words[index - 1].islower():
        index -= 1
    return " ".join(words[index:])


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    gap: str  # what stands between the word before and this one


@lru_cache(maxsize=512)
def _tokens(text: str) -> tuple[_Token, ...]:
    tokens = []
    last = 0
    for found in _WORD.finditer(text):
        word, end = found.group(), found.end()
        if word[-1] in ".’'" and not _INITIAL.fullmatch(word):
            word = word.rstrip(".’'")
            end = found.start() + len(word)
        if word:
            tokens.append(_Token(word, found.start(), end, text[last : found.start()]))
            last = end
    return tuple(tokens)


class _Finder:
    """Looks for names in one text."""

    def __init__(self, text: str, plain: Plain | None, tongue: Tongue) -> None:
        self.text, self.tongue = text, tongue
        self.tokens = _tokens(text)
        self.bold = (
            {mark.start for mark in plain.marks if mark.kind == "strong" and mark.end - mark.start < 60}
            if plain
            else set()
        )  # noqa: PLR2004

    def run(self, block: int) -> list[Mention]:
        found = []
        index = 0
        while index < len(self.tokens):
            mention, index = self._at(index, block)
            if mention is not None:
                found.append(mention)
        return found

    def _at(self, index: int, block: int) -> tuple[Mention | None, int]:
        token = self.tokens[index]
        if not token.text[0].isupper():
            # "mevrouw", "don": titles in small letters.
            if self.tongue.tables.people.honorifics and self._title_length(index):
                pass
            else:
                return None, index + 1
        size, honorific = self._titles(index)
        start = index + size
        if start >= len(self.tokens):
            return None, index + 1
        length = self._length(start)
        sure = self._sure(start, length, honorific=honorific) if length else 0.0
        if not sure:
            return None, index + 1
        first, last = self.tokens[start], self.tokens[start + length - 1]
        name = " ".join(self.text[first.start : last.end].split())
        return Mention(block, token.start, last.end, first.start, name, honorific, sure), start + length

    def _title_length(self, index: int) -> int:
        token = self.tokens[index]
        found = self.tongue.honorifics.match(self.text, token.start)
        if not found:
            return 0
        size = sum(1 for each in self.tokens[index : index + 4] if each.start < found.end())
        return size

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

    def _is_name(self, token: _Token) -> bool:
        text = token.text
        if text in self.tongue.given:
            return True
        if not _NAME.fullmatch(text) or text in self.tongue.never:
            return False
        return not (self.tongue.roles.fullmatch(text) or self.tongue.organisation_word.fullmatch(text))

    def _is_given(self, token: _Token) -> bool:
        return token.text in self.tongue.given or all(part in self.tongue.given for part in token.text.split("-"))

    def _length(self, start: int) -> int:
        """How many words from here on are one name."""
        length = 0
        particles = self.tongue.tables.people.particles
        while length < _MOST_WORDS and start + length < len(self.tokens):
            token = self.tokens[start + length]
            if length and (token.gap != " " and token.gap.strip(" \u00a0") or "\n" in token.gap):
                break
            if self._is_name(token) or (_INITIAL.fullmatch(token.text) and length < 3):  # noqa: PLR2004
                length += 1
            elif length and token.text.lower() in particles and self._name_follows(start + length):
                length += 1
            else:
                break
        return self._trimmed(start, length)

    def _name_follows(self, index: int) -> bool:
        for token in self.tokens[index + 1 : index + 3]:
            if token.gap.strip(" \u00a0"):
                return False
            if self._is_name(token):
                return token.text not in self.tongue.given or not self.tongue.tables.text.fused or True
            if token.text.lower() not in self.tongue.tables.people.particles:
                return False
        return False

    def _trimmed(self, start: int, length: int) -> int:
        while length and not _NAME.fullmatch(self.tokens[start + length - 1].text):
            length -= 1
        return length

    def _sure(self, start: int, length: int, *, honorific: str) -> float:
        """How sure it is that words are a name, from what stands in and around them; 0 where they are none."""
        first = self.tokens[start]
        family_only = length == 1
        if family_only:
            return 0.7 if honorific and self.tokens[start].text not in self.tongue.never else 0.0
        if self._is_given(first) or _INITIAL.fullmatch(first.text):
            known = self._is_given(first)
            particle = (
                self.tokens[start + 1].text.lower() in ("von", "de", "du", "des", "van")
                and length == 3
                and not honorific
            )  # noqa: PLR2004
            return 0.95 if known and not particle else 0.8
        if honorific:
            return 0.9
        before, after = self.text[: first.start], self.text[self.tokens[start + length - 1].end :]
        if length > 3:  # noqa: PLR2004 - without a known given name long runs are something else
            return 0.0
        return self._by_context(before, after, first.start)

    def _by_context(self, before: str, after: str, start: int) -> float:
        tongue = self.tongue
        if function_before(before, tongue)[0]:
            return 0.85
        words = before.rsplit(maxsplit=1)
        last = words[-1] if words else ""
        if (
            last
            and (tongue.cues.fullmatch(last) or tongue.verbs.fullmatch(last))
            and re.match(r"\s*[,.(:]|\s*$|\s+\w", after)
        ):
            return 0.75 if re.match(r"\s*[,.(:]|\s*$", after) else 0.6
        if function_after(after, tongue)[0] and re.match(r"\s*,\s|\s*\(", after):
            return 0.75
        return 0.7 if start in self.bold else 0.0


def find_names(text: str, block: int, plain: Plain | None, tongue: Tongue) -> list[Mention]:
    """The mentions of people in one text: full names, and family names behind a title."""
    return _Finder(text, plain, tongue).run(block)


def gather(texts: list[tuple[int, Plain]], tongue: Tongue) -> People:
    """Everybody the texts name; mentions by family name alone are given to those named in full."""
    people = People()
    mentions = [mention for block, plain in texts for mention in find_names(plain.text, block, plain, tongue)]
    full = [mention for mention in mentions if " " in mention.name]
    for mention in full:
        _add(people, mention)
    for mention in mentions:
        if " " not in mention.name and not any(person.family == mention.name for person in people.found):
            _add(people, mention)
    for block, plain in texts:
        _family_names(people, block, plain.text)
    _titled(people, texts, tongue)
    for person in people.found:
        _describe(person, dict(texts), tongue)
    people.found.sort(key=lambda person: (person.mentions[0].block, person.mentions[0].start))
    return people


def _add(people: People, mention: Mention) -> None:
    for person in people.found:
        if person.name == mention.name or _same(person.name, mention.name):
            person.mentions.append(mention)
            if len(mention.name) > len(person.name) and " " in person.name:
                person.name = mention.name
            person.honorific = person.honorific or mention.honorific
            return
    people.found.append(PersonFound(mention.name, mention.honorific, mentions=[mention], confidence=mention.sure))


def _same(one: str, other: str) -> bool:
    """ "Bernd Schneider" and "Bernd Jürgen Schneider"; "J. Weber" and "Jutta Weber"."""
    a, b = one.split(), other.split()
    if len(a) < 2 or len(b) < 2 or _family(one) != _family(other):  # noqa: PLR2004
        return False
    return a[0] == b[0] or a[0].rstrip(".") == b[0][: len(a[0].rstrip("."))] and a[0].endswith(".")


def _family_names(people: People, block: int, text: str) -> None:
    for person in people.found:
        family = person.family
        if family not in text:
            continue
        taken = [(m.start, m.end) for other in people.found for m in other.mentions if m.block == block]
        for found in re.finditer(rf"(?<![\w-]){re.escape(family)}(?:['’]?s)?(?![\w-])", text):
            if not any(start <= found.start() < end for start, end in taken):
                person.mentions.append(Mention(block, found.start(), found.end(), found.start(), person.name, "", 0.8))
        person.mentions.sort(key=lambda mention: (mention.block, mention.start))


def _titled(people: People, texts: list[tuple[int, Plain]], tongue: Tongue) -> None:
    """ "President Trump": a function before a family name that nobody bears in full."""
    if tongue.name == "de":
        return  # in German any noun may follow a function
    families = {person.family for person in people.found}
    for block, plain in texts:
        for found in re.finditer(
            rf"({tongue.titles.pattern})\s+([{UPPER}][\w'’-]+)(?!\s+[{UPPER}])(?![\w-])", plain.text
        ):
            name = re.sub(r"['’]s$", "", found[found.lastindex or 1])
            if name in families or not _NAME.fullmatch(name) or name in tongue.never or tongue.roles.fullmatch(name):
                continue
            place = found.start(found.lastindex or 1)
            taken = [(m.start, m.end) for person in people.found for m in person.mentions if m.block == block]
            if not any(start <= place < end for start, end in taken):
                _add(people, Mention(block, place, place + len(name), place, name, "", 0.6))


def _describe(person: PersonFound, texts: dict[int, Plain], tongue: Tongue) -> None:
    """Function and gender of a person, from the mentions."""
    first = person.name.split()[0].split("-")[0]
    person.gender = tongue.given.get(first, "u")
    if tongue.female(person.honorific):
        person.gender = "f"
    elif tongue.male(person.honorific):
        person.gender = "m"
    for mention in person.mentions:
        text = texts[mention.block].text
        before, start = function_before(text[: mention.start], tongue)
        after, length = function_after(text[mention.end :], tongue)
        if not before and not after:
            continue
        if not before and not re.match(r"[^()]*$", after) is None and tongue.affiliation.match(f" {after} "):
            person.organisation = person.organisation or re.sub(tongue.affiliation.pattern, "", f" {after}", count=1)
            continue
        if not before and after.startswith("(") and not any(tongue.roles.fullmatch(word.strip("(),.")) for word in after.split()):
            person.organisation = person.organisation or after.strip("()")
            continue
        function = _joined(before, after)
        if len(function) > len(person.function) and (
            not person.function or mention.name_start != mention.start or " " in text[mention.name_start : mention.end]
        ):
            person.function = function
            person.function_span = (
                mention.block,
                start if before else mention.end,
                mention.end + length if after else mention.start,
            )
            break


def _joined(before: str, after: str) -> str:
    if not (before and after):
        return before or after
    if after.startswith("("):
        return f"{before} {after}"
    first = after.split()[0]
    return f"{before} {after}" if first.islower() else f"{before}, {after}"
