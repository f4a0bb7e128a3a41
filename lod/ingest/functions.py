"""Functions: the words beside a name that say what somebody is ("Leiter des Sportamtes", "Founder and CEO")."""

from __future__ import annotations

import re
from functools import lru_cache

from lod.ingest.clauses import is_owner, widened
from lod.ingest.patterns import UPPER
from lod.ingest.tongue import Tongue

__all__ = ["function_after", "function_before", "names_somebody"]

_REACH = 220
_LONGEST = 130
_STOP = re.compile(
    r"[;:!?„“”«»\"()\n]|(?<![\s.]\w)\.(?=\s+['‘’]?["
    + UPPER
    + r"])(?<!Dr\.)(?<!Prof\.)(?<!ehem\.)(?<!stellv\.)(?<!St\.)(?<!U\.S\.)|(?<=\s)[–—]\s"
)
_WORD = re.compile(r"[dlDL]['’](?=\w)|[^\s,()]+")
_ACRONYM = re.compile(rf"(?<!\w)(?:[{UPPER}]{{2,}}\d*[A-Za-z]?|[{UPPER}][a-z]?[{UPPER}]+\w*)(?!\w)")
_DISTRICT = re.compile(r"[A-Z]{1,3}-\d{1,2}|[RD]-[A-Z][\w.-]+")


def function_before(before: str, tongue: Tongue) -> tuple[str, int]:
    """The function that stands before a name, and where it begins; ("", 0) where none does."""
    offset = max(0, len(before) - _REACH)
    window = before[offset:]
    stops = [found.end() for found in _STOP.finditer(window)]
    if stops:
        offset += stops[-1]
        window = window[stops[-1] :]
    bare = tongue.article_behind_comma.sub(",", window.rstrip())
    if not bare:
        return "", 0
    if bare.endswith(","):
        found = _segment(tongue.suffix_at_end.sub("", bare[:-1]), tongue)
        return (bare[found : len(bare) - 1].strip(), offset + found) if found is not None else ("", 0)
    found = _segment(tongue.suffix_at_end.sub("", bare), tongue)
    if found is None:
        return "", 0
    near = bare[found:].strip()
    # "der Präsident des KVW, Bürgermeister Jobst Ahlenkamp"
    earlier = bare[:found].rstrip()
    if earlier.endswith(",") and "," not in near:
        first = _segment(earlier[:-1], tongue)
        if first is not None and not names_somebody(earlier[first:-1], tongue):
            return f"{earlier[first:-1].strip()}, {near}", offset + first
    return near, offset + found


def _segment(text: str, tongue: Tongue) -> int | None:
    """Where the function begins that a text ends with; None where it ends with something else."""
    begin = text.rfind(",") + 1
    words = list(_WORD.finditer(text, begin))
    head = None
    for index in range(len(words) - 1, -1, -1):
        word = words[index].group().rstrip(".")
        if tongue.is_role(word) or (
            index == len(words) - 1
            and not text[words[index].end() :].strip()
            and _is_agent(word, tongue)
            and not (index and _is_other_noun(words[index - 1].group(), tongue))
        ):
            if _complement(text[words[index].end() :], tongue):
                head = index
                break
            return None
        if len(words) - index > 15 or (word[:1].islower() and tongue.is_verb(word)):
            return None
    if head is None:
        return None
    while head and _belongs(words[head - 1].group(), words[head].group(), tongue):
        head -= 1
    # "Founder and CEO"
    if head >= 2 and tongue.both.fullmatch(f" {words[head - 1].group()} ") and tongue.is_role(words[head - 2].group()):
        head -= 2
        while head and _belongs(words[head - 1].group(), words[head].group(), tongue):
            head -= 1
    head = widened([word.group() for word in words], head, tongue)
    if head and is_owner(words[head - 1].group(), words[head - 2].group() if head > 1 else "", tongue):
        head -= 1
    start = words[head].start()
    return start if not _only_article(words[head].group(), tongue) else words[head].end()


def _is_agent(word: str, tongue: Tongue) -> bool:
    """As in "Matrosin", "strandwachter": no function of the table, but by its ending somebody who does something."""
    if word in tongue.given or word in tongue.never or tongue.is_verb(word) or tongue.is_office_word(word):
        return False
    return bool(tongue.agents.fullmatch(word)) and word[:1].isupper() == tongue.tables.text.noun_capitals


def _is_other_noun(word: str, tongue: Tongue) -> bool:
    """Whether the word before shows that one is no function: "Jana Wichmann", "Fachzeitschrift Current"."""
    if word in tongue.given:
        return True
    capital = tongue.tables.text.noun_capitals and word[:1].isupper() and not word.endswith("er")
    return capital and not tongue.modifiers.fullmatch(word) and not tongue.is_role(word)


def _only_article(word: str, tongue: Tongue) -> bool:
    return tongue.article.fullmatch(word) is not None


def _belongs(word: str, following: str, tongue: Tongue) -> bool:
    if _only_article(word, tongue):
        return False
    if tongue.modifiers.fullmatch(word.rstrip(".")):
        return True
    if tongue.tables.text.noun_capitals:
        return bool(re.fullmatch(rf"[{UPPER}]{{2,}}[\w-]*", word)) and following[:1].isupper()
    return bool(tongue.roles.fullmatch(word)) or (
        bool(re.fullmatch(rf"[{UPPER}][\w.&'’-]*", word)) and word not in tongue.never and tongue.name == "en"
    )


def _complement(rest: str, tongue: Tongue) -> bool:
    """Whether what follows a function up to the name can belong to it: nothing, or "des Sportamtes"."""
    words = rest.split()
    if not words:
        return True
    if len(words) > 14 or names_somebody(rest, tongue):
        return False
    if (
        not tongue.tables.text.noun_capitals
        and len(words) <= 2
        and all(word.islower() and word.isalpha() and not tongue.is_verb(word) for word in words)
        and not any(_is_complement(word, tongue) for word in words)
    ):
        return True
    if not _is_complement(words[0], tongue):
        # "Director Business Solutions", "Minister Bildung und Forschung"
        return False
    if any(tongue.is_verb(word) for word in words if word[:1].islower()):
        return False
    named = not tongue.tables.text.noun_capitals or bool(re.search(rf"[{UPPER}]", rest))
    return named and not _is_complement(words[-1], tongue, whole=True) and not _only_article(words[-1], tongue)


def _is_complement(word: str, tongue: Tongue, *, whole: bool = False) -> bool:
    """Whether a word begins a complement, "des" or "d'Argental"; `whole`: whether it is nothing else."""
    pattern = _complements(tongue.tables.people.complements)
    return (pattern.fullmatch(word) if whole else pattern.match(word)) is not None


@lru_cache(maxsize=16)
def _complements(patterns: tuple[str, ...]) -> re.Pattern[str]:
    parts = sorted(patterns, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(parts)})(?!\w)|(?:d|l|qu)['’]", re.IGNORECASE)


def names_somebody(text: str, tongue: Tongue) -> bool:
    """Whether a known given name with another name behind it is in a text."""
    return any(
        found[1] in tongue.given and found[2] not in tongue.never
        for found in re.finditer(rf"(?<!\w)([{UPPER}][\w-]+)\s+(?=([{UPPER}][\w-]+))", text)
    )


def function_after(after: str, tongue: Tongue, *, strict: bool = True) -> tuple[str, int]:
    """The function that stands behind a name, and how far it reaches.

    `strict`: an office after "of" has to sound like one; not needed where a function stands before the name.
    """
    skipped = tongue.aside_behind.match(after)
    if skipped:
        function, length = function_after(after[skipped.end() :], tongue, strict=strict)
        return function, length + skipped.end() if function else 0
    bracket = re.match(r"\s*\(([^()]{2,110})\)", after)
    if bracket:
        return _bracketed(bracket, after, tongue)
    comma = re.match(r"\s*,\s+|\s*\n\s*", after)
    if comma:
        return _apposed(after, comma.end(), tongue)
    return _affiliated(after, tongue, strict=strict)


def _bracketed(bracket: re.Match[str], after: str, tongue: Tongue) -> tuple[str, int]:
    inner = bracket[1].strip()
    if tongue.asides.fullmatch(inner) or not re.search(r"[^\W\d_]{2}", inner):
        return "", 0
    role = any(tongue.is_role(word.strip(".,")) for word in inner.split())
    if role:
        return inner, bracket.end()
    rest, length = ("", 0)
    comma = re.match(r"\s*,\s+", after[bracket.end() :])
    if comma:
        rest, length = _apposed(after[bracket.end() :], comma.end(), tongue)
    if _DISTRICT.fullmatch(inner) or inner in tongue.parties:
        return (f"{rest} ({inner})" if rest else f"({inner})"), bracket.end() + length
    if inner[:1].islower() and not _ACRONYM.search(inner) and len(inner.split()) == 1:
        # An office in small letters, "(betterplace lab)", has more than one word.
        return rest, bracket.end() + length if rest else 0
    return (f"{rest} ({inner})" if rest else f"({inner})"), bracket.end() + length


def _apposed(after: str, start: int, tongue: Tongue) -> tuple[str, int]:
    """As in ", Leiter von Eaton Solutions, welcher …": up to the next comma, or further where a list goes on."""
    text = after[start : start + _LONGEST + 60]
    stop = _STOP.search(text)
    reach = text[: stop.start()] if stop else text
    segments = reach.split(",")
    first = _cut(segments[0], tongue)
    skipped = tongue.adverb.match(first)
    words = first[skipped.end() if skipped else 0 :].split()
    if words and tongue.both.fullmatch(f" {words[0]} "):
        return "", 0
    head = words[1:] if words and _only_article(words[0], tongue) else words
    if (
        words
        and tongue.relative.fullmatch(words[0])
        and (
            not _only_article(words[0], tongue)
            or (head and head[0][:1].islower() and not tongue.modifiers.fullmatch(head[0]))
        )
    ):
        return "", 0
    near = [word for word in head[:6] if tongue.is_role(word.strip("."))]
    if not near and segments[0].strip() == first:
        # "poissonnière", "a retired bus driver": no function of the table, but somebody who does something.
        doer = head[0].strip(".") if head and head == words else ""
        near = [word for word in (head[:4] if head != words else [doer]) if word and _is_agent(word.strip("."), tongue)]
    if (
        not near
        or names_somebody(first, tongue)
        or any(tongue.is_verb(word) for word in words[:2])
        or len(first) > _LONGEST
    ):
        return "", 0
    function = " ".join(head)
    length = start + len(segments[0] if first == segments[0].strip() else first)
    if first == segments[0].strip() and len(segments) > 1:
        further = _cut(segments[1], tongue).rstrip(".")
        if (
            further
            and further == segments[1].strip().rstrip(".")
            and _is_office(further, tongue)
            and not names_somebody(further, tongue)
        ):
            function, length = f"{function}, {further}", length + 1 + len(segments[1].rstrip("."))
    return function.rstrip(" .–-"), length


def _cut(segment: str, tongue: Tongue) -> str:
    """A segment up to its verb of speech, or up to a clause of its own."""
    words = segment.split()
    for index, word in enumerate(words):
        # "a mother of five from Turkana"; but "a retired driver from Holm"
        origin = tongue.genitive.fullmatch(word) and any(map(tongue.genitive.fullmatch, words[:index]))
        if index and not tongue.tables.text.fused and not origin and tongue.relative.fullmatch(word):
            return " ".join(words[:index])
        if index > 1 and tongue.possessive.fullmatch(word) and tongue.both.fullmatch(f" {words[index - 1]} "):
            return " ".join(words[: index - 1])
        if index and word[:1].islower() and tongue.is_verb(word.strip(".")):
            kept = words[:index]
            while kept and (
                kept[-1].lower()
                in ("hat", "has", "have", "a", "ha", "heeft", "habe", "et", "und", "and", "en", "y", "s'est", "se")
            ):
                kept.pop()
            return " ".join(kept)
    return " ".join(words)


def _is_office(text: str, tongue: Tongue) -> bool:
    words = text.split()
    glue = tongue.glue
    if not words or len(words) > 8 or not words[0][:1].isupper():
        return False
    if tongue.cues.match(words[0]) or (words[0] in tongue.never and not tongue.organisation_word.search(text)):
        return False
    return all(word[:1].isupper() or word.lower() in glue or word == "&" for word in words)


def _affiliated(after: str, tongue: Tongue, *, strict: bool) -> tuple[str, int]:
    """As in " of the Civil Rights Division", " von der OKF"."""
    found = tongue.affiliation.match(after)
    if not found:
        return "", 0
    glue = "|".join(map(re.escape, sorted(tongue.glue))) or "(?!)"
    noun = re.match(r"[^\W\d_]+(?=\s)", after[found.end() :])
    lower = noun.end() + 1 if noun and noun.group().islower() and tongue.is_office_word(noun.group()) else 0
    name = re.match(
        rf"(?:[{UPPER}](?:[\w&'’-]|\.(?=\w))*(?:\s+(?:{glue})(?=\s+[{UPPER}]))*\s*)+", after[found.end() + lower :]
    )
    if not name:
        return "", 0
    office = (after[found.end() : found.end() + lower] + name.group()).strip(" .,")
    near = after[: found.end()].split(maxsplit=1)[0].lower().startswith("bei")
    if (strict or near) and not (
        tongue.organisation_word.search(office) or _ACRONYM.search(office) or tongue.forms.search(office)
    ):
        return "", 0
    printed = after[: found.end()].strip() + " " + office
    return printed, found.end() + len(office)
