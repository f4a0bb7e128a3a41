"""Joint issuers: those whom a letterhead lists behind "Gemeinsame Pressemitteilung", in one line or in several."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from lod.ingest.letterhead import Letterhead
from lod.ingest.lines import is_organisation
from lod.ingest.offices import SHORT_NAME, cleaned
from lod.ingest.organisations import nominative
from lod.ingest.rows import Row
from lod.ingest.tongue import Tongue

__all__ = ["Listed", "joint_issuers"]

Listed = tuple[str, int, int]
"""The name of an issuer, and its span in the source."""

_AND = r"(?:und|and|et|en|y|sowie)"
_STRONG = re.compile(r"(\s*[;|/·•]\s*|\s[–—]\s)")
_WEAK = re.compile(rf"(\s*,\s*(?:{_AND}\s+)?|(?<!-)\s+{_AND}\s+|\s&\s)")
_TOPIC = re.compile(
    r"(?i)\s(?:regarding|on|about|zum|zur|über|vom|concernant|relative|sur|over|sobre|after|following)\s|:\s"
)
_LEADING = re.compile(
    r"^\W*(?:from|by|of|von|der|des|dem|de|du|la|the|del|van|het|l['’]|d['’])*"
    r"\s*(?:der|des|dem|the|la|le|het|de)?\s"
)
_ARTICLE = re.compile(r"(?:der|des|dem|the|la|le|les|het|de|el|l['’])\s", re.IGNORECASE)
_FIELD = re.compile(r"\s(?:für|for|of|pour|para|voor)\s")
_BELOW = 4
_SHORTEST = 3


def joint_issuers(head: Letterhead, asked: Callable[[], Sequence[Listed]], tongue: Tongue) -> Iterator[Listed]:
    """The issuers that a letterhead names as joint ones; nothing where it names less than two.

    `asked` finds the offices that answer questions: below "Gemeinsame Pressemitteilung" they are those who issue it.
    """
    for index, row in enumerate(head.rows):
        found = tongue.joint.search(row.plain.text)
        if not found:
            continue
        begin = found.end() + len(row.plain.text[found.end() :]) - len(row.plain.text[found.end() :].lstrip(" :–-"))
        rest = _TOPIC.split(row.plain.text[begin:])[0]
        named = list(_listed(rest, begin, row, tongue)) if any(map(str.isalpha, rest)) else []
        for listed in (
            named,
            _below(head, head.rows[index + 1 : index + 1 + _BELOW], tongue),
            _below(head, head.rows[max(0, index - _BELOW) : index], tongue),
            asked(),
        ):
            if len(listed) > 1:
                yield from listed
                return
    yield from _peers(head, asked, tongue)


def _peers(head: Letterhead, asked: Callable[[], Sequence[Listed]], tongue: Tongue) -> Iterator[Listed]:
    """Offices set apart by bars in one line, of one kind, or each with somebody who answers questions."""
    for row in head.rows:
        if row is head.title or row.days or row in head.subtitle:
            continue
        told = tongue.announces.search(row.plain.text)
        if not told and not _STRONG.search(row.plain.text):
            continue
        listed = list(_listed(row.plain.text[: told.start() if told else None], 0, row, tongue))
        kinds = {_kind(name, tongue) for name, _, _ in listed}
        alike = (told or len(kinds) == 1) and all(" " in name for name, _, _ in listed)
        if len(listed) > 1 and "" not in kinds and (alike or _all_asked(listed, asked())):
            yield from listed
            return


def _all_asked(listed: Sequence[Listed], asked: Sequence[Listed]) -> bool:
    names = {name.casefold() for name, _, _ in asked}
    return all(name.casefold() in names for name, _, _ in listed)


def _kind(name: str, tongue: Tongue) -> str:
    """The noun that makes a name one of an organisation."""
    found = tongue.organisation_word.search(name) if is_organisation(name, tongue) else None
    nouns = [noun for noun in tongue.organisation_nouns if found and found.group().lower().endswith(noun)]
    return max(nouns, key=len, default="") if not tongue.press_office.search(name) else ""


def _below(head: Letterhead, rows: tuple[Row, ...], tongue: Tongue) -> list[Listed]:
    """The offices in the lines beside the label: several in one line, or each in a line of its own."""
    stacked: list[Listed] = []
    for row in rows:
        if row is head.title or row.days:
            break
        pieces = list(_listed(row.plain.text, 0, row, tongue))
        offices = [each for each in pieces if _is_office(each[0], tongue)]
        if len(pieces) > 1 and len(offices) * 2 > len(pieces):
            return pieces
        if len(pieces) == 1 and offices and not tongue.press_office.search(offices[0][0]):
            stacked += offices
    return stacked


def _is_office(name: str, tongue: Tongue) -> bool:
    return is_organisation(name, tongue) or SHORT_NAME.fullmatch(name) is not None


def _listed(text: str, offset: int, row: Row, tongue: Tongue) -> Iterator[Listed]:
    for piece, start in _pieces(text, tongue):
        bare = _LEADING.sub("", f" {piece}").strip(" .:-–")
        if len(bare) >= _SHORTEST and (bare[:1].isupper() or _is_office(bare, tongue)):
            begin, end = row.plain.span(offset + start, offset + start + len(piece))
            first = piece.split()[0] if piece.split() else ""
            yield nominative(cleaned(bare, tongue, ""), first, "", tongue), begin, end


def _pieces(text: str, tongue: Tongue) -> Iterator[tuple[str, int]]:
    """The parts of a list, with their places; an "und" inside "Ministerium für A und B" parts nothing."""
    parts = _STRONG.split(text)
    if len(parts) == 1:
        parts = _WEAK.split(text)
        for index in range(len(parts) - 1, 1, -2):
            before, mark, piece = parts[index - 2], parts[index - 1], parts[index]
            own = _is_office(_ARTICLE.sub("", piece), tongue) or _ARTICLE.match(piece) or tongue.forms.search(piece)
            joins = "&" in mark or _FIELD.search(before)  # "Handel & Gewerbe", "Ministerium für A und B"
            if not own and joins and tongue.organisation_word.search(before):
                parts[index - 2 : index + 1] = [before + mark + piece]
    position = 0
    for index, piece in enumerate(parts):
        if index % 2 == 0:
            yield piece, position
        position += len(piece)
