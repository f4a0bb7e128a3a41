"""Names of offices: cleaned, spelled out from their short names, recognised in a domain."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lod.ingest.lines import is_byline, is_organisation
from lod.ingest.organisations import OrganisationFound, acronym
from lod.ingest.patterns import UPPER
from lod.ingest.rows import Row
from lod.ingest.tongue import Tongue
from lod.term import slug

__all__ = ["LONGEST", "SHORT_NAME", "cleaned", "likeness", "office_in", "owns", "spelled_out", "without_press_office"]

SHORT_NAME = re.compile(rf"(?<![\w-])[{UPPER}][\w]*[{UPPER}]\w*(?:\s(?:NRW|[{UPPER}]{{2,4}}))?")

_SHORT_OFFICE = re.compile(
    rf"(?!NRW|USA)[{UPPER}]{{2,6}}(?:[ -][{UPPER}][\w-]+){{1,3}}"
)  # "IHK Mittelhaardt" beside the day

_OFTEN = 2

_LEADING = re.compile(r"^(?:from|by|of|par|door)\s(?:the|het|la|le|l['’])?\s*")  # behind "Press release"
LONGEST = 110


def office_in(row: Row, tongue: Tongue, whole: str) -> str:
    """The name of the office that a line of a letterhead is; empty where it is something else."""
    sender = tongue.senders.match(row.rest)
    bare = row.rest[sender.end() :] if sender and is_byline(row.rest, tongue) else row.rest
    told = tongue.announces.search(bare)
    bare = bare[: told.start()] if told else bare
    rest = _without_people(_LEADING.sub("", bare) if row.label else bare, tongue)
    if row.days and _SHORT_OFFICE.fullmatch(rest) and row.form != "heading":
        return rest
    if tongue.holder.fullmatch(rest) and row.form != "heading":
        return cleaned(rest, tongue, whole)
    alone = is_organisation(rest, tongue)
    if not rest or len(rest) > LONGEST or (row.form == "heading" and not row.label and not alone):
        return ""
    segments = [part.strip(" .:") for part in re.split(r"\s*[,·|•;]\s*|\s+[–—-]\s+|\s/\s", rest) if part.strip(" .:")]
    name = _named(segments, tongue) if alone else _repeated(segments, row, tongue, whole)
    # The full stop of the legal form was taken for one of the line.
    return cleaned(f"{name}." if name.endswith("e.V") else name, tongue, whole)


def _named(segments: list[str], tongue: Tongue) -> str:
    """Of parts that name offices the first that is no press office, or the whole's first part."""
    named = [part for part in segments if tongue.organisation_word.search(part) or tongue.forms.search(part)]
    offices = [part for part in named if not tongue.press_office.search(part)]
    name = offices[0] if offices else segments[0] if any(map(tongue.organisation_word.search, segments)) else ""
    # A single word in the plural, "Musikschulen", is a topic.
    topic = " " not in name and not tongue.organisation_word.fullmatch(name) and not name.isupper()
    return "" if topic else name


def _repeated(segments: list[str], row: Row, tongue: Tongue, whole: str) -> str:
    """Capital words that stand beside a label, or that the text says again: "Debian-Projekt", "Clean Kitchens"."""
    first = tongue.forms.sub("", segments[0]).strip(" .") if segments else ""
    words = first.split()
    capital = all(word[:1].isupper() or word.lower() in tongue.glue or tongue.is_office_word(word) for word in words)
    person = any(map(tongue.is_role, words)) and not tongue.organisation_word.search(first)
    if not words or len(words) > 7 or not capital or person:
        return ""
    while len(words) > 1 and words[0].lower() in tongue.glue:
        words = words[1:]
    bare = first[first.rfind(" ".join(words)) :]
    times = len(re.findall(rf"(?i)(?<!\w){re.escape(bare)}", whole))
    again = len(words) > 1 and times > 1
    if len(words) == 1 and bare.isalpha() and times <= _OFTEN and not tongue.organisation_word.search(bare):
        return ""  # a rubric: "Presse-Infos | Kultur"
    if (
        len(bare) < 4
        or SHORT_NAME.fullmatch(bare)
        or not (
            again
            or (row.label and not row.text.endswith(":") and (not row.number or tongue.organisation_word.search(bare)))
        )
    ):
        return ""
    return segments[0][segments[0].find(bare) :]


def _without_people(text: str, tongue: Tongue) -> str:
    """As in "Department X and The Rt Hon Y MP": the office alone."""
    return re.split(rf"(?:,|\s(?:and|und|et|en|y))\s+(?=(?:The\s)?(?:{tongue.honorifics.pattern}))", text)[0]


def cleaned(name: str, tongue: Tongue, whole: str) -> str:
    """A name without article; one in capitals as the text prints it, or with capitals at the beginning of its words."""
    name = " ".join(name.split()).strip(" ,;:–-|")
    name = (
        re.sub(r"^(?:Die|Der|Das|The|La|Le|Het|De|El)\s+(?=\S+\s)", "", name) if tongue.name in ("de", "en") else name
    )
    if name.isupper() and len(name) > 6 and " " in name:
        printed = re.search(re.escape(name), re.sub(re.escape(name), "", whole), re.IGNORECASE)
        small = tongue.glue
        titled = " ".join(
            word.lower() if word.lower() in small and index else "-".join(p.capitalize() for p in word.split("-"))
            for index, word in enumerate(name.split())
        )
        return printed.group() if printed else titled
    return name


def spelled_out(short: str, organisations: Sequence[OrganisationFound]) -> OrganisationFound | None:
    """The organisation that a short name stands for."""
    key = re.sub(r"\W", "", short).casefold()
    for each in organisations:
        if each.short.casefold() == short.casefold():
            return each
    for each in organisations:
        if _abbreviates(key, each.name):
            return each
    return None


def _abbreviates(key: str, name: str) -> bool:
    """Whether a short name can stand for a name: its initials, or letters of its words in their order."""
    if acronym(name).casefold() == key:
        return True
    words = [
        word.casefold()
        for word in re.split(r"[\s-]+", name)
        if word not in ("und", "and", "et", "der", "des", "of", "the", "für", "e.V.")
    ]
    regions = {"nordrhein-westfalen": "nrw", "baden-württemberg": "bw", "niedersachsen": "nds"}
    words = [
        regions.get(word, word)
        for word in re.split(r"\s+", name.casefold())
        if word not in ("und", "and", "et", "der", "des", "of", "the", "für", "e.v.")
    ]
    return _consume(key, [part.rstrip("-") for part in words], 0)


def _consume(key: str, words: list[str], index: int) -> bool:
    if not key:
        return index == len(words)
    if index == len(words):
        return False
    word = words[index]
    size = 0
    while size < min(len(key), len(word)) and key[size] == word[size]:
        size += 1
    options = [length for length in range(size, 0, -1) if _consume(key[length:], words, index + 1)]
    if options:
        return True
    # "Gemeindebund" is GB: the second part of a compound may give a letter of its own.
    return size >= 1 and len(key) > 1 and key[1] in word[3:] and _consume(key[2:], words, index + 1)


def without_press_office(office: str, tongue: Tongue) -> str:
    """As in "Gabinete de Comunicación de la Consejería": the office whose press office it is."""
    if not tongue.press_office.search(office):
        return office
    for found in tongue.organisation_word.finditer(office):
        rest = office[found.start() :]
        if not tongue.press_office.search(rest) and not tongue.unit.match(rest):
            return rest
    return ""


def owns(label: str, name: str) -> bool:
    """Whether a domain is named after an organisation: by its initials, or by a word of its name."""
    initials = acronym(name).casefold()
    return (len(initials) > 2 and label.startswith(initials[:3])) or bool(_shared(label, name))


def likeness(label: str, name: str) -> float:
    """How much of a name is in a domain; 2 where the domain is the name."""
    words = slug(name).split("-")
    return 2.0 if "".join(words) == label else len(_shared(label, name)) / len(words)


def _shared(label: str, name: str) -> list[str]:
    words = slug(name).split("-")
    return [word for word in words if len(word) > 3 and (word == label or (len(word) > 4 and word in label))]
