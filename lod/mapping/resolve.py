"""From codes and names to concepts and agents: everything a record refers to is found before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from lod.authority.names import name_key
from lod.description import Agent, Shared, mention_key
from lod.release import Named, Person
from lod.term import IRI
from lod.vocabulary import UnknownCode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from lod.archive import Archive
    from lod.authority import Kind
    from lod.release import Release
    from lod.vocabulary import Concept

__all__ = ["Resolved", "Resolver"]

Where = tuple[str | int, ...]
"""The path of a field; it becomes a dotted name only in a fault."""

_MANY = 8192


@dataclass(slots=True)
class Resolved:
    """What one release refers to. Faults and warnings are (field, reason); speakers are agents by the name used.

    `local` has the names of those it describes itself, by IRI.
    """

    root: str
    agents: dict[tuple[str, str], Agent] = field(default_factory=dict)
    concepts: dict[str, Concept] = field(default_factory=dict)
    speakers: dict[str, IRI] = field(default_factory=dict)
    local: dict[str, str] = field(default_factory=dict)
    shared: set[Shared] = field(default_factory=set)
    faults: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)


class _Known(NamedTuple):
    """An authority or a concept that was looked up before, and how it is named among what releases share."""

    thing: Any
    shared: Shared


class Resolver:
    """Looks up the codes and the agents of releases in one archive. What was found once is not looked up again."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._base = archive.config.base
        self._concept = lru_cache(maxsize=_MANY)(self._known_concept)
        self._agent_of = lru_cache(maxsize=_MANY)(self._known_agent)

    def resolve(self, release: Release) -> Resolved:
        """Find all a release refers to; what cannot be found is a fault, never a guess."""
        found = Resolved(f"{self._base}release/{release.path}")
        self._codes(release, found)
        for where, kind, mention in _mentions(release):
            self._agent(where, kind, mention, release, found)
        for person in release.people:
            found.speakers[person.name] = found.agents["person", mention_key(person)].iri
        for body in (*release.organisations, *release.issuers):
            if body.name:
                found.speakers.setdefault(body.name, found.agents["organisation", mention_key(body)].iri)
        return found

    def _codes(self, release: Release, found: Resolved) -> None:
        day = release.day
        self._code(("genre",), release.genre, day, found)
        self._code(("status",), f"stat:{release.status}", day, found)
        self._code(("language",), f"language:{release.language.partition('-')[0]}", day, found)
        for index, code in enumerate(release.subjects):
            self._code(("subjects", index), code, day, found)
        for index, identifier in enumerate(release.identifiers):
            if "://" not in identifier.scheme and not identifier.scheme.startswith("urn:"):
                self._code(("identifiers", index, "scheme"), identifier.scheme, day, found)

    def _known_concept(self, code: str) -> _Known:
        return _Known(self._archive.vocabulary.concept(code), Shared("concept", code))

    def _code(self, where: Where, code: str, on: date | None, found: Resolved) -> None:
        if code in found.concepts:
            return
        try:
            concept, shared = self._concept(code)
        except UnknownCode as error:
            found.faults.append((_dotted(where), str(error)))
            return
        found.concepts[code] = concept
        found.shared.add(shared)
        verdict = self._archive.vocabulary.check(code, on) if concept.retired else None
        if verdict:
            told = found.faults if verdict.severity == "error" else found.warnings
            told.append((_dotted(where), verdict.reason))

    def _agent(self, where: Where, kind: Kind, mention: Named | Person, release: Release, found: Resolved) -> None:
        key = (kind, mention_key(mention))
        if key in found.agents:
            return
        name, id_ = mention.name, mention.authority
        if id_ is None:
            held = mention.organisation if isinstance(mention, Person) else None
            linked = self._archive.authorities.find(kind, name, organisation=_held_at(held), on=release.day)
            id_ = linked.id if linked else None
        known = self._agent_of(kind, id_, name) if id_ else None
        if known is not None:
            found.agents[key], shared = known
            found.shared.add(shared)
            return
        if id_ is not None:
            found.faults.append((_dotted(where), self._archive.authorities.missing(id_, kind)))
        found.agents[key] = Agent(kind, self._local(where, kind, mention, found), name or "", None)

    def _known_agent(self, kind: Kind, id_: str, name: str | None) -> _Known | None:
        """The agent of an authority under the name that a release uses; None where there is none of this kind."""
        authority = self._archive.authorities.get(id_)
        if authority is None or authority.kind != kind:
            return None
        return _Known(Agent(kind, IRI(authority.iri), name or authority.name, authority), Shared("authority", id_))

    def _local(self, where: Where, kind: Kind, mention: Named | Person, found: Resolved) -> IRI:
        """The IRI of something described under the release itself; two names must not end up as one thing."""
        iri, name = IRI(f"{found.root}#{kind}-{mention.key}"), mention.name or ""
        other = found.local.setdefault(iri.value, name)
        if other != name and name_key(kind, other) != name_key(kind, name):
            reason = f'"{name}" and "{other}" cannot be told apart; write them alike, or name an authority'
            found.faults.append((_dotted(where), reason))
        return iri


def _dotted(where: Where) -> str:
    return ".".join(map(str, where))


def _held_at(organisation: Named | None) -> str | None:
    if organisation is None:
        return None
    return organisation.authority or organisation.name


def _mentions(release: Release) -> Iterator[tuple[Where, Kind, Named | Person]]:
    """Each agent and place with the field it stands in and its kind."""
    if release.publisher:
        yield ("publisher",), "organisation", Named(authority=release.publisher)
    for index, issuer in enumerate(release.issuers):
        yield ("issuers", index), "organisation", issuer
    for index, person in enumerate(release.people):
        yield ("people", index), "person", person
        if person.organisation:
            yield ("people", index, "organisation"), "organisation", person.organisation
    for index, body in enumerate(release.organisations):
        yield ("organisations", index), "organisation", body
    if release.rights.holder:
        yield ("rights", "holder"), "organisation", release.rights.holder
    for index, place in enumerate(release.dateline.places if release.dateline else ()):
        yield ("dateline", "places", index), "place", place
    for index, place in enumerate(release.places):
        yield ("places", index), "place", place
