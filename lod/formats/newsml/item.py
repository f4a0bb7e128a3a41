"""Item: what one newsItem says, read off the description of a release; the tables name its properties."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from lod.body import Heading, Paragraph, Span, Text
from lod.formats.newsml.moments import Calendar, Moments
from lod.formats.newsml.notes import Note, notes
from lod.formats.newsml.wording import Wording, Wordings
from lod.release import Named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lod.archive import Archive
    from lod.authority import Authority
    from lod.description import Agent, Description
    from lod.formats.newsml.codes import Codes
    from lod.formats.newsml.elements import Element
    from lod.formats.newsml.naming import Naming
    from lod.release import Attachment, Contact, Person, Release
    from lod.vocabulary import Concept

__all__ = ["House", "Item", "Link", "Party", "Rendition"]


class Party(NamedTuple):
    """An organisation, person or place: its IRI, its names by language (the one used in the release first), a note."""

    iri: str
    names: tuple[tuple[str, str], ...]
    note: str | None = None


class Link(NamedTuple):
    """A link to another item (by guid) or to a page (by address)."""

    rel: str
    residref: str | None = None
    version: int | None = None
    href: str | None = None


class Rendition(NamedTuple):
    """A file with the same text: its address, its place among renditions, and the attachment."""

    href: str
    rendition: str
    file: Attachment


@dataclass(frozen=True)
class House:
    """What the items of one archive have in common."""

    archive: Archive
    naming: Naming
    calendar: Calendar
    wordings: Wordings
    codes: Codes
    provider: Party
    renditions: Mapping[str, str]
    """The code of the first rendition of a media type; the others are named after their files."""
    contacts: bool
    """Whether the readers of the items may see contacts that are for newsrooms only."""

    @property
    def base(self) -> str:
        """The base of all IRIs."""
        return self.archive.config.base


class Item:
    """One newsItem. Its properties are what `of` in the tables may name; None and () mean nothing to say."""

    def __init__(self, house: House, description: Description, release: Release) -> None:
        self.house = house
        self.description = description
        self.release = release
        self.aliases: set[str] = set()
        self.body_element: Element

    @property
    def usable(self) -> bool:
        """Whether the text may be used; if not, only what the tables keep is said."""
        return self.release.status == "usable"

    @property
    def guid(self) -> str:
        """The guid, shared by all versions."""
        return self.house.naming.guid(self.release.path)

    @property
    def iri(self) -> str:
        """The IRI of the release, its subject in the RDF."""
        return self.description.subject.value

    @property
    def file_name(self) -> str:
        """The name of the file of this version."""
        return self.house.naming.file(self.release.path, self.release.version)

    @property
    def status(self) -> str:
        """The publication status."""
        return f"stat:{self.release.status}"

    @cached_property
    def moments(self) -> Moments:
        """The dates."""
        return self.house.calendar.moments(self.release)

    @property
    def embargoed(self) -> str | None:
        """The end of the embargo; empty where it is not known."""
        embargo = self.release.embargo
        if embargo is None:
            return None
        return embargo.until.isoformat() if embargo.until else ""

    @property
    def signal(self) -> str | None:
        """What a new version is: an update or a correction; None for the first."""
        if self.release.version == 1:
            return None
        last = self.release.changes[-1].kind if self.release.changes else "update"
        return "sig:correction" if last == "correction" else "sig:update"

    @property
    def provider(self) -> Party:
        """Who sends the feed."""
        return self.house.provider

    @property
    def service(self) -> Party:
        """The archive, as the service it is."""
        config = self.house.archive.config
        return Party(f"{config.base}dataset", ((config.language, config.title),))

    @property
    def title(self) -> Wording:
        """The title; where the text may not be used, only what kind of thing it was."""
        release, wordings = self.release, self.house.wordings
        if self.usable:
            return Wording(release.title, release.language)
        text = wordings.say(release.status, release.language)
        return Wording(f"{text} {release.number}" if release.number else text, wordings.language(release.language))

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes to editors, the most important first."""
        return notes(self.release, self.house.wordings, self.by, contacts=self.house.contacts)

    @property
    def links(self) -> tuple[Link, ...]:
        """The version before, the page it was taken from, related releases."""
        release, guid = self.release, self.house.naming.guid
        found = []
        if release.version > 1:
            found.append(Link("irel:previousVersion", residref=self.guid, version=release.version - 1))
        if self.usable and release.source and release.source.url:
            found.append(Link("irel:derivedFrom", href=release.source.url))
        if self.usable and release.translation_of:
            found.append(Link("irel:translatedFrom", residref=guid(release.translation_of)))
        if release.replaces:
            found.append(Link("irel:evolvedFrom", residref=guid(release.replaces)))
        others = (release.replaced_by, *release.related) if self.usable else (release.replaced_by,)
        found.extend(Link("irel:seeAlso", residref=guid(other)) for other in dict.fromkeys(others) if other)
        return tuple(found)

    @property
    def rights_holder(self) -> Party | None:
        """Who holds the rights."""
        holder = self.release.rights.holder
        return self._party("organisation", holder) if holder else None

    @property
    def rights_links(self) -> tuple[str, ...]:
        """The licence, where there is one, and the rights statement."""
        rights = self.release.rights
        statement = rights.statement or self.house.archive.config.rights
        return (rights.licence, statement) if rights.licence else (statement,)

    @property
    def datelined(self) -> tuple[Party, ...]:
        """The places of the dateline."""
        dateline = self.release.dateline
        return self._parties("place", dateline.places) if dateline else ()

    @property
    def publisher(self) -> Party | None:
        """The body whose number it is."""
        body = self.release.numbering_body
        return self._party("organisation", Named(authority=body)) if body else None

    @property
    def offices(self) -> tuple[Contact, ...]:
        """The contacts for everybody."""
        return tuple(contact for contact in self.release.contacts if contact.channel == "public")

    @property
    def issuers(self) -> tuple[Party, ...]:
        """The organisations in whose name it is issued."""
        return self._parties("organisation", self.release.issuers)

    @property
    def by(self) -> str:
        """The issuers by name."""
        return ", ".join(agent.name for agent in self._issuing)

    @property
    def credit(self) -> str:
        """The issuers by short name."""
        return " / ".join((one.authority.short_name if one.authority else None) or one.name for one in self._issuing)

    @property
    def _issuing(self) -> Iterator[Agent]:
        return (self.description.agent("organisation", issuer) for issuer in self.release.issuers)

    @property
    def genre(self) -> Concept:
        """The genre."""
        return self.description.concepts[self.release.genre]

    @property
    def topics(self) -> tuple[Concept, ...]:
        """The topics."""
        return tuple(self.description.concepts[code] for code in self.release.subjects)

    @property
    def people(self) -> tuple[Party, ...]:
        """The people named, each with the function held as of this release."""
        return tuple(self._party("person", person)._replace(note=self._held(person)) for person in self.release.people)

    @property
    def organisations(self) -> tuple[Party, ...]:
        """The organisations named."""
        return self._parties("organisation", self.release.organisations)

    @property
    def places(self) -> tuple[Party, ...]:
        """The places it is about."""
        return self._parties("place", self.release.places)

    @property
    def body(self) -> Release | None:
        """The release, where it has a text."""
        return self.release if self.release.text else None

    @property
    def plain(self) -> str | None:
        """The text without mark-up, where a reader that keeps only the first characters of each paragraph lost some."""
        simple = all(isinstance(block, Paragraph | Heading) and _bare(block.spans) for block in self.release.blocks)
        return None if simple and not self.release.quotations else self.release.text or None

    @property
    def renditions(self) -> tuple[Rendition, ...]:
        """Files with the same text; each rendition may stand once (IPTC guide), so each has a code of its own."""
        codes = dict(self.house.renditions)
        files = [file for file in self.release.attachments if file.role == "rendition"]
        return tuple(
            Rendition(
                file.url or f"{self.iri}/file/{file.name}",
                codes.pop(file.media_type, f"rendition:{file.name}"),
                file,
            )
            for file in files
        )

    def _held(self, person: Person) -> str | None:
        """The person as this release speaks of them, with titles and function, which are no facts about the person."""
        body = self.description.agent("organisation", person.organisation).name if person.organisation else None
        titled = f"{person.honorific} {person.name}" if person.honorific else None
        return ", ".join(part for part in (titled, person.function, body) if part) or None

    def _parties(self, kind: str, mentions: Iterable[Named]) -> tuple[Party, ...]:
        return tuple(dict.fromkeys(self._party(kind, mention) for mention in mentions))

    def _party(self, kind: str, mention: Named | Person) -> Party:
        agent = self.description.agent(kind, mention)
        if kind == "person":  # whose name is of no language
            return Party(agent.iri.value, (("", agent.name),))
        names = agent.authority.names if agent.authority else ()
        return Party(agent.iri.value, ((self.release.language, agent.name), *_other(names, self.release.language)))


def _bare(spans: Iterable[Span]) -> bool:
    return all(isinstance(span, Text) for span in spans)


def _other(names: Iterable[tuple[str, str]], language: str) -> Iterator[tuple[str, str]]:
    """The names in other languages than that of the release."""
    primary = language.partition("-")[0]
    return ((tag, name) for tag, name in names if tag and tag.partition("-")[0] != primary)


def party_of(authority: Authority) -> Party:
    """An authority under its main names."""
    return Party(authority.iri, tuple(authority.names))
