"""Description: what is said about one thing, as nodes of statements, ready for every format."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lod.term import IRI, Statement, Term

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import rdflib

    from lod.authority import Authority
    from lod.release import Named, Person, Release
    from lod.vocabulary import Concept

__all__ = ["Agent", "Description", "Node", "Shared"]


class Agent(NamedTuple):
    """An organisation, person or place as a release names it: its IRI, its name, and its authority where it has one."""

    kind: str
    iri: IRI
    name: str
    authority: Authority | None


class Shared(NamedTuple):
    """Something releases share and that is described once: its kind (authority, concept, media-type) and its key."""

    kind: str
    key: str


@dataclass(slots=True)
class Node:
    """One resource and what is said of it; `name` is the node of the mapping it comes from."""

    name: str
    subject: IRI
    pairs: list[tuple[IRI, Term]]


@dataclass(slots=True)
class Description:
    """Everything said about one subject: its own node first, then its parts.

    `release`, `agents` and `concepts` are what the statements were made from, for formats that are not RDF.
    `shared` names what else has to be described for the dump to be whole. `warnings` are (field, reason): the release
    passes, but they are reported. `former` are files that newsrooms got with earlier versions, by name, and the status
    that they have now, though the record may name them no longer.
    """

    subject: IRI
    nodes: list[Node]
    key: str = ""
    release: Release | None = None
    agents: Mapping[tuple[str, str], Agent] = field(default_factory=dict)
    concepts: Mapping[str, Concept] = field(default_factory=dict)
    shared: frozenset[Shared] = frozenset()
    warnings: list[tuple[str, str]] = field(default_factory=list)
    former: Mapping[str, str] = field(default_factory=dict)

    @property
    def statements(self) -> Iterator[Statement]:
        """The statements, subject by subject."""
        for node in self.nodes:
            for predicate, term in node.pairs:
                yield Statement(node.subject, predicate, term)

    def agent(self, kind: str, mention: Named | Person) -> Agent:
        """What stands behind a mention. `kind` is organisation, person or place. Raises KeyError for a stranger."""
        return self.agents[kind, mention_key(mention)]

    def graph(self) -> rdflib.Graph:
        """The statements as an rdflib graph, for users of the API; the bulk path never builds one."""
        from lod.graph import to_graph  # noqa: PLC0415 - rdflib takes 160 ms to import

        return to_graph(self.statements)


def mention_key(mention: Named | Person) -> str:
    """What tells one mention from another within a record: its authority, or else its name."""
    return f"@{mention.authority}" if mention.authority else mention.name or ""
