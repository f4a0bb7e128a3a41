"""When two names, two functions, two honorifics mean the same, although their letters differ."""

from __future__ import annotations

import re

__all__ = ["is_asked", "same_body", "same_function", "same_honorific"]

# Functions by which truth files call the person whom journalists may ask, besides real ones such as Pressesprecher.
_ASKED = frozenset(
    re.findall(
        r"\w+",
        "ansprechpartner ansprechpartnerin contact direction gabinete kontakt leitung presse pressekontakt "
        "pressestelle redaktion unternehmenskommunikation verantwortlich",
    )
)
_LITTLE = frozenset(
    re.findall(
        r"\w+",
        "a an and au aux d das de del dem den der des die du e el en et for für i im in l la las le les los of the "
        "und van von y zum zur us ev gmbh aör ag ltd inc",
    )
)
_ENDINGS = ("es", "en", "em", "er", "e", "s", "n", "r")
_HEAD_ENDS = re.compile(r",| / | · | \| | – | \(")
_MAIN_ENDS = re.compile(r",|(?<!-) (?:und|and) | \(")
_HONORIFIC = {"professor": "prof", "professorin": "prof", "doktor": "dr"}


def _stems(text: str) -> frozenset[str]:
    """Words that matter, without the endings that German cases give them."""
    words = re.findall(r"[\w.]+", text.casefold().replace("u.s.", "us").replace("e. v", "ev").replace("e.v", "ev"))
    return frozenset(_stem(word.strip(".")) for word in words if word.strip(".") not in _LITTLE and word.strip("."))


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def same_body(one: str, other: str) -> bool:
    """Two names of an organisation mean the same.

    The words agree, as a whole or before the first comma, bar or dash (the unit after it may be missing); case, German
    endings, articles and legal forms do not matter. Or the words of one are at least two, more than half of the words
    of the other, and among them: "Department of the Army" and "U.S. Department of the Army".
    """
    pairs = [(_stems(one), _stems(other)), (_stems(_head(one)), _stems(_head(other)))]
    if any(mine and mine == yours for mine, yours in pairs):
        return True
    return any(
        len(small) > 1 and small < large and len(small) > len(large) / 2
        for mine, yours in pairs
        for small, large in ((mine, yours), (yours, mine))
    )


def _head(name: str) -> str:
    return _HEAD_ENDS.split(name, maxsplit=1)[0]


def same_function(role: str, found: str) -> bool:
    """A function that was found says what the truth says.

    At least 80 % of its words are words of the truth; and it has at least 60 % of the words of the truth, or all words
    of its main part (before a comma, a bracket or an "and"). Case, German endings, articles and prepositions do not
    matter; the organisation counts as part of the function.
    """
    expected, got = _stems(role), _stems(found)
    if not expected or not got:
        return False
    shared = len(expected & got)
    main = _stems(_MAIN_ENDS.split(role, maxsplit=1)[0])
    return shared / len(got) >= 0.8 and (shared / len(expected) >= 0.6 or (bool(main) and main <= got))


def same_honorific(one: str, other: str) -> bool:
    """Two honorifics have the same parts: "Professor Dr." and "Prof. Dr."."""
    return _honorific(one) == _honorific(other)


def is_asked(role: str) -> bool:
    """A role begins with one of the words by which truth files call a contact."""
    return next(iter(re.findall(r"\w+", role.casefold())), "") in _ASKED


def _honorific(text: str) -> list[str]:
    words = re.findall(r"\w+", text.casefold())
    return sorted(_HONORIFIC.get(word, word) for word in words if word != "the")
