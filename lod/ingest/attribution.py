"""Who speaks: the person, role, pronoun or organisation that the words around a quotation name."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from lod.ingest.clauses import head_nouns
from lod.ingest.finder import Mention
from lod.ingest.people import People, PersonFound
from lod.ingest.tongue import Tongue

__all__ = ["Candidate", "Voices"]

_COORDINATED = 130
_SHORT = 4
_FAR = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a stretch of text names, as speakers, and how sure that is."""

    names: tuple[str, ...]
    start: int
    end: int
    sure: float
    kind: str


class Voices:
    """Everybody who may speak in a document: people by name, by role and by pronoun, and organisations."""

    def __init__(
        self,
        people: People,
        organisations: Sequence[tuple[int, int, int, str]],
        tongue: Tongue,
        issuers: Sequence[str] = (),
    ) -> None:
        self.people, self.tongue = people, tongue
        self.organisations, self.issuers = organisations, tuple(issuers)
        self.by_block: dict[int, list[tuple[Mention, PersonFound]]] = {}
        for person in people.found:
            for mention in person.mentions:
                self.by_block.setdefault(mention.block, []).append((mention, person))
        for pairs in self.by_block.values():
            pairs.sort(key=lambda pair: pair[0].start)
        self.heads = [(noun.lower(), person) for person in people.found for noun in head_nouns(person.function, tongue)]
        self.last: tuple[str, ...] = ()
        self.spoken: set[str] = set()

    def named(self, block: int, start: int, end: int, text: str) -> Candidate | None:
        """The people whom a stretch of a block names, as its subject."""
        pairs = [pair for pair in self.by_block.get(block, ()) if start <= pair[0].name_start and pair[0].end <= end]
        if not pairs:
            return None
        index = self._subject(pairs, text, start, end)
        mention, person = pairs[index]
        names = [person.name]
        last = mention
        for following, other in pairs[index + 1 :]:
            if not self._joined(text[last.end : following.start]):
                break
            if other.name not in names:
                names.append(other.name)
            last = following
        beside = re.match(r"(?:\s(?:van|de|of|von|du)\s\w+)?", text[last.end :])
        rest = text[last.end + (beside.end() if beside else 0) :]
        both = self.tongue.both.match(rest)
        if both and not self._joined_later(rest[both.end() : both.end() + 40]):
            role = self.role(rest, both.end(), min(len(rest), both.end() + 26))
            article = rest[both.end() :].split()[:1]
            if (
                role is not None
                and article
                and self.tongue.article.fullmatch(article[0])
                and role.start - both.end() < 8
            ):
                names += [name for name in role.names if name not in names]
        sure = 0.9 if not self.tongue.addressed.search(text[: mention.start]) else 0.6
        return Candidate(tuple(names), mention.start, last.end, sure, "name")

    def _subject(self, pairs: list[tuple[Mention, PersonFound]], text: str, start: int, end: int) -> int:
        verbs = [found.span() for found in self.tongue.verbs.finditer(text, start, end)]
        verbs += [found.span() for found in self.tongue.cues.finditer(text, start, end)]

        def cost(index: int) -> tuple[bool, int, int]:
            mention = pairs[index][0]
            spoken_to = bool(self.tongue.addressed.search(text[max(start, mention.start - 30) : mention.start]))
            near = min((min(abs(mention.start - stop), abs(begin - mention.end)) for begin, stop in verbs), default=0)
            return spoken_to, 0 if near < 60 else near, index

        return min(range(len(pairs)), key=cost)

    def _joined_later(self, rest: str) -> bool:
        """Whether another name stands where a role is looked for."""
        return any(person.family in rest for person in self.people.found)

    def _joined(self, between: str) -> bool:
        """Whether two names stand side by side: "A und B", "A, Präsident, und B"."""
        if len(between) > _COORDINATED or any(char in between for char in '.;:"„“”«»'):
            return bool(self.tongue.both.fullmatch(between.replace("Dr.", "").replace("Prof.", "") + " "))
        if re.fullmatch(r"\s*,\s*", between):
            return True
        words = between.replace(",", " ").split()
        if words and self.tongue.preposition.fullmatch(words[-1]) and not self.tongue.both.fullmatch(f" {words[-1]} "):
            return False  # "A, Mitarbeiter und Doktorand bei B"
        if any(self.tongue.is_verb(word) for word in words if word[:1].islower()):
            return False
        return any(self.tongue.both.fullmatch(f" {word} ") for word in words)

    def role(self, text: str, start: int, end: int) -> Candidate | None:
        """The people whom a role stands for: "die Hauptgeschäftsführer", "the Minister"."""
        for found in re.finditer(r"[^\W\d_][\w-]+", text[start:end]):
            word = found.group().lower()
            if not self.tongue.roles.fullmatch(word) or (
                self.tongue.tables.text.fused and not found.group()[:1].isupper() and self.tongue.name == "de"
            ):
                continue
            people = self._bearers(word)
            if people:
                names = self._chosen(people, word, text[max(0, start + found.start() - 30) : start + found.start()])
                return Candidate(names, start + found.start(), start + found.end(), 0.75, "role")
        return None

    def _bearers(self, word: str) -> list[PersonFound]:
        """Whose function a noun is: as a whole, else a part of it or the reverse, else a word for the same."""
        ways: tuple[Callable[[str], bool], ...] = (
            lambda head: head == word or (len(word) > _SHORT and head.endswith(word)) or self._plural(head, word),
            lambda head: len(head) > _SHORT and word.endswith(head) and not self.tongue.deputy.match(word),
            lambda head: self.tongue.same_chair(head, word),
        )
        for fits in ways:
            people = [person for head, person in self.heads if fits(head)]
            if people:
                return people
        return []

    def peer(
        self, text: str, start: int, end: int, before: list[list[PersonFound]], beside: list[PersonFound]
    ) -> Candidate | None:
        """Somebody else than the last speaker: "Ihr Kollege ergänzt", "his colleague said"."""
        found = self.tongue.peer.search(text, start, end)
        if found is None or not self.last:
            return None
        strange = ("m",) if found.group().endswith("in") else ("f",) if self.tongue.tables.text.noun_capitals else ()
        for group in (beside, *before):
            others = [each for each in group if each.name not in self.last and each.gender not in strange]
            if others:
                return Candidate((others[-1].name,), found.start(), found.end(), 0.6, "peer")
        return None

    def _plural(self, head: str, word: str) -> bool:
        return word in (head + "s", head + "en", head + "innen", head + "n", head + "x") or head in (
            word + "in",
            word + "s",
        )

    def _chosen(self, people: list[PersonFound], word: str, before: str) -> tuple[str, ...]:
        names = tuple(dict.fromkeys(person.name for person in people))
        article = before.split()[-1:] or [""]
        plural = article[0].lower() in (
            "die",
            "beiden",
            "beide",
            "les",
            "the",
            "de",
            "los",
            "las",
            "both",
            "two",
            "deux",
        ) and not word.endswith(("in", "rice", "ra"))
        # Elsewhere than in German the plural has a form of its own.
        plural = plural and (self.tongue.tables.text.noun_capitals or not any(head == word for head, _ in self.heads))
        if len(names) > 1 and plural:
            return names
        spoken = [name for name in names if name in self.last]
        return ((spoken or list(names))[-1],)

    def pronoun(
        self, text: str, start: int, end: int, before: list[list[PersonFound]], beside: list[PersonFound]
    ) -> Candidate | None:
        """The person whom a pronoun stands for: the one named or heard last."""
        for kind, pattern in self.tongue.pronouns.items():
            found = pattern.search(text, start, end)
            if not found:
                continue
            names = self._referred(kind, before, beside)
            if names:
                return Candidate(names, found.start(), found.end(), 0.7, "pronoun")
        return None

    def subjects(self, block: int, text: str, start: int, end: int) -> list[PersonFound]:
        """Who is named or called by a role in a stretch of a block, in the order of the text; objects go first."""
        pairs = [(m.start, person) for m, person in self.by_block.get(block, ()) if start <= m.start and m.end <= end]
        position = start
        while (role := self.role(text, position, end)) is not None:
            pairs += [(role.start, person) for person in self.people.found if person.name in role.names]
            position = role.end
        spoken_to = [bool(self.tongue.addressed.search(text[max(start, at - 30) : at])) for at, _ in pairs]
        order = sorted(range(len(pairs)), key=lambda index: (not spoken_to[index], pairs[index][0]))
        return [pairs[index][1] for index in order]

    def _referred(self, kind: str, before: list[list[PersonFound]], beside: list[PersonFound]) -> tuple[str, ...]:
        if kind == "plural":
            flat = [person for group in reversed(before) for person in group]
            recent = tuple(dict.fromkeys(person.name for person in (*flat, *beside)[-2:]))
            return self.last if len(self.last) > 1 else recent
        found = self._fitting(kind, before, beside, self.last)
        return (found,) if found else ()

    def _fitting(
        self, kind: str, before: list[list[PersonFound]], beside: list[PersonFound], heard: Collection[str]
    ) -> str:
        """The nearest person of a gender: in the same paragraph, else in the nearest one that names any."""
        for group in (beside, *before):
            fitting = [person for person in group if kind in ("any", "u") or person.gender in (kind, "u")]
            sure = [person for person in fitting if person.gender == kind] or fitting
            spoken = [person for person in sure if person.name in heard] if group is not beside else []
            if sure:
                return (spoken or sure)[-1].name
        return ""

    def definite(
        self, text: str, start: int, end: int, before: list[list[PersonFound]], beside: list[PersonFound]
    ) -> Candidate | None:
        """Somebody called by a noun that no function has: "sagt der Chirurg", "resümiert der 71-Jährige"."""
        found = re.search(
            r"(?<!\w)(?:(der|le|el)|(die|la)|(the|de|l['’]))\s?([^\W_][\w-]+)\W*$|(?<!\w)(?:(der|le|el)|(die|la))\s([^\W_][\w-]+)",
            text[start:end],
            re.IGNORECASE,
        )
        if found is None:
            return None
        noun = found[4] or found[7]
        if self.tongue.is_office_word(noun) or self.tongue.organisation_word.search(noun):
            return None
        gender = "m" if found[1] or found[5] else "f" if found[2] or found[6] else "u"
        # Somebody whose name tells the gender goes before somebody nearer whose name does not.
        sure = [[each for each in group if each.gender == gender] for group in (beside, *before[:_FAR])]
        name = self._fitting(gender, sure[1:], sure[0], self.spoken) or self._fitting(
            gender, before, beside, self.spoken
        )
        return Candidate((name,), start + found.start(), start + found.end(), 0.5, "noun") if name else None

    def body(self, block: int, start: int, end: int) -> Candidate | None:
        """The organisation that a stretch of a block names."""
        for where, begin, stop, name in self.organisations:
            if where == block and start <= begin and stop <= end:
                return Candidate((name,), begin, stop, 0.6, "organisation")
        return None

    def collective(self, block: int, start: int, end: int, text: str) -> Candidate | None:
        """The organisation that a noun stands for: "the company said", "teilte der Verband mit"."""
        found = self.tongue.collective.search(text, start, end)
        if found is None:
            return None
        noun = found["generic"] or found["noun"]
        earlier = [name for where, begin, _, name in self.organisations if (where, begin) < (block, start)]
        names = [*reversed(self.issuers), *earlier] if found["noun"] else earlier or list(self.issuers)
        if found["noun"]:
            stem = noun.casefold().rstrip("s")
            names = [name for name in names if stem in name.casefold()]
        else:
            # A firm that issues the release means itself; elsewhere the firm named last is meant.
            firms = [name for name in (*names, *self.issuers) if self.tongue.forms.search(name)]
            names = firms or names
        return Candidate((names[-1],), found.start(), found.end(), 0.6, "organisation") if names else None
