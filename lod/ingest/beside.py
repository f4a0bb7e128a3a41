"""The speaker named beside a quotation: behind it, before it, in the sentence before, in the line below."""

from __future__ import annotations

import re
from dataclasses import replace

from lod.ingest.attribution import Candidate, Voices
from lod.ingest.frame import Frame
from lod.ingest.marks import Quoted
from lod.ingest.people import PersonFound
from lod.ingest.tongue import Tongue

__all__ = ["Beside"]

_NEAR = 70
_RECENT = 6
_EARLY = 12
_SIGNED = 30
_OBJECT = 0.6
_PERSONS = ("name", "role", "peer", "pronoun")


class Beside:
    """Looks for speakers around quotations, and remembers who was named so far."""

    def __init__(self, voices: Voices, tongue: Tongue) -> None:
        self.voices, self.tongue = voices, tongue
        self.heard: list[list[PersonFound]] = []

    def leave(self, frame: Frame, *, spoke: bool) -> None:
        """Remember who is named in a paragraph, and who spoke in it."""
        named = [person for _, person in self.voices.by_block.get(frame.block, ())]
        if spoke:
            named += [person for person in self.voices.people.found if person.name in self.voices.last]
        if named:
            self.heard.append(named)

    @property
    def recent(self) -> list[list[PersonFound]]:
        """The people of the paragraphs before, the nearest first."""
        return self.heard[: -_RECENT - 1 : -1]

    def within(self, frame: Frame) -> Candidate | None:
        """The person a paragraph is about."""
        return self.voices.named(frame.block, 0, len(frame.text), frame.telling)

    def after(self, frame: Frame, span: Quoted, limit: int) -> Candidate | None:
        """The speaker named behind a quotation in the same sentence."""
        if not span.closed and span.end == len(frame.text):
            return None
        telling = frame.telling
        begin = span.end
        rest = re.match(r"[\s\"“”»«’'‘*]*([,.–—(-]*)\s*", telling[begin:limit])
        tail = begin + (rest.end() if rest else 0)
        punctuation = rest[1] if rest else ""
        inner = frame.text[span.start : span.end]
        stop = next((position for position in frame.sentences.starts if position > tail), len(telling))
        stop = min(stop, limit)
        segment = telling[tail:stop].strip(' "„“”«»')
        if len(segment) < 2:
            return None
        separate = (punctuation.startswith(".") or (inner[-1:] in ".!?…" and not punctuation)) and segment[:1].isupper()
        signed = punctuation[:1] in "–—-(" and punctuation
        if separate and not signed:
            return None
        found = self.speaker(frame, tail, stop, strict=True)
        if found is None or self._speaks(segment, inner, punctuation):
            return found
        if signed:
            return found if found.start - tail < _SIGNED else None
        # A verb the tables do not know: "…“, scherzt Boysen".
        unknown = (punctuation.startswith(",") or inner.endswith(",")) and segment[:1].islower()
        return found if unknown and found.kind in ("name", "role") and found.start - tail < _NEAR else None

    def _speaks(self, segment: str, inner: str, punctuation: str) -> bool:
        verb = self.tongue.verbs.search(segment)
        if self.tongue.cues.match(segment) or (verb and (verb.start() < _NEAR or punctuation)):
            return True
        return inner.endswith(",") and bool(verb)

    def before(self, frame: Frame, span: Quoted, limit: int) -> Candidate | None:
        """The speaker named before a quotation in the same sentence, or in the one before its colon."""
        telling = frame.telling
        start, _ = frame.sentences.around(span.start - 1 if span.start else 0)
        begin = max(start, limit)
        lead = telling[begin : span.start].rstrip(" \u00a0\u202f\"„“”«»‚‘'*")
        lead = lead.lstrip('"“”»«., ')
        if not lead:
            return None
        colon = lead.endswith(":")
        if (
            not colon
            and not self.tongue.verbs.search(lead)
            and not self.tongue.naming.search(lead)
            and not self.tongue.cues.search(lead)
        ):
            return None
        found = self.speaker(frame, begin, span.start, strict=not colon)
        if found is None and colon:
            # "Er gehe von … aus: „…“": the person of the sentences before.
            found = self.voices.named(frame.block, 0, span.start, telling) or self.voices.role(telling, 0, span.start)
        return found

    def speaker(self, frame: Frame, start: int, end: int, *, strict: bool) -> Candidate | None:
        """Whom a stretch of a paragraph names as its subject: by name, role, pronoun, as an organisation, by a noun."""
        voices, telling = self.voices, frame.telling
        named = voices.named(frame.block, start, end, telling)
        if named is not None:
            return named
        role = voices.role(telling, start, end)
        if role is not None:
            return role
        earlier = voices.subjects(frame.block, telling, 0, start)
        peer = voices.peer(telling, start, end, self.recent, earlier)
        if peer is not None:
            return peer
        pronoun = voices.pronoun(telling, start, end, self.recent, earlier)
        if pronoun is not None:
            return pronoun
        if not strict and not self.tongue.verbs.search(telling, start, end):
            return None
        body = voices.body(frame.block, start, end) or voices.collective(frame.block, start, end, telling)
        return body or (voices.definite(telling, start, end, self.recent, earlier) if strict else None)

    def subject_before(self, frame: Frame, span: Quoted) -> tuple[Candidate | None, str]:
        """The person of the sentence before: "Demirkan kündigte an, dass … „Wir haben …“"."""
        start, _ = frame.sentences.around(span.start)
        standing = not frame.telling[start : span.start].strip(" \u00a0\"„“”«»‚‘'*–—-")
        if not standing:
            return None, ""
        position = start
        while position > 0:
            begin, _ = frame.sentences.around(position - 2 if position > 1 else 0)
            found = self.speaker(frame, begin, position, strict=False)
            if found is not None and found.kind in _PERSONS:
                sure = 0.7 if self.tongue.verbs.search(frame.telling, begin, position) else 0.6
                return replace(found, sure=sure), "the sentence before is by the same person"
            if begin >= position:
                break
            position = begin
        return None, ""

    def between(self, frame: Frame, start: int, end: int) -> Candidate | None:
        """Who is named as speaking in a sentence of its own between two quotations: "… kündigte X an. „…“"."""
        begin, _ = frame.sentences.around(max(0, end - 3))
        if begin <= start or not self.tongue.verbs.search(frame.telling, begin, end):
            return None
        found = self.voices.named(frame.block, begin, end, frame.telling)
        return found if found is not None and found.sure > _OBJECT else None

    def last_sentence(self, frame: Frame) -> Candidate | None:
        """Who is the subject of the last sentence of a paragraph: "Die Ministerin bestreitet das."."""
        begin, end = frame.sentences.around(max(0, len(frame.telling.rstrip()) - 2))
        found = self.speaker(frame, begin, end, strict=True)
        early = found is not None and found.start - begin < _SIGNED
        return replace(found, sure=0.6) if found is not None and found.kind in _PERSONS and early else None

    def inside(self, frame: Frame, span: Quoted) -> Candidate | None:
        """The speaker named between the marks: "« C’est le cœur, s’enthousiasme Mathilde Carrère. … »"."""
        for found in self.tongue.attribution.finditer(frame.text[span.start : span.end]):
            stop = span.start + found.end()
            who = self.voices.named(frame.block, span.start + found.start(), min(span.end, stop + _NEAR), frame.text)
            if who is not None and who.start - stop < _SIGNED:
                return replace(who, sure=0.7)
        return None

    def guess(self, frame: Frame, span: Quoted) -> Candidate | None:
        """Whoever was named last before words that are evidently speech; a guess, and marked as one."""
        named = [person for mention, person in self.voices.by_block.get(frame.block, ()) if mention.end <= span.start]
        groups = [named, *self.recent]
        people = next((group for group in groups if group), [])
        spoken = [person for person in people if person.name in self.voices.last]
        if people:
            return Candidate(((spoken or people)[-1].name,), 0, 0, 0.45, "guess")
        return Candidate(self.voices.issuers[:1], 0, 0, 0.4, "guess") if self.voices.issuers else None

    def signature(self, following: Frame, *, is_quoted: bool) -> Candidate | None:
        """The name in a short line below a quotation: "Jane Doe, Director"."""
        if len(following.text) > _NEAR * 2 or is_quoted or re.search(r"[.!?]$", following.text):
            return None
        found = self.within(following)
        words = following.text[: found.start].split() if found is not None else []
        office = 0 < len(words) <= _RECENT and any(map(self.tongue.is_role, words))
        early = found is not None and (found.start < _EARLY or office)
        return found if early and not self.tongue.verbs.search(following.text) else None
