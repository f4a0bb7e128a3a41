"""What stands above the text: title, subtitle, kicker, and the lines of the letterhead around them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lod.ingest.blocks import Block, Line
from lod.ingest.dateline import row_dateline
from lod.ingest.dates import Day, find_days
from lod.ingest.inline import Plain, plain
from lod.ingest.numbers import Number, find_number
from lod.ingest.rules import Tongue
from lod.ingest.sections import REACHABLE, is_prose

__all__ = ["Letterhead", "Row", "is_organisation", "read_letterhead"]

_CAPS = 0.75
_SHORT = 60
_LONGEST_TITLE = 300
_WRAPPED = 45
_NAME = 4
_PUNCTUATION = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Row:
    """One line above the text, and what was recognised in it. `rest` is what was not."""

    block: int
    plain: Plain
    form: str
    level: int
    days: tuple[Day, ...]
    number: Number | None
    label: bool
    embargo: bool
    rest: str

    @property
    def text(self) -> str:
        """The line."""
        return " ".join(self.plain.text.split())

    @property
    def formal(self) -> bool:
        """Whether nothing but letterhead is in it."""
        return not self.rest and (self.label or bool(self.days) or self.number is not None) or self.embargo


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
    rows = tuple(_rows(blocks, parts, text_from, tongue, order))
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
    before = [row for row in rows[: rows.index(title)] if _speaks(row, tongue) and row.block != title.block]
    kicker = before[-1] if before and len(before[-1].text) <= _SHORT and title.form == "heading" else None
    return Letterhead(rows, title, start, subtitle, kicker, text_from)


def _text_from(blocks: tuple[Block, ...], parts: list[str], tongue: Tongue, order: str) -> int:
    """The first block of running text; a first-level heading below it starts the search anew."""
    only = [index for index, block in enumerate(blocks) if block.kind == "heading" and block.level == 1]
    start = only[0] if len(only) == 1 and only[0] <= 8 else 0  # noqa: PLR2004 - letterheads are short
    opening = next(
        (
            i
            for i, b in enumerate(blocks)
            if b.kind == "paragraph" and not parts[i] and is_prose(b.text) and not _embargo(b.text, tongue)
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
        if block.kind == "item" and not seen_title:
            continue
        if _opens_text(block, tongue, order) and not _is_summary(blocks, parts, index, tongue, order):
            return index
        seen_title = seen_title or block.kind == "heading"
    return next(
        (
            i
            for i in range(len(blocks))
            if not parts[i] and blocks[i].kind == "paragraph" and i > start and not _is_formal(blocks[i], tongue, order)
        ),
        len(blocks),
    )


def _is_summary(blocks: tuple[Block, ...], parts: list[str], index: int, tongue: Tongue, order: str) -> bool:
    """Whether one sentence is a subtitle: below it the letterhead goes on, with a date or a label."""
    if len(blocks[index].text) > 250 or re.search(r"[.!?]\s", blocks[index].text) or blocks[index].kind != "paragraph":  # noqa: PLR2004
        return False
    following = [i for i in range(index + 1, min(len(blocks), index + 4)) if blocks[i].kind != "image"][:2]
    return any(
        any(
            row.days and len(row.rest.split()) <= 2 or row.label and not row.rest
            for row in (_row(i, each, "plain", 0, tongue, order) for each in blocks[i].rows)
        )  # noqa: PLR2004
        for i in following
        if blocks[i].kind == "paragraph" and not is_prose(blocks[i].text) and not parts[i]
    )


def _opens_text(block: Block, tongue: Tongue, order: str) -> bool:
    if block.kind == "heading":
        return False
    text = block.text
    if block.kind == "item":
        return is_prose(text) or len(text) > _SHORT
    if not is_prose(text):
        # A short sentence is text as well, if it is one.
        return (
            block.kind == "paragraph"
            and len(text.split()) >= 6
            and text[-1:] in ".!"
            and not text.isupper()
            and not _embargo(text, tongue)
            and not _is_formal(block, tongue, order)
            and not REACHABLE.search(text)
        )  # noqa: PLR2004
    if _embargo(text, tongue):
        return False
    if len(text) < 180 and not re.search(r"[.!?:;][\"“”»’')\]]*$", text):  # noqa: PLR2004 - a long title without full stop
        return False
    return not _is_formal(block, tongue, order)


def _embargo(text: str, tongue: Tongue) -> bool:
    found = tongue.embargo.search(text[:120])
    return found is not None and len(text) <= 400 and found.start() <= _SHORT and text[: found.start()].count(" ") <= 6  # noqa: PLR2004


def _is_formal(block: Block, tongue: Tongue, order: str) -> bool:
    return all(_row(0, row, "plain", 0, tongue, order).formal for row in block.rows)


def _rows(blocks: tuple[Block, ...], parts: list[str], end: int, tongue: Tongue, order: str) -> list[Row]:
    rows = []
    for index, block in enumerate(blocks[:end]):
        if (
            parts[index] in ("image", "end", "links", "notes", "correction", "boilerplate", "caption")
            or block.kind == "item"
        ):
            continue
        form = _form(block)
        for plain in _lines(block, form, tongue, order):
            own = (
                "bold"
                if form == "plain" and plain.covered("strong")
                else "em"
                if form == "plain" and plain.covered("em")
                else form
            )
            caps = "caps" if own == "plain" and _is_caps(plain.text) else own
            row = _row(index, plain, caps, block.level, tongue, order)
            if parts[index] != "contact" or row.days:
                rows.append(row)
    return rows


def _form(block: Block) -> str:
    if block.kind == "heading":
        return "heading"
    if block.kind == "paragraph" and block.plain.covered("strong"):
        return "bold"
    return "em" if block.kind == "paragraph" and block.plain.covered("em") else "plain"


def _is_caps(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 8 and sum(map(str.isupper, letters)) / len(letters) >= _CAPS  # noqa: PLR2004


def _lines(block: Block, form: str, tongue: Tongue, order: str) -> list[Plain]:
    """The lines of a block, but a title that runs over several lines in one piece."""
    if block.kind != "table" and len(block.lines) > 1 and form != "heading":
        merged = _merged(block, tongue)
        if len(merged) < len(block.rows):
            return merged
    if block.kind != "table" and len(block.lines) > 1:
        formal = [_row(0, row, "plain", 0, tongue, order).formal for row in block.rows]
        first = block.rows[0].text if block.rows else ""
        wrapped = len(first) >= _WRAPPED and not block.lines[0].hard and not is_organisation(first, tongue)
        if not any(formal) and (form in ("heading", "em", "bold") or wrapped) and not _stacked(block, tongue):
            return [block.plain]
        if first.endswith(",") and not formal[0] and any(formal[1:]):
            return [block.plain]
    return list(block.rows)


def _merged(block: Block, tongue: Tongue) -> list[Plain]:
    """Lines, of which those are joined that go on in the next one: "Münsterfeld," / "14.02.2023"."""
    groups: list[list[Line]] = []
    for line in block.lines:
        bare = line.text.strip("*_ ")
        if groups and (
            groups[-1][-1].text.rstrip("*_ \\").endswith(",")
            or (bare[:1].islower() or tongue.is_office_word(groups[-1][-1].text) and bare.split()[0].lower() in tongue.glue)
            and len(bare) > 3  # noqa: PLR2004
            and not block.plain.covered("em")
            and len(groups[-1][-1].text) < _WRAPPED
        ):
            groups[-1].append(line)
        else:
            groups.append([line])
    pieces = [[piece for line in group for piece in ((line.text, line.start), (" ", line.end))] for group in groups]
    return [each for each in map(plain, pieces) if each.text]


def _stacked(block: Block, tongue: Tongue) -> bool:
    """Whether the lines are names of offices one below the other."""
    return any(is_organisation(row.text, tongue) for row in block.rows) and all(
        len(row.text) < _SHORT for row in block.rows
    )


def _row(index: int, line: Plain, form: str, level: int, tongue: Tongue, order: str) -> Row:
    text = line.text
    days = tuple(find_days(text, tongue, order))
    taken = [(day.start, day.end) for day in days]
    number = find_number(text, tongue)
    if number is not None and any(start <= number.start < end for start, end in taken):
        number = None
    if number is not None:
        cue = text.rfind(number.cue, 0, number.start) if number.cue and number.cue in text else number.start
        taken.append((max(0, min(cue, number.start)), number.end))
    labels = [found.span() for found in tongue.labels.finditer(text)]
    taken += labels + [found.span() for found in tongue.months_and_days.finditer(text)] if days else labels
    rest = _rest(text, taken, tongue)
    if days and rest and _is_dateline(text, tongue, order):
        rest = ""
    return Row(index, line, form, level, days, number, bool(labels), _embargo(text, tongue), rest)


def _is_dateline(text: str, tongue: Tongue, order: str) -> bool:
    line = row_dateline(text, tongue, order)
    return line is not None and bool(line.places) and line.confidence > 0.7 and len(text) - line.end < _SHORT // 2  # noqa: PLR2004


def _rest(text: str, taken: list[tuple[int, int]], tongue: Tongue) -> str:
    """A line without what was recognised in it, and without the small words beside that."""
    chars = list(text)
    for start, end in taken:
        chars[start:end] = "\0" * (end - start)
    pieces = [piece for piece in "".join(chars).split("\0") if piece]
    rest = " ".join(_bared(piece, tongue) if taken else piece for piece in pieces)
    rest = " ".join(rest.split()).strip(' .,:;|/·–—-*()[]„“"')
    if not any(map(str.isalnum, rest)) or tongue.formal_words.fullmatch(rest):
        return ""
    return rest


def _bared(piece: str, tongue: Tongue) -> str:
    """A piece of a line without formal words at its ends."""
    while True:
        bare = piece.strip(" .,:;|/·–—-*()[]\u00a0")
        first, last = tongue.formal_words.match(bare), None
        for last in tongue.formal_words.finditer(bare):
            pass
        if first is not None and first.end() > 0:
            piece = bare[first.end() :]
        elif last is not None and last.end() == len(bare):
            piece = bare[: last.start()]
        else:
            return piece


def is_organisation(text: str, tongue: Tongue) -> bool:
    """Whether a line is nothing but the name of an office, or several of them."""
    segments = [part.strip() for part in re.split(r"\s*[,·|•;/]\s*|\s+[–—-]\s+", text) if part.strip()]
    if not segments or len(text) > 120 or re.search(r"[.!?:]\s*$", text) and not text.endswith("e.V."):  # noqa: PLR2004
        return False
    hits = [bool(tongue.organisation_word.search(part) or tongue.forms.search(part)) for part in segments]
    return any(hits) and all(_named(part, tongue) for part in segments)


def _named(text: str, tongue: Tongue) -> bool:
    words = text.split()
    glue = {
        word
        for phrase in (*tongue.tables.organisations.glue, *tongue.tables.people.articles, *tongue.tables.speech.both)
        for word in phrase.split()
    }
    if len(words) > 12:  # noqa: PLR2004
        return False
    small = [word for word in words if word[:1].islower() and word.lower() not in glue]
    if tongue.tables.text.fused and tongue.name == "de":
        return not small
    found = tongue.organisation_word.search(text)
    if found is None:
        return not small and len(words) <= 6  # noqa: PLR2004
    after = text[found.end() :].split()
    # After the noun comes "of", "de" … or nothing: "Police Investigating" is a sentence.
    opens = (
        not after
        or after[0].lower() in glue
        or not after[0][:1].isalpha()
        or bool(tongue.organisation_word.fullmatch(after[0]))
    )
    return opens and len(small) <= (2 if after and tongue.adjectives else 0)  # noqa: PLR2004


def _speaks(row: Row, tongue: Tongue) -> bool:
    """Whether a row may be a title: it is neither letterhead nor the way to reach somebody."""
    if row.formal or row.embargo or len(row.text) < 3 or len(row.text) > _LONGEST_TITLE:  # noqa: PLR2004
        return False
    if tongue.dockets.match(row.text) and any(map(str.isdigit, row.text)) and row.form != "heading":
        return False
    if row.form != "heading" and len(re.findall(r"[^\W\d_]{2,}", row.text)) < 2:  # noqa: PLR2004
        return False
    if REACHABLE.search(row.text) or not row.rest or re.search(r"\b\d{5}\s", row.text):
        return False
    if row.days and row.form != "heading" and len(row.rest.split()) <= 4:  # noqa: PLR2004
        return False
    return not (row.number and row.form != "heading" and len(row.rest.split()) <= 4)  # noqa: PLR2004


def _rank(row: Row, tongue: Tongue) -> float:
    rank = {"heading": 10 - row.level, "bold": 3.5, "caps": 3, "em": 1, "plain": 2}[row.form]
    few = len(row.rest.split()) <= 4  # noqa: PLR2004
    if is_organisation(row.rest, tongue) or tongue.is_letterhead(row.text):
        rank -= 7.5
    elif few and (tongue.press_office.search(row.rest) or tongue.unit.match(row.rest)):
        rank -= 7
    elif row.label and few:
        rank -= 7
    elif len(row.rest.split()) < 2 and row.form != "heading":  # noqa: PLR2004
        rank -= 1.5
    return rank


def _title(rows: tuple[Row, ...], tongue: Tongue) -> Row | None:
    candidates = [row for row in rows if _speaks(row, tongue)]
    if not candidates:
        return None
    best = max(candidates, key=lambda row: _rank(row, tongue))
    headings = [row for row in candidates if row.form == "heading" and not row.label and len(row.rest.split()) > 5]  # noqa: PLR2004
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
    label = tongue.labels.match(text)
    if label is None:
        return 0
    rest = re.match(
        r"\s*(?:(?:Nr|No|N°|nº)?\.?\s*[\d/ -]+)?(?:\s*(?:vom|du|of|van|de)\s[\d. \w]{6,20}?)?\s*[:|–—]\s*",
        text[label.end() :],
    )
    if rest is None or len(text[label.end() + rest.end() :].split()) < 3:  # noqa: PLR2004
        return 0
    return label.end() + rest.end()


def _subtitle(title: Row, after: list[Row], tongue: Tongue) -> tuple[Row, ...]:
    found = [
        row
        for row in after
        if _speaks(row, tongue) and not is_organisation(row.text, tongue) and not tongue.is_letterhead(row.text)
    ]
    if not found:
        return ()
    first = found[0]
    if first.form == "heading" and title.form == "heading" and first.level < title.level:
        return ()
    if first.label and len(first.rest.split()) <= 2:  # noqa: PLR2004
        return ()
    same = [row for row in found if row.block == first.block and row.form == first.form]
    return tuple(same)
