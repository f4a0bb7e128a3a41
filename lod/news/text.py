"""TextItem: the newsItem of a press release."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from lod.body import Heading, Paragraph, Span, Text
from lod.news.item import Item
from lod.news.media import companions
from lod.news.notes import Note, notes
from lod.news.parts import Assertion, Link, Party, Rendition
from lod.release import Named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lod.description import Description
    from lod.news.house import House
    from lod.release import Contact, Person, Release
    from lod.vocabulary import Concept

__all__ = ["TextItem"]

_SIMPLE = (Paragraph, Heading)
_NATURES = {"organisation": "cpnat:organisation", "person": "cpnat:person", "place": "cpnat:geoArea"}
_MINING = {"allowed": "plus:DMI-ALLOWED", "prohibited": "plus:DMI-PROHIBITED"}
_RENDITIONS = {"application/pdf": "rnd:print", "text/html": "rnd:web"}
"""The code of the first file of a media type; further files are named after themselves, in the archive's own scheme."""


class TextItem(Item):
    """The newsItem of a press release; `markup` is that of its body, xhtml or nitf."""

    def __init__(self, house: House, description: Description, release: Release, markup: str) -> None:
        super().__init__(house, description, release)
        self.markup = markup

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes to editors, the most important first."""
        return notes(self.release, self.house.wordings, self.by, contacts=self.house.contacts)

    @property
    def links(self) -> tuple[Link, ...]:
        """The version before, the page it was taken from, its pictures and attachments, related releases."""
        return tuple(self._links())

    def _links(self) -> Iterator[Link]:
        release, guid = self.release, self.house.naming.guid
        if release.version > 1:
            yield Link("irel:previousVersion", residref=self.guid, version=release.version - 1)
        if self.usable and release.source and release.source.url:
            yield Link("irel:derivedFrom", href=release.source.url)
        if self.usable and release.translation_of:
            yield Link("irel:translatedFrom", residref=guid(release.translation_of))
        if release.replaces:
            yield Link("irel:evolvedFrom", residref=guid(release.replaces))
        if self.usable:
            for one in companions(self.house, self.description, release):
                yield Link("irel:seeAlso", residref=one.guid, version=release.version, item_class=one.item_class)
        others = (release.replaced_by, *release.related) if self.usable else (release.replaced_by,)
        for other in dict.fromkeys(others):
            if other:
                yield Link("irel:seeAlso", residref=guid(other))

    @property
    def rights_holder(self) -> Party | None:
        """Who holds the rights."""
        holder = self.release.rights.holder
        return self._party("organisation", holder) if holder else None

    @property
    def rights_links(self) -> tuple[str, ...]:
        """The licence, where there is one, and the rights statement."""
        rights = self.release.rights
        statement = rights.statement or self.house.config.rights
        return (rights.licence, statement) if rights.licence else (statement,)

    @property
    def data_mining(self) -> str | None:
        """Whether text and data mining is allowed, as a code."""
        said = self.release.rights.data_mining or self.house.config.newsml.data_mining
        return _MINING[said] if said else None

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
    def speakers(self) -> tuple[Party, ...]:
        """The people who speak in the text."""
        quoted = {name for quotation in self.release.quotations for name in quotation.speakers}
        return self._parties("person", (person for person in self.release.people if person.name in quoted))

    @property
    def issuers(self) -> tuple[Party, ...]:
        """The organisations in whose name it is issued."""
        return self._parties("organisation", self.release.issuers)

    @property
    def genre(self) -> Concept:
        """The genre."""
        return self.description.concepts[self.release.genre]

    @property
    def topics(self) -> tuple[Concept, ...]:
        """The topics."""
        return tuple(self.description.concepts[code] for code in self.release.subjects)

    @property
    def broader_topics(self) -> tuple[Concept, ...]:
        """The topics above those given."""
        return self.house.codes.chain(self.topics)

    @property
    def assertions(self) -> tuple[Assertion, ...]:
        """The authorities named that the archive knows more of than a name."""
        agents = (agent for agent in self.description.agents.values() if agent.authority)
        known = {agent.iri.value: agent.authority for agent in agents}
        return tuple(
            Assertion(authority, _NATURES[authority.kind])
            for _, authority in sorted(known.items())
            if authority and (authority.same_as or authority.url or authority.coordinates or authority.alternate_names)
        )

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

    @cached_property
    def words(self) -> str:
        """How many words the text has."""
        return str(len(self.release.text.split()))

    @property
    def body(self) -> Release | None:
        """The release, where it has a text."""
        return self.release if self.release.text else None

    @property
    def plain(self) -> str | None:
        """The text without mark-up, where a reader that keeps only the first characters of each paragraph lost some."""
        if self.markup != "xhtml":
            return None
        simple = all(isinstance(block, _SIMPLE) and _bare(block.spans) for block in self.release.blocks)
        return None if simple and not self.release.quotations else self.release.text or None

    @property
    def renditions(self) -> tuple[Rendition, ...]:
        """Files with the same text; each rendition may stand once (IPTC guide), so each has a code of its own."""
        codes = dict(_RENDITIONS)
        return tuple(
            Rendition(
                codes.pop(file.media_type, f"rendition:{file.name}"),
                file.url or f"{self.iri}/file/{file.name}",
                file.media_type,
                file.bytes,
                file.sha256,
                file.width,
                file.height,
            )
            for file in self.release.attachments
            if file.role == "rendition"
        )

    def _held(self, person: Person) -> str | None:
        """The person as this release speaks of them, with titles and function, which are no facts about the person."""
        body = self.description.agent("organisation", person.organisation).name if person.organisation else None
        titled = f"{person.honorific} {person.name}" if person.honorific else None
        return ", ".join(part for part in (titled, person.function, body) if part) or None


def _bare(spans: Iterable[Span]) -> bool:
    return all(isinstance(span, Text) for span in spans)
