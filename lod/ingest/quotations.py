"""Quotations: quoted speech with its speakers, apart from names, slogans and terms in quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lod.ingest.attribution import Candidate, Voices
from lod.ingest.blocks import Block
from lod.ingest.marks import Quoted, quoted
from lod.ingest.people import PersonFound
from lod.ingest.rules import Tongue
from lod.ingest.sentences import Sentences

__all__ = ["QuotationFound", "find_quotations"]

_ENDED = re.compile(r"[.!?…,]$|[.!?…]['’‘)]$")
_FEW = 4
_NEAR = 70


@dataclass(frozen=True, slots=True)
class QuotationFound:
    """Speech in a block, `start` to `end` of its plain text, and who says it."""

    block: int
    start: int
    end: int
    speakers: tuple[str, ...]
    confidence: float
    why: str


@dataclass(frozen=True, slots=True)
class _Text:
    """A paragraph as the search for speakers sees it: what is quoted is blanked in `frame`."""

    block: int
    text: str
    frame: str
    sentences: Sentences
    quoted: bool


def find_quotations(blocks: list[tuple[int, Block]], voices: Voices, tongue: Tongue) -> list[QuotationFound]:
    """The quotations of the text, in their order."""
    return _Search(blocks, voices, tongue).run()


class _Search:
    def __init__(self, blocks: list[tuple[int, Block]], voices: Voices, tongue: Tongue) -> None:
        self.voices, self.tongue = voices, tongue
        self.blocks = blocks
        spans = quoted([(index, block.plain.text) for index, block in blocks])
        self.lost = not spans or all(span.end - span.start < 25 for span in spans)  # noqa: PLR2004
        self.spans: dict[int, list[Quoted]] = {}
        for span in spans:
            self.spans.setdefault(span.block, []).append(span)
        self.texts = [self._text(index, block) for index, block in blocks]
        self.found: list[QuotationFound] = []
        self.waiting: list[QuotationFound] = []
        self.heard: list[PersonFound] = []
        self.introduced: Candidate | None = None

    def _text(self, index: int, block: Block) -> _Text:
        text = block.plain.text
        frame = list(text)
        for span in self.spans.get(index, ()):
            end = span.end - (text[span.end - 1 : span.end] in (".", "!", "?", "…"))
            frame[span.start : end] = "X" * (end - span.start)
        blanked = "".join(frame)
        return _Text(index, text, blanked, Sentences(blanked), block.quoted)

    def run(self) -> list[QuotationFound]:
        for number, paragraph in enumerate(self.texts):
            before = len(self.found)
            self._paragraph(number, paragraph)
            for _, person in self.voices.by_block.get(paragraph.block, ()):
                self.heard.append(person)
            if len(self.found) == before and not paragraph.text.rstrip().endswith(":"):
                self.introduced = None
        self.found += self.waiting
        return sorted((each for each in self.found if each.speakers), key=lambda each: (each.block, each.start))

    def _paragraph(self, number: int, paragraph: _Text) -> None:
        spans = self.spans.get(paragraph.block, [])
        own: Candidate | None = None
        for index, span in enumerate(spans):
            following = spans[index + 1].start if index + 1 < len(spans) else len(paragraph.text)
            previous = spans[index - 1].end if index else 0
            own = self._span(number, paragraph, span, (previous, following), own)
        if not spans:
            self._without_marks(number, paragraph)
        if paragraph.text.rstrip().endswith(":"):
            start, _ = paragraph.sentences.around(len(paragraph.frame.rstrip()) - 1)
            self.introduced = self._speaker(paragraph, start, len(paragraph.text), strict=False) or self._alone(
                paragraph
            )

    def _alone(self, paragraph: _Text) -> Candidate | None:
        return self.voices.named(paragraph.block, 0, len(paragraph.text), paragraph.frame)

    def _span(
        self, number: int, paragraph: _Text, span: Quoted, around: tuple[int, int], own: Candidate | None
    ) -> Candidate | None:
        text = paragraph.text
        words = text[span.start : span.end].split()
        if not span.closed:
            span = self._ended(paragraph, span)
        after = self._after(paragraph, span, around[1])
        before = self._before(paragraph, span, around[0])
        speech = self._is_sentence(paragraph, span, len(words))
        candidate, why = after or before, "said beside it"
        if (
            candidate is not None
            and not speech
            and not self._fragment(paragraph, span, words, before_colon=self._colon(paragraph, span))
        ):
            return own
        if candidate is None and speech:
            candidate, why = self._neighbour(number, paragraph, span, own)
        if candidate is None and own is not None and not speech and self._reported(paragraph, span, words):
            candidate, why = replace(own, sure=0.6), "reported speech of the same person"
        if candidate is None and span.continues and self.found:
            candidate, why = (
                Candidate(self.found[-1].speakers, 0, 0, 0.8, "continued"),
                "goes on from the paragraph before",
            )
        if candidate is None:
            if speech and not span.closed:
                self.waiting.append(
                    QuotationFound(paragraph.block, span.start, span.end, (), 0.5, "speaker named later")
                )
            return own
        self._add(paragraph, span, candidate, why)
        return candidate

    def _add(self, paragraph: _Text, span: Quoted, candidate: Candidate, why: str) -> None:
        sure = candidate.sure - (0.2 if not (span.closed and span.opened) else 0) - (0.15 if not span.marked else 0)
        self.waiting = [replace(each, speakers=each.speakers or candidate.names) for each in self.waiting]
        self.found += [each for each in self.waiting if each.speakers]
        self.waiting = [each for each in self.waiting if not each.speakers]
        self.voices.last = candidate.names
        self.voices.spoken.update(candidate.names)
        self.found.append(QuotationFound(paragraph.block, span.start, span.end, candidate.names, round(sure, 2), why))

    def _ended(self, paragraph: _Text, span: Quoted) -> Quoted:
        """A quotation that was never closed ends where its attribution begins, if it has one."""
        sentence = rf",\s+(?:{self.tongue.cues.pattern}|{self.tongue.verbs.pattern})\s"
        for found in re.finditer(sentence, paragraph.text[span.start : span.end], re.IGNORECASE):
            who = self.voices.named(paragraph.block, span.start + found.start(), span.end, paragraph.text)
            if who is not None and who.start - span.start - found.end() < 60:  # noqa: PLR2004
                return replace(span, end=span.start + found.start())
        return span

    def _is_sentence(self, paragraph: _Text, span: Quoted, words: int) -> bool:
        text = paragraph.text
        inner = text[span.start : span.end]
        ended = (
            bool(_ENDED.search(inner)) or not span.closed or bool(re.match(r"[\"“”»«’'‘]?\s*[.,!?]", text[span.end :]))
        )
        starts = (
            inner[:1].isupper() or inner[:1].isdigit() or inner[:1] in "…‚'‘[(" or span.continues or not span.opened
        )
        if words >= _FEW * 2 and (ended or starts):
            return True
        return words >= _FEW - 1 and ended and starts or words >= _FEW and self._colon(paragraph, span) and starts

    def _colon(self, paragraph: _Text, span: Quoted) -> bool:
        return paragraph.frame[: span.start].rstrip(" \u00a0\u202f\"„“”«»‚‘'*,").endswith(":")

    def _fragment(self, paragraph: _Text, span: Quoted, words: list[str], *, before_colon: bool) -> bool:
        """Whether a few words in marks are somebody's words: in small letters, in a sentence about his speaking."""
        start, end = paragraph.sentences.around(span.start)
        sentence = paragraph.frame[start:end]
        if before_colon and len(words) >= 2:  # noqa: PLR2004
            return True
        if not words or not words[0][:1].islower():
            return False
        naming = self.tongue.naming.search(sentence)
        if len(words) == 1:
            return naming is not None and bool(self.tongue.verbs.search(naming.group()))
        return bool(naming or self.tongue.verbs.search(sentence) or self.tongue.cues.search(sentence))

    def _reported(self, paragraph: _Text, span: Quoted, words: list[str]) -> bool:
        """Whether a few words stand in a sentence that reports what somebody said."""
        start, end = paragraph.sentences.around(span.start)
        return (
            len(words) > 1 and words[0][:1].islower() and bool(self.tongue.naming.search(paragraph.frame, start, end))
        )

    def _after(self, paragraph: _Text, span: Quoted, limit: int) -> Candidate | None:
        """The speaker named behind a quotation in the same sentence."""
        if not span.closed and span.end == len(paragraph.text):
            return None
        frame = paragraph.frame
        begin = span.end
        rest = re.match(r"[\s\"“”»«’'‘*]*([,.–—(-]*)\s*", frame[begin:limit])
        tail = begin + (rest.end() if rest else 0)
        punctuation = rest[1] if rest else ""
        inner = paragraph.text[span.start : span.end]
        stop = next((position for position in paragraph.sentences.starts if position > tail), len(frame))
        stop = min(stop, limit)
        segment = frame[tail:stop].strip(' "„“”«»')
        if len(segment) < 2:  # noqa: PLR2004
            return None
        separate = (punctuation.startswith(".") or inner[-1:] in ".!?…" and not punctuation) and segment[:1].isupper()
        signed = punctuation[:1] in "–—-(" and punctuation
        if separate and not signed:
            return None
        found = self._speaker(paragraph, tail, stop, strict=True)
        if found is None or signed or self._speaks(segment, inner, punctuation):
            return found
        # A verb the tables do not know: "…“, scherzt Boysen".
        unknown = (punctuation.startswith(",") or inner.endswith(",")) and segment[:1].islower()
        return found if unknown and found.kind in ("name", "role") and found.start - tail < _NEAR else None

    def _speaks(self, segment: str, inner: str, punctuation: str) -> bool:
        verb = self.tongue.verbs.search(segment)
        if self.tongue.cues.match(segment) or verb and (verb.start() < _NEAR or punctuation):
            return True
        return inner.endswith(",") and bool(verb)

    def _before(self, paragraph: _Text, span: Quoted, limit: int) -> Candidate | None:
        """The speaker named before a quotation in the same sentence, or in the one before its colon."""
        frame = paragraph.frame
        start, _ = paragraph.sentences.around(span.start - 1 if span.start else 0)
        begin = max(start, limit)
        lead = frame[begin : span.start].rstrip(" \u00a0\u202f\"„“”«»‚‘'*")
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
        found = self._speaker(paragraph, begin, span.start, strict=not colon)
        if found is None and colon:
            # "Er gehe von … aus: „…“": the person of the sentences before.
            found = self.voices.named(paragraph.block, 0, span.start, frame) or self.voices.role(frame, 0, span.start)
        return found

    def _speaker(self, paragraph: _Text, start: int, end: int, *, strict: bool) -> Candidate | None:
        voices, frame = self.voices, paragraph.frame
        named = voices.named(paragraph.block, start, end, frame)
        if named is not None:
            return named
        role = voices.role(frame, start, end)
        if role is not None:
            return role
        earlier = [person for mention, person in voices.by_block.get(paragraph.block, ()) if mention.end <= start]
        pronoun = voices.pronoun(frame, start, end, self.heard[-12:], earlier)
        if pronoun is not None:
            return pronoun
        if not strict and not self.tongue.verbs.search(frame, start, end):
            return None
        body = voices.body(paragraph.block, start, end)
        return body or (voices.definite(frame, start, end, self.heard[-12:], earlier) if strict else None)

    def _neighbour(
        self, number: int, paragraph: _Text, span: Quoted, own: Candidate | None
    ) -> tuple[Candidate | None, str]:
        """The speaker of a quotation that stands by itself."""
        frame = paragraph.frame
        lead = frame[: span.start].strip(" \u00a0\"„“”«»‚‘'*–—-")
        if own is not None:
            return replace(own, sure=own.sure - 0.1), "goes on from the quotation before"
        if lead:
            return self._subject_before(paragraph, span)
        signed = self._signature(number)
        if signed is not None:
            return signed, "signed in the next line"
        whole = not frame[span.end :].strip(' "“”»«.,*')
        if self.introduced is not None and whole:
            return replace(self.introduced, sure=min(self.introduced.sure, 0.8)), "announced in the paragraph before"
        previous = self.texts[number - 1].block if number else -1
        if whole and self.found and self.found[-1].block == previous:
            return Candidate(self.found[-1].speakers, 0, 0, 0.75, "previous"), "goes on from the paragraph before"
        return None, ""

    def _subject_before(self, paragraph: _Text, span: Quoted) -> tuple[Candidate | None, str]:
        """The person of the sentence before: "Demirkan kündigte an, dass … „Wir haben …“"."""
        start, _ = paragraph.sentences.around(span.start)
        standing = not paragraph.frame[start : span.start].strip(" \u00a0\"„“”«»‚‘'*–—-")
        if not standing:
            return None, ""
        position = start
        while position > 0:
            begin, _ = paragraph.sentences.around(position - 2 if position > 1 else 0)
            found = self.voices.named(paragraph.block, begin, position, paragraph.frame)
            if found is not None:
                sure = 0.7 if self.tongue.verbs.search(paragraph.frame, begin, position) else 0.6
                return replace(found, sure=sure), "the sentence before is by the same person"
            if begin >= position:
                break
            position = begin
        return None, ""

    def _signature(self, number: int) -> Candidate | None:
        """The name in a short line below a quotation: "Jane Doe, Director"."""
        if number + 1 >= len(self.texts):
            return None
        following = self.texts[number + 1]
        if len(following.text) > 140 or self.spans.get(following.block) or re.search(r"[.!?]$", following.text):  # noqa: PLR2004
            return None
        found = self.voices.named(following.block, 0, len(following.text), following.text)
        early = found is not None and found.start < 12  # noqa: PLR2004
        return found if early and not self.tongue.verbs.search(following.text) else None

    def _without_marks(self, number: int, paragraph: _Text) -> None:
        """Block quotations, and quotations whose marks were lost."""
        text = paragraph.text
        if paragraph.quoted and len(text.split()) >= _FEW:
            candidate = self._signature(number) or self.introduced
            if candidate is None and number and self.texts[number - 1].quoted and self.found:
                candidate = Candidate(self.found[-1].speakers, 0, 0, 0.7, "previous")
            if candidate is not None:
                self._add(paragraph, Quoted(paragraph.block, 0, len(text)), candidate, "printed as a block quotation")
            return
        if self.lost:
            self._lost(paragraph)

    def _lost(self, paragraph: _Text) -> None:
        """ "Dies ist gut, said X. Mehr davon.": both sentences are his words where the marks got lost."""
        text = paragraph.text
        verbs = self.tongue.verbs.pattern
        first = re.search(rf"[,?!]\s+(?:{verbs})\s|[,?!]\s+(?=[^,.]{{3,40}}?\s(?:{verbs})[.,])", text, re.IGNORECASE)
        if first is None or first.start() < 20:  # noqa: PLR2004
            return
        sentence_start, sentence_end = paragraph.sentences.around(first.start())
        candidate = self.voices.named(paragraph.block, first.start(), sentence_end, text)
        if candidate is None or candidate.start - first.end() > 90:  # noqa: PLR2004
            return
        # A sentence before that names somebody is told by the release itself.
        told = self.voices.named(paragraph.block, 0, sentence_start, text) is not None
        begin = sentence_start if told else 0
        if self.tongue.name != "en" and not self.tongue.first_person.search(text):
            return
        self._add(
            paragraph,
            Quoted(paragraph.block, begin, first.start(), marked=False),
            candidate,
            "the quotation marks are lost",
        )
        if sentence_end < len(text):
            self._add(
                paragraph,
                Quoted(paragraph.block, sentence_end, len(text), marked=False),
                candidate,
                "the quotation marks are lost",
            )
