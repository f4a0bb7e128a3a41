"""IRIs, literals and statements: the only place that escapes, and the only place that mints slugs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

import orjson

__all__ = [
    "IRI",
    "RDF_TYPE",
    "XSD",
    "Literal",
    "Names",
    "NotAnIRI",
    "Statement",
    "Term",
    "escape_iri",
    "known_iri",
    "moment",
    "slug",
]

XSD = "http://www.w3.org/2001/XMLSchema#"

# RFC 3987: the characters an IRI may hold as they are. Spaces, bidi controls, private use and noncharacters are out,
# and so are brackets, legal in IPv6 hosts only.
_UCSCHAR = (
    r"\u00a1-\u167f\u1681-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\uffef"
    + "".join(rf"\U000{plane:x}0000-\U000{plane:x}fffd" for plane in range(1, 14))
)
_PLAIN = r"A-Za-z0-9\-._~:/?#@!$&'()*+,;=" + _UCSCHAR
_IRI = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:(?:[{_PLAIN}]|%[0-9A-Fa-f]{{2}})+")
_ASCII_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9\-._~:/?#@!$&'()*+,;=]+")  # ten times as fast, nearly all
_UNSAFE = re.compile(rf"[^{_PLAIN}%]|%(?![0-9A-Fa-f]{{2}})")
# A local name that needs no escape in Turtle, a part of PN_LOCAL (Turtle 1.1, section 6.5), and all before it.
_LOCAL = re.compile(r"(.*[#/:])([A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?)")
# In a long string of Turtle a quotation mark must not meet another one, nor the closing marks.
_CLASH = re.compile(r'"(?="|\Z)')
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "œ": "oe", "đ": "d", "ł": "l"}
)
_NO_SLUG = re.compile(r"[^a-z0-9]+")


class NotAnIRI(ValueError):
    """A text that a strict RDF reader would refuse as an IRI."""


class IRI:
    """An absolute IRI. Raises NotAnIRI for anything a strict RDF reader would refuse (RFC 3987)."""

    __slots__ = ("nt", "value")

    def __init__(self, value: str) -> None:
        if not _ASCII_IRI.fullmatch(value) and not _IRI.fullmatch(value):
            raise NotAnIRI(f'not an absolute IRI: "{value}"')
        self.value = value
        self.nt = b"<" + value.encode() + b">"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, IRI) and other.value == self.value

    def __hash__(self) -> int:
        return hash(self.value)

    def __repr__(self) -> str:
        return f"IRI({self.value!r})"

    def __str__(self) -> str:
        return self.value


class Literal:
    """A literal: text with a lower-case BCP 47 tag, or a lexical form with a datatype (None: xsd:string).

    `quoted` is the lexical form as a JSON string in UTF-8, which is also a valid N-Triples and Turtle string
    (N-Triples 1.1, section 2.6: its escapes are a subset of ECHAR and UCHAR). It is made once, when first asked for.
    """

    __slots__ = ("_nt", "_quoted", "datatype", "language", "value")

    def __init__(self, value: str, *, language: str | None = None, datatype: IRI | None = None) -> None:
        self.value = value
        self.language = language
        self.datatype = datatype
        self._quoted: bytes | None = None
        self._nt: bytes | None = None

    @property
    def quoted(self) -> bytes:
        """The lexical form between quotation marks, escaped."""
        if self._quoted is None:
            quoted = orjson.dumps(self.value)
            # Canonical N-Triples escapes DEL, JSON does not.
            self._quoted = quoted.replace(b"\x7f", b"\\u007F") if "\x7f" in self.value else quoted
        return self._quoted

    @property
    def long(self) -> bytes:
        """The lexical form as a long string of Turtle, with its line ends as they are (Turtle 1.1, section 2.5.1)."""
        text = self.value
        if "\\" in text:
            text = text.replace("\\", "\\\\")
        if "\r" in text:
            text = text.replace("\r", "\\r")
        if '""' in text or text.endswith('"'):
            text = _CLASH.sub(r"\"", text)
        return b'"""' + text.encode() + b'"""'

    @property
    def nt(self) -> bytes:
        """The literal in canonical N-Triples."""
        if self._nt is None:
            if self.language is not None:
                self._nt = b"%b@%b" % (self.quoted, self.language.encode())
            elif self.datatype is not None:
                self._nt = b"%b^^%b" % (self.quoted, self.datatype.nt)
            else:
                self._nt = self.quoted
        return self._nt

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Literal) and (
            (other.value, other.language, other.datatype) == (self.value, self.language, self.datatype)
        )

    def __hash__(self) -> int:
        return hash((self.value, self.language, self.datatype))

    def __repr__(self) -> str:
        return f"Literal({self.value!r}, language={self.language!r}, datatype={self.datatype!r})"


Term = IRI | Literal


@lru_cache(maxsize=8192)
def known_iri(value: str) -> IRI:
    """An IRI that is likely to come again: checked once, and the same object while it is remembered."""
    return IRI(value)


@lru_cache(maxsize=8192)
def linked_iri(value: str) -> IRI:
    """The IRI of a link as a person wrote it: what an IRI must not hold is percent-encoded."""
    return known_iri(escape_iri(value))


class Statement(NamedTuple):
    """One RDF triple."""

    subject: IRI
    predicate: IRI
    object: Term


RDF_TYPE = IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_DATE = IRI(XSD + "date")
_DATE_TIME = IRI(XSD + "dateTime")


class Names:
    """IRIs as prefixed names. Only a namespace that ends in #, / or : is found, and only before a plain local name."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = {namespace: prefix for prefix, namespace in sorted(prefixes.items(), reverse=True)}

    def split(self, iri: str) -> tuple[str, str] | None:
        """Prefix and local name of an IRI; None where it has to be written in full."""
        found = _LOCAL.fullmatch(iri)
        if found is None:
            return None
        namespace, local = found.groups()
        prefix = self._prefixes.get(namespace)
        return None if prefix is None else (prefix, local)


def moment(value: date) -> Literal:
    """A date as xsd:date, an instant as xsd:dateTime with its zone; the precision is kept (profile, decision 5)."""
    if isinstance(value, datetime):
        return Literal(value.isoformat(), datatype=_DATE_TIME)
    return Literal(value.isoformat(), datatype=_DATE)


@lru_cache(maxsize=4096)
def slug(text: str, limit: int = 80) -> str:
    """A name as `[a-z0-9-]`: ä becomes ae, other letters by NFKD (profile, section 5).

    A name without any Latin letter or digit gets a short digest of itself, so that it is stable and never empty.

    >>> slug("Städte- und Gemeindebund NRW")
    'staedte-und-gemeindebund-nrw'
    """
    lowered = unicodedata.normalize("NFC", text).lower().translate(_UMLAUTS)
    plain = unicodedata.normalize("NFKD", lowered).encode("ascii", "ignore").decode()
    short = _NO_SLUG.sub("-", plain).strip("-")
    if len(short) > limit:
        short = short[:limit].rsplit("-", 1)[0]
    return short or "x" + sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:10]


def escape_iri(text: str) -> str:
    """Percent-encode what an IRI must not hold, so that a URL copied from a page becomes one.

    >>> escape_iri("https://stadt.example/a b?x=[1]")
    'https://stadt.example/a%20b?x=%5B1%5D'
    """
    if _ASCII_IRI.fullmatch(text):
        return text
    return _UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found.group().encode()), text)
