"""Quotations: quoted speech with its speakers, apart from names, slogans and terms in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from lod.ingest.attribution import Candidate, Voices
from lod.ingest.beside import Beside
from lod.ingest.blocks import Block
from lod.ingest.frame import FEW, MARKS, Frame, framed, is_fragment, is_introduced, is_sentence, reopened
from lod.ingest.marks import Quoted, quoted
from lod.ingest.tongue import Tongue

__all__ = ["QuotationFound", "find_quotations"]

_LONGEST_TERM = 25
_LONGEST_ATTRIBUTION = 90


@dataclass(frozen=True, slots=True)
class QuotationFound:
    """Speech in a block, `start` to `end` of its plain text, and who says it."""

    block: int
    start: int
    end: int
    speakers: tuple[str, ...]
    confidence: float
    why: str


def find_quotations(
    blocks: list[tuple[int, Block]], voices: Voices, tongue: Tongue, heads: Collection[int] = ()
) -> list[QuotationFound]:
    """The quotations of the text, in their order. `heads`: which blocks are headings, that may say who speaks."""
    return _Search(blocks, voices, tongue, heads).run()


class _Search:
    """Goes through the paragraphs once."""

    def __init__(self, blocks: list[tuple[int, Block]], voices: Voices, tongue: Tongue, heads: Collection[int]) -> None:
        self.voices, self.tongue, self.heads = voices, tongue, heads
        self.beside = Beside(voices, tongue)
        spans = quoted([(index, block.plain.text) for index, block in blocks if index not in heads])
        self.lost = all(span.end - span.start < _LONGEST_TERM for span in spans)
        self.spans: dict[int, list[Quoted]] = {}
        for span in spans:
            self.spans.setdefault(span.block, []).append(span)
        self.frames = [framed(index, block, self.spans.get(index, ())) for index, block in blocks]
        self.surely_lost = self.lost and any(
            tongue.first_person.search(frame.text) and tongue.said_after.search(frame.text) for frame in self.frames
        )
        self.found: list[QuotationFound] = []
        self.waiting: list[QuotationFound] = []  # quotations whose speaker is named later
        self.introduced: Candidate | None = None

    def run(self) -> list[QuotationFound]:
        for number, frame in enumerate(self.frames):
            if frame.block in self.heads:
                self._heading(number, frame)
                continue
            before = len(self.found)
            self._paragraph(number, frame)
            self.beside.leave(frame, spoke=len(self.found) > before)
            if len(self.found) == before and not frame.text.rstrip().endswith(":"):
                self.introduced = None
        return sorted(self.found, key=lambda each: (each.block, each.start))

    def _heading(self, number: int, frame: Frame) -> None:
        """As in "Quotes attributable to …", or a mere name: whose words follow. Below a quotation a name signs it."""
        signs = bool(number and self.found) and self.found[-1].block == self.frames[number - 1].block
        cue = self.tongue.attributions.match(frame.text)
        found = None if signs and not cue else self.beside.within(frame)
        alone = (
            found is not None
            and len(frame.text) < _LONGEST_ATTRIBUTION
            and not frame.text.rstrip().endswith((".", "!", "?"))
        )
        self.introduced = found if cue or (alone and self.beside.signature(frame, is_quoted=False)) else None

    def _paragraph(self, number: int, frame: Frame) -> None:
        spans = self.spans.get(frame.block, [])
        own: Candidate | None = None
        for index, span in enumerate(spans):
            following = spans[index + 1].start if index + 1 < len(spans) else len(frame.text)
            previous = spans[index - 1].end if index else 0
            own = self._span(number, frame, span, (previous, following), own)
        if not spans:
            self._without_marks(number, frame)
        if frame.text.rstrip().endswith(":"):
            start, _ = frame.sentences.around(len(frame.telling.rstrip()) - 1)
            announced = self.beside.speaker(frame, start, len(frame.text), strict=False)
            self.introduced = announced or self.beside.within(frame)

    def _span(
        self, number: int, frame: Frame, span: Quoted, around: tuple[int, int], own: Candidate | None
    ) -> Candidate | None:
        """Take one quoted stretch; the speaker to go on with in this paragraph."""
        if not span.closed:
            span = self._ended(frame, span)
            frame = reopened(frame, span.end)
        candidate, why = self._candidate(number, frame, span, around, own)
        if candidate is not None:
            self._add(frame, span, candidate, why)
            return candidate
        guess = self.beside.guess(frame, span) if self._is_speech(frame, span) else None
        if guess is not None:
            self._add(frame, span, guess, "evidently speech, and its speaker only guessed")
            return own
        if is_sentence(frame, span) and not span.closed:
            self.waiting.append(QuotationFound(frame.block, span.start, span.end, (), 0.5, "speaker named later"))
        return own

    def _candidate(
        self, number: int, frame: Frame, span: Quoted, around: tuple[int, int], own: Candidate | None
    ) -> tuple[Candidate | None, str]:
        speech = is_sentence(frame, span) or (
            own is not None and self._stands(frame, span) and is_sentence(frame, span, 2)
        )
        beside = self.beside.after(frame, span, around[1]) or self.beside.before(frame, span, around[0])
        if beside is not None:
            speech = speech or is_fragment(frame, span, self.tongue) or self._is_begun(frame, span)
            return (beside, "said beside it") if speech else (None, "")
        inside = self.beside.inside(frame, span) if speech else None
        if inside is not None:
            return inside, "said between the marks"
        if own is not None and speech:
            own = self.beside.between(frame, around[0], span.start) or own
        found, why = self._neighbour(number, frame, span, own) if speech else (None, "")
        if found is None and not speech and self._is_reported(frame, span):
            speaker = own or self.voices.named(frame.block, 0, frame.sentences.around(span.start)[0], frame.telling)
            return (replace(speaker, sure=0.6), "reported speech of the same person") if speaker else (None, "")
        if found is None and span.continues and self.found:
            return Candidate(self.found[-1].speakers, 0, 0, 0.8, "continued"), "goes on from the paragraph before"
        return found, why

    def _add(self, frame: Frame, span: Quoted, candidate: Candidate, why: str) -> None:
        sure = candidate.sure - 0.2 * (not (span.closed and span.opened)) - 0.15 * (not span.marked)
        self.found += [replace(each, speakers=candidate.names) for each in self.waiting]
        self.waiting = []
        if candidate.kind != "guess":
            self.voices.last = candidate.names
            self.voices.spoken.update(candidate.names)
        self.found.append(QuotationFound(frame.block, span.start, span.end, candidate.names, round(sure, 2), why))

    def _ended(self, frame: Frame, span: Quoted) -> Quoted:
        """A quotation that was never closed ends where its attribution begins, if it has one."""
        for found in self.tongue.attribution.finditer(frame.text[span.start : span.end]):
            who = self.voices.named(frame.block, span.start + found.start(), span.end, frame.text)
            if who is not None and who.start - span.start - found.end() < _LONGEST_ATTRIBUTION:
                return replace(span, end=span.start + found.start())
        return span

    def _stands(self, frame: Frame, span: Quoted) -> bool:
        """Whether quoted words begin their sentence, or stand behind a colon."""
        start, _ = frame.sentences.around(span.start)
        return is_introduced(frame, span) or not frame.telling[start : span.start].strip(f" \u00a0\u202f{MARKS}*–—-")

    def _is_begun(self, frame: Frame, span: Quoted) -> bool:
        """Whether a few words begin a sentence that goes on behind its attribution: "„Ohne sie“, sagt er, „gäbe …"."""
        after = re.match(r"[\"“”»«’'‘]?,\s+([^\W\d_]+)", frame.text[span.end :])
        return after is not None and frame.text[span.start].isupper() and self.tongue.is_verb(after[1])

    def _is_speech(self, frame: Frame, span: Quoted) -> bool:
        """Whether quoted words whose speaker is not named are speech all the same."""
        if not (span.opened and span.closed and is_sentence(frame, span, least=FEW)):
            return False
        start, _ = frame.sentences.around(span.start)
        _, end = frame.sentences.around(max(span.start, span.end - 1))
        told = frame.telling[start : span.start] + " " + frame.telling[span.end : end]
        if self.tongue.verbs.search(told) or self.tongue.cues.search(told):
            return True
        return self.tongue.first_person.search(frame.text, span.start, span.end) is not None

    def _is_reported(self, frame: Frame, span: Quoted) -> bool:
        """Whether a few words stand in a sentence that reports what somebody said."""
        start, end = frame.sentences.around(span.start)
        words = frame.text[span.start : span.end].split()
        reports = self.tongue.naming.search(frame.telling, start, end) is not None
        return reports and len(words) > 1 and words[0][:1].islower()

    def _neighbour(
        self, number: int, frame: Frame, span: Quoted, own: Candidate | None
    ) -> tuple[Candidate | None, str]:
        """The speaker of a quotation that stands by itself."""
        if own is not None:
            return replace(own, sure=own.sure - 0.1), "goes on from the quotation before"
        if frame.telling[: span.start].strip(f" \u00a0\u202f{MARKS}*–—-"):
            return self.beside.subject_before(frame, span)
        signed = self._signature(number)
        if signed is not None:
            return signed, "signed in the next line"
        return (
            (None, "")
            if frame.telling[span.end :].strip(' \u00a0\u202f"“”»«.,*')
            else self._announced(number, closed=span.closed)
        )

    def _announced(self, number: int, *, closed: bool) -> tuple[Candidate | None, str]:
        """The speaker of a paragraph that is one quotation."""
        if self.introduced is not None:
            return replace(self.introduced, sure=min(self.introduced.sure, 0.8)), "announced in the paragraph before"
        if self.found and number and self.found[-1].block == self.frames[number - 1].block:
            return Candidate(self.found[-1].speakers, 0, 0, 0.75, "previous"), "goes on from the paragraph before"
        before = self.beside.last_sentence(self.frames[number - 1]) if number and closed else None
        return before, "the sentence before is about the same person" if before else ""

    def _signature(self, number: int) -> Candidate | None:
        if number + 1 >= len(self.frames):
            return None
        following = self.frames[number + 1]
        if self.tongue.attributions.match(following.text):
            return None  # it is about what follows
        return self.beside.signature(following, is_quoted=following.block in self.spans)

    def _without_marks(self, number: int, frame: Frame) -> None:
        """Block quotations, and quotations whose marks were lost."""
        if frame.quoted and self.beside.signature(frame, is_quoted=False) is not None:
            return
        if frame.quoted and len(frame.text.split()) >= FEW:
            candidate = self._signature(number) or self.introduced
            if candidate is None and number and self.frames[number - 1].quoted and self.found:
                candidate = Candidate(self.found[-1].speakers, 0, 0, 0.7, "previous")
            if candidate is not None:
                self._add(frame, Quoted(frame.block, 0, len(frame.text)), candidate, "printed as a block quotation")
        elif self.lost:
            self._lost(frame)

    def _lost(self, frame: Frame) -> None:
        """As in "Dies ist gut, said X. Mehr davon.": both sentences are his words where the marks got lost."""
        text = frame.text
        first = self.tongue.said_after.search(text)
        if first is None or first.start() < _LONGEST_TERM:
            return
        start, end = frame.sentences.around(first.start())
        candidate = self.beside.speaker(frame, first.start(), end, strict=True)
        if (
            candidate is None
            or candidate.kind not in ("name", "role")
            or candidate.start - first.end() > _LONGEST_ATTRIBUTION
        ):
            return
        # In English the verb before the name shows speech; elsewhere reported speech has the same order.
        if self.tongue.name != "en" and not self.tongue.first_person.search(text):
            # Where one quotation has surely lost its marks, others of the same form have, but for reported speech.
            indicative = self.tongue.tables.speech.subjunctive and not self.tongue.subjunctive.search(text)
            if not (indicative and self.surely_lost and end == len(text)):
                return
        # A sentence before that names somebody is told by the release itself.
        told = self.voices.named(frame.block, 0, start, text) is not None
        for begin, stop in ((start if told else 0, first.start()), (end, len(text))):
            if begin < stop:
                span = Quoted(frame.block, begin, stop, marked=False)
                self._add(frame, span, candidate, "the quotation marks are lost")
