"""Release: one press release, whole and valid."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from lod import body as markup
from lod.identity import release_path
from lod.release.fields import (
    Code,
    Defaults,
    Instant,
    Language,
    Line,
    Moment,
    Part,
    ReleaseId,
    Slug,
    Text,
    VersionNumber,
)
from lod.release.parts import (
    Attachment,
    Change,
    Contact,
    Dateline,
    Embargo,
    Identifier,
    Issuer,
    Mention,
    Person,
    Quotation,
    Rights,
    Source,
)
from lod.release.rules import broken_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Release"]


class Release(Part):
    """One press release as the archive holds it: identity, text, people, rights, life cycle, source.

    Raises pydantic.ValidationError, with the field path of each fault; validate with a `Defaults` context to give
    records the language and the time zone of their archive.
    """

    id: ReleaseId | None = Field(
        default=None,
        description="Explicit identity; needed where there is no number, and final once it is published.",
        examples=["stgb-nrw/2026/0302-neue-oeffnungszeiten"],
    )
    number: Annotated[Line, Field(max_length=60)] | None = Field(
        default=None, description="Official number as printed, without words before it.", examples=["15/2017"]
    )
    series: Slug | None = Field(
        default=None,
        description="Series the number counts in, where the issuer has several.",
        examples=["pressemitteilung"],
    )
    identifiers: tuple[Identifier, ...] = Field(
        default=(), description="Other identifiers.", examples=[[{"scheme": "idtype:web", "value": "4711"}]]
    )
    title: Line = Field(description="Headline.", examples=["Entlastung der Kommunen durch bessere Rückführung"])
    subtitle: Line | None = Field(default=None, description="Second headline.", examples=["Offener Dialog"])
    kicker: Line | None = Field(default=None, description="Short line above the headline.", examples=["Wohngeld"])
    lead: Text | None = Field(
        default=None,
        description="Opening paragraph, plain text. It is part of the text and need not be repeated in the body.",
        examples=["Das Bürgerbüro öffnet ab dem 2. März um 8 Uhr."],
    )
    body: Text | None = Field(
        default=None,
        description="The text, in a small Markdown: paragraphs, # headings, lists, > quotations, | tables |, "
        "**bold**, *italic*, [links](https://…).",
        examples=["Der Rat hat zugestimmt.\n\n- erstens\n- zweitens"],
    )
    boilerplate: tuple[Text, ...] = Field(
        default=(), description="Standing texts about the issuer.", examples=[["Über den Verband: …"]]
    )
    notes: tuple[Text, ...] = Field(
        default=(), description="Notes to editors.", examples=[["Hinweis an die Redaktionen: …"]]
    )
    language: Language = Field(
        default="", description="Language (BCP 47); the archive's where absent.", examples=["de"]
    )
    issued: Moment | None = Field(
        default=None, description="Date of issue, or instant with zone.", examples=["2017-07-03"]
    )
    modified: Moment | None = Field(
        default=None, description="Last change of the text by the issuer.", examples=["2017-07-04T08:00:00+02:00"]
    )
    recorded: Instant | None = Field(
        default=None,
        description="When version 1 of the record came into the archive.",
        examples=["2026-11-22T09:00:05+00:00"],
    )
    embargo: Embargo | None = Field(
        default=None, description="Embargo.", examples=[{"until": "2026-09-14T11:00:00+02:00"}]
    )
    dateline: Dateline | None = Field(default=None, description="Dateline.", examples=[{"places": ["Düsseldorf"]}])
    publisher: Slug | None = Field(
        default=None,
        description="Authority id of the body whose number it is; the first issuer where absent.",
        examples=["stgb-nrw"],
    )
    issuers: tuple[Issuer, ...] = Field(
        min_length=1,
        description="Organisations in whose name it is issued, in their order.",
        examples=[["stgb-nrw", {"name": "Deutscher Städte- und Gemeindebund", "authority": "dstgb"}]],
    )
    contacts: tuple[Contact, ...] = Field(
        default=(), description="Contacts.", examples=[[{"mail": "presse@stadt.example", "channel": "public"}]]
    )
    people: tuple[Person, ...] = Field(
        default=(), description="People named.", examples=[[{"name": "Gerd Landsberg", "honorific": "Dr."}]]
    )
    organisations: tuple[Mention, ...] = Field(
        default=(), description="Organisations named, without the issuers.", examples=[["Bundesinnenministerium"]]
    )
    places: tuple[Mention, ...] = Field(
        default=(), description="Places the release is about.", examples=[["Nordrhein-Westfalen"]]
    )
    subjects: tuple[Code, ...] = Field(
        default=(), description="Topics, as codes of schemes.", examples=[["medtop:20000612"]]
    )
    keywords: tuple[Line, ...] = Field(default=(), description="Free keywords.", examples=[["Rückkehrmanagement"]])
    genre: Code = Field(default="genre:Press_Release", description="Genre.", examples=["genre:Press_Release"])
    quotations: tuple[Quotation, ...] = Field(
        default=(),
        description="Quotations with their speakers.",
        examples=[[{"id": "q1", "text": "Wir handeln.", "speakers": ["Erika Muster"]}]],
    )
    attachments: tuple[Attachment, ...] = Field(
        default=(),
        description="Files and pictures.",
        examples=[[{"name": "pm.pdf", "url": "https://stadt.example/pm.pdf", "media_type": "application/pdf"}]],
    )
    rights: Rights = Field(
        default=Rights(), description="Rights in the text.", examples=[{"notice": "© 2026 Stadt Beispiel"}]
    )
    version: VersionNumber = Field(default=1, description="Version of the text.", examples=[1])
    status: Literal["usable", "withheld", "canceled"] = Field(
        default="usable", description="Publication status (IPTC).", examples=["usable"]
    )
    changes: tuple[Change, ...] = Field(
        default=(),
        description="What made each version after the first.",
        examples=[[{"version": 2, "at": "2026-02-21T09:30:00+01:00", "kind": "correction", "note": "8 statt 7 Uhr"}]],
    )
    replaces: ReleaseId | None = Field(
        default=None, description="Id of the release this one replaces.", examples=["beispielstadt/2026/2"]
    )
    replaced_by: ReleaseId | None = Field(
        default=None, description="Id of the release that replaces this one.", examples=["beispielstadt/2026/3"]
    )
    translation_of: ReleaseId | None = Field(
        default=None, description="Id of the release this one translates.", examples=["debian/20150426-en"]
    )
    related: tuple[ReleaseId, ...] = Field(
        default=(), description="Ids of related releases.", examples=[["stgb-nrw/2017/14"]]
    )
    source: Source | None = Field(
        default=None, description="The document it was made from.", examples=[{"file": "sources/df3cc093.md"}]
    )

    @model_validator(mode="after")
    def _complete(self, info: ValidationInfo) -> Release:
        self._take(info.context or Defaults())
        faults = broken_rules(self)
        if faults:
            raise PydanticCustomError("rules", "{text}", {"text": "; ".join(faults), "faults": faults})
        return self

    def _take(self, defaults: Defaults) -> None:
        """Take from the archive what the record does not say; a frozen model lets only its own birth do that."""
        if not self.language:
            if defaults.language is None:
                fault = "language: missing, and the archive names none"
                raise PydanticCustomError("rules", "{text}", {"text": fault, "faults": [fault]})
            object.__setattr__(self, "language", defaults.language)
        recorded = defaults.recorded
        if self.recorded is None and recorded and (self.day is None or self.day <= recorded.date()):
            object.__setattr__(self, "recorded", recorded)

    @cached_property
    def path(self) -> str:
        """The permanent path below `release/`: the explicit id, or publisher, year and number."""
        if self.id is not None:
            return self.id
        publisher = self.numbering_body
        found = release_path(publisher, self.number, self.issued, self.series) if self.number and publisher else None
        if found is None:
            raise ValueError("no identity")  # pragma: no cover - broken_rules has refused it
        return found

    @property
    def numbering_body(self) -> str | None:
        """Authority id of the publisher: the one named, or the first issuer that has one."""
        return self.publisher or self.issuers[0].authority

    @property
    def year(self) -> str:
        """Year of issue; `undated` where there is none."""
        return f"{self.issued.year:04d}" if self.issued else "undated"

    @cached_property
    def blocks(self) -> Sequence[markup.Block]:
        """The body as blocks, with the lead as its first paragraph."""
        blocks = markup.parse(self.body) if self.body else ()
        if self.lead is None or (blocks and markup.plain(blocks[:1]).strip() == self.lead):
            return blocks
        return (markup.Paragraph((markup.Text(self.lead),)), *blocks)

    @cached_property
    def text(self) -> str:
        """The whole text without mark-up, paragraphs set apart by a blank line; the lead is its beginning."""
        body = markup.plain_text(self.body) if self.body else ""
        if self.lead is None or body == self.lead or body.startswith(self.lead + "\n\n"):
            return body
        return f"{self.lead}\n\n{body}" if body else self.lead

    @cached_property
    def spans(self) -> dict[str, tuple[int, int]]:
        """Start and end of each quotation in `text`, in code points, by quotation id."""
        found = {}
        for quotation in self.quotations:
            start = self.text.find(quotation.text) if quotation.start is None else quotation.start
            found[quotation.id] = (start, start + len(quotation.text))
        return found

    @property
    def day(self) -> date | None:
        """The day of issue, without the time."""
        return self.issued.date() if isinstance(self.issued, datetime) else self.issued
