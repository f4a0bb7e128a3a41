"""How a record that was read from a document is held against the truth, field by field.

What counts as the same:

- title, subtitle, lead: the same characters in comparable form; of the lead the first 80.
- number, date of issue: the same characters, the date without its time. language: the same primary subtag.
- embargo: the same instant; or both without one.
- issuers, organisations: `same_body`. Places of the dateline: the part before a comma, in any case.
- paragraphs: the number of prose blocks of the body, with the lead, differs by one at most.
- quotation texts: the first 60 characters; a shorter quotation as a whole, but for marks at its end.
- quotations: the text, and the same set of speakers by full name.
- names: the full name without honorific, in any case. people: the name and the function (`same_function`).
- honorifics: of the people whose truth has one. contacts: each name, mail address and telephone number of the truth.
- kept out: a mail address of the contact does not stand in the body.

`*_accept` in the truth: other readings that are right too. They replace an expected value, and are never wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lod.body import Block, Break, Link, Paragraph, Quote, Text, parse, plain_spans
from tests.bench.sameness import is_asked, same_body, same_function, same_honorific
from tests.bench.truth import LEAD, START, comparable

__all__ = ["FIELDS", "Count", "Verdict", "judge", "paragraphs"]

Record = Mapping[str, Any]
# Fields in the order of the table, with the least F1 that is good enough; None: measured, not demanded.
FIELDS: dict[str, float | None] = {
    "title": 0.97,
    "language": 0.97,
    "issued": 0.97,
    "number": 0.97,
    "subtitle": 0.93,
    "lead": 0.93,
    "issuers": 0.93,
    "dateline": 0.93,
    "embargo": 0.93,
    "paragraphs": 0.95,
    "quotations": 0.90,
    "people": 0.90,
    "quotation texts": None,
    "names": None,
    "honorifics": None,
    "organisations": None,
    "contacts": None,
    "kept out": None,
}


@dataclass(frozen=True)
class Count:
    """How many values were right, how many were found, how many there were to find."""

    right: int = 0
    found: int = 0
    expected: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.found + other.found, self.expected + other.expected)

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1 where nothing was found and nothing was there."""
        return self.right / self.found if self.found else float(not self.expected)

    @property
    def recall(self) -> float:
        """The share of what there was that was found; 1 where there was nothing and nothing was found."""
        return self.right / self.expected if self.expected else float(not self.found)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class Verdict:
    """Counts of one document by field, and one sentence for each difference."""

    counts: dict[str, Count] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)

    def note(self, name: str, count: Count, *differences: str) -> None:
        """Add a count to a field, and say what differs."""
        self.counts[name] = self.counts.get(name, Count()) + count
        self.differences.extend(f"{name}: {difference}" for difference in differences)


def judge(truth: Mapping[str, Any], record: Record) -> Verdict:
    """A record held against the truth."""
    verdict = Verdict()
    for name, expected, found in _single(truth, record):
        _judge_single(verdict, name, truth, expected, found)
    _judge_embargo(verdict, truth["embargo"], record.get("embargo"))
    issuers = [*map(_name, record.get("issuers") or ())]
    _judge_set(verdict, "issuers", truth["issuers"], issuers, truth.get("issuers_accept", ()), same_body)
    places = [_name(place) for place in (record.get("dateline") or {}).get("places") or ()]
    _judge_set(
        verdict, "dateline", truth["dateline_places"], places, truth.get("dateline_places_accept", ()), _same_place
    )
    count = paragraphs(record)
    near = abs(count - truth["paragraphs"]) <= 1
    verdict.note("paragraphs", Count(near, 1, 1), *([] if near else [f"{truth['paragraphs']}, found {count}"]))
    _judge_quotations(verdict, truth, record)
    _judge_people(verdict, truth, record)
    _judge_organisations(verdict, truth["organisations"], record)
    _judge_contacts(verdict, truth["contact"], record)
    return verdict


# ------------------------------------------------------------------------------------------------ single values


def _single(truth: Mapping[str, Any], record: Record) -> Iterator[tuple[str, str | None, str | None]]:
    lead = record.get("lead") or next(_prose(record), "")
    issued = record.get("issued")
    yield "title", truth["title"], _tidy(record.get("title"))
    yield "language", truth["language"][:2], (record.get("language") or "")[:2] or None
    yield "issued", truth["issued"], str(issued)[:10] if issued else None
    yield "number", truth["number"], str(record["number"]) if record.get("number") else None
    yield "subtitle", truth["subtitle"], _tidy(record.get("subtitle"))
    yield "lead", truth["lead"].rstrip(), (_tidy(lead) or "")[: len(truth["lead"])].rstrip() or None


def _tidy(text: str | None) -> str | None:
    return comparable(text) if text else None


def _judge_single(
    verdict: Verdict, name: str, truth: Mapping[str, Any], expected: str | None, found: str | None
) -> None:
    accepted = truth.get(f"{name}_accept", ())
    expected = comparable(expected) if expected else None
    if found in accepted and found != expected:
        expected = found
    right = found is not None and found == expected
    count = Count(int(right), int(found is not None), int(expected is not None))
    verdict.note(name, count, *([] if found == expected else [f"{_shown(expected)}, found {_shown(found)}"]))


def _judge_embargo(verdict: Verdict, expected: Mapping[str, Any] | None, found: Mapping[str, Any] | None) -> None:
    right = bool(expected and found) and _instant(expected) == _instant(found)
    count = Count(int(right), int(bool(found)), int(bool(expected)))
    differs = bool(expected or found) and not right
    verdict.note("embargo", count, *([f"{_shown(expected)}, found {_shown(found)}"] if differs else []))


def _instant(embargo: Mapping[str, Any] | None) -> datetime | str | None:
    until = (embargo or {}).get("until")
    if not until:
        return None
    try:
        instant = until if isinstance(until, datetime) else datetime.fromisoformat(str(until))
    except ValueError:
        return str(until)
    return instant if instant.tzinfo else str(until)


# ------------------------------------------------------------------------------------------------ sets of names


def _name(value: str | Mapping[str, Any]) -> str:
    return comparable(value if isinstance(value, str) else str(value.get("name") or value.get("authority") or ""))


def _judge_set(
    verdict: Verdict,
    name: str,
    expected: Sequence[str],
    found: Sequence[str],
    accepted: Iterable[str],
    same: Callable[[str, str], bool],
) -> None:
    missing, strange = _matched(expected, found, same)
    accepted = [*accepted]
    odd = [value for value in strange if not any(same(other, value) for other in accepted)]
    taken = min(len(strange) - len(odd), len(missing))  # accepted readings that stand for an expected one
    right = len(expected) - len(missing) + taken
    differences = [*(f"missing {value}" for value in missing[taken:]), *(f"wrongly {value}" for value in odd)]
    verdict.note(name, Count(right, right + len(odd), len(expected)), *differences)


def _matched(
    expected: Sequence[str], found: Sequence[str], same: Callable[[str, str], bool]
) -> tuple[list[str], list[str]]:
    """The expected values that were not found, and the found values that were not expected; each is used once."""
    missing, strange = [], [*found]
    for value in expected:
        # An equal name goes before a similar one.
        hit = next((other for other in strange if other == value), None)
        hit = hit or next((other for other in strange if same(value, other)), None)
        if hit is None:
            missing.append(value)
        else:
            strange.remove(hit)
    return missing, strange


def _same_place(one: str, other: str) -> bool:
    return one.partition(",")[0].casefold() == other.partition(",")[0].casefold()


# ------------------------------------------------------------------------------------------------ body


def _prose(record: Record) -> Iterator[str]:
    """The paragraphs of the body, block quotations included; pictures alone and links alone are none."""
    yield from _prose_blocks(parse(record.get("body") or ""))


def _prose_blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Quote):
            yield from _prose_blocks(block.blocks)
        elif isinstance(block, Paragraph):
            text = plain_spans(block.spans)
            blank = all(
                isinstance(span, Link | Break) or (isinstance(span, Text) and not span.text.strip())
                for span in block.spans
            )
            if not blank and not re.fullmatch(r"!\[[^\]]*\]\([^)]*\)", text):
                yield text


def paragraphs(record: Record) -> int:
    """The number of prose paragraphs; the lead counts when it is not the first of them."""
    blocks = [*_prose(record)]
    lead = comparable(record.get("lead") or "")
    repeated = bool(blocks) and comparable(blocks[0])[:LEAD] == lead[:LEAD]
    return len(blocks) + bool(lead and not repeated)


# ------------------------------------------------------------------------------------------------ quotations


def _judge_quotations(verdict: Verdict, truth: Mapping[str, Any], record: Record) -> None:
    left = [*(record.get("quotations") or ())]
    texts = attributed = 0
    previous: Mapping[str, Any] | None = None
    for expected in truth["quotes"]:
        hit = next((quote for quote in left if _same_start(expected["start"], quote["text"])), None)
        if hit is not None:
            left.remove(hit)
        elif expected.get("continues") and previous and expected["start"].rstrip() in comparable(previous["text"]):
            hit = previous  # one quotation over both paragraphs
        if hit is None:
            verdict.differences.append(f"quotations: missing {expected['start']!r}")
            continue
        previous = hit
        texts += 1
        speakers = [_name(speaker) for speaker in hit.get("speakers") or ()]
        missing, strange = _matched(expected["speakers"], speakers, _same_speaker)
        attributed += not missing and not strange
        if missing or strange:
            verdict.differences.append(
                f"quotations: {expected['start'][:30]!r} by {expected['speakers']}, found {speakers}"
            )
    odd = [quote["text"] for quote in left if not _is_accepted(quote["text"], truth.get("quotes_accept", ()))]
    verdict.differences.extend(f"quotations: wrongly {text[:START]!r}" for text in odd)
    verdict.note("quotation texts", Count(texts, texts + len(odd), len(truth["quotes"])))
    verdict.note("quotations", Count(attributed, texts + len(odd), len(truth["quotes"])))


def _same_start(start: str, text: str) -> bool:
    text = comparable(text).lstrip("\"“„«»‘‚' ")
    if len(start) >= START:
        return text[:START].rstrip() == start.rstrip()
    return _without_end(text) == _without_end(start)


def _without_end(text: str) -> str:
    return text.rstrip(".,!?…\"“”«»‘’' ")


def _is_accepted(text: str, accepted: Iterable[Any]) -> bool:
    starts = [other if isinstance(other, str) else other["start"] for other in accepted]
    return any(_same_start(start[:START], text) for start in starts)


def _same_speaker(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


# ------------------------------------------------------------------------------------------------ people


def _judge_people(verdict: Verdict, truth: Mapping[str, Any], record: Record) -> None:
    people = {_name(person).casefold(): person for person in reversed(record.get("people") or ())}
    contacts = {_name(contact).casefold(): contact for contact in record.get("contacts") or () if contact.get("name")}
    expected = {person["name"].casefold(): person for person in truth["persons"]}
    accepted = {name.casefold() for name in truth.get("persons_accept", ())}
    odd = sorted((people.keys() | contacts.keys()) - expected.keys() - accepted)
    named = functions = 0
    for key, person in expected.items():
        if key not in people and key not in contacts:
            verdict.differences.append(f"names: missing {person['name']}")
            verdict.note("honorifics", Count(0, 0, int(bool(person.get("honorific")))))
            continue
        named += 1
        found, contact = people.get(key, {}), contacts.get(key)
        if _function_is_right(person, found, contact):
            functions += 1
        else:
            shown = _function(found) or (contact or {}).get("role")
            verdict.differences.append(f"people: {person['name']}: {person['role']}, found {_shown(shown)}")
        if person.get("honorific"):
            same = same_honorific(person["honorific"], found.get("honorific") or "")
            difference = f"{person['name']}: {person['honorific']}, found {_shown(found.get('honorific'))}"
            count = Count(int(same), int(bool(found.get("honorific"))), 1)
            verdict.note("honorifics", count, *([] if same else [difference]))
    verdict.differences.extend(f"names: wrongly {_name(people.get(key) or contacts[key])}" for key in odd)
    verdict.note("names", Count(named, named + len(odd), len(expected)))
    verdict.note("people", Count(functions, named + len(odd), len(expected)))


def _function_is_right(person: Mapping[str, Any], found: Record, contact: Record | None) -> bool:
    role = person["role"]
    if role is None:
        return True
    if contact is not None and is_asked(role):
        return True
    readings = [_function(found), found.get("function") or ""]
    if contact is not None:
        readings += [
            contact.get("role") or "",
            f"{contact.get('role') or ''} {_name(contact.get('organisation') or '')}",
        ]
    return any(
        same_function(right, reading) for right in (role, *person.get("role_accept", ())) for reading in readings
    )


def _function(person: Record) -> str:
    organisation = person.get("organisation")
    return f"{person.get('function') or ''} {_name(organisation) if organisation else ''}".strip()


# ------------------------------------------------------------------------------------------------ the rest


def _judge_organisations(verdict: Verdict, expected: Sequence[str], record: Record) -> None:
    """Recall only: the truth does not list every organisation."""
    mentions = [*(record.get("organisations") or ()), *(record.get("issuers") or ())]
    mentions += [person["organisation"] for person in record.get("people") or () if person.get("organisation")]
    names = [*map(_name, mentions)]
    missing = [name for name in expected if not any(same_body(name, other) for other in names)]
    right = len(expected) - len(missing)
    verdict.note("organisations", Count(right, right, len(expected)), *(f"missing {name}" for name in missing))


def _judge_contacts(verdict: Verdict, contact: Mapping[str, Any] | None, record: Record) -> None:
    wanted = [*_reachable([contact, *contact.get("others", ())])] if contact else []
    given = [*_reachable(record.get("contacts") or ())]
    # Two numbers may stand in one value, of which the truth has the first.
    missing = [
        f"{kind} {value}"
        for kind, value in wanted
        if not any(kind == other and (value == found or (kind == "phone" and value in found)) for other, found in given)
    ]
    right = len(wanted) - len(missing)
    verdict.note("contacts", Count(right, right, len(wanted)), *(f"missing {value}" for value in missing))
    text = f"{record.get('lead') or ''}\n{record.get('body') or ''}".casefold()
    for kind, value in wanted:
        if kind == "mail":
            inside = value in text
            verdict.note("kept out", Count(int(not inside), 1, 1), *([f"{value} is in the body"] if inside else []))


def _reachable(contacts: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for contact in contacts:
        if contact.get("name"):
            yield "name", comparable(contact["name"]).casefold()
        for key in ("mail", "email"):
            if contact.get(key):
                yield "mail", contact[key].casefold().removeprefix("mailto:")
        if contact.get("phone"):
            yield "phone", re.sub(r"\D", "", contact["phone"].replace("(0)", ""))


def _shown(value: object) -> str:
    return "nothing" if value is None or value == "" else repr(value)
