"""N-Triples in canonical form: one statement a line, the lines of a record sorted, records one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lod.formats.base import Piece

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lod.description import Description
    from lod.formats.base import Setting

__all__ = ["Serializer"]


class Serializer:
    """Writes N-Triples (RDF 1.1 N-Triples, section 4: canonical form, in UTF-8)."""

    def __init__(self, _setting: Setting) -> None:
        pass

    def encode(self, description: Description) -> Piece:
        """The statements of one description, sorted by their bytes."""
        lines = [
            b"%b %b %b .\n" % (node.subject.nt, predicate.nt, term.nt)
            for node in description.nodes
            for predicate, term in node.pairs
        ]
        return Piece(b"".join(sorted(lines)))

    def begin(self, prefixes: Iterable[str]) -> bytes:  # noqa: ARG002 - N-Triples has no prefixes
        """Nothing: the format has no head."""
        return b""

    def between(self) -> bytes:
        """Nothing: each line ends itself."""
        return b""

    def finish(self) -> bytes:
        """Nothing: the format has no tail."""
        return b""
