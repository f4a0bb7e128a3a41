"""Hypothesis strategies: terms and descriptions of any shape, and releases that use every field of the model."""

from __future__ import annotations

from hypothesis import strategies as st

from lod.description import Description, Node
from lod.term import IRI, RDF_TYPE, XSD, Literal

# Letters, marks and signs that formats stumble over: quotation marks, escapes, mark-up, soft hyphens, no-break and
# wide spaces, a combining accent, line separators that are no line ends, signs beyond the basic plane.
AWKWARD = "aZ09 äöüßÄé„“”»«'\"\\`´-–—…§€&<>*_#|[](){}:;,.!?/@^~$%+=\u00ad\u00a0\u2009\u0301\u2028\u2029\x7f\t😀𝄞"

texts = st.text(st.sampled_from(AWKWARD + "\n"), max_size=40) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"]), max_size=10
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
predicates = st.sampled_from((*PREFIXED, "https://other.example/ns#of", "https://other.example/p/1")).map(IRI)

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
