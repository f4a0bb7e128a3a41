"""What stands above the text: title, subtitle, kicker, and the lines of the letterhead around them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lod.ingest.blocks import Block
from lod.ingest.dateline import inline_dateline
from lod.ingest.lines import is_byline, is_organisation
from lod.ingest.rows import SHORT, Row, has_embargo, is_formal, row_of, rows_above
from lod.ingest.sections import POSTCODE, REACHABLE, is_prose
from lod.ingest.tongue import Tongue

__all__ = ["Letterhead", "read_letterhead"]


_LONGEST_TITLE = 300

_NAME = 4
_DIGEST = 12

_PUNCTUATION = re.compile(r"[\W_]+")


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
    title = _title(rows, tongue)
    if title is None:
        return Letterhead(rows, None, 0, (), None, text_from)
    start = _prefix_length(title, tongue)
    after = [
        row
        for row in rows
        if row.block > title.block or (row.block == title.block and row.plain.sources > title.plain.sources)
    ]
    subtitle = _subtitle(title, after, tongue)
    kicker = _kicker(title, rows, tongue)
    return Letterhead(rows, title, start, subtitle, kicker, text_from)


def _kicker(title: Row, rows: tuple[Row, ...], tongue: Tongue) -> Row | None:
    """The short line above a heading, where it names a topic and no office."""
    before = [row for row in rows[: rows.index(title)] if row.block != title.block]
    if not before or title.form != "heading":
        return None
    row = before[-1]
    named = (
        tongue.organisation_word.search(row.text)
        or tongue.press_office.search(row.text)
        or tongue.forms.search(row.text)
    )
    role = any(tongue.is_role(word) for word in row.text.split())
    fits = _speaks(row, tongue) and len(row.text) <= SHORT and not row.label and not row.days
    return row if fits and not named and not role and not tongue.is_letterhead(row.text) else None


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
        and any(block.kind == "heading" for block in blocks[:index])
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
    if has_embargo(text, tongue):
        return False
    if len(text) < 180 and not re.search(r"[.!?:;][\"“”»’')\]]*$", text):
        return False
    return not is_formal(block, tongue, order)


def _speaks(row: Row, tongue: Tongue) -> bool:
    """Whether a row may be a title: it is neither letterhead nor the way to reach somebody."""
    if row.fact or row.formal or row.embargo or len(row.text) < 3 or len(row.text) > _LONGEST_TITLE:
        return False
    if tongue.dockets.match(row.text) and any(map(str.isdigit, row.text)) and row.form != "heading":
        return False
    if row.form != "heading" and len(re.findall(r"[^\W\d_]{2,}", row.text)) < 2:
        return False
    if (
        REACHABLE.search(row.text)
        or not row.rest
        or (row.form != "heading" and ":" not in row.text and POSTCODE.search(row.text))
    ):
        return False
    if row.days and row.form != "heading" and len(row.rest.split()) <= 4:
        return False
    return not (row.number and row.form != "heading" and len(row.rest.split()) <= 4)


def _rank(row: Row, tongue: Tongue) -> float:
    rank = {"heading": 10 - row.level, "bold": 3.5, "caps": 3, "em": 1, "plain": 2}[row.form]
    few = len(row.rest.split()) <= 4
    if (
        is_organisation(row.rest, tongue)
        or tongue.joint.match(row.text)
        or tongue.is_letterhead(row.text)
        or _is_office_holder(row.rest, tongue)
    ):
        rank -= 7.5
    elif (few and (tongue.press_office.search(row.rest) or tongue.unit.match(row.rest))) or (row.label and few):
        rank -= 7
    elif len(row.rest.split()) < 2 and row.form != "heading":
        rank -= 1.5
    return rank


def _is_office_holder(text: str, tongue: Tongue) -> bool:
    """Whether a line says nothing but whose letter it is: "Die Direktorin", "Le Maire"."""
    words = [word.strip(".,") for word in text.split()]
    return (
        0 < len(words) <= _NAME
        and any(map(tongue.is_role, words))
        and all(
            tongue.is_role(word) or tongue.article.fullmatch(word) or tongue.modifiers.fullmatch(word) for word in words
        )
    )


def _title(rows: tuple[Row, ...], tongue: Tongue) -> Row | None:
    candidates = [row for row in rows if _speaks(row, tongue)]
    if not candidates:
        return None
    best = max(candidates, key=lambda row: _rank(row, tongue))
    headings = [row for row in candidates if row.form == "heading" and not row.label and len(row.rest.split()) > 5]
    following = next(
        (
            row
            for row in candidates
            if row.form == "heading" and row.block == best.block + 1 and row.level == best.level
        ),
        None,
    )
    if (
        best.form == "heading"
        and following is not None
        and len(best.rest.split()) <= _NAME < len(following.rest.split()) + 1
    ):
        # Of two headings alike the first is the name of the page.
        return following
    # A long heading that only sounds like an office is the title, unless something else is printed as one.
    return headings[0] if headings and best.form in ("plain", "em") else best


def _prefix_length(row: Row, tongue: Tongue) -> int:
    """How much of a title is "Pressemitteilung 12/2017: " before it."""
    text = row.plain.text
    headline = tongue.headlines.match(text)
    if headline is not None:
        return headline.end()
    label = tongue.labels.match(text)
    if label is None:
        return 0
    rest = re.match(
        r"\s*(?:(?:Nr|No|N°|nº)?\.?\s*[\d/ -]+)?(?:\s*(?:vom|du|of|van|de)\s[\d. \w]{6,20}?)?\s*[:|–—]\s*",
        text[label.end() :],
    )
    if rest is None or len(text[label.end() + rest.end() :].split()) < 3:
        return 0
    return label.end() + rest.end()


def _leads_away(text: str, tongue: Tongue) -> bool:
    """Whether a line is one that pages print around their content: "Share this page"."""
    found = tongue.section_heads["footer"].match(text)
    return found is not None and not text[found.end() :].strip(" .:")


def _subtitle(title: Row, after: list[Row], tongue: Tongue) -> tuple[Row, ...]:
    found = [
        row
        for row in after
        if _speaks(row, tongue)
        and not is_organisation(row.text, tongue)
        and not tongue.is_letterhead(row.text)
        and not (tongue.joint.match(row.text) or row.text.endswith(":"))
        and not (is_byline(row.text, tongue) or _leads_away(row.text, tongue))
    ]
    if not found:
        return ()
    first = found[0]
    if first.form == "heading" and title.form == "heading" and first.level < title.level:
        return ()
    if first.label and len(first.rest.split()) <= 2:
        return ()
    same = [row for row in found if row.block == first.block and row.form == first.form]
    return tuple(same)
