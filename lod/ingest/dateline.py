"""Datelines: the places and the day in a letterhead ("Berlin, 3. Juli 2017") or before the first sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lod.ingest.dates import Day, find_days
from lod.ingest.patterns import words
from lod.ingest.tongue import Tongue

__all__ = ["Dateline", "Spot", "inline_dateline", "placed", "row_dateline", "spots"]

_SPLIT = re.compile(r"\s*(?:[,/;|&·]|\s(?:und|and|et|en|y)\s)\s*")
_SEPARATOR = re.compile(
    r"\s+(?:[–—]|--?|//)\s*|\s*[–—]\s+|(?<=\))[:.]?\s+|:\s+|(?<=\w)[.]\s+|\.[-–—]+\s*|\.\s[–—-]\s|(?<=\))\s?--\s?"
)
_CONNECTORS = re.compile(
    r"^[\s,;:|/·–—-]+|[\s,;:|/·–—-]+(?:den|le|the|a|el|on|am|dated|,)?[\s,;:|/·–—(-]*$", re.IGNORECASE
)
_TRAILING = re.compile(r"(?:[\s,;:|/·–—(-]+(?:den|le|the|a|el|on|am|op|du|vom|du|of)?)?[\s,;:|/·–—(-]+$", re.IGNORECASE)
_ABBREVIATION = re.compile(r"(?:[A-Z]\.){2,}|D\.?\s?C\.?")
_ACRONYM = re.compile(r"(?!NRW|USA|UK|US|EU)[A-ZÄÖÜ]{2,6}[- ](?=[A-ZÄÖÜ][a-zäöü])")
_BRACKET = re.compile(r"\s*\(([^()]{3,60})\)[\s:–—-]+(?=\S)")
_STATE = re.compile(r"[A-Z][a-z]{1,4}\.")
_WIDEST = 130
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a dateline."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline: where it begins and ends in its line, its places and its day."""

    start: int
    end: int
    places: tuple[Spot, ...]
    day: Day | None
    confidence: float


def spots(text: str, start: int, tongue: Tongue) -> tuple[Spot, ...] | None:
    """The places a stretch of text lists; None when it says something else."""
    found: list[Spot] = []
    position = 0
    for piece in [*_SPLIT.finditer(text), None]:
        end = piece.start() if piece else len(text)
        raw = text[position:end]
        name = raw.strip(" .") if not _ABBREVIATION.fullmatch(raw.strip()) else raw.strip()
        offset = start + position + len(raw) - len(raw.lstrip())
        position = piece.end() if piece else end
        if not name:
            continue
        if found and (_ABBREVIATION.fullmatch(name) or (tongue.name == "en" and _STATE.fullmatch(raw.strip()))):
            last = found[-1]
            found[-1] = Spot(f"{last.name}, {name}", last.start, offset + len(name))
        elif not _is_place(name, tongue):
            return None
        else:
            found.append(Spot(_cased(name, tongue), offset, offset + len(name)))
    kept = [spot for spot in found if not tongue.regions.fullmatch(spot.name)]
    unique = {spot.name.casefold(): spot for spot in reversed(kept or found[:1])}
    return tuple(sorted(unique.values(), key=lambda spot: spot.start))


def _is_place(name: str, tongue: Tongue) -> bool:
    if len(name) > _LONGEST or not tongue.place.fullmatch(name) or len(name.split()) > 5:
        return False
    if (
        name in tongue.tables.text.places_not
        or name in tongue.common.zones
        or tongue.labels.fullmatch(name)
        or name.lower().rstrip(".") in tongue.months.numbers
    ):
        return False
    if _ACRONYM.match(name) and not name.isupper():
        return False  # "IHK Mittelhaardt"
    words_of = name.lower().split()
    if words_of[0] in tongue.tables.text.districts and len(words_of) > 1:
        return True
    return not tongue.organisation_word.search(name) or (
        len(words_of) == 1 and words_of[0] not in tongue.organisation_nouns
    )


def _cased(name: str, tongue: Tongue) -> str:
    base = re.sub(r"\s\([^()]*\)$", "", name)
    if not base.isupper() or len(base) < 4 or _ABBREVIATION.search(base):
        return base
    parts = re.split(r"([\s-])", base)
    return "".join(
        part.lower() if part.lower() in tongue.small and index else part.title() for index, part in enumerate(parts)
    )


def row_dateline(text: str, tongue: Tongue, order: str) -> Dateline | None:
    """The dateline that a line of a letterhead is: places before or after its day, and nothing else."""
    other = words(tongue.tables.dates.other)
    for day in find_days(text, tongue, order):
        if other.search(text[max(0, day.start - 40) : day.start]):
            continue
        before, after = tongue.agency.sub("", text[: day.start]), text[day.end :]
        before = words((*tongue.tables.dates.issue, *tongue.tables.header.labels, *tongue.tables.header.numbers)).sub(
            lambda found: " " * len(found.group()), before
        )
        before = re.sub(r"^[\s|·–—-]+", lambda found: " " * len(found.group()), before)
        labelled = before.rstrip().endswith(":")  # "Laufzeit: 20. September 2019"
        trailing = _nearest(_TRAILING.sub("", before.strip() + " ")) if before.strip() and not labelled else ""
        if trailing:
            places = spots(trailing, text.find(trailing), tongue)
            return Dateline(places[0].start, day.end, places, day, 0.95) if places else None
        rest = re.sub(r"^[\s,;:|/·–—()-]+|[\s,;:|/·–—()-]+$", "", after)
        if not rest:
            return Dateline(day.start, day.end, (), day, 0.95)
        places = spots(rest, text.find(rest, day.end), tongue)
        if places is not None and len(rest) <= _LONGEST:
            return Dateline(day.start, text.find(rest, day.end) + len(rest), places, day, 0.8)
        return Dateline(day.start, day.end, (), day, 0.6)
    return None


def _nearest(text: str) -> str:
    """Of cells set apart by bars the one beside the day; a cell of its own is a place only as a single word."""
    cells = re.split(r"\s*[|·]\s*", text.strip())
    if len(cells) == 1 or not text.rstrip().endswith(("|", "·")):
        return cells[-1] if len(cells) > 1 and " " not in cells[-1] else text if len(cells) == 1 else cells[-1]
    last = next((cell for cell in reversed(cells) if cell), "")
    return last if " " not in last else ""


def placed(text: str, tongue: Tongue) -> Dateline | None:
    """The dateline of a line that has places and no day: "Hebersbrück / Landkreis Dornau (ots)", "Ort: Eulenbrück"."""
    label = tongue.place_labels.match(text)
    wire = tongue.agency.search(text)
    if label is not None:
        begin, end = label.end(), len(text)
    elif wire is not None and not text[wire.end() :].strip(" -–:"):
        begin, end = 0, wire.start()
    else:
        return None
    bare = text[begin:end].strip(" :|–-")
    places = spots(bare, text.find(bare, begin), tongue) if bare and len(bare) <= _LONGEST * 2 else None
    return Dateline(begin, end, places, None, 0.85) if places else None


def inline_dateline(text: str, tongue: Tongue, order: str, bold: int = 0) -> Dateline | None:
    """The dateline before the first sentence of the text; its end is where the sentence begins.

    `bold` is the length of a beginning that is printed bold.
    """
    found = _inline(text, tongue, order, bold)
    initials = re.match(r"\s*\([a-zäöü]{2,5}(?:/[a-zäöü]{2,5})?\)\s+", text[found.end :]) if found else None
    found = replace(found, end=found.end + initials.end()) if found and initials else found
    service = tongue.service.match(text, found.end) if found and found.day else None
    return replace(found, end=service.end()) if found and service else found


def _inline(text: str, tongue: Tongue, order: str, bold: int = 0) -> Dateline | None:
    window = text[:_WIDEST]
    agency = re.match(rf"\s*{tongue.agency.pattern}\.?[:\s–—-]*", text)
    if agency and agency.end() > 0:
        inner = _inline(text[agency.end() :], tongue, order)
        end = agency.end() + (inner.end if inner else 0)
        return Dateline(0, end, inner.places if inner else (), inner.day if inner else None, 0.9)
    bracket = _BRACKET.match(text)
    if bracket:
        return _bracketed(bracket, tongue, order)
    best = None
    for separator in _SEPARATOR.finditer(window):
        found = _prefix(text, separator, tongue, order, bold)
        if found is not None and (
            best is None
            or found.day is not None
            or (best.day is None and found.places and separator.group().strip() in ("–", "—", "-", "--"))
        ):
            best = found
    return best


def _bracketed(bracket: re.Match[str], tongue: Tongue, order: str) -> Dateline | None:
    """As in "(Tessenow, 09.10.2018) Das Werk …", "(GRÜNAU) Das Bad …"."""
    inner = bracket[1]
    days = find_days(inner, tongue, order)
    rest = _TRAILING.sub("", inner[: days[0].start] + " ").strip() if days else inner
    places = spots(rest, bracket.start(1), tongue) if rest else ()
    if places is None or len(days) > 1 or not (days or (inner.isupper() and len(inner) > 3)):
        return None
    day = replace(days[0], start=days[0].start + bracket.start(1), end=days[0].end + bracket.start(1)) if days else None
    return Dateline(0, bracket.end(), places, day, 0.95 if day else 0.8)


def _prefix(text: str, separator: re.Match[str], tongue: Tongue, order: str, bold: int) -> Dateline | None:
    prefix, mark = text[: separator.start()], separator.group().strip()
    following = text[separator.end() :]
    following = re.sub(r"^[–—\s-]+", "", following) if mark in ("", ".") or mark.endswith(")") else following
    days = find_days(prefix, tongue, order)
    if not following or following[:1].islower() or len(days) > 1:
        return None
    agency = tongue.agency.search(prefix) is not None
    rest = tongue.agency.sub(lambda found: " " * len(found.group()), prefix)
    day = days[0] if days else None
    if day is not None and re.search(r"\w", rest[day.end :]):
        return None
    rest = rest[: day.start] if day is not None else rest
    rest = _TRAILING.sub("", rest.strip() + " ").strip() if rest.strip() else ""
    places = spots(rest, prefix.find(rest[:3]), tongue) if rest else ()
    if places is None or not (places or day or agency):
        return None
    if day is not None or agency or (mark and separator.start() <= bold <= separator.end()):
        return Dateline(0, len(text) - len(following), places, day, 0.95)
    return _judged(text, len(text) - len(following), places, mark, rest)


def _judged(text: str, end: int, places: tuple[Spot, ...], mark: str, rest: str) -> Dateline | None:
    """Whether places with this mark behind them are a dateline, and how surely."""
    if mark in (":", ""):
        return None
    dash = any(char in mark for char in "–—-/")
    if dash and (rest.isupper() or len(rest) <= _LONGEST):
        return Dateline(0, end, places, None, 0.9 if rest.split(",", maxsplit=1)[0].isupper() else 0.75)
    if mark == "." and rest.split(",", maxsplit=1)[0].isupper() and len(rest) > 3:
        return Dateline(0, end, places, None, 0.8)
    # "Köln. Die Stadt …": a place of few words, said again later on.
    name = places[0].name if places else ""
    if mark == "." and len(rest.split()) <= 3 and name and re.search(rf"\b{re.escape(name)}", text[end:]):
        return Dateline(0, end, places, None, 0.7)
    return None
