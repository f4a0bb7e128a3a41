"""TriG: Turtle with a graph of its own for each record, named by the IRI of what the record describes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lod.formats.base import Piece
from lod.formats.blocks import Blocks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lod.description import Description
    from lod.formats.base import Setting

__all__ = ["Serializer"]


class Serializer:
    """Writes TriG (RDF 1.1 TriG). A store can replace or drop a release by dropping its graph."""

    def __init__(self, setting: Setting) -> None:
        self._blocks = Blocks(setting.prefixes, indent="    ")

    def encode(self, description: Description) -> Piece:
        """The nodes of a description in their order, in its graph."""
        data, prefixes = self._blocks.written(description.nodes)
        prefix, name = self._blocks.name(description.subject)
        used = sorted({*prefixes, prefix} - {""})
        return Piece(name + b" {\n" + data + b"}\n", tuple(used))

    def begin(self, prefixes: Iterable[str]) -> bytes:
        """The declarations of the prefixes, and a blank line."""
        return self._blocks.declared(prefixes)

    def between(self) -> bytes:
        """A blank line."""
        return b"\n"

    def finish(self) -> bytes:
        """Nothing: the format has no tail."""
        return b""
