"""The types of a record's fields: clean text in NFC, dates that keep their precision, codes, ids, languages."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timezone
from functools import lru_cache
from typing import Annotated, Any, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
)

from lod.faults import quoted
from lod.term import IRI

__all__ = [
    "Code",
    "Count",
    "Defaults",
    "FileName",
    "FilePath",
    "Instant",
    "Language",
    "Line",
    "MediaType",
    "Moment",
    "Part",
    "PartId",
    "ReleaseId",
    "Sha256",
    "Slug",
    "Text",
    "Url",
    "VersionNumber",
]

# XML 1.0 section 2.2 forbids the control characters; bidi overrides and isolates can make a text read as another one.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff\u202a-\u202e\u2066-\u2069\r]")
_SPACES = re.compile(r"[ \t\n]{2,}|[\t\n]")
# RFC 5646 section 2.1 without extensions and private use: language, script, region, variants.
_LANGUAGE = re.compile(
    r"([a-z]{2,3})(-[a-z]{4})?(-(?:[a-z]{2}|\d{3}))?((?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*)", re.IGNORECASE
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?")


class Defaults(NamedTuple):
    """What the archive says for records that do not: passed as pydantic's validation context."""

    language: str | None = None
    zone: ZoneInfo | None = None
    recorded: datetime | None = None


class Part(BaseModel):
    """The base of the record and its parts: frozen, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True, use_attribute_docstrings=False)


def _clean(value: str) -> str:
    if not value.isprintable() and _FORBIDDEN.search(value):
        value = value.replace("\r\n", "\n").replace("\r", "\n")
        found = _FORBIDDEN.search(value)
        if found:
            raise ValueError(f"forbidden character U+{ord(found.group()):04X} at position {found.start()}")
    return value if unicodedata.is_normalized("NFC", value) else unicodedata.normalize("NFC", value)


def _one_line(value: str) -> str:
    if not value.isprintable() or "  " in value:  # what is printable has no white space but blanks
        value = _SPACES.sub(" ", value.replace("\r", "\n"))
    return _clean(value)


@lru_cache(maxsize=512)
def _language(value: str) -> str:
    found = _LANGUAGE.fullmatch(value.replace("_", "-"))
    if not found:
        raise ValueError(f'not a language tag (BCP 47): "{value}"')
    language, script, region, variants = found.groups(default="")
    return language.lower() + script.title() + region.upper() + variants.lower()


@lru_cache(maxsize=4096)  # a day has many releases, and a release names its day several times
def _parse_moment(value: str) -> date:
    if _DAY.fullmatch(value):
        return date.fromisoformat(value)
    if _INSTANT.fullmatch(value):
        return datetime.fromisoformat(value)
    raise ValueError(f'not a date (2017-07-03) or date-time with zone (2017-07-03T10:00:00+02:00): "{value}"')


def _moment(value: Any, info: ValidationInfo) -> date:
    if isinstance(value, str):
        try:
            value = _parse_moment(value.strip())
        except ValueError as error:
            if str(error).startswith("not a date"):
                raise
            raise ValueError(f'no such day or time: "{value}"') from None
    if not isinstance(value, date):
        raise ValueError(f"not a date: {quoted(value)}")  # noqa: TRY004 - pydantic reports ValueError, not TypeError
    if isinstance(value, datetime) and value.tzinfo is None:
        zone = info.context.zone if info.context else None
        if zone is None:
            raise ValueError(f'no time zone: "{value.isoformat(" ")}", and the archive names none')
        value = value.replace(tzinfo=zone)
    if isinstance(value, datetime) and not isinstance(value.tzinfo, timezone):
        # The offset is written out: equal instants are equal bytes whatever a zone database says tomorrow.
        return datetime.fromisoformat(value.isoformat())
    moment: date = value
    return moment


def _instant(value: Any, info: ValidationInfo) -> date:
    found = _moment(value, info)
    if not isinstance(found, datetime):
        raise ValueError(f'a time is needed, with its zone: "{found.isoformat()}"')  # noqa: TRY004 - as above
    return found


def _web(value: str) -> str:
    IRI(value)
    return value


_STRING = {"type": "string", "minLength": 1}

Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_clean), WithJsonSchema(_STRING)
]
"""Text of any length: NFC, line ends as LF, no character that XML forbids."""

Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_one_line), WithJsonSchema(_STRING)
]
"""Text on one line: as Text, and runs of white space become one space."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=80)]
"""An id of an authority or a series: lower-case letters, digits, single hyphens."""

ReleaseId = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*$", max_length=200)
]
"""The path of a release below `release/`: slugs joined by slashes."""

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9-]*:[^\s:]+$", max_length=120)]
"""A code of a scheme, as alias and code: `medtop:20000612`."""

MediaType = Annotated[str, StringConstraints(pattern=r"^[a-z]+/[a-z0-9][a-z0-9.+-]*$", max_length=120, to_lower=True)]
"""An IANA media type without parameters: `application/pdf`."""

PartId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
"""An id within one release: `q1`."""

FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]
"""The name of a file within a release: ASCII, no folders."""

FilePath = Annotated[
    str,
    StringConstraints(
        pattern=r"^[^/.\\\x00-\x1f][^/\\\x00-\x1f]*(?:/[^/.\\\x00-\x1f][^/\\\x00-\x1f]*)*$", max_length=400
    ),
]
"""A path below the archive, with slashes; no part of it begins with a dot."""

Count = Annotated[int, Field(ge=0, le=2**53 - 1)]
"""How many bytes or characters; no more than every reader of JSON can tell exactly (RFC 8259, section 6)."""

VersionNumber = Annotated[int, Field(ge=1, le=9_999)]
"""The number of a version. Each version is described, so a slip of the keyboard must not make millions of them."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$", to_lower=True)]
"""A SHA-256 digest in lower-case hexadecimal."""

Url = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^(?:https?|ftp|urn|mailto|tel|doi|info):\S+$", max_length=2000),
    AfterValidator(_web),
]
"""An absolute IRI that may stand in a public file."""

Language = Annotated[
    str,
    AfterValidator(_language),
    WithJsonSchema({"type": "string", "pattern": "^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$"}),
]
"""A BCP 47 language tag, normalised in case (RFC 5646 section 2.1.1): `de`, `pt-BR`, `zh-Hant`."""

_DATE_SCHEMA = {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}
_ISO = PlainSerializer(lambda value: value.isoformat(), return_type=str, when_used="json")

Moment = Annotated[date, PlainValidator(_moment), _ISO, WithJsonSchema(_DATE_SCHEMA)]
"""A day, or an instant with its zone; a day is never turned into midnight."""

Instant = Annotated[datetime, PlainValidator(_instant), _ISO, WithJsonSchema({"type": "string", "format": "date-time"})]
"""A date-time with its zone."""
