"""Hypothesis strategies: terms and descriptions of any shape, and releases that use every field of the model."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import reject
from hypothesis import strategies as st

from lod.description import Description, Node
from lod.mapping import Mapping, Undescribable
from lod.release import (
    Attachment,
    Change,
    Contact,
    Dateline,
    Defaults,
    Embargo,
    Identifier,
    Named,
    Part,
    Person,
    Quotation,
    Release,
    Rights,
    Source,
)
from lod.term import IRI, RDF_TYPE, XSD, Literal, slug

# Letters, marks and signs that formats stumble over: quotation marks, escapes, mark-up, soft hyphens, no-break and
# wide spaces, a combining accent, line separators that are no line ends, signs beyond the basic plane.
AWKWARD = "aZ09 äöüßÄé„“”»«'\"\\`´-–—…§€&<>*_#|[](){}:;,.!?/@^~$%+=\u00ad\u00a0\u2009\u0301\u2028\u2029\x7f\t😀𝄞"

texts = st.text(st.sampled_from(AWKWARD + "\n"), max_size=40) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=10
)
PREFIXED = (
    "https://schema.org/headline",
    "https://schema.org/name",
    "https://schema.org/position",
    "https://schema.org/hasPart",
    "https://schema.org/datePublished",
    "https://schema.org/genre",
    "http://purl.org/dc/terms/title",
    "http://purl.org/dc/terms/identifier",
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2004/02/skos/core#notation",
)
"""Properties that the core mapping gives a kind, and some it does not know."""

_LOCAL = st.text(st.sampled_from("aZ09-._~ü%24"), min_size=1, max_size=6).map(lambda text: text.replace("%", "%2F"))
iris = st.one_of(
    st.sampled_from(PREFIXED).map(IRI),
    st.sampled_from(
        ("http://cv.iptc.org/newscodes/genre/", "https://schema.org/", "urn:x:", "https://x.example/a?b=")
    ).flatmap(lambda space: _LOCAL.map(lambda local: IRI(space + local))),
)
predicates = st.sampled_from((*PREFIXED, "https://other.example/ns#of", "https://other.example/p/1x")).map(IRI)

_typed = st.one_of(
    st.sampled_from(("0", "7", "-3", "+5", "007", "12345678901234567890")).map(lambda text: (text, "integer")),
    st.sampled_from(("1", "613")).map(lambda text: (text, "nonNegativeInteger")),
    st.dates().map(lambda day: (day.isoformat(), "date")),
    st.datetimes(timezones=st.timezones()).map(lambda time: (time.isoformat(), "dateTime")),
    st.just(("2026-11-22T09:00:05+00:00", "dateTime")),
    st.binary(min_size=4, max_size=4).map(lambda data: (data.hex(), "hexBinary")),
    st.sampled_from((("true", "boolean"), ("1.50", "decimal"))),
)
literals = st.one_of(
    texts.map(Literal),
    st.builds(
        lambda text, tag: Literal(text, language=tag), texts, st.sampled_from(("de", "en-gb", "zh-hant", "sr-latn-rs"))
    ),
    _typed.map(lambda pair: Literal(pair[0], datatype=IRI(XSD + pair[1]))),
)


@st.composite
def descriptions(draw: st.DrawFn) -> Description:
    """A description of one to six nodes that link each other in any way, also in circles."""
    root = f"https://presse.example.org/release/stadt/2026/{draw(st.integers(1, 9))}"
    names = [IRI(root), *(IRI(f"{root}#part-{number}") for number in range(draw(st.integers(0, 5))))]
    types = st.sampled_from(("https://schema.org/NewsArticle", "http://purl.org/spar/fabio/PressRelease", "urn:x:Y"))
    nodes = []
    for name in names:
        pairs = [(RDF_TYPE, IRI(one)) for one in draw(st.lists(types, max_size=2, unique=True))]
        terms = st.sampled_from(names) | iris | literals
        pairs += draw(st.lists(st.tuples(predicates, terms), max_size=8))
        nodes.append(Node("part", name, list(dict.fromkeys(pairs))))
    return Description(names[0], nodes)


# ---------------------------------------------------------------------------------------------------- the record

ORGANISATIONS = ("stadt-beispielhausen", "staedtebund-musterland", "archiv-beispielhausen")
PLACES = ("beispielhausen",)
PEOPLE = ("anna-beispiel",)
"""Authorities of the sample archive."""

BERLIN = Defaults("de", ZoneInfo("Europe/Berlin"))
_CLEAN = AWKWARD.replace("\u0301", "e\u0301")
lines = st.text(st.sampled_from(_CLEAN), min_size=1, max_size=20).filter(lambda text: bool(text.strip()))
paragraphs = st.lists(lines, min_size=1, max_size=4).map("\n\n".join)
_names = st.text(st.sampled_from("ABÄÖÜabcäöüßéñ -"), min_size=1, max_size=12).filter(
    lambda text: bool(text.strip(" -"))
)
_days = st.dates(date(1950, 1, 1), date(2026, 12, 31))
_zones = st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
_instants = st.datetimes(datetime(1950, 1, 2), datetime(2026, 12, 30), timezones=_zones)  # noqa: DTZ001 - the zone is drawn
moments = _days.map(date.isoformat) | _instants.map(datetime.isoformat)
instants = _instants.map(datetime.isoformat)
_paths = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4})?(/[a-z0-9]{1,6}){0,2}", fullmatch=True)
_urls = st.sampled_from(
    (
        "https://stadt.example/pm/15?a=1&b=ü#x",
        "http://stadt.example/a%20b",
        "urn:nbn:de:hbz:6-1",
        "mailto:a@stadt.example",
    )
)
_media = st.sampled_from(("application/pdf", "image/jpeg", "text/markdown", "application/vnd.ms-excel"))
_files = st.sampled_from(("sources/pm.md", "sources/Größe 15 (neu).docx", "a.html"))
_counts = st.integers(0, 10**9)
_digests = st.binary(min_size=32, max_size=32).map(bytes.hex)


def _mention(authorities: tuple[str, ...]) -> st.SearchStrategy[Any]:
    by_id = st.sampled_from(authorities)
    full = st.fixed_dictionaries({"name": _names, "authority": by_id})
    return _names | by_id.map(lambda one: {"authority": one}) | full | st.fixed_dictionaries({"name": _names})


def _some(strategy: st.SearchStrategy[Any], key: Callable[[Any], object] | None = None) -> st.SearchStrategy[list[Any]]:
    return st.lists(strategy, max_size=3, unique_by=key) if key else st.lists(strategy, max_size=3)


_bodies = _mention(ORGANISATIONS)
FIELDS: dict[type[Part], dict[str, st.SearchStrategy[Any]]] = {
    Identifier: {"scheme": st.sampled_from(("idtype:web", "idtype:doi", "https://stadt.example/nr")), "value": lines},
    Embargo: {"until": instants, "note": paragraphs},
    Dateline: {"text": lines, "places": _some(_mention(PLACES))},
    Named: {"name": _names, "authority": st.sampled_from(ORGANISATIONS)},
    Contact: {
        **dict.fromkeys(("role", "name", "organisation", "phone"), lines),
        "mail": st.just("presse@stadt.example"),
        "url": _urls,
        "channel": st.sampled_from(("public", "press")),
    },
    Person: {
        "name": _names,
        **dict.fromkeys(("honorific", "given", "family", "function"), lines),
        "organisation": _bodies,
        "authority": st.sampled_from(PEOPLE),
    },
    Quotation: {
        "id": st.sampled_from(("q1", "q2", "q12")),
        # Text, speakers and place are drawn from the record they stand in.
        "text": st.nothing(),
        "speakers": st.nothing(),
        "start": st.nothing(),
    },
    Attachment: {
        "name": st.sampled_from(("pm.pdf", "Bild_1.JPG", "studie-2.xls")),
        "url": _urls,
        "file": _files,
        "media_type": _media,
        "bytes": _counts,
        "sha256": _digests,
        "role": st.sampled_from(("rendition", "picture", "attachment")),
        "title": lines,
        "caption": paragraphs,
        "credit": lines,
        "rights": paragraphs,
        "width": st.integers(1, 9999),
        "height": st.integers(1, 9999),
    },
    Rights: {
        "licence": st.just("https://creativecommons.org/licenses/by/4.0/"),
        "statement": st.just("http://rightsstatements.org/vocab/InC/1.0/"),
        "holder": _bodies,
        "notice": lines,
        "usage_terms": paragraphs,
        "data_mining": st.sampled_from(("allowed", "prohibited")),
    },
    Change: {
        "version": st.nothing(),  # they count up
        "at": instants,
        "kind": st.sampled_from(("update", "correction", "withhold", "reinstate")),
        "note": paragraphs,
    },
    Source: {
        "file": _files,
        "media_type": _media,
        "bytes": _counts,
        "sha256": _digests,
        "url": _urls,
        "retrieved": instants,
    },
}
"""How each field of each part is drawn. Whoever adds a field to the model adds it here, or a test fails."""


def part(cls: type[Part], *, without: tuple[str, ...] = ()) -> st.SearchStrategy[dict[str, Any]]:
    """A part with any of its fields."""
    strategies = {name: strategy for name, strategy in FIELDS[cls].items() if name not in without}
    needed = {name: one for name, one in strategies.items() if cls.model_fields[name].is_required()}
    return st.fixed_dictionaries(needed, optional={name: one for name, one in strategies.items() if name not in needed})


FIELDS[Release] = {
    "id": _paths,
    "number": st.sampled_from(("15/2017", "18 - 476", "7", "Nr. 3/99")),
    "series": st.sampled_from(("presse", "pm-2")),
    "identifiers": _some(part(Identifier), lambda one: (one["scheme"], slug(one["value"]))),
    **dict.fromkeys(("title", "subtitle", "kicker"), lines),
    "lead": lines,
    "body": paragraphs
    | st.just("Erstens.\n\n- a\n- b\n\n> „Zitat“\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n# Über **uns**"),
    **dict.fromkeys(("boilerplate", "notes"), _some(paragraphs)),
    "language": st.sampled_from(("de", "en-GB", "pt-br", "zh_Hant")),
    **dict.fromkeys(("issued", "modified"), moments),
    "recorded": instants,
    "embargo": part(Embargo).filter(bool),
    "dateline": part(Dateline),
    "publisher": st.sampled_from(ORGANISATIONS),
    "issuers": st.lists(st.sampled_from(ORGANISATIONS) | part(Named).filter(bool), min_size=1, max_size=3),
    "contacts": _some(part(Contact).filter(lambda one: bool(set(one) - {"role", "channel"}))),
    "people": _some(part(Person), lambda one: slug(one["name"])),
    "organisations": _some(_bodies),
    "places": _some(_mention(PLACES)),
    "subjects": st.lists(st.sampled_from(("medtop:20000612", "medtop:20001265", "medtop:20000634")), max_size=3),
    "keywords": _some(lines),
    "genre": st.sampled_from(("genre:Press_Release", "genre:Background")),
    "quotations": st.integers(0, 3),
    "attachments": _some(part(Attachment), lambda one: one["name"].lower()),
    "rights": part(Rights),
    "version": st.integers(1, 3),
    "status": st.sampled_from(("usable", "withheld", "canceled")),
    "changes": _some(part(Change, without=("version",)), lambda one: datetime.fromisoformat(one["at"])),
    **dict.fromkeys(("replaces", "replaced_by", "translation_of"), _paths.map(lambda path: f"andere/{path}")),
    "related": _some(_paths.map(lambda path: f"verwandt/{path}")),
    "source": part(Source),
}


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    """A record as it stands in a file: valid, with any of the fields of the model."""
    record = draw(part(Release))
    if "id" not in record and not ("number" in record and "publisher" in record and "issued" in record):
        record["id"] = draw(_paths)
    if record.get("replaces") == record.get("replaced_by"):
        record.pop("replaces", None)
    _in_order_of_time(record)
    _life_cycle(record, end=draw(st.sampled_from(("", "cancel"))))
    count = record.pop("quotations", 0)
    text = Release.model_validate(record, context=BERLIN).text
    spans = [draw(_spans(text)) for _ in range(count)]
    speakers = _speakers(record)
    if speakers:
        record["quotations"] = [
            {"id": f"q{number}", "text": text[start:end], "start": start, "speakers": draw(_few(speakers))}
            for number, (start, end) in enumerate(spans, 1)
            if start < end
        ]
    return record


def releases() -> st.SearchStrategy[Release]:
    """A valid release with any of the fields of the model."""
    return records().map(lambda record: Release.model_validate(record, context=BERLIN))


def described(mapping: Mapping, release: Release) -> Description:
    """What a mapping says of any release; one with two names that cannot be told apart is refused, and no example."""
    try:
        return mapping.describe(release)
    except Undescribable as error:
        if any("cannot be told apart" not in reason for _, reason in error.faults):
            raise
        reject()


def _few(names: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)


@st.composite
def _spans(draw: st.DrawFn, text: str) -> tuple[int, int]:
    """A piece of a text that does not begin or end in white space; empty where there is none."""
    start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _speakers(record: dict[str, Any]) -> list[str]:
    """The names of people and organisations, as the record has them once it is validated."""
    release = Release.model_validate(record, context=BERLIN)
    return [one.name for one in (*release.people, *release.organisations, *release.issuers) if one.name]


def _in_order_of_time(record: dict[str, Any]) -> None:
    """Nothing is changed, and no embargo ends, before the day of issue."""
    if "issued" not in record:
        return
    later = (date.fromisoformat(record["issued"][:10]) + timedelta(days=400)).isoformat()
    if "modified" in record:
        record["modified"] = later + record["modified"][10:]
    if "until" in record.get("embargo", {}):
        record["embargo"]["until"] = later + record["embargo"]["until"][10:]


def _life_cycle(record: dict[str, Any], *, end: str) -> None:
    """Versions and status as the changes say."""
    changes = record.get("changes")
    if not changes:
        return
    changes.sort(key=lambda one: datetime.fromisoformat(one["at"]))
    for number, change in enumerate(changes, 2):
        change["version"] = number
    if end:
        changes[-1]["kind"] = end
    last = changes[-1]["kind"]
    record["version"] = len(changes) + 1
    record["status"] = {"cancel": "canceled", "withhold": "withheld"}.get(last, "usable")
