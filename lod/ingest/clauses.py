"""Functions that no noun of the tables tells: in clauses of their own, and by any noun before a sure name."""

from __future__ import annotations

import re

from lod.ingest.patterns import UPPER
from lod.ingest.tongue import Tongue

__all__ = [
    "function_in_clause",
    "function_in_relative",
    "function_of_pronoun",
    "head_nouns",
    "is_owner",
    "noun_before",
    "widened",
]

_REACH = 260
_LONGEST = 130
_MOST_WORDS = 12
_EARLY = 4
_FEW = 4
_GENITIVE = {"den": "des", "das": "des", "die": "der", "dem": "des"}


def function_in_clause(after: str, tongue: Tongue) -> str:
    """What somebody is by the words behind the name: " ist seit 2019 Präsidentin des Verbandes"."""
    found = re.match(rf"\s+(?:{tongue.copula.pattern})\s+", after)
    return _predicate(after[found.end() :], tongue) if found else ""


def function_of_pronoun(after: str, gender: str, tongue: Tongue) -> str:
    """The same in the next sentence, where a pronoun stands for the name: "… sagt X. Sie ist Direktorin der Klinik"."""
    kinds = [kind for kind in ("m", "f") if gender in (kind, "u")]
    pronouns = "|".join(tongue.pronouns[kind].pattern for kind in kinds)
    found = re.search(
        rf"[.!?][\"“”»«’']?\s+(?:{pronouns})\s+(?:{tongue.copula.pattern})\s+", after[:_REACH], re.IGNORECASE
    )
    return _predicate(after[found.end() :], tongue) if found else ""


def _predicate(text: str, tongue: Tongue) -> str:
    """The noun of a function with what belongs to it, up to the end of the clause."""
    clause = re.split(r"[,.;:!?()\n„“”«»\"]", text[:_REACH], maxsplit=1)[0]
    words = clause.split()
    if words and tongue.article.fullmatch(words[0]):
        words = words[1:]
    stop = next(
        (
            index
            for index, word in enumerate(words)
            if index and tongue.both.fullmatch(f" {word} ") and _goes_on(words, index)
        ),
        len(words),
    )
    words = words[:stop]
    role = next((index for index, word in enumerate(words[:_EARLY]) if tongue.is_role(word)), None)
    if role is None or len(words) > _MOST_WORDS or any(tongue.is_verb(word) for word in words if word.islower()):
        return ""
    if any(not tongue.modifiers.fullmatch(word) and not tongue.is_role(word) for word in words[:role]):
        return ""
    return " ".join(words)


def _goes_on(words: list[str], index: int) -> bool:
    """Whether behind an "und" another clause begins: a small word that is no article."""
    return index + 1 < len(words) and words[index + 1].islower()


def function_in_relative(after: str, tongue: Tongue) -> str:
    """The function that a relative clause tells by its verb: ", die den Kundenservice leitet" is "Leiterin des …"."""
    verbs = tongue.tables.people.leads
    if not verbs:
        return ""
    both = "|".join(tongue.tables.speech.both) or "(?!)"
    found = re.match(
        rf",\s+(?P<who>\w+)\s+(?:(?P<late>(?P<object>[^,.;:]{{3,60}}?)\s+(?P<verb>{'|'.join(verbs)}))|(?P<first>{'|'.join(verbs)})\s+(?P<what>[^,.;:]{{3,60}}?))(?=[,.]|\s(?:{both})\s)",
        after,
    )
    if found is None or not tongue.relative.fullmatch(found["who"]):
        return ""
    noun = verbs[found["verb"] or found["first"]][found["who"] == "die"]
    words = (found["object"] or found["what"]).split()
    if tongue.name == "de":
        words[0] = _GENITIVE.get(words[0], words[0])
    return f"{noun} {' '.join(words)}"


def is_owner(word: str, before: str, tongue: Tongue) -> bool:
    """Whether a word is a name in the genitive whose function follows: "Karsthals Bürgermeisterin"."""
    if not tongue.tables.text.noun_capitals or not re.fullmatch(rf"[{UPPER}][\w-]{{3,}}[^s\W]s", word):
        return False
    if tongue.article.fullmatch(before) or tongue.possessive.fullmatch(before) or tongue.preposition.fullmatch(before):
        return False
    name = word[:-1]
    known = word in tongue.never or name in tongue.never or word in tongue.given
    return not (known or tongue.is_role(name) or tongue.is_role(word) or tongue.organisation_word.search(name))


def widened(words: list[str], head: int, tongue: Tongue) -> int:
    """Where a function begins with the small nouns before it, up to an owner: "Ardent's finance chief"."""
    if tongue.name != "en":
        return head
    for start in range(head - 1, max(-1, head - _FEW), -1):
        word = words[start]
        if tongue.article.fullmatch(word) or tongue.possessive.fullmatch(word) or word.endswith(("'s", "’s")):
            return start + 1
        if not word.islower() or not word.isalpha() or tongue.is_verb(word) or tongue.genitive.fullmatch(word):
            return head
    return head


def noun_before(before: str, tongue: Tongue) -> tuple[str, int]:
    """Any noun with an article directly before a name that is surely one: "des Osterhagener Fabrikanten"."""
    if not tongue.tables.text.noun_capitals:
        return "", 0
    found = re.search(
        rf"(?<!\w)(?:{tongue.article.pattern}|{tongue.possessive.pattern})\s+(?:[{UPPER}][\w-]+er\s+|[a-zäöü]\w+\s+)?"
        rf"(?P<noun>[{UPPER}][a-zäöüß-]\w{{2,}})\s+$",
        before[-_LONGEST:],
    )
    if found is None:
        return "", 0
    noun = found["noun"]
    if noun in tongue.never or noun in tongue.given or tongue.organisation_word.search(noun):
        return "", 0
    if noun.endswith("s") and re.match(r"des\b", found.group()):
        return noun[:-1], len(before) - len(before[-_LONGEST:]) + found.start("noun")
    return noun, len(before) - len(before[-_LONGEST:]) + found.start("noun")


def head_nouns(function: str, tongue: Tongue) -> list[str]:
    """The nouns of a function by which the text may call its bearer later."""
    words = [word.strip(".,") for word in re.split(r"[\s,()]+", function) if word]
    return [
        word
        for index, word in enumerate(words)
        if tongue.roles.fullmatch(word) and not (index and tongue.genitive.fullmatch(words[index - 1]))
    ]
