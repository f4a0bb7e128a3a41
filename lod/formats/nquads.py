"""N-Quads in canonical form: N-Triples with a graph of its own for each record, named by what the record describes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lod.formats.base import Piece

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lod.description import Description
    from lod.formats.base import Setting

__all__ = ["Serializer"]


class Serializer:
    """Writes N-Quads (RDF 1.1 N-Quads, in UTF-8). A store can replace or drop a release by dropping its graph."""

    def __init__(self, _setting: Setting) -> None:
        pass

    def encode(self, description: Description) -> Piece:
        """The statements of one description, sorted by their bytes."""
        graph = description.subject.nt
        lines = [
            b"%b %b %b %b .\n" % (node.subject.nt, predicate.nt, term.nt, graph)
            for node in description.nodes
            for predicate, term in node.pairs
        ]
        return Piece(b"".join(sorted(lines)))

    def begin(self, prefixes: Iterable[str]) -> bytes:  # noqa: ARG002 - N-Quads has no prefixes
        """Nothing: the format has no head."""
        return b""

    def between(self) -> bytes:
        """Nothing: each line ends itself."""
        return b""

    def finish(self) -> bytes:
        """Nothing: the format has no tail."""
        return b""
