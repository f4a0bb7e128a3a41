"""The headline: which line above the text is the title, which the subtitle, and what stands above them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lod.ingest.lines import is_byline, is_organisation
from lod.ingest.rows import SHORT, Row
from lod.ingest.sections import POSTCODE, REACHABLE
from lod.ingest.tongue import Tongue

__all__ = ["LONGEST_TITLE", "Headline", "read_headline"]

LONGEST_TITLE = 300
"""Lines longer than this are no titles."""

_NAME = 4


@dataclass(frozen=True)
class Headline:
    """The title from `start` on, the lines of the subtitle, and the topic above the title."""

    title: Row | None
    start: int
    subtitle: tuple[Row, ...]
    kicker: Row | None


def read_headline(rows: tuple[Row, ...], parts: Sequence[str], tongue: Tongue) -> Headline:
    """The headline among the rows above the text; `parts` of the blocks they stand in."""
    title = _title(rows, parts, tongue)
    if title is None:
        return Headline(None, 0, (), None)
    after = [
        row
        for row in rows
        if row.block > title.block or (row.block == title.block and row.plain.sources > title.plain.sources)
    ]
    return Headline(title, _prefix_length(title, tongue), _subtitle(title, after, tongue), _kicker(title, rows, tongue))


def _title(rows: tuple[Row, ...], parts: Sequence[str], tongue: Tongue) -> Row | None:
    candidates = [
        row for row in rows if _speaks(row, tongue) and (parts[row.block] != "footer" or row.form == "heading")
    ]
    if not candidates:
        return None
    best = max(candidates, key=lambda row: _rank(row, tongue) - _is_above(row, rows, candidates))
    following = _next_heading(best, candidates)
    if following is not None and len(best.rest.split()) <= _NAME < len(following.rest.split()) + 1:
        # Of two headings alike the first is the name of the page.
        return following
    after = rows[rows.index(best) + 1 :][:1]
    short = len(best.rest.split()) < _NAME and best.form in ("bold", "caps", "plain")
    if short and after and after[0].form == best.form and after[0] in candidates and len(after[0].rest.split()) > _NAME:
        return after[0]  # a topic above the headline
    # A long heading that only sounds like an office is the title, unless something else is printed as one.
    headings = [row for row in candidates if row.form == "heading" and not row.label and len(row.rest.split()) > 5]
    return headings[0] if headings and best.form in ("plain", "em") else best


def _next_heading(best: Row, candidates: list[Row]) -> Row | None:
    """The heading of the same level directly below a heading."""
    if best.form != "heading":
        return None
    below = [row for row in candidates if row.form == "heading" and row.level == best.level]
    return next((row for row in below if row.block == best.block + 1), None)


def _is_above(row: Row, rows: tuple[Row, ...], candidates: list[Row]) -> int:
    """What a short line loses that stands above the date or the word for a release, with a longer line below them."""
    if row.form not in ("plain", "caps") or len(row.rest.split()) > _NAME:
        return 0
    below = rows[rows.index(row) + 1 :]
    formal = next((index for index, other in enumerate(below) if other.formal), None)
    longer = formal is not None and any(
        other in candidates and len(other.rest.split()) > _NAME for other in below[formal + 1 :]
    )
    return 2 * longer


def _speaks(row: Row, tongue: Tongue) -> bool:
    """Whether a row may be a title: it is neither letterhead nor the way to reach somebody."""
    if row.fact or row.formal or row.embargo or len(row.text) < 3 or len(row.text) > LONGEST_TITLE:
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
    few = sum(1 for word in row.rest.split() if any(map(str.isalpha, word))) <= _NAME
    if _is_sender(row, tongue):
        rank -= 7.5
    elif (few and (tongue.press_office.search(row.rest) or tongue.unit.match(row.rest))) or (row.label and few):
        rank -= 7
    elif len(row.rest.split()) < 2 and row.form != "heading":
        rank -= 1.5
    return rank


def _is_sender(row: Row, tongue: Tongue) -> bool:
    """Whether a line says who writes: an office or several of them, or whoever holds it."""
    if is_organisation(row.rest, tongue) or tongue.is_letterhead(row.text) or _is_office_holder(row.rest, tongue):
        return True
    if tongue.joint.match(row.text):
        return True
    several = [part for part in re.split(r"\s*[·•|;]\s*", row.rest) if part]
    named = [part for part in several if is_organisation(part, tongue)]
    return tongue.holder.fullmatch(row.rest) is not None or (len(several) > 1 and len(named) * 2 > len(several))


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
