"""Contact blocks as contacts: name, office, telephone, mail address, page."""

from __future__ import annotations

import re
from typing import Any

from lod.ingest.blocks import Block
from lod.ingest.people import find_names
from lod.ingest.rules import UPPER, Tongue

__all__ = ["read_contacts"]

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"https?://[^\s<>)\]]+|(?<![\w@.])www\.[\w.-]+\.\w{2,}(?:/[^\s<>)\]]*)?")
_PHONE = re.compile(r"(?:\+\d{1,3}[\s./-]?|\(\d{2,6}\)\s?|\b0\d|\b\d{3}[.-]\d{3}[.-]|\b\d{4,5}\s?/)[\d\s()/.–-]{4,}\d")
_FAX = re.compile(r"(?:Tele)?fax\W{0,4}[\d\s()+/.–-]+", re.IGNORECASE)
_LABEL = re.compile(r"^[\W_]*([^:]{3,60}):\s*")


def read_contacts(blocks: list[tuple[int, Block]], tongue: Tongue) -> list[tuple[dict[str, Any], int, int]]:
    """The contacts in contact blocks that follow each other, each with its span in the source."""
    found: list[tuple[dict[str, Any], int, int]] = []
    current: dict[str, Any] = {}
    start = end = 0
    for index, block in blocks:
        for row in block.rows:
            piece = _row(row.text, index, tongue)
            if not piece:
                continue
            begin, stop = row.span(0, len(row.text))
            if current and _another(current, piece):
                found.append((current, start, end))
                current = {}
            if not current:
                start = begin
            for key, value in piece.items():
                current.setdefault(key, value)
            end = stop
    if current:
        found.append((current, start, end))
    return [
        (contact, begin, stop)
        for contact, begin, stop in found
        if set(contact) & {"name", "phone", "mail", "url", "organisation"}
    ]


def _another(current: dict[str, Any], piece: dict[str, Any]) -> bool:
    if "name" in piece and "name" in current and piece["name"] != current["name"]:
        return True
    clash = "mail" in piece and "mail" in current and piece["mail"] != current["mail"]
    return clash or "name" in piece and ("mail" in current or "phone" in current) and "name" not in current


def _row(text: str, index: int, tongue: Tongue) -> dict[str, Any]:
    piece: dict[str, Any] = {}
    mail, url = _MAIL.search(text), _URL.search(_MAIL.sub(" ", text))
    phone = _PHONE.search(_FAX.sub(" ", _URL.sub(" ", text)))
    if mail:
        piece["mail"] = mail.group().rstrip(".")
    if url:
        address = url.group().rstrip(".,;")
        piece["url"] = address if address.startswith("http") else f"https://{address}"
    if phone:
        piece["phone"] = " ".join(phone.group().split())
    people = find_names(text, index, None, tongue)
    name = people[0].name if people else _bare_name(text, tongue)
    if name:
        piece["name"] = name
    office = _office(text, tongue)
    if office:
        piece["organisation"] = office
    if name:
        role = _role(text, name, tongue)
        if role:
            piece["role"] = role
    return piece


def _bare_name(text: str, tongue: Tongue) -> str:
    """Two or three capitalised words alone in a line, or between its label and the telephone."""
    rest = _LABEL.sub("", text, count=1) if ":" in text[:62] else text
    words = re.split(r"[,|(]|\s[–-]\s|\s(?=\+?\d)|\s(?=Tel|Phone|E-?Mail)", rest.strip(), maxsplit=1)[0].strip(" .,")
    if not re.fullmatch(
        rf"[{UPPER}][\w'’-]+(?:\s[{UPPER}]\.)?(?:\s(?:van|von|de|der|den|di|du|la|le|ten|ter))*(?:\s[{UPPER}][\w'’-]+){{1,2}}",
        words,
    ):
        return ""
    parts = words.split()
    if any(
        part in tongue.never
        or tongue.roles.fullmatch(part)
        or tongue.organisation_word.fullmatch(part)
        or part.isupper()
        and len(part) > 3
        for part in parts
    ):  # noqa: PLR2004
        return ""
    if any(tongue.section_heads[kind].fullmatch(part) for kind in ("contact", "notes", "footer") for part in parts):
        return ""
    return "" if tongue.labels.search(words) or not tongue.given.get(parts[0]) and len(parts) > 2 else words  # noqa: PLR2004


def _office(text: str, tongue: Tongue) -> str:
    for segment in re.split(r"\s*[,|·;]\s*|\s[–-]\s|:\s", text):
        bare = segment.strip(" .,*")
        if (
            3 < len(bare) < 90
            and (tongue.organisation_word.search(bare) or tongue.forms.search(bare))
            and bare[:1].isupper()
            and not re.search(r"[@\d]|\w\.\w", bare)
        ):  # noqa: PLR2004
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
    from lod.ingest.functions import function_after, function_before

    place = text.find(name)
    if place < 0:
        return ""
    before = function_before(text[:place], tongue)[0]
    after = function_after(text[place + len(name) :], tongue)[0].strip("()")
    if before or after:
        return before or after
    label = _LABEL.match(text)
    return label[1].strip(" *") if label and label.end() <= place else ""
