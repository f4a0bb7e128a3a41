"""What stands above the text: title, subtitle, kicker, and the lines of the letterhead around them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lod.ingest.blocks import Block
from lod.ingest.dateline import inline_dateline
from lod.ingest.headline import LONGEST_TITLE, read_headline
from lod.ingest.rows import SHORT, Row, has_embargo, is_formal, row_of, rows_above
from lod.ingest.sections import REACHABLE, is_prose
from lod.ingest.tongue import Tongue

__all__ = ["Letterhead", "read_letterhead"]


_NAME = 4
_DIGEST = 12

_SENTENCE = 180
_ENDED = re.compile(r"[.!?:;][\"“”»’')\]]*$")


@dataclass(frozen=True)
class Letterhead:
    """The rows above the text and the roles they have; `text_from` is the block the text begins with."""

    rows: tuple[Row, ...]
    title: Row | None
    title_start: int
    subtitle: tuple[Row, ...]
    kicker: Row | None
    text_from: int


def read_letterhead(blocks: tuple[Block, ...], parts: list[str], tongue: Tongue, order: str) -> Letterhead:
    """The letterhead of a document; `parts` as sections.parts gives them."""
    text_from = _text_from(blocks, parts, tongue, order)
    rows = tuple(rows_above(blocks, parts, text_from, tongue, order))
    found = read_headline(rows, parts, tongue)
    return Letterhead(rows, found.title, found.start, found.subtitle, found.kicker, text_from)


def _text_from(blocks: tuple[Block, ...], parts: list[str], tongue: Tongue, order: str) -> int:
    """The first block of running text; a first-level heading below it starts the search anew."""
    only = [index for index, block in enumerate(blocks) if block.kind == "heading" and block.level == 1]
    start = only[0] if len(only) == 1 and only[0] <= 8 else 0
    opening = next(
        (
            i
            for i, b in enumerate(blocks)
            if b.kind == "paragraph" and not parts[i] and is_prose(b.text) and not has_embargo(b.text, tongue)
        ),
        None,
    )
    if opening is not None and start > opening + 2:
        start = 0
    seen_title = False
    for index in range(start, len(blocks)):
        block = blocks[index]
        if parts[index] or block.kind == "table":
            continue
        if block.kind == "item" and (not seen_title or _is_digest(blocks, index, tongue, order)):
            continue
        if _opens_text(block, tongue, order) and not _is_summary(blocks, parts, index, tongue, order):
            return index
        seen_title = seen_title or block.kind == "heading"
    return next(
        (
            i
            for i in range(len(blocks))
            if not parts[i] and blocks[i].kind == "paragraph" and i > start and not is_formal(blocks[i], tongue, order)
        ),
        len(blocks),
    )


def _is_digest(blocks: tuple[Block, ...], index: int, tongue: Tongue, order: str) -> bool:
    """Whether a list stands between the headline and the text: below it an embargo or a dateline follows."""
    below = [block for block in blocks[index + 1 : index + _DIGEST] if block.kind != "item"][:2]
    return any(
        block.kind == "paragraph"
        and (has_embargo(block.text, tongue) or is_formal(block, tongue, order) or _is_dated(block, tongue, order))
        for block in below
    )


def _is_dated(block: Block, tongue: Tongue, order: str) -> bool:
    line = inline_dateline(block.text, tongue, order)
    return line is not None and line.day is not None and bool(line.places)


def _is_summary(blocks: tuple[Block, ...], parts: list[str], index: int, tongue: Tongue, order: str) -> bool:
    """Whether one sentence is a subtitle: below it the letterhead goes on, with a date or a label."""
    if len(blocks[index].text) > 250 or re.search(r"[.!?]\s", blocks[index].text) or blocks[index].kind != "paragraph":
        return False
    if _is_standfirst(blocks, parts, index):
        return True
    following = [i for i in range(index + 1, min(len(blocks), index + 4)) if blocks[i].kind != "image"][:2]
    return any(
        any(
            (row.days and len(row.rest.split()) <= 2) or (row.label and not row.rest)
            for row in (row_of(i, each, "plain", 0, tongue, order) for each in blocks[i].rows)
        )
        for i in following
        if blocks[i].kind == "paragraph" and not is_prose(blocks[i].text) and parts[i] in ("", "footer")
    )


def _is_standfirst(blocks: tuple[Block, ...], parts: list[str], index: int) -> bool:
    """Whether a sentence in italics stands between the headline and the text."""
    after = [block for i, block in enumerate(blocks[index + 1 : index + 4], index + 1) if not parts[i]][:1]
    return (
        index > 0
        and blocks[index].plain.covered("em")
        and any(block.kind == "heading" or block.plain.covered("strong") for block in blocks[:index])
        and bool(after)
        and after[0].kind == "paragraph"
        and is_prose(after[0].text)
        and not after[0].plain.covered("em")
    )


def _opens_text(block: Block, tongue: Tongue, order: str) -> bool:
    if block.kind == "heading":
        return False
    text = block.text
    if block.kind == "item":
        return is_prose(text) or len(text) > SHORT
    if not is_prose(text):
        # A short sentence is text as well, if it is one.
        return (
            block.kind == "paragraph"
            and len(text.split()) >= 6
            and text[-1:] in ".!"
            and not text.isupper()
            and not has_embargo(text, tongue)
            and not is_formal(block, tongue, order)
            and not REACHABLE.search(text)
        )
    return not (has_embargo(text, tongue) or _is_long_headline(block) or is_formal(block, tongue, order))


def _is_long_headline(block: Block) -> bool:
    """Whether a block as long as a paragraph is no sentence: in bold up to the length of a title."""
    bold = block.plain.covered("strong") and not re.search(r"[.!?]\s", block.text)
    longest = LONGEST_TITLE if bold else _SENTENCE
    return len(block.text) < longest and not _ENDED.search(block.text)
