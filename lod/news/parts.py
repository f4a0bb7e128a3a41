"""What items name: parties, links, files; plain values that the tables can write."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lod.authority import Authority

__all__ = ["Assertion", "Link", "Member", "Party", "Rendition", "party_of"]


class Party(NamedTuple):
    """An organisation, person or place: its IRI, its names by language (the one used in the release first), a note."""

    iri: str
    names: tuple[tuple[str, str], ...]
    note: str | None = None


class Assertion(NamedTuple):
    """An authority and what it is, as a code."""

    authority: Authority
    type: str


class Link(NamedTuple):
    """A link to another item (by guid, with what kind of item it is) or to a page (by address)."""

    rel: str
    residref: str | None = None
    version: int | None = None
    href: str | None = None
    item_class: str | None = None


class Rendition(NamedTuple):
    """A file: its code among the forms of one content, where it is, and what shows that it arrived whole."""

    rendition: str
    href: str
    media_type: str
    bytes: int | None
    sha256: str | None
    width: int | None
    height: int | None


class Member(NamedTuple):
    """One item of a package: the id and role of its group, its guid, version, class and status."""

    group: str
    guid: str
    version: int
    item_class: str
    status: str


def party_of(authority: Authority) -> Party:
    """An authority under its main names."""
    return Party(authority.iri, tuple(authority.names))
