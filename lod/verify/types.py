"""The types of what records share, for shapes that ask for the class of a thing another shard describes."""

from __future__ import annotations

from functools import lru_cache
from typing import IO, TYPE_CHECKING, cast

from pyoxigraph import NamedNode, RdfFormat, parse

from lod.verify.source import Broken, Source
from lod.verify.terms import read_terms

if TYPE_CHECKING:
    from pathlib import Path

    from lod.verify.listing import Entry

__all__ = ["shared_types"]

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@lru_cache(maxsize=1)
def shared_types(out: Path, entries: tuple[Entry, ...]) -> dict[str, tuple[str, ...]]:
    """The types of each thing that the given files describe; a file that cannot be read is left to its own proof."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        medium = read_terms().medium(entry.media_type)
        if medium is None:
            continue
        try:
            with Source(out, entry) as source:
                for quad in parse(cast("IO[bytes]", source), format=getattr(RdfFormat, medium.reader)):
                    if quad.predicate.value == _TYPE and isinstance(quad.object, NamedNode):
                        subject = quad.subject
                        if isinstance(subject, NamedNode):
                            found[subject.value] = (*found.get(subject.value, ()), quad.object.value)
        except (Broken, SyntaxError, ValueError):
            continue
    return found
