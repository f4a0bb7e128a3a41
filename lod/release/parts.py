"""The parts of a release: agents and places it names, quotations, files, rights, life cycle, source."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from lod.release.fields import (
    Code,
    Count,
    FileName,
    FilePath,
    Instant,
    Line,
    MediaType,
    Part,
    PartId,
    Sha256,
    Slug,
    Text,
    Url,
    VersionNumber,
)
from lod.term import slug

__all__ = [
    "Attachment",
    "Change",
    "Contact",
    "Dateline",
    "Embargo",
    "Identifier",
    "Issuer",
    "Mention",
    "Named",
    "Person",
    "Quotation",
    "Rights",
    "Source",
]

_SUFFIX = re.compile(r"(?<=[^/])\.[a-z0-9]{1,20}$")
_DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


class Named(Part):
    """Something called by its name in the release, and linked to an authority only where the record says so."""

    name: Line | None = Field(
        default=None,
        description="The name as used in the release; where absent, the authority's.",
        examples=["Deutscher Städtetag"],
    )
    authority: Slug | None = Field(
        default=None, description="Id of an authority of the archive, where the link is certain.", examples=["dst"]
    )

    @model_validator(mode="after")
    def _has_one(self) -> Named:
        if self.name is None and self.authority is None:
            raise ValueError("a name or an authority is needed")
        return self

    @property
    def key(self) -> Slug:
        """What its IRI ends in when it is described under the release: a slug of the name."""
        return slug(self.name or self.authority or "")


def _name_only(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


def _authority_only(value: Any) -> Any:
    return {"authority": value} if isinstance(value, str) else value


Mention = Annotated[Named, BeforeValidator(_name_only, json_schema_input_type=Line | Named)]
"""A name, or a mapping with `name` and `authority`."""

Issuer = Annotated[Named, BeforeValidator(_authority_only, json_schema_input_type=Slug | Named)]
"""An authority id, or a mapping with `name` and `authority`."""


class Identifier(Part):
    """One more identifier the release carries elsewhere."""

    scheme: Code | Url = Field(
        description="What kind of identifier it is: a code of the scheme `idtype`, or the IRI of a scheme.",
        examples=["idtype:web"],
    )
    value: Line = Field(description="The identifier itself, unchanged.", examples=["urn:nbn:de:hbz:6-1234"])


class Embargo(Part):
    """Before its end nothing of the release is public."""

    until: Instant | None = Field(
        default=None,
        description="When it ends; absent where the end is not known, and then a note says what is.",
        examples=["2026-09-14T11:00:00+02:00"],
    )
    note: Text | None = Field(
        default=None, description="The embargo as printed.", examples=["Sperrfrist: Beginn der Rede"]
    )

    @model_validator(mode="after")
    def _says_something(self) -> Embargo:
        if self.until is None and self.note is None:
            raise ValueError("an embargo without an end needs a note")
        return self


class Dateline(Part):
    """Where and when the release was written, as printed and as places."""

    text: Line | None = Field(
        default=None, description="The line as printed.", examples=["Berlin, Düsseldorf, 3. Juli 2017"]
    )
    places: tuple[Mention, ...] = Field(
        default=(), description="The places the line names, in its order.", examples=[["Berlin", "Düsseldorf"]]
    )


class Contact(Part):
    """Whom to ask. A press contact is for newsrooms and never appears in anything public."""

    role: Line | None = Field(default=None, description="What the contact is for.", examples=["Pressesprecherin"])
    name: Line | None = Field(default=None, description="A person's name.", examples=["Erika Muster"])
    organisation: Line | None = Field(default=None, description="An office.", examples=["Pressestelle"])
    phone: Line | None = Field(default=None, description="Telephone as printed.", examples=["+49 211 4587-1"])
    mail: Annotated[str, Field(pattern=r"^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$", max_length=254)] | None = Field(
        default=None, description="Mail address.", examples=["presse@stadt.example"]
    )
    url: Url | None = Field(default=None, description="A page.", examples=["https://stadt.example/presse"])
    channel: Literal["public", "press"] = Field(
        default="press", description="Who may see it: everybody, or newsrooms only.", examples=["press"]
    )

    @model_validator(mode="after")
    def _reachable(self) -> Contact:
        if not (self.name or self.organisation or self.phone or self.mail or self.url):
            raise ValueError("a contact needs a name, an organisation, a phone, a mail address or a page")
        return self


class Person(Part):
    """A person named in the release, with the function held as of this release (never a fact about the person)."""

    name: Line = Field(description="Name without titles.", examples=["Bernd Jürgen Schneider"])
    honorific: Line | None = Field(default=None, description="Titles before the name.", examples=["Dr."])
    given: Line | None = Field(default=None, description="Given names.", examples=["Bernd Jürgen"])
    family: Line | None = Field(default=None, description="Family name.", examples=["Schneider"])
    function: Line | None = Field(
        default=None, description="Function as of this release.", examples=["Hauptgeschäftsführer"]
    )
    organisation: Mention | None = Field(
        default=None, description="Where the function is held.", examples=[{"authority": "stgb-nrw"}]
    )
    authority: Slug | None = Field(
        default=None, description="Id of the person's authority, where the link is certain.", examples=["b-schneider"]
    )

    @property
    def key(self) -> Slug:
        """What the IRIs of the person and of the function end in: a slug of the name."""
        return slug(self.name)


class Quotation(Part):
    """Speech that the release marks and attributes. Several people may say one quotation."""

    id: PartId = Field(description="Its id within the release; stored, never computed from order.", examples=["q1"])
    text: Text = Field(
        description="The words, without enclosing marks, exactly as in the text.",
        examples=["Städte und Gemeinden brauchen dringend Entlastung"],
    )
    speakers: tuple[Line, ...] = Field(
        min_length=1,
        description="Names of people or organisations listed in this record.",
        examples=[["Gerd Landsberg", "Bernd Jürgen Schneider"]],
    )
    start: Count | None = Field(
        default=None,
        description="Where it begins in the plain text, in code points from 0; only needed where the words recur.",
        examples=[613],
    )


class Attachment(Part):
    """A file that belongs to the release: the same text as PDF, a picture, a study."""

    name: FileName = Field(description="File name within the release, ASCII, no folders.", examples=["pm-15-2017.pdf"])
    url: Url | None = Field(
        default=None, description="Where it can be fetched.", examples=["https://stadt.example/pm.pdf"]
    )
    file: FilePath | None = Field(
        default=None, description="Path below the archive.", examples=["files/pm-15-2017.pdf"]
    )
    media_type: MediaType = Field(description="IANA media type.", examples=["application/pdf"])
    bytes: Count | None = Field(default=None, description="Size in bytes.", examples=[48213])
    sha256: Sha256 | None = Field(default=None, description="SHA-256 of the bytes.", examples=[_DIGEST])
    role: Literal["rendition", "picture", "attachment"] = Field(
        default="attachment",
        description="The same text in another form, a picture, or something of its own.",
        examples=["rendition"],
    )
    title: Line | None = Field(default=None, description="Title or file label.", examples=["Studie Wohngeld"])
    caption: Text | None = Field(default=None, description="Caption of a picture.", examples=["Der neue Radweg."])
    credit: Line | None = Field(default=None, description="Who made it.", examples=["Stadt Beispiel/Max Muster"])
    rights: Text | None = Field(default=None, description="Terms of use of this file.", examples=["Honorarfrei."])
    width: Annotated[Count, Field(gt=0)] | None = Field(default=None, description="Width in pixels.", examples=[3000])
    height: Annotated[Count, Field(gt=0)] | None = Field(default=None, description="Height in pixels.", examples=[2000])


class Rights(Part):
    """What may be done with the text. Nothing is claimed that the record does not say."""

    licence: Url | None = Field(
        default=None,
        description="IRI of a licence.",
        examples=["https://creativecommons.org/licenses/by/4.0/"],
    )
    statement: Url | None = Field(
        default=None,
        description="IRI of a rights statement; the archive's default where absent.",
        examples=["http://rightsstatements.org/vocab/CNE/1.0/"],
    )
    holder: Mention | None = Field(default=None, description="Who holds the rights.", examples=["Stadt Beispiel"])
    notice: Line | None = Field(default=None, description="Copyright notice.", examples=["© 2026 Stadt Beispiel"])
    usage_terms: Text | None = Field(
        default=None, description="Terms of use in words.", examples=["Abdruck honorarfrei, Beleg erbeten."]
    )
    data_mining: Literal["allowed", "prohibited"] | None = Field(
        default=None, description="Whether text and data mining is reserved.", examples=["prohibited"]
    )


class Change(Part):
    """One step in the life of a release after its first version."""

    version: VersionNumber = Field(ge=2, description="The version that the step made.", examples=[2])
    at: Instant = Field(description="When it was made.", examples=["2026-02-21T09:30:00+01:00"])
    kind: Literal["update", "correction", "withhold", "reinstate", "cancel"] = Field(
        description="What happened.", examples=["correction"]
    )
    note: Text = Field(
        description="What changed, in the issuer's words.",
        examples=["Berichtigt: Das Bürgerbüro öffnet um 8 Uhr, nicht um 7 Uhr."],
    )


class Source(Part):
    """The document the record was made from."""

    file: FilePath | None = Field(default=None, description="Path below the archive.", examples=["sources/df3cc093.md"])
    media_type: MediaType | None = Field(default=None, description="IANA media type.", examples=["text/markdown"])
    bytes: Count | None = Field(default=None, description="Size in bytes.", examples=[2883])
    sha256: Sha256 | None = Field(default=None, description="SHA-256 of the bytes.", examples=[_DIGEST])
    url: Url | None = Field(default=None, description="The page it came from.", examples=["https://stadt.example/15"])
    retrieved: Instant | None = Field(
        default=None, description="When it was fetched.", examples=["2026-11-22T09:00:00+00:00"]
    )

    @property
    def name(self) -> FileName | None:
        """What the document is called among the files of the release; None where only its address is known."""
        if self.file is None:
            return "source.bin" if self.sha256 else None
        suffix = _SUFFIX.search(self.file.lower())
        return f"source{suffix.group() if suffix else '.bin'}"
