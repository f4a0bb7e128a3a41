"""Sheet: a document cut into blocks, with its language, its parts and its letterhead; what all searches start from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lod.ingest.blocks import Block, blocks
from lod.ingest.dateline import Dateline, inline_dateline, placed, row_dateline
from lod.ingest.dates import is_american
from lod.ingest.inline import Plain
from lod.ingest.issue import Issue, find_issue
from lod.ingest.language import detect
from lod.ingest.letterhead import Letterhead, read_letterhead
from lod.ingest.pages import without_running_heads
from lod.ingest.patterns import UPPER
from lod.ingest.preamble import without_preamble
from lod.ingest.rows import Row
from lod.ingest.rules import Rules
from lod.ingest.sections import is_head, parts
from lod.ingest.tongue import Tongue

__all__ = ["Sheet", "make_sheet"]

_UNSURE = 0.5
_MARKS = tuple("\"„“”«»‚‘’'")


@dataclass(frozen=True)
class Sheet:
    """One document, taken apart."""

    text: str
    meta: Mapping[str, Any]
    blocks: tuple[Block, ...]
    parts: tuple[str, ...]
    tongue: Tongue
    language: tuple[str, float]
    order: str
    american: bool
    letterhead: Letterhead
    rules: Rules

    @cached_property
    def opening(self) -> int | None:
        """The block of the first paragraph of the text."""
        first = self.letterhead.text_from
        return next(
            (
                index
                for index in range(first, len(self.blocks))
                if not self.parts[index] and self.blocks[index].kind == "paragraph"
            ),
            None,
        )

    @cached_property
    def opening_start(self) -> int:
        """Where the first paragraph really begins: behind a repeated headline and a dateline."""
        return self._glued + (self.inline.end if self.inline else 0)

    @cached_property
    def _glued(self) -> int:
        """The length of a headline that is stuck to the first paragraph."""
        if self.opening is None:
            return 0
        text = self.blocks[self.opening].plain.text
        head = self.letterhead
        for row in (*head.subtitle, head.title):
            if row is not None and len(row.plain.text) > 20 and _is_stuck(text, row.plain.text):
                return len(row.plain.text)
        return 0

    @cached_property
    def inline(self) -> Dateline | None:
        """The dateline before the first sentence, counted from the end of a repeated headline."""
        if self.opening is None:
            return None
        plain = self.blocks[self.opening].plain
        bold = next(
            (mark.end - self._glued for mark in plain.marks if mark.kind == "strong" and mark.start == self._glued), 0
        )
        return inline_dateline(plain.text[self._glued :], self.tongue, self.order, bold)

    @cached_property
    def datelines(self) -> list[tuple[Dateline, Plain, int]]:
        """All datelines, each with its line and the offset it counts from."""
        head = self.letterhead
        used = {id(row) for row in (head.title, *head.subtitle)}
        found = []
        for row in head.rows:
            # Facts below the headline are about what is announced.
            if id(row) in used or row.embargo or (row.fact and head.title and row.block > head.title.block):
                continue
            line = self._row_dateline(row) if row.days else placed(row.plain.text, self.tongue)
            if line is not None and line.places:
                found.append((line, row.plain, 0))
        if self.issue is not None and self.issue.line is not None and self.issue.line.places:
            found.append((self.issue.line, self.issue.row, 0))
        if self.inline is not None and self.opening is not None:
            found.append((self.inline, self.blocks[self.opening].plain, self._glued))
        return found

    def _row_dateline(self, row: Row) -> Dateline | None:
        """The dateline of a row, also where a number or a label stands before it."""
        text = row.plain.text
        cut = (
            max(
                text.rfind("|", 0, row.days[0].start),
                text.rfind("·", 0, row.days[0].start),
                text.rfind(" – ", 0, row.days[0].start - 3),
            )
            + 1
        )
        for begin in dict.fromkeys((0, cut)):
            line = row_dateline(" " * begin + text[begin:], self.tongue, self.order)
            if line is not None and line.places:
                return line
        return None

    @cached_property
    def issue(self) -> Issue | None:
        """The date of issue."""
        plain = self.blocks[self.opening].plain if self.opening is not None else None
        return find_issue(self.letterhead, (self.inline, plain), self.blocks, self.parts, self.tongue, self.order)

    @cached_property
    def body(self) -> list[tuple[int, Block, str]]:
        """The blocks of the text with their forms, the first paragraph included."""
        found: list[tuple[int, Block, str]] = []
        title = self.letterhead.title.text if self.letterhead.title else ""
        for index in range(self.letterhead.text_from, len(self.blocks)):
            block = self.blocks[index]
            if self.parts[index] not in ("", "links") or not block.text:
                continue
            if index != self.opening and block.kind != "item" and block.text == title:
                continue
            form = self._form(index, block)
            if (
                form == "heading"
                and block.kind == "paragraph"
                and found
                and _is_speech(found[-1][1])
                and "," in block.text
            ):
                form = "paragraph"  # "Jane Doe, Director", below her words
            found.append((index, block, form))
        while found and found[-1][2] == "heading":
            found.pop()
        return found

    def _form(self, index: int, block: Block) -> str:
        if self.parts[index] == "links":
            return "links"
        if block.kind in ("heading", "item", "table"):
            return block.kind
        announces = block.text.endswith(":") and self.tongue.verbs.search(block.text) is not None
        head = index != self.opening and not block.quoted and not announces and is_head(block)
        return "heading" if head else "paragraph"


def _is_speech(block: Block) -> bool:
    """Whether a block has nothing but quoted words."""
    text = block.text
    return block.quoted or (text[:1] in _MARKS and text.rstrip(".")[-1:] in _MARKS)


def _is_stuck(text: str, headline: str) -> bool:
    """Whether a headline is stuck to a paragraph, which goes on with a sentence of its own."""
    return text.startswith(headline) and re.match(rf"\s*[{UPPER}„“\"«]", text[len(headline) :]) is not None


def make_sheet(text: str, meta: Mapping[str, Any], rules: Rules) -> Sheet:
    """Take a document apart."""
    plain, stated_there = without_preamble(text)
    meta = {**stated_there, **meta}
    cut = without_running_heads(blocks(plain))
    long = [block.text for block in cut if block.kind == "paragraph" and len(block.text) > 80]
    found = detect(" ".join(long) or " ".join(block.text for block in cut))
    language = found or ((rules.own.language or "de"), 0.1)
    stated = str(meta.get("language") or "").split("-")[0].lower()
    if stated and language[1] < _UNSURE:
        language = (stated, 0.7)
    tongue = rules.tongue(language[0])
    american = tongue.name == "en" and is_american(text, tongue)
    order = "mdy" if american and rules.own.order is None else tongue.tables.order
    assigned = parts(cut, tongue)
    letterhead = read_letterhead(cut, assigned, tongue, order)
    return Sheet(text, meta, cut, tuple(assigned), tongue, language, order, american, letterhead, rules)
