"""What a mapping can say of a release besides its own fields: versions, files, functions, names, local agents."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, NamedTuple

from pydantic import Field

from lod.description import Agent, mention_key
from lod.release import Attachment, Named, Person, Release
from lod.release.fields import FileName, Language, MediaType, Moment, PartId, ReleaseId, Sha256, Slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Correction", "Function", "Quoted", "ReleaseView", "SourceFile", "StandingText", "Version"]


class Version(NamedTuple):
    """One version of the text; `made` is the instant it came about, where known."""

    number: int
    made: datetime | None
    previous: int | None
    following: int | None
    path: ReleaseId


class Quoted(NamedTuple):
    """A quotation with its place in the text: 0-based code points, end exclusive; `position` counts from 1."""

    id: PartId
    text: str
    speakers: Annotated[tuple[str, ...], Field(min_length=1)]
    language: Language
    position: int
    start: int
    end: int
    version: int


class Function(NamedTuple):
    """A function held by a person as of the day of the release."""

    key: Slug
    person: Person
    organisation: Named | None
    function: str | None
    day: date | None


class Correction(NamedTuple):
    """What the issuer said of a correction, a withholding or a withdrawal; `corrected` is the version it is about."""

    number: int
    note: str
    at: datetime
    corrected: int


class StandingText(NamedTuple):
    """A standing text about the issuer; `role` is its code."""

    number: int
    text: str
    role: str


class SourceFile(NamedTuple):
    """The document a record was made from, as a file of the release."""

    name: FileName
    media_type: MediaType | None
    bytes: int | None
    sha256: Sha256 | None


class ReleaseView:
    """A release as the mapping sees it. Fields of Release are read from `release`, all others from here."""

    def __init__(self, release: Release, agents: Mapping[tuple[str, str], Agent]) -> None:
        self.release = release
        self.agents = agents

    def _name(self, kind: str, mention: Named) -> str:
        return self.agents[kind, mention_key(mention)].name

    @property
    def path(self) -> ReleaseId:
        """The path below `release/`."""
        return self.release.path

    @property
    def text(self) -> str | None:
        """The whole text without mark-up; None where there is none."""
        return self.release.text or None

    @property
    def primary_language(self) -> str:
        """The language without region or script, which code tables of languages have: `pt` of `pt-BR`."""
        return self.release.language.partition("-")[0]

    @property
    def numbering_body(self) -> Slug | None:
        """Authority id of the publisher."""
        return self.release.numbering_body

    @property
    def publishing(self) -> Annotated[tuple[Named, ...], Field(max_length=1)]:
        """The publisher, as something a rule can name."""
        body = self.release.numbering_body
        return (Named(authority=body),) if body else ()

    @property
    def numbering_name(self) -> str | None:
        """The publisher's short name, as it stands before a number."""
        for body in self.publishing:
            agent = self.agents["organisation", mention_key(body)]
            return (agent.authority.short_name if agent.authority else None) or agent.name
        return None

    @property
    def issuer_names(self) -> str:
        """The issuers in their order, as one line."""
        return ", ".join(self._name("organisation", issuer) for issuer in self.release.issuers)

    @property
    def credit(self) -> str | None:
        """The issuers of a joint release in their order, which a set of statements cannot keep."""
        names = [self.agents["organisation", mention_key(issuer)] for issuer in self.release.issuers]
        if len(names) < 2:  # noqa: PLR2004 - joint means two
            return None
        return " / ".join((agent.authority.short_name if agent.authority else None) or agent.name for agent in names)

    @property
    def dated(self) -> str | None:
        """The dateline as printed, or else the day of issue."""
        dateline = self.release.dateline
        if dateline and dateline.text:
            return dateline.text
        return self.release.day.isoformat() if self.release.day else None

    @property
    def last_changed(self) -> Moment | None:
        """When the text was last changed."""
        changes = self.release.changes
        return self.release.modified or (changes[-1].at if changes else None)

    @property
    def canceled_at(self) -> datetime | None:
        """When the release was canceled."""
        last = self.release.changes[-1] if self.release.changes else None
        return last.at if last and last.kind == "cancel" else None

    @property
    def recorded_day(self) -> date | None:
        """The day the record came into the archive."""
        return self.release.recorded.date() if self.release.recorded else None

    @cached_property
    def versions(self) -> Annotated[tuple[Version, ...], Field(min_length=1)]:
        """All versions of the text, from 1."""
        count = self.release.version
        made = {change.version: change.at for change in self.release.changes}
        if self.release.recorded:
            made[1] = self.release.recorded
        return tuple(
            Version(
                number,
                made.get(number),
                number - 1 if number > 1 else None,
                number + 1 if number < count else None,
                self.release.path,
            )
            for number in range(1, count + 1)
        )

    @cached_property
    def source_files(self) -> Annotated[tuple[SourceFile, ...], Field(max_length=1)]:
        """The document the record was made from; at most one."""
        source = self.release.source
        if source is None or source.name is None:
            return ()
        return (SourceFile(source.name, source.media_type, source.bytes, source.sha256),)

    @cached_property
    def renditions(self) -> tuple[Attachment, ...]:
        """Files with the same text."""
        return tuple(file for file in self.release.attachments if file.role == "rendition")

    @cached_property
    def companions(self) -> tuple[Attachment, ...]:
        """Pictures, studies and whatever else came with it."""
        return tuple(file for file in self.release.attachments if file.role != "rendition")

    @cached_property
    def pictures(self) -> tuple[Attachment, ...]:
        """The companions that are pictures."""
        return tuple(file for file in self.companions if file.role == "picture" or file.media_type.startswith("image/"))

    @cached_property
    def quoted(self) -> tuple[Quoted, ...]:
        """The quotations with their places in the text."""
        release = self.release
        return tuple(
            Quoted(one.id, one.text, one.speakers, release.language, position, *release.spans[one.id], release.version)
            for position, one in enumerate(release.quotations, 1)
        )

    @cached_property
    def standing_texts(self) -> tuple[StandingText, ...]:
        """The standing texts about the issuer."""
        return tuple(
            StandingText(number, text, "noterole:boilerplate")
            for number, text in enumerate(self.release.boilerplate, 1)
        )

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        """The functions people hold as of this release."""
        day = self.release.day
        return tuple(
            Function(person.key, person, person.organisation, person.function, day)
            for person in self.release.people
            if person.function or person.organisation
        )

    @cached_property
    def corrections(self) -> tuple[Correction, ...]:
        """Corrections, withholdings and a withdrawal, in their order.

        Of what is not usable only the last: notes of corrections quote the text, which is to be nowhere any more.
        """
        told = [change for change in self.release.changes if change.kind in {"correction", "withhold", "cancel"}]
        all_ = [Correction(n, change.note, change.at, change.version - 1) for n, change in enumerate(told, 1)]
        return tuple(all_ if self.release.status == "usable" else all_[-1:])

    @cached_property
    def local_people(self) -> tuple[Person, ...]:
        """People no authority describes."""
        return tuple(p for p in self.release.people if not self.agents["person", mention_key(p)].authority)

    @cached_property
    def local_organisations(self) -> tuple[Named, ...]:
        """Organisations no authority describes, each once."""
        release = self.release
        held = [person.organisation for person in release.people if person.organisation]
        holder = [release.rights.holder] if release.rights.holder else []
        return self._local("organisation", (*release.issuers, *release.organisations, *held, *holder))

    @cached_property
    def local_places(self) -> tuple[Named, ...]:
        """Places no authority describes, each once."""
        dateline = self.release.dateline.places if self.release.dateline else ()
        return self._local("place", (*dateline, *self.release.places))

    def _local(self, kind: str, mentions: Iterable[Named]) -> tuple[Named, ...]:
        unlinked = (mention for mention in mentions if not self.agents[kind, mention_key(mention)].authority)
        return tuple({mention.key: mention for mention in unlinked}.values())
