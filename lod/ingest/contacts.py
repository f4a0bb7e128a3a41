"""Contact blocks as contacts: name, office, telephone, mail address, page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from lod.ingest.blocks import Block
from lod.ingest.finder import Mention, find_names
from lod.ingest.functions import function_after, function_before
from lod.ingest.inline import Plain
from lod.ingest.patterns import UPPER
from lod.ingest.tongue import Tongue

__all__ = ["ContactFound", "read_contacts"]

ContactFound = tuple[dict[str, Any], int, int]
"""A contact, and its span in the source."""

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"https?://[^\s<>)\]]+|(?<![\w@.])www\.[\w.-]+\.\w{2,}(?:/[^\s<>)\]]*)?")
_PHONE = re.compile(r"(?<![\w@.])(?:\+|\(\+?)?\d[\d\s()/.–\u2011-]{5,}\d(?!\w)")
# Behind a bar, a wide gap, or a dash where the next number begins with its prefix.
_TWO_PHONES = re.compile(r"\s/\s(?=\+?\d{3})|\s{2,}|(?<=\d{3})\s[–-]\s(?=\+\d|\(?0\d{2,5}[\s)/.-]+\d)")
_PHONE_CUE = re.compile(
    r"\b(?:T|Tel|Telefon|Telephone|Phone|Fon|Mobil|Mobile|Tél|Tfno?|Teléfono|Telefoon|Gsm|Durchwahl)\b\.?:?\s*(?=[+(\d])",
    re.IGNORECASE,
)
_FAX = re.compile(r"(?:Tele)?fax\W{0,4}[\d\s()+/.–-]+", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{4}-\d\d-\d\d|\b(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d\b")
_LABEL = re.compile(r"^[\W_]*([^:]{3,70}):\s*")
_LEAST_DIGITS = 7
_MOST = 5
_READY = frozenset(("name", "phone", "mail"))


def read_contacts(blocks: Sequence[tuple[int, Block]], tongue: Tongue) -> list[ContactFound]:
    """The contacts in contact blocks that follow each other."""
    found: list[ContactFound] = []
    current: dict[str, Any] = {}
    start = end = last = 0
    reachable = {index for index, block in blocks if _MAIL.search(block.text) or _phone(block.text)}
    above = ""
    for index, row in _lines(blocks):
        # The name of an office in a block with an address of its own begins another contact.
        fresh = index != last and index in reachable and len(_READY & current.keys()) > 1
        last = index
        for piece, begin, stop in _pieces(row, index, tongue):
            if current and (_another(current, piece) or (fresh and "organisation" in piece)):
                found.append((current, start, end))
                current = {}
            if not current:
                start = begin
            if not piece and "name" in current and "role" not in current and _is_role_line(row.text, tongue):
                current["role"] = row.text.strip(" ,")
            for key, value in piece.items():
                current.setdefault(key, value)
            if above and "name" in piece:
                current.setdefault("organisation", above)
            above = row.text.strip() if not (piece or current) and _is_office_line(row.text, tongue) else ""
            end = stop
    found.append((current, start, end))
    named = {contact.get("name") for contact, _, _ in found}
    wanted = {"name", "phone", "mail"} if named - {None} else {"name", "phone", "mail", "url", "organisation"}
    return [each for each in map(_finished, found) if set(each[0]) & wanted]


def _is_office_line(text: str, tongue: Tongue) -> bool:
    """Whether a line above a name is that of an office nobody knows: a few capitalised words, and no label."""
    words = text.split()
    capital = all(word[:1].isupper() and word[-1:].isalnum() for word in words)
    said = tongue.section_heads["contact"].match(text) or tongue.labels.search(text)
    capital = capital and words[0] not in tongue.never
    return capital and 1 < len(words) < _MOST and not (said or any(map(str.isdigit, text)))


def _is_role_line(text: str, tongue: Tongue) -> bool:
    """Whether a line says nothing but what somebody is."""
    words = text.strip(" ,").split()
    return (
        0 < len(words) <= 8
        and any(tongue.is_role(word.strip(",")) for word in words)
        and not any(map(str.isdigit, text))
    )


def _finished(found: ContactFound) -> ContactFound:
    contact, start, end = found
    return {key: value for key, value in contact.items() if not key.startswith("_")}, start, end


def _lines(blocks: Sequence[tuple[int, Block]]) -> Iterator[tuple[int, Plain]]:
    for index, block in blocks:
        for row in block.rows:
            yield index, row


def _another(current: dict[str, Any], piece: dict[str, Any]) -> bool:
    """Whether a line begins the next contact."""
    name, reachable = "name" in current, "mail" in current or "phone" in current
    if "name" in piece and name:
        return bool(piece["name"] != current["name"])
    if "mail" in piece and current.get("mail", piece["mail"]) != piece["mail"]:
        return True
    if "phone" in piece and "phone" in current and (piece.get("_label") or "organisation" in piece):
        return True
    if (
        "organisation" in piece
        and reachable
        and "organisation" in current
        and piece["organisation"] != current["organisation"]
    ):
        return True
    return "name" in piece and reachable


def _pieces(row: Plain, index: int, tongue: Tongue) -> Iterator[ContactFound]:
    """The contacts of one line: one for each name in it."""
    text = row.text
    people = find_names(text, index, None, tongue)
    starts = [_piece_start(text, mention, people, number, tongue) for number, mention in enumerate(people)]
    if len(people) < 2:
        yield _piece(row, 0, len(text), people, tongue)
        return
    starts[0] = 0
    for number, mention in enumerate(people):
        stop = starts[number + 1] if number + 1 < len(starts) else len(text)
        yield _piece(row, starts[number], stop, [mention], tongue)


def _piece_start(text: str, mention: Mention, people: list[Mention], number: int, tongue: Tongue) -> int:
    """Where the words about a person begin: behind the last separator before the name."""
    before = people[number - 1].end if number else 0
    if any(found.end() == mention.start for found in tongue.both.finditer(text, before, mention.start)):
        return mention.start
    cut = max(text.rfind(mark, before, mention.start) for mark in (";", "·", "|", ","))
    return cut + 1 if cut >= 0 else mention.start


def _piece(row: Plain, start: int, stop: int, people: list[Mention], tongue: Tongue) -> ContactFound:
    text = row.text[start:stop]
    piece: dict[str, Any] = {}
    linked = next(
        (
            mark.href[7:].split("?")[0]
            for mark in row.marks
            if mark.href.startswith("mailto:") and start <= mark.start < stop
        ),
        "",
    )
    mail, url = _MAIL.search(text), _URL.search(_MAIL.sub(" ", text))
    if mail or linked:
        piece["mail"] = mail.group().rstrip(".") if mail else linked
    if url:
        address = url.group().rstrip(".,;")
        piece["url"] = address if address.startswith("http") else f"https://{address}"
    phone = _phone(text)
    if phone:
        piece["phone"] = phone
    name = people[0].name if people else _bare_name(text, tongue)
    if name:
        piece["name"] = name
        role = _role(text, name, tongue)
        if role:
            piece["role"] = role
    office = _office(text, name, tongue)
    if office:
        piece["organisation"] = office
        if piece.get("role", "").endswith(f", {office}"):
            piece["role"] = piece["role"].removesuffix(f", {office}")
        if piece.get("role") == office and not any(map(tongue.is_role, office.split())):
            del piece["role"]
    if _LABEL.match(text):
        piece["_label"] = True
    begin, end = row.span(start, stop)
    return (piece, begin, end) if set(piece) - {"_label"} else ({}, begin, end)


def _phone(text: str) -> str:
    bare = _DATE.sub(" ", _FAX.sub(" ", _URL.sub(" ", _MAIL.sub(" ", text))))
    cue = _PHONE_CUE.search(bare)
    for found in _PHONE.finditer(bare, cue.end() if cue else 0):
        printed = _TWO_PHONES.split(found.group())[0]
        digits = re.sub(r"\D", "", printed)
        if len(digits) >= _LEAST_DIGITS or (cue and len(digits) >= 3):
            return " ".join(printed.split())
    return ""


def _bare_name(text: str, tongue: Tongue) -> str:
    """Two or three capitalised words alone in a line, or between its label and the telephone."""
    rest = _LABEL.sub("", text, count=1) if ":" in text[:62] else text
    for segment in re.split(r"[,|(/·]|\s[–—-]\s|\s(?=\+?\d)|\s(?=Tel|Phone|E-?Mail)", rest):
        words = segment.strip(" .,*")
        if _is_bare_name(words, tongue):
            return words
    return ""


def _is_bare_name(words: str, tongue: Tongue) -> bool:
    small = "van|von|de|der|den|di|du|la|le|ten|ter"
    if not re.fullmatch(rf"[{UPPER}][\w'’-]+(?:\s[{UPPER}]\.)?(?:\s(?:{small}))*(?:\s[{UPPER}][\w'’-]+){{1,2}}", words):
        return False
    parts = words.split()
    surnames = not tongue.tables.text.noun_capitals  # "Ria de Boer": a family name that names a trade
    if (
        any(
            _is_other(part, tongue) and not (surnames and place and tongue.is_role(part))
            for place, part in enumerate(parts)
        )
        or tongue.labels.search(words)
        or tongue.press_office.search(words)
        or tongue.forms.search(words)
    ):
        return False
    return bool(tongue.given.get(parts[0])) or len(parts) == 2


def _is_other(part: str, tongue: Tongue) -> bool:
    if (
        part in tongue.never
        or tongue.is_role(part)
        or tongue.is_office_word(part)
        or (part.isupper() and len(part) > 3)
    ):
        return True
    return any(tongue.section_heads[kind].fullmatch(part) for kind in ("contact", "notes", "footer")) or bool(
        tongue.regions.fullmatch(part)
    )


def _office(text: str, name: str, tongue: Tongue) -> str:
    for segment in re.split(r"\s*[,|·;/]\s*|\s[–—-]\s|:\s", text):
        bare = segment.strip(" .,*")
        if (
            3 < len(bare) < 90
            and bare[:1].isupper()
            and not re.search(r"[@\d]|\w\.\w", bare)
            and (not name or name not in bare)
        ):
            if not (tongue.organisation_word.search(bare) or tongue.forms.search(bare)):
                continue
            small = [
                word
                for word in bare.split()
                if word[:1].islower()
                and word not in tongue.glue
                and word not in ("e.V.", "und", "and", "et", "en", "y")
            ]
            if not small:
                return bare
    return ""


def _role(text: str, name: str, tongue: Tongue) -> str:
    """What a contact is: a function beside the name, or the label before it where that is no mere "Contact"."""
    place = text.find(name)
    lead = text[:place]
    titles = list(tongue.honorifics.finditer(lead))
    while titles and not lead[titles[-1].end() :].strip():
        lead = lead[: titles.pop().start()]
    before = function_before(lead, tongue)[0]
    after = function_after(text[place + len(name) :], tongue)[0].strip("()")
    if before or after:
        return before or after
    label = _LABEL.match(text)
    if label and label.end() <= place:
        said = label[1].strip(" *")
        if any(tongue.is_role(word) for word in said.split()) or not tongue.section_heads["contact"].match(said):
            return said
    return _department(text[place + len(name) :], tongue)


def _department(after: str, tongue: Tongue) -> str:
    """Words between the name and the telephone: "Sachgebiet Tierische Erzeugung"."""
    inside = re.match(rf"\s(?:in|im|der|at)\s(?:the\s|der\s)?((?:[{UPPER}][\w-]+\s?){{1,4}})", after)
    if inside and tongue.press_office.search(inside[1]):
        return inside[1].strip()
    found = re.match(rf"\s*[,–—-]\s*([{UPPER}][^,;|·\d@:]{{3,60}}?)\s*(?:,|$|–|\()", after)
    return found[1].strip() if found and not re.match(r"Tel|Fon|Mail|E-Mail|Phone|Mobil", found[1]) else ""
