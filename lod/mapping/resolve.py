"""From codes and names to concepts and agents: everything a record refers to is found before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lod.authority.names import name_key
from lod.description import Agent, Shared, mention_key
from lod.release import Named
from lod.term import IRI
from lod.vocabulary import UnknownCode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from lod.archive import Archive
    from lod.authority import Kind
    from lod.release import Person, Release
    from lod.vocabulary import Concept

__all__ = ["Resolved", "Resolver"]


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


class Resolver:
    """Looks up the codes and the agents of releases in one archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._base = archive.config.base

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
        self._code("genre", release.genre, day, found)
        self._code("status", f"stat:{release.status}", day, found)
        self._code("language", f"language:{release.language.partition('-')[0]}", day, found)
        for index, code in enumerate(release.subjects):
            self._code(f"subjects.{index}", code, day, found)
        for index, identifier in enumerate(release.identifiers):
            if "://" not in identifier.scheme and not identifier.scheme.startswith("urn:"):
                self._code(f"identifiers.{index}.scheme", identifier.scheme, day, found)

    def _code(self, where: str, code: str, on: date | None, found: Resolved) -> None:
        if code in found.concepts:
            return
        try:
            concept = self._archive.vocabulary.concept(code)
        except UnknownCode as error:
            found.faults.append((where, str(error)))
            return
        found.concepts[code] = concept
        found.shared.add(Shared("concept", code))
        verdict = self._archive.vocabulary.check(code, on) if concept.retired else None
        if verdict:
            (found.faults if verdict.severity == "error" else found.warnings).append((where, verdict.reason))

    def _agent(self, where: str, kind: Kind, mention: Named | Person, release: Release, found: Resolved) -> None:
        key = (kind, mention_key(mention))
        if key in found.agents:
            return
        authorities = self._archive.authorities
        if mention.authority:
            authority = authorities.get(mention.authority)
            if authority is None or authority.kind != kind:
                found.faults.append((where, authorities.missing(mention.authority, kind)))
        else:
            held = getattr(mention, "organisation", None)
            authority = authorities.find(kind, mention.name, organisation=_held_at(held), on=release.day)
        if authority is None:
            found.agents[key] = Agent(kind, self._local(where, kind, mention, found), mention.name or "", None)
            return
        found.shared.add(Shared("authority", authority.id))
        found.agents[key] = Agent(kind, IRI(authority.iri), mention.name or authority.name, authority)

    def _local(self, where: str, kind: Kind, mention: Named | Person, found: Resolved) -> IRI:
        """The IRI of something described under the release itself; two names must not end up as one thing."""
        iri, name = IRI(f"{found.root}#{kind}-{mention.key}"), mention.name or ""
        other = found.local.setdefault(iri.value, name)
        if name_key(kind, other) != name_key(kind, name):
            reason = f'"{name}" and "{other}" cannot be told apart; write them alike, or name an authority'
            found.faults.append((where, reason))
        return iri


def _held_at(organisation: Named | None) -> str | None:
    if organisation is None:
        return None
    return organisation.authority or organisation.name


def _mentions(release: Release) -> Iterator[tuple[str, Kind, Named | Person]]:
    """Each agent and place with the field it stands in and its kind."""
    if release.publisher:
        yield "publisher", "organisation", Named(authority=release.publisher)
    for index, issuer in enumerate(release.issuers):
        yield f"issuers.{index}", "organisation", issuer
    for index, person in enumerate(release.people):
        yield f"people.{index}", "person", person
        if person.organisation:
            yield f"people.{index}.organisation", "organisation", person.organisation
    for index, body in enumerate(release.organisations):
        yield f"organisations.{index}", "organisation", body
    if release.rights.holder:
        yield "rights.holder", "organisation", release.rights.holder
    for index, place in enumerate(release.dateline.places if release.dateline else ()):
        yield f"dateline.places.{index}", "place", place
    for index, place in enumerate(release.places):
        yield f"places.{index}", "place", place
