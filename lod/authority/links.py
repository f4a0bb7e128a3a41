"""Links from an authority to the same thing, or a close one, in other files: syntax, check digit, IRI."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any, Literal, NamedTuple
from urllib.parse import quote

from pydantic import Field, model_validator

from lod.authority.checkdigit import gnd_valid, iso7064_valid
from lod.release.fields import Line, Part
from lod.term import IRI

__all__ = ["LINKS", "Link", "LinkScheme", "spread"]

Relation = Literal["same", "close"]

_GEOCODING = "http://dcat-ap.de/def/politicalGeocoding"
# Keys of states, government districts, districts and municipalities are told apart by their length.
_AGS_KINDS = {2: "stateKey", 3: "governmentDistrictKey", 5: "districtKey", 8: "municipalityKey"}


class LinkScheme(NamedTuple):
    """One kind of identifier: its form, a valid example, how it becomes an IRI, and what a link by it says."""

    pattern: str
    example: str
    iri: str
    check: Callable[[str], bool] | None = None
    prefixes: tuple[str, ...] = ()
    """What may stand before the identifier where somebody has copied an address."""
    relation: Relation = "same"


LINKS: dict[str, LinkScheme] = {
    "gnd": LinkScheme(
        r"1[012]?\d{7}[\dX]|[47]\d{6}-\d|[1-9]\d{0,7}-[\dX]|3\d{7}[\dX]",
        "4005728-8",
        "https://d-nb.info/gnd/{}",
        gnd_valid,
        ("https://d-nb.info/gnd/", "http://d-nb.info/gnd/", "(DE-588)"),
    ),
    "wikidata": LinkScheme(
        r"Q[1-9]\d{0,11}",
        "Q64",
        "http://www.wikidata.org/entity/{}",
        None,
        ("http://www.wikidata.org/entity/", "https://www.wikidata.org/entity/", "https://www.wikidata.org/wiki/"),
    ),
    # ISO 15511: a country or another prefix, a hyphen, and at most 11 characters.
    "isil": LinkScheme(
        r"(?:[A-Z]{2}|[A-Za-z]|[A-Za-z]{3,4})-[A-Za-z0-9:/-]{1,11}",
        "DE-101",
        "http://ld.zdb-services.de/resource/organisations/{}",
        None,
        ("http://ld.zdb-services.de/resource/organisations/", "https://ld.zdb-services.de/resource/organisations/"),
    ),
    "geonames": LinkScheme(
        r"[1-9]\d{0,11}",
        "2950159",
        "https://sws.geonames.org/{}/",
        None,
        ("https://sws.geonames.org/", "http://sws.geonames.org/", "https://www.geonames.org/"),
    ),
    # Official municipality key: the first two digits are the state, 01 to 16. A key for a thing is not the thing.
    "ags": LinkScheme(r"(?:0[1-9]|1[0-6])(?:\d|\d{3}|\d{6})?", "05111000", _GEOCODING + "/{kind}/{}", relation="close"),
    "ars": LinkScheme(r"(?:0[1-9]|1[0-6])\d{10}", "051110000000", _GEOCODING + "/regionalKey/{}", relation="close"),
    "viaf": LinkScheme(
        r"[1-9]\d{1,21}",
        "122576752",
        "http://viaf.org/viaf/{}",
        None,
        ("http://viaf.org/viaf/", "https://viaf.org/viaf/"),
    ),
    "isni": LinkScheme(
        r"\d{15}[\dX]", "0000000121032683", "https://isni.org/isni/{}", iso7064_valid, ("https://isni.org/isni/",)
    ),
    "orcid": LinkScheme(
        r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]",
        "0000-0002-1825-0097",
        "https://orcid.org/{}",
        iso7064_valid,
        ("https://orcid.org/",),
    ),
    "ror": LinkScheme(r"0[a-hj-km-np-tv-z0-9]{6}\d{2}", "02nv7yv05", "https://ror.org/{}", None, ("https://ror.org/",)),
    "url": LinkScheme(r"https?://[^\s]{3,}", "https://nwbib.de/spatial#Q1718", "{}"),
}


class Link(Part):
    """A link to the same thing elsewhere, or to a close one."""

    scheme: Line = Field(description=f"Kind of identifier: {', '.join(LINKS)}.", examples=["gnd"])
    value: Line = Field(description="The identifier, or its address.", examples=["4005728-8"])
    relation: Relation | None = Field(
        default=None,
        description="The same thing, or one close to it (a state and its capital); official keys are always close.",
        examples=["same"],
    )
    evidence: Line | None = Field(
        default=None, description="Where the link was seen.", examples=["Entity Facts, read on 2026-11-20"]
    )

    @model_validator(mode="before")
    @classmethod
    def _normal(cls, data: Any) -> Any:
        if (
            isinstance(data, dict)
            and {"scheme", "value"} <= data.keys()
            and isinstance(data["value"], str | int | float)
        ):
            return {**data, "value": _checked(str(data["scheme"]), str(data["value"]).strip())}
        return data

    @property
    def iri(self) -> str:
        """The IRI of what is linked."""
        kind = _AGS_KINDS.get(len(self.value), "")
        value = self.value if self.scheme == "url" else quote(self.value, safe="-:")
        return LINKS[self.scheme].iri.format(value, kind=kind)

    @property
    def same(self) -> bool:
        """Whether it is the same thing, and not only a close one."""
        return (self.relation or LINKS[self.scheme].relation) == "same"


def _checked(name: str, value: str) -> str:
    """The bare identifier. Raises ValueError where its form or its check digit is wrong."""
    scheme = LINKS.get(name)
    if scheme is None:
        near = get_close_matches(name, LINKS, 1)
        raise ValueError(f'unknown scheme "{name}"' + (f', did you mean "{near[0]}"?' if near else ""))
    for prefix in scheme.prefixes:
        if value.startswith(prefix):
            value = value.removeprefix(prefix).rstrip("/")
    if name == "isni":
        value = value.replace(" ", "")
    if not re.fullmatch(scheme.pattern, value, re.ASCII):
        lost = value.isdigit() and re.fullmatch(scheme.pattern, "0" + value) and name in {"ags", "ars"}
        hint = "; a leading 0 is lost" if lost else ""
        raise ValueError(f'{name}: not of the form {scheme.example}{hint}: "{value}"')
    if scheme.check is not None and not scheme.check(value):
        raise ValueError(f'{name}: wrong check digit: "{value}"')
    if name == "url":
        IRI(value)
    return value


def spread(value: Any) -> Any:
    """Links written short, as `gnd: 4005728-8`, in the long form."""
    return list(_long(value)) if isinstance(value, dict) else value


def _long(links: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for scheme, value in links.items():
        for one in value if isinstance(value, list) else [value]:
            yield {"scheme": scheme, **one} if isinstance(one, dict) else {"scheme": scheme, "value": one}
