"""Paragraphs as the search for speakers sees them: what is quoted is blanked, so that only the telling is left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lod.ingest.blocks import Block
from lod.ingest.marks import Quoted
from lod.ingest.sentences import Sentences
from lod.ingest.tongue import Tongue

__all__ = ["FEW", "MARKS", "Frame", "framed", "is_fragment", "is_introduced", "is_sentence", "reopened"]

FEW = 4
"""Words from which on quoted words may be a sentence."""

MARKS = "\"„“”«»‚‘'"
"""Quotation marks that may stand before quoted words."""

_ENDED = re.compile(r"[.!?…,]$|[.!?…]['’‘)]$")


@dataclass(frozen=True, slots=True)
class Frame:
    """A paragraph: its text, and `telling`, in which the quoted characters are blanked but for a last full stop."""

    block: int
    text: str
    telling: str
    sentences: Sentences
    quoted: bool


def framed(index: int, block: Block, spans: Sequence[Quoted]) -> Frame:
    """The frame of a block with its quoted stretches."""
    text = block.plain.text
    telling = list(text)
    for span in spans:
        end = span.end - (text[span.end - 1 : span.end] in (".", "!", "?", "…"))
        telling[span.start : end] = "X" * (end - span.start)
    blanked = "".join(telling)
    return Frame(index, text, blanked, Sentences(blanked), block.quoted)


def is_introduced(frame: Frame, span: Quoted) -> bool:
    """Whether a colon stands before quoted words."""
    return frame.telling[: span.start].rstrip(f" \u00a0\u202f{MARKS}*,").endswith(":")


def reopened(frame: Frame, end: int) -> Frame:
    """The frame of a paragraph whose last quotation ends earlier than its marks said."""
    telling = frame.telling[:end] + frame.text[end:]
    return replace(frame, telling=telling, sentences=Sentences(telling))


def is_sentence(frame: Frame, span: Quoted, least: int = FEW - 1) -> bool:
    """Whether quoted words are a sentence of at least so many words, or most of one; a name or a term is not."""
    inner, after = frame.text[span.start : span.end], frame.text[span.end :]
    words = len(inner.split())
    ended = (
        bool(_ENDED.search(inner))
        or not span.closed
        or bool(re.match(r"\s*[\"“”»«’'‘]{0,2}\s*(?:[.,!?]|[–—]\s)", after))
    )
    starts = inner[:1].isupper() or inner[:1].isdigit() or inner[:1] in "…‚'‘[("
    starts = starts or span.continues or not span.opened
    if words >= FEW * 2 and (ended or starts):
        return True
    return starts and ((words >= least and ended) or (words >= FEW and is_introduced(frame, span)))


def is_fragment(frame: Frame, span: Quoted, tongue: Tongue) -> bool:
    """Whether a few words in marks are somebody's words: in small letters, in a sentence about speaking."""
    words = frame.text[span.start : span.end].split()
    if is_introduced(frame, span) and len(words) > 1:
        return True
    if not words or not words[0][:1].islower():
        return False
    start, end = frame.sentences.around(span.start)
    sentence = frame.telling[start:end]
    naming = tongue.naming.search(sentence)
    if len(words) == 1:
        return naming is not None and bool(tongue.verbs.search(naming.group()))
    return bool(naming or tongue.verbs.search(sentence) or tongue.cues.search(sentence))
