"""The lines above the text, one by one, and what is recognised in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lod.ingest.blocks import Block, Line
from lod.ingest.dateline import Dateline, placed, row_dateline, spots
from lod.ingest.dates import Day, find_days
from lod.ingest.finder import NAME
from lod.ingest.inline import Plain, plain
from lod.ingest.lines import is_organisation
from lod.ingest.numbers import Number, find_number
from lod.ingest.pages import PAGE
from lod.ingest.tongue import Tongue

__all__ = ["SHORT", "Row", "has_embargo", "is_formal", "row_of", "rows_above"]

SHORT = 60
"""Lines up to this length are short."""


_CAPS = 0.75
_ELSEWHERE = ("image", "end", "links", "letter", "notes", "correction", "boilerplate", "caption", "menu")

# A line of a list of facts: "Laufzeit: 20. September 2019"; `fact` of a row, where all lines of its block are such.
_FACT = re.compile(r"[^\W\d_][^:.!?]{1,30}:\s+\S")
_WRAPPED = 45


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
    fact: bool = False

    @property
    def text(self) -> str:
        """The line."""
        return " ".join(self.plain.text.split())

    @property
    def formal(self) -> bool:
        """Whether nothing but letterhead is in it."""
        return (not self.rest and (self.label or bool(self.days) or self.number is not None)) or self.embargo


def has_embargo(text: str, tongue: Tongue) -> bool:
    """Whether a short text begins with an embargo."""
    found = tongue.embargo.search(text[:120])
    return found is not None and len(text) <= 400 and found.start() <= SHORT and text[: found.start()].count(" ") <= 6


def is_formal(block: Block, tongue: Tongue, order: str) -> bool:
    """Whether all lines of a block are letterhead."""
    return all(row_of(0, row, "plain", 0, tongue, order).formal for row in block.rows)


def rows_above(blocks: tuple[Block, ...], parts: list[str], end: int, tongue: Tongue, order: str) -> list[Row]:
    """The lines of the blocks before `end` that may be letterhead or headline."""
    rows = []
    for index, block in enumerate(blocks[:end]):
        if parts[index] in _ELSEWHERE or block.kind == "item":
            continue
        found = _rows_of(index, block, tongue, order)
        rows += [row for row in found if parts[index] != "contact" or row.days]
    return rows


def _rows_of(index: int, block: Block, tongue: Tongue, order: str) -> list[Row]:
    """The lines of one block; several facts without a date of issue are none of the letterhead."""
    form = _form(block)
    found = [
        row_of(index, line, _form_of(line, form), block.level, tongue, order)
        for line in _lines(block, form, tongue, order)
    ]
    facts = len(block.rows) > 1 and all(_FACT.match(row.text) for row in block.rows)
    if not facts or any(row.formal and row.days for row in found):
        return found
    return [replace(row, fact=True) for row in found]


def _form_of(line: Plain, form: str) -> str:
    """How one line of a block is printed."""
    if form != "plain":
        return form
    if line.covered("strong"):
        return "bold"
    if line.covered("em"):
        return "em"
    return "caps" if _is_caps(line.text) else "plain"


def _form(block: Block) -> str:
    if block.kind == "heading":
        return "heading"
    if block.kind == "paragraph" and block.plain.covered("strong"):
        return "bold"
    return "em" if block.kind == "paragraph" and block.plain.covered("em") else "plain"


def _is_caps(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 8 and sum(map(str.isupper, letters)) / len(letters) >= _CAPS


def _lines(block: Block, form: str, tongue: Tongue, order: str) -> list[Plain]:
    """The lines of a block, but a title that runs over several lines in one piece."""
    if form == "plain" and len({_form_of(row, form) for row in block.rows} - {"caps"}) > 1:
        return _by_form(block)  # a headline in bold, and below it another in italics
    if block.kind != "table" and len(block.lines) > 1 and form != "heading":
        merged = _merged(block, tongue)
        if len(merged) < len(block.rows):
            return merged
    if block.kind != "table" and len(block.lines) > 1:
        formal = [row_of(0, row, "plain", 0, tongue, order).formal for row in block.rows]
        first = block.rows[0].text if block.rows else ""
        wrapped = len(first) >= _WRAPPED and not block.lines[0].hard and not is_organisation(first, tongue)
        apart = all(line.text.startswith("**") and line.text.rstrip().endswith("**") for line in block.lines)
        if (
            not any(formal)
            and not apart
            and (form in ("heading", "em", "bold") or wrapped)
            and not _stacked(block, tongue)
        ):
            return [block.plain]
        if first.endswith(",") and not formal[0] and any(formal[1:]):
            return [block.plain]
    return list(block.rows)


def _by_form(block: Block) -> list[Plain]:
    """The lines of a block, of which those are joined that are emphasised alike and go on."""
    groups: list[list[Line]] = []
    last = ""
    for line in block.lines:
        form = _form_of(plain([(line.text, line.start)]), "plain")
        if groups and form == last and form in ("bold", "em"):
            groups[-1].append(line)
        else:
            groups.append([line])
        last = form
    return _joined(groups)


def _joined(groups: list[list[Line]]) -> list[Plain]:
    pieces = [[piece for line in group for piece in ((line.text, line.start), (" ", line.end))] for group in groups]
    return [each for each in map(plain, pieces) if each.text]


def _merged(block: Block, tongue: Tongue) -> list[Plain]:
    """Lines, of which those are joined that go on in the next one: "Münsterfeld," / "14.02.2023"."""
    groups: list[list[Line]] = []
    for line in block.lines:
        bare = line.text.strip("*_ ")
        if groups and (
            groups[-1][-1].text.rstrip("*_ \\").endswith(",")
            or (
                (bare[:1].islower() or (tongue.is_office_word(groups[-1][-1].text) and _continues(bare, tongue)))
                and len(bare) > 3
                and not block.plain.covered("em")
                and len(groups[-1][-1].text) < _WRAPPED
            )
        ):
            groups[-1].append(line)
        else:
            groups.append([line])
    return _joined(groups)


def _continues(line: str, tongue: Tongue) -> bool:
    """Whether a line below the noun of an office belongs to its name: "Bezirksregierung" / "Rheinfurt"."""
    first, *more = line.split()
    if first.lower() in tongue.glue:
        return True
    capital = line.isupper()  # "HOCHSCHULE" / "SEEHEIM"
    named = all(
        NAME.fullmatch(word.title() if capital else word) or word.lower() in tongue.glue for word in (first, *more)
    )
    other = any(
        tongue.is_role(word) or word in tongue.never or tongue.article.fullmatch(word) for word in (first, *more)
    )
    return (
        named
        and not other
        and len(more) < 3
        and not (
            tongue.labels.search(line) or tongue.organisation_word.search(line) or tongue.press_office.search(line)
        )
    )


def _stacked(block: Block, tongue: Tongue) -> bool:
    """Whether the lines are names of offices one below the other."""
    return any(is_organisation(row.text, tongue) for row in block.rows) and all(
        len(row.text) < SHORT for row in block.rows
    )


def row_of(index: int, line: Plain, form: str, level: int, tongue: Tongue, order: str) -> Row:
    """A line with what is recognised in it."""
    text = line.text
    days = tuple(find_days(text, tongue, order))
    taken = [(day.start, day.end) for day in days]
    number = find_number(text, tongue)
    if number is not None and any(start <= number.start < end for start, end in taken):
        number = None
    if number is not None:
        cue = text.rfind(number.cue, 0, number.start) if number.cue and number.cue in text else number.start
        taken.append((max(0, min(cue, number.start)), number.end))
    if placed(text, tongue) is not None and tongue.place_labels.match(text):
        return Row(index, line, form, level, days, None, label=True, embargo=False, rest="")
    paged = PAGE.search(text)
    if paged is not None:
        taken.append(paged.span())
    labels = [found.span() for found in tongue.labels.finditer(text)]
    taken += labels + [found.span() for found in tongue.months_and_days.finditer(text)] if days else labels
    rest = _rest(text, taken, tongue)
    line_of = _dateline(text, tongue, order) if days and rest else None
    if line_of is not None:
        rest = _rest(text, [*taken, (line_of.start, line_of.end)], tongue)
    elif _is_wire(text, tongue):
        labels, rest = labels or [(0, 0)], ""
    if number is None and days and re.fullmatch(r"(?:[a-zäöü]{2,5} )?\d{1,4}(?:/(?:19|20)\d\d)?", rest):
        # A bare number beside the day: "23.11.2016 / 118", "456/2020 • 26.11.2020".
        number, rest = _beside(text, rest, days), ""
    return Row(index, line, form, level, days, number, bool(labels), has_embargo(text, tongue), rest)


def _beside(text: str, printed: str, days: tuple[Day, ...]) -> Number | None:
    for found in re.finditer(rf"(?<![\w.]){printed}(?![\w.])", text):
        if not any(day.start <= found.start() < day.end for day in days):
            return Number(printed, printed, found.start(), found.end(), 0.65, "")
    return None


def _is_wire(text: str, tongue: Tongue) -> bool:
    """Whether a line has nothing but a place and the mark of an agency: "Hafenmitte (ots)"."""
    found = tongue.agency.search(text)
    if found is None or text[found.end() :].strip(" -–:") or len(text) > SHORT:
        return False
    return not text[: found.start()].strip() or bool(spots(text[: found.start()].strip(), 0, tongue))


def _dateline(text: str, tongue: Tongue, order: str) -> Dateline | None:
    """The dateline a line ends with."""
    found = row_dateline(text, tongue, order)
    sure = found is not None and bool(found.places) and found.confidence > 0.7
    return found if sure and found is not None and len(text) - found.end < SHORT // 2 else None


def _rest(text: str, taken: list[tuple[int, int]], tongue: Tongue) -> str:
    """A line without what was recognised in it, and without the small words beside that."""
    chars = list(text)
    for start, end in taken:
        chars[start:end] = "\0" * (end - start)
    pieces = [piece for piece in "".join(chars).split("\0") if piece]
    rest = " ".join(_bared(piece, tongue) if taken else piece for piece in pieces)
    rest = " ".join(rest.split()).strip(' .,:;|/·•–—-*()[]„“"')
    if not any(map(str.isalnum, rest)) or tongue.formal_words.fullmatch(rest):
        return ""
    return rest


def _bared(piece: str, tongue: Tongue) -> str:
    """A piece of a line without formal words at its ends."""
    while True:
        bare = piece.strip(" .,:;|/·–—-*()[]\u00a0")
        first = tongue.formal_words.match(bare)
        last = next((found for found in tongue.formal_words.finditer(bare) if found.end() == len(bare)), None)
        if first is not None and first.end() > 0:
            piece = bare[first.end() :]
        elif last is not None:
            piece = bare[: last.start()]
        else:
            return piece
