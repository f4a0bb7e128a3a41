"""Mapping: the compiled mapping files of an archive, and the one function that turns a release into a description."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from lod.authority import Authority
from lod.description import Description, Shared
from lod.description import Node as Said
from lod.errors import ConfigError, MappingError, Place
from lod.identity import sort_key
from lod.mapping.compiler import Compiler, Node
from lod.mapping.dataset import DatasetView
from lod.mapping.fault import Misruled, Undescribable
from lod.mapping.files import Files, load_files
from lod.mapping.resolve import Resolved, Resolver
from lod.mapping.tombstone import Tombstones
from lod.mapping.values import Scope
from lod.mapping.view import ReleaseView
from lod.term import IRI, NotAnIRI, Term, known_iri
from lod.vocabulary import Concept, UnknownCode

if TYPE_CHECKING:
    from lod.archive import Archive
    from lod.release import Release

__all__ = ["Mapping", "MediaTypeName", "compile_nodes", "describe_thing"]


class MediaTypeName(NamedTuple):
    """A media type as something that can be described."""

    name: str


ROOTS: dict[str, type] = {
    "release": ReleaseView,
    "authority": Authority,
    "concept": Concept,
    "media-type": MediaTypeName,
    "dataset": DatasetView,
}


@dataclass(frozen=True)
class Mapping:
    """The compiled mapping of one archive. Nothing in it changes while records run through it."""

    archive: Archive
    files: Files
    nodes: dict[str, tuple[Node, ...]]

    @classmethod
    def load(cls, archive: Archive) -> Mapping:
        """Read and compile the mapping files an archive names. Raises MappingError before any record is read.

        Raises ConfigError where archive.toml names a publisher or a language that does not exist.
        """
        _named_things_exist(archive)
        files = load_files(archive.root, archive.config.mapping)
        return cls(archive, files, compile_nodes(archive, files))

    @cached_property
    def _resolver(self) -> Resolver:
        return Resolver(self.archive)

    @cached_property
    def _tombstones(self) -> Tombstones:
        return Tombstones(self.files.tombstone)

    def left(self, release: Release) -> Release:
        """What may be said of a release: of one that is not usable any more its tombstone, else the release itself."""
        return release if release.status == "usable" else self._tombstones.of(release)

    def describe(self, release: Release) -> Description:
        """All that is said about a release. Raises Undescribable for codes and authorities that do not exist."""
        release = self.left(release)
        found = self._resolver.resolve(release)
        if found.faults:
            raise Undescribable(found.faults)
        scope = Scope(found.root, self.archive.config.base, release.language.lower(), found, self._concept)
        nodes = _run(self.nodes["release"], ReleaseView(release, found.agents), scope)
        return Description(
            IRI(found.root),
            nodes,
            sort_key(release.path),
            release,
            found.agents,
            found.concepts,
            frozenset(found.shared),
            found.warnings,
        )

    def describe_shared(self, shared: Shared) -> Description:
        """All that is said about an authority, a concept or a media type.

        Raises KeyError for a stranger, MappingError where the mapping makes of it what cannot be.
        """
        thing = self._thing(shared)
        root = getattr(thing, "iri", None) or f"https://www.iana.org/assignments/media-types/{shared.key}"
        found = Resolved(root)
        scope = Scope(root, self.archive.config.base, "", found, self._concept)
        try:
            nodes = _run(self.nodes[shared.kind], thing, scope)
        except Undescribable as error:
            reason = f'it cannot describe the {shared.kind} "{shared.key}": {error}'
            raise MappingError(Place("archive.toml"), "mapping", reason) from None
        return Description(IRI(root), nodes, sort_key(root), shared=frozenset(found.shared))

    def _concept(self, code: str) -> Concept:
        """A code that only a mapping file refers to."""
        try:
            return self.archive.vocabulary.concept(code)
        except UnknownCode as error:
            raise Undescribable([("", str(error))]) from None

    def _thing(self, shared: Shared) -> Any:
        if shared.kind == "authority":
            return self.archive.authorities[shared.key]
        if shared.kind == "concept":
            return self.archive.vocabulary.concept(shared.key)
        return MediaTypeName(shared.key)


def _named_things_exist(archive: Archive) -> None:
    """What every description refers to."""
    config, authorities = archive.config, archive.authorities
    publisher = authorities.get(config.publisher)
    if publisher is None or publisher.kind != "organisation":
        reason = authorities.missing(config.publisher, "organisation")
        raise ConfigError(Place("archive.toml"), "publisher", reason)
    try:
        archive.vocabulary.concept(f"language:{config.language.partition('-')[0]}")
    except UnknownCode as error:
        raise ConfigError(Place("archive.toml"), "language", str(error)) from None


def compile_nodes(archive: Archive, files: Files) -> dict[str, tuple[Node, ...]]:
    """The nodes of mapping files, by the kind of thing they are made of. Raises MappingError."""
    constants = {"base": archive.config.base, **archive.config.constants}
    compiler = Compiler(files.prefixes, constants, ROOTS, frozenset(archive.vocabulary.aliases))
    nodes: dict[str, list[Node]] = {kind: [] for kind in ROOTS}
    for name, spec in files.nodes.items():
        others = {other: its for other, its in files.nodes.items() if its.of == spec.of}
        try:
            nodes[spec.of].append(compiler.node(name, spec, others))
        except Misruled as error:
            raise files.fault(error.key, error.reason) from None
    return {kind: tuple(compiled) for kind, compiled in nodes.items()}


def describe_thing(nodes: tuple[Node, ...], thing: Any, root: str, base: str, language: str) -> Description:
    """All that compiled nodes say about a thing that refers to no code and no agent."""
    scope = Scope(root, base, language, Resolved(root), _no_codes)
    return Description(IRI(root), _run(nodes, thing, scope), sort_key(root))


def _no_codes(code: str) -> Concept:
    raise Undescribable([("", f'"{code}": this mapping knows no codes')])


def _run(compiled: tuple[Node, ...], root: Any, scope: Scope) -> list[Said]:
    """The nodes of one thing. Raises Undescribable where a mapping makes an IRI of what cannot be one."""
    try:
        return _said(compiled, root, scope)
    except NotAnIRI as error:
        raise Undescribable([("", f"the mapping makes no IRI of it: {error}")]) from None


def _said(compiled: tuple[Node, ...], root: Any, scope: Scope) -> list[Said]:
    """Give every part its IRI first, so that rules can link to parts that are described later."""
    made = []
    for node in compiled:
        named = ((node.iri(item, scope), item) for item in node.items(root))
        parts = [(known_iri(name), item) for name, item in named if name]
        scope.links[node.name] = parts
        made.append((node, parts))
    said: dict[str, Said] = {}
    items: dict[str, Any] = {}
    for node, parts in made:
        for iri, item in parts:
            # Two nodes may speak of one thing, such as a picture that is an attachment; two things never share an IRI.
            if items.setdefault(iri.value, item) is not item:
                raise Undescribable([(node.each or node.name, f"two of them would have the IRI {iri}")])
            pairs = list(node.constant)
            for emit in node.emits:
                emit(item, scope, pairs)
            if iri.value in said:
                pairs = _once(said[iri.value].pairs + pairs)
            elif node.repeated:
                pairs = _once(pairs, node.repeated)
            said[iri.value] = Said(node.name, iri, pairs)
    return list(said.values())


def _once(pairs: list[tuple[IRI, Term]], repeated: frozenset[str] | None = None) -> list[tuple[IRI, Term]]:
    """The pairs without repetitions, since a graph is a set; only `repeated` properties are looked at, if known."""
    seen: set[tuple[str, bytes]] = set()
    once = []
    for pair in pairs:
        predicate, term = pair
        if repeated is None or predicate.value in repeated:
            key = (predicate.value, term.nt)
            if key in seen:
                continue
            seen.add(key)
        once.append(pair)
    return once
