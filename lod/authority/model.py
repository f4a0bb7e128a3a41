"""One authority: what a file in `authorities/` may say."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Field, PrivateAttr, model_validator
from pydantic_core import PydanticCustomError

from lod.authority.links import Link, spread
from lod.release.fields import Language, Line, Part, Slug, Text, Url

__all__ = ["PATHS", "TYPES", "Affiliation", "AlternativeName", "Authority", "Coordinates", "Kind", "Settings"]

Kind = Literal["organisation", "person", "place"]

PATHS: dict[Kind, str] = {"organisation": "org", "person": "person", "place": "place"}
"""The first step of the path of an authority's IRI (profile, section 5)."""

TYPES: dict[Kind, tuple[str, ...]] = {
    "organisation": (
        *("ArchiveOrganization", "CollegeOrUniversity", "Corporation", "EducationalOrganization", "FundingAgency"),
        *("GovernmentOrganization", "Library", "MusicGroup", "NGO", "NewsMediaOrganization", "Organization"),
        *("PerformingGroup", "PoliticalParty", "ResearchOrganization", "SportsOrganization", "WorkersUnion"),
    ),
    "person": ("Person",),
    "place": (
        *("AdministrativeArea", "City", "CivicStructure", "Country", "Landform", "LandmarksOrHistoricalBuildings"),
        *("Place", "Residence", "State"),
    ),
}
"""Classes of schema.org an authority may have, by kind."""

_GENERAL: dict[Kind, tuple[str, str]] = {
    "organisation": ("schema:Organization", "dcterms:Agent"),
    "person": ("schema:Person", "dcterms:Agent"),
    "place": ("schema:Place", "dcterms:Location"),
}
_PARTLY = re.compile(r"(\d{4})(?:-(\d\d))?")


class Settings(NamedTuple):
    """What an archive says for its authorities: pydantic's validation context."""

    base: str
    language: str


def _day(value: Any, month: int) -> date:
    """A day as it stands; of a year or a month, the first day where `month` is 1, the last where it is 12."""
    text = str(value).strip()
    found = _PARTLY.fullmatch(text)
    try:
        if not found:
            return date.fromisoformat(text)
        first = date(int(found[1]), int(found[2] or month), 1)
        return first if month == 1 else first.replace(day=monthrange(first.year, first.month)[1])
    except ValueError:
        raise ValueError(f'not a day, month or year: "{text}"') from None


Since = Annotated[date, BeforeValidator(lambda value: _day(value, 1))]
Until = Annotated[date, BeforeValidator(lambda value: _day(value, 12))]


class _Period(Part):
    """Something that held from a day to a day; a year or a month counts from its first or to its last day."""

    since: Since | None = Field(
        default=None, alias="from", description="First day, month or year.", examples=["1973", "2017-07-03"]
    )
    until: Until | None = Field(default=None, description="Last day, month or year.", examples=["2013-12"])

    @model_validator(mode="after")
    def _in_order(self) -> _Period:
        if self.since and self.until and self.until < self.since:
            raise PydanticCustomError("rules", "until: before from", {"faults": ["until: before from"]})
        return self

    def held(self, on: date | None) -> bool:
        """Whether it held on a day; always, where no day is given."""
        return on is None or ((self.since is None or self.since <= on) and (self.until is None or on <= self.until))


class AlternativeName(_Period):
    """Another name, now or at some time."""

    name: Line = Field(description="The name.", examples=["Städte- und Gemeindebund NRW"])
    language: Language | None = Field(
        default=None, description="Language of the name; that of the authority where absent.", examples=["en"]
    )


class Affiliation(_Period):
    """Where a person held a function; only used to recognise the person."""

    organisation: Slug = Field(description="Authority id of the organisation.", examples=["stgb-nrw"])
    function: Line | None = Field(default=None, description="The function.", examples=["Hauptgeschäftsführer"])


class Coordinates(Part):
    """A point (WGS 84), in decimal degrees."""

    latitude: float = Field(ge=-90, le=90, description="Degrees north.", examples=[51.2256])
    longitude: float = Field(ge=-180, le=180, description="Degrees east.", examples=[6.7768])


def _name_only(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class Authority(_Period):
    """An organisation, a person or a place that releases may name. Raises pydantic.ValidationError."""

    id: Slug = Field(description="Permanent id, unique in the archive; part of the IRI.", examples=["stgb-nrw"])
    kind: Kind = Field(description="What it is.", examples=["organisation"])
    type: Line | None = Field(
        default=None, description="A narrower class of schema.org.", examples=["GovernmentOrganization", "City"]
    )
    name: Line = Field(
        description="The name; of a person, without titles.", examples=["Städte- und Gemeindebund Nordrhein-Westfalen"]
    )
    short_name: Line | None = Field(
        default=None, description="Short name, as it stands before a number.", examples=["StGB NRW"]
    )
    language: Language | None = Field(
        default=None, description="Language of the names; the archive's where absent.", examples=["de"]
    )
    honorific: Line | None = Field(default=None, description="Titles of a person.", examples=["Dr."])
    given: Line | None = Field(default=None, description="Given names of a person.", examples=["Bernd Jürgen"])
    family: Line | None = Field(default=None, description="Family name of a person.", examples=["Schneider"])
    alternative: tuple[Annotated[AlternativeName, BeforeValidator(_name_only)], ...] = Field(
        default=(),
        description="Other names, each text or a mapping with `name`, `from`, `until`, `language`.",
        examples=[["Städte- und Gemeindebund NRW", {"name": "NWStGB", "until": "1998"}]],
    )
    hidden: tuple[Line, ...] = Field(
        default=(),
        description="Forms to find it by that are no names: inflected or damaged.",
        examples=[["Städte- und Gemeindebundes NRW"]],
    )
    links: Annotated[tuple[Link, ...], BeforeValidator(spread)] = Field(
        default=(),
        description="The same in other files, each seen and not guessed; short or long form.",
        examples=[{"gnd": "4005728-8", "wikidata": "Q64"}],
    )
    url: Url | None = Field(default=None, description="Home page.", examples=["https://www.kommunen.nrw/"])
    coordinates: Coordinates | None = Field(
        default=None, description="Where a place is.", examples=[{"latitude": 51.2256, "longitude": 6.7768}]
    )
    affiliations: tuple[Affiliation, ...] = Field(
        default=(),
        description="Where a person held functions, so that name and organisation together find the person.",
        examples=[[{"organisation": "stgb-nrw", "until": "2020"}]],
    )
    note: Text | None = Field(
        default=None, description="For maintainers; never published.", examples=["No GND id shown by any source."]
    )

    _settings: Settings = PrivateAttr(default=Settings("", ""))

    def model_post_init(self, context: Any, /) -> None:
        """Keep what the archive says: base IRI and default language."""
        if isinstance(context, Settings):
            self._settings = context

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Authority:
        faults = list(_misfits(self))
        if faults:
            raise PydanticCustomError("rules", "{text}", {"text": "; ".join(faults), "faults": faults})
        return self

    @cached_property
    def iri(self) -> str:
        """The permanent IRI of the thing itself (profile, section 5)."""
        return f"{self._settings.base}{PATHS[self.kind]}/{self.id}#id"

    @property
    def types(self) -> tuple[str, ...]:
        """Its classes as prefixed names, the narrowest first."""
        narrow = (f"schema:{self.type}",) if self.type else ()
        return tuple(dict.fromkeys((*narrow, *_GENERAL[self.kind])))

    @property
    def names(self) -> Annotated[tuple[tuple[str, str], ...], Field(min_length=1)]:
        """Language tag and name. A person's name is of no language."""
        return ((self._tag(None), self.name),)

    @property
    def alternate_names(self) -> tuple[tuple[str, str], ...]:
        """Language tag and name, for the short name and each other name."""
        short = ((self._tag(None), self.short_name),) if self.short_name else ()
        others = ((self._tag(other.language), other.name) for other in self.alternative)
        return tuple(dict.fromkeys((*short, *others)))

    @property
    def hidden_names(self) -> tuple[tuple[str, str], ...]:
        """Language tag and form, for each form that is no name."""
        return tuple((self._tag(None), form) for form in self.hidden)

    @property
    def same_as(self) -> tuple[str, ...]:
        """IRIs of the same thing elsewhere."""
        return tuple(link.iri for link in self.links if link.same)

    @property
    def see_also(self) -> tuple[str, ...]:
        """IRIs of close things elsewhere, and of official keys."""
        return tuple(link.iri for link in self.links if not link.same)

    @property
    def latitude(self) -> float | None:
        """Degrees north."""
        return self.coordinates.latitude if self.coordinates else None

    @property
    def longitude(self) -> float | None:
        """Degrees east."""
        return self.coordinates.longitude if self.coordinates else None

    def link(self, scheme: str) -> str | None:
        """The identifier of the first link of a scheme that says it is the same thing."""
        return next((link.value for link in self.links if link.scheme == scheme and link.same), None)

    def _tag(self, language: str | None) -> str:
        if language:
            return language
        return self.language or ("" if self.kind == "person" else self._settings.language)


def _misfits(authority: Authority) -> Iterator[str]:
    """What does not go with the kind, as `field: reason`."""
    if authority.type and authority.type not in TYPES[authority.kind]:
        yield f'type: "{authority.type}" is none of {", ".join(TYPES[authority.kind])}'
    personal = ("affiliations", "honorific", "given", "family")
    for field, kind in (*((field, "person") for field in personal), ("coordinates", "place")):
        if getattr(authority, field) and authority.kind != kind:
            yield f"{field}: only a {kind} can have it"
    if authority.honorific and authority.name.startswith(authority.honorific):
        yield "name: without titles; they go to honorific"
