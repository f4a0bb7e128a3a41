"""What every item says of itself, and what every item of a release does; the tables name these properties."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from lod.news.notes import Note, notes
from lod.news.parts import Party
from lod.news.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lod.description import Agent, Description
    from lod.news.house import House
    from lod.news.moments import Moments
    from lod.release import Named, Person, Release

__all__ = ["AnyItem", "Item"]

_WARNINGS = {"noterole:embargo", "noterole:withhold", "noterole:cancel"}


class AnyItem:
    """One item. What `of` in a table names is one of its properties; None and () mean nothing to say."""

    def __init__(self, house: House, language: str, version: int) -> None:
        self.house = house
        self.language = language
        self.version = version
        self.aliases: set[str] = set()
        """The aliases of the codes that the item has used so far."""
        self.later: list[Callable[[], Any]] = []
        """What is written when all else is set on its lines: text, whose white space has a meaning."""

    @property
    def guid(self) -> str:
        """The guid, shared by all versions."""
        raise NotImplementedError

    @property
    def usable(self) -> bool:
        """Whether the content may be used; if not, only what the tables keep is said."""
        return True

    @property
    def provider(self) -> Party:
        """Who sends the feed."""
        return self.house.provider


class Item(AnyItem):
    """An item of a release, whatever its content."""

    def __init__(self, house: House, description: Description, release: Release) -> None:
        super().__init__(house, release.language, release.version)
        self.description = description
        self.release = release

    @property
    def usable(self) -> bool:
        """Whether the content may be used; if not, only what the tables keep is said."""
        return self.release.status == "usable"

    @property
    def guid(self) -> str:
        """The guid, shared by all versions."""
        return self.house.naming.guid(self.release.path)

    @property
    def file_name(self) -> str:
        """The name of the file of this version."""
        return self.house.naming.file(self.release.path, self.release.version)

    @property
    def iri(self) -> str:
        """The IRI of the release, its subject in the RDF."""
        return self.description.subject.value

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
    def service(self) -> Party:
        """The archive, as the service it is."""
        config = self.house.config
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
    def warnings(self) -> tuple[Note, ...]:
        """The notes that everything that comes with a release must carry: its embargo, and why it was stopped."""
        found = notes(self.release, self.house.wordings, self.by, contacts=False)
        return tuple(note for note in found if note.role in _WARNINGS)

    @cached_property
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

    def _parties(self, kind: str, mentions: Iterable[Named | Person]) -> tuple[Party, ...]:
        return tuple(dict.fromkeys(self._party(kind, mention) for mention in mentions))

    def _party(self, kind: str, mention: Named | Person) -> Party:
        agent = self.description.agent(kind, mention)
        if kind == "person":  # whose name is of no language
            return Party(agent.iri.value, (("", agent.name),))
        names = agent.authority.names if agent.authority else ()
        return Party(agent.iri.value, ((self.release.language, agent.name), *_other(names, self.release.language)))


def _other(names: Iterable[tuple[str, str]], language: str) -> Iterator[tuple[str, str]]:
    """The names in other languages than that of the release."""
    primary = language.partition("-")[0]
    return ((tag, name) for tag, name in names if tag and tag.partition("-")[0] != primary)
