"""Names as keys: what of a name counts when it is looked up (profile, section 4.3)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["name_key"]

# Titles before a person's name, in lower case. The second set counts only with its dot: Phil and Mag are given names.
_TITLES = frozenset({"dr", "prof", "professor", "professorin", "pd", "dres", "dipl-ing", "herr", "herrn", "frau"})
_DOTTED = frozenset(
    (
        *("dr", "prof", "pd", "priv", "doz", "mag", "dres", "univ", "em", "apl", "hc", "eh", "mult", "habil"),
        *("dipl", "ing", "inf", "kfm", "kff", "volksw", "betriebsw", "psych", "päd", "soz", "verw"),
        *("med", "dent", "vet", "phil", "jur", "iur", "rer", "nat", "pol", "oec", "publ", "theol", "agr"),
    )
)
_HONORARY = re.compile(r"(?<=\bdr\.) ?(?:h\. ?c\.|e\. ?h\.)(?= )")
_AFTER = re.compile(r",\s*(?:mdl|mdb|mdep|m\.?\s?a\.?|m\.?\s?sc\.?|b\.?\s?a\.?|b\.?\s?sc\.?|ll\.?\s?m\.?|mba|mpa)\b.*$")
_PARTS = re.compile(r"[.\-/]+")


@lru_cache(maxsize=8192)
def name_key(kind: str, name: str) -> str:
    """NFC, spaces collapsed, case folded; a person's titles left out.

    >>> name_key("person", "Prof. Dr. Bernd  Jürgen Schneider, MdL")
    'bernd jürgen schneider'
    """
    # Folding can undo NFC, so it is done again.
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    key = " ".join(folded.replace("\u00ad", "").split())
    if kind != "person":
        return key
    words = _HONORARY.sub(" hc.", _AFTER.sub("", key)).split()
    while len(words) > 1 and _is_title(words[0]):
        words.pop(0)
    return " ".join(words)


def _is_title(word: str) -> bool:
    if word in _TITLES:
        return True
    parts = [part for part in _PARTS.split(word) if part]
    return word.endswith(".") and bool(parts) and all(part in _DOTTED for part in parts)
