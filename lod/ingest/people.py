"""People: where a text names somebody, with titles, and which mentions are of the same person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lod.ingest.attributed import attributed
from lod.ingest.called import called_before, called_later
from lod.ingest.clauses import function_in_clause, function_in_relative, function_of_pronoun, head_nouns, noun_before
from lod.ingest.finder import NAME, Mention, find_names
from lod.ingest.functions import function_after, function_before, names_somebody
from lod.ingest.inline import Plain
from lod.ingest.patterns import UPPER
from lod.ingest.person import People, PersonFound, family_of
from lod.ingest.tongue import Tongue

__all__ = ["People", "PersonFound", "gather"]

_KNOWN = 0.95
"""How sure a mention is that begins with a known given name."""
_CALLED = 0.7
"""How sure a function is that stands apart from the name."""
_NEXT = 60
_LABEL = re.compile(r"(?P<noun>[^\W\d_][\w-]*(?: [\w-]+){0,2}):\s+")  # "Kurator: "
_TWO_FAMILIES = ("es", "pt")
_TWO = 2
_GENITIVES = ("'s", "’s", "s")
_JOINTS = ("-", "_")


def gather(texts: list[tuple[int, Plain]], tongue: Tongue) -> People:
    """Everybody the texts name; mentions by family name alone are given to those named in full."""
    people = People()
    mentions = [mention for block, plain in texts for mention in find_names(plain.text, block, plain, tongue)]
    full = [mention for mention in mentions if " " in mention.name]
    for mention in full:
        _add(people, mention)
    for mention in mentions:
        if " " not in mention.name and not any(person.family == mention.name for person in people.found):
            _add(people, mention)
    for mention in attributed(texts, frozenset(person.family for person in people.found), tongue):
        _add(people, mention)
    for block, plain in texts:
        _family_names(people, block, plain.text, tongue)
    for block, plain in texts:
        _given_names(people, block, plain.text, tongue)
    _titled(people, texts, tongue)
    for person in people.found:
        _describe(person, dict(texts), tongue)
    _called(people, dict(texts), tongue)
    people.found.sort(key=lambda person: (person.mentions[0].block, person.mentions[0].start))
    return people


def _add(people: People, mention: Mention) -> None:
    for person in people.found:
        part = person.name.endswith(f" {mention.name}") or mention.name.endswith(f" {person.name}")
        if part or person.name == mention.name or _same(person.name, mention.name):
            person.mentions.append(mention)
            if len(mention.name) > len(person.name) and " " in person.name:
                person.name = mention.name
            person.honorific = person.honorific or mention.honorific
            return
    people.found.append(PersonFound(mention.name, mention.honorific, mentions=[mention], confidence=mention.sure))


def _same(one: str, other: str) -> bool:
    """As in "Bernd Schneider" and "Bernd Jürgen Schneider"; "J. Weber" and "Jutta Weber"."""
    a, b = one.split(), other.split()
    if len(a) < 2 or len(b) < 2 or not _same_family(family_of(one), family_of(other)):
        return False
    return a[0] == b[0] or (a[0].rstrip(".") == b[0][: len(a[0].rstrip("."))] and a[0].endswith("."))


def _same_family(one: str, other: str) -> bool:
    """The same family name, or one that is part of a double one: "Karrer", "Karrer-Baumann"."""
    return one == other or one in other.split("-") or other in one.split("-")


def _family_names(people: People, block: int, text: str, tongue: Tongue) -> None:
    for person in people.found:
        _named_short(people, person, person.family, block, text)
        words = person.name.split()
        if tongue.name in _TWO_FAMILIES and len(words) > _TWO and words[-2] not in tongue.given:
            # "Ignacio Larrañaga Pozo" is called by the first of his two family names.
            _named_short(people, person, words[-2], block, text)


def _named_short(people: People, person: PersonFound, family: str, block: int, text: str) -> None:
    if family not in text:
        return
    taken = [(m.start, m.end) for other in people.found for m in other.mentions if m.block == block]
    for begin, stop in _occurrences(family, text):
        if not any(start <= begin < end for start, end in taken):
            person.mentions.append(Mention(block, begin, stop, begin, person.name, "", 0.8))
    person.mentions.sort(key=lambda mention: (mention.block, mention.start))


def _given_names(people: People, block: int, text: str, tongue: Tongue) -> None:
    """As in "His son, Lee, said": somebody named in full elsewhere, where the given name alone speaks."""
    for person in people.found:
        given = person.given
        if not given or " " in given or given not in text or given in tongue.never:
            continue
        if sum(1 for other in people.found if other.given == given) > 1:
            continue
        taken = [(m.start, m.end) for other in people.found for m in other.mentions if m.block == block]
        for begin, stop in _occurrences(given, text):
            after = re.match(r"\s*,|\s+([^\W\d_]+)", text[stop:])
            if after is None and text[stop : stop + 1] == ":":
                after = re.match("", "")  # "Zitat von Lea: …"
            if any(start <= begin < end for start, end in taken) or after is None:
                continue
            if not after.re.groups or after[1] is None or tongue.is_verb(after[1]):
                person.mentions.append(Mention(block, begin, stop, begin, person.name, "", 0.6))
        person.mentions.sort(key=lambda mention: (mention.block, mention.start))


def _occurrences(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a name stands as whole words, with the ending of its genitive."""
    begin = text.find(name)
    while begin >= 0:
        stop = begin + len(name)
        stop += next((len(ending) for ending in _GENITIVES if text.startswith(ending, stop)), 0)
        before, after = text[begin - 1 : begin], text[stop : stop + 1]
        if not (before.isalnum() or before in _JOINTS or after.isalnum() or after in _JOINTS):
            yield begin, stop
        begin = text.find(name, begin + len(name))


def _titled(people: People, texts: list[tuple[int, Plain]], tongue: Tongue) -> None:
    """As in "President Trump": a function before a family name that nobody bears in full."""
    if tongue.tables.text.noun_capitals:
        return  # where nouns have capitals, any of them may follow a function
    families = {person.family for person in people.found}
    for block, plain in texts:
        for found in re.finditer(
            rf"({tongue.titles.pattern})\s+([{UPPER}][\w'’-]+)(?!\s+[{UPPER}])(?![\w-])", plain.text
        ):
            name = re.sub(r"['’]s$", "", found[found.lastindex or 1])
            if name in families or not NAME.fullmatch(name) or name in tongue.never or tongue.is_role(name):
                continue
            place = found.start(found.lastindex or 1)
            taken = [(m.start, m.end) for person in people.found for m in person.mentions if m.block == block]
            if not any(start <= place < end for start, end in taken):
                _add(people, Mention(block, place, place + len(name), place, name, "", 0.6))


def _describe(person: PersonFound, texts: dict[int, Plain], tongue: Tongue) -> None:
    """Function, organisation and gender of a person; what stands beside the full name goes before the rest."""
    first = person.name.split()[0].split("-")[0]
    person.gender = (
        "f"
        if tongue.female(person.honorific)
        else "m"
        if tongue.male(person.honorific)
        else tongue.given.get(first, "u")
    )
    # What stands beside the full name goes before the rest.
    named = sorted(person.mentions, key=lambda each: texts[each.block].text[each.name_start : each.end] != person.name)
    if any(_function(person, mention, texts[mention.block].text, tongue) for mention in named):
        _specify(person, named, texts, tongue)
        return
    for mention in named:
        if _told(person, mention, texts[mention.block].text, tongue):
            return


def _specify(person: PersonFound, named: list[Mention], texts: dict[int, Plain], tongue: Tongue) -> None:
    """As in "Ministerin X" above the text that goes on to "Umweltministerin X": what says more is the function."""
    short = person.function.lower()
    if not tongue.tables.text.fused or " " in short or len(named) < _TWO:
        return
    for mention in named:
        text = texts[mention.block].text
        word = text[: mention.start].rstrip().rsplit(maxsplit=1)[-1:]
        if word and word[0].lower().endswith(short) and len(word[0]) > len(short) and tongue.is_role(word[0]):
            person.function = word[0]
            begin = text.rfind(word[0], 0, mention.start)
            person.function_span = (mention.block, begin, mention.start)
            return


def _called(people: People, texts: dict[int, Plain], tongue: Tongue) -> None:
    """Give those without a function the noun that the text goes on to call them by, if nobody else is called so."""
    heads = {noun.lower() for person in people.found for noun in head_nouns(person.function, tongue)}
    for person in people.found:
        if person.function or person.organisation:
            continue
        for mention in person.mentions:
            text = texts[mention.block].text
            around = [
                m for other in people.found for m in other.mentions if m.block == mention.block and other is not person
            ]
            stop = min((m.start for m in around if m.start >= mention.end), default=len(text))
            begin = max((m.end for m in around if m.end <= mention.start), default=0)
            function, start = called_later(text[mention.end : stop], person.gender, heads, tongue)
            offset = mention.end
            if not function:
                function, start = called_before(text[begin : mention.start], person.gender, heads, tongue)
                offset = begin
            if function:
                person.function = function
                person.function_span = (mention.block, offset + start, offset + start + len(function))
                person.confidence = min(person.confidence, _CALLED)
                break


def _told(person: PersonFound, mention: Mention, text: str, tongue: Tongue) -> bool:
    """Take the function from a clause of its own behind one mention."""
    after = text[mention.end :]
    function = function_in_clause(after, tongue)
    if not function and " " in text[mention.name_start : mention.end]:
        function = function_in_relative(after, tongue) or function_of_pronoun(after, person.gender, tongue)
        person.confidence = min(person.confidence, 0.7) if function else person.confidence
    if not function:
        return False
    person.function = function
    start = text.find(function, mention.end)
    person.function_span = (mention.block, max(start, mention.end), max(start, mention.end) + len(function))
    return True


def _function(person: PersonFound, mention: Mention, text: str, tongue: Tongue) -> bool:
    """Take the function from one mention; False where there is none beside it."""
    before, start = function_before(text[: mention.start], tongue)
    after, length = function_after(text[mention.end :], tongue, strict=not before)
    if not before and after:
        office = after.strip("()") if after.startswith("(") else tongue.affiliation.sub("", f" {after}", count=1)
        is_function = any(tongue.is_role(word.strip("(),.")) for word in after.split())
        if not is_function or (not after.startswith("(") and tongue.affiliation.match(f" {after} ")):
            named = " " in office or tongue.organisation_word.search(office) or re.search(r"[A-Z]{2}", office)
            person.organisation = person.organisation or (office if named else "")
            if not named and person.honorific and office[:1].isupper():
                person.function = office  # "Prof. Dr. Hatzig (Kindheitspädagogik)"
            return False
    if (
        before
        and after
        and re.match(r"\s*,\s", text[mention.end + length :])
        and names_somebody(text[mention.end + length :][:_NEXT], tongue)
    ):
        after = ""  # what the one named next is: "X, die Vorsitzende des Y, Landrätin Z"
    label = _LABEL.fullmatch(text[: mention.start]) if not before and not after else None
    if label and label["noun"] and tongue.is_role(label["noun"].split()[-1]):
        before, start = label["noun"], 0
    if not before and not after and mention.sure >= _KNOWN:
        before, start = noun_before(text[: mention.start], tongue)
    if not before and not after:
        return False
    person.function = _joined(before, after)
    stop = mention.end + length if after else mention.start
    person.function_span = (mention.block, start if before else mention.end, stop)
    return True


def _joined(before: str, after: str) -> str:
    if not (before and after):
        return before or after
    if after.startswith("("):
        return f"{before} {after}"
    first = after.split(maxsplit=1)[0]
    return f"{before} {after}" if first.islower() else f"{before}, {after}"
