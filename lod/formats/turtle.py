"""Turtle as a person would write it: a block for each subject, prefixed names, a blank line between subjects."""

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
    """Writes Turtle (RDF 1.1 Turtle)."""

    def __init__(self, setting: Setting) -> None:
        self._blocks = Blocks(setting.prefixes)

    def encode(self, description: Description) -> Piece:
        """The nodes of a description in their order."""
        return Piece(*self._blocks.written(description.nodes))

    def begin(self, prefixes: Iterable[str]) -> bytes:
        """The declarations of the prefixes, and a blank line."""
        return self._blocks.declared(prefixes)

    def between(self) -> bytes:
        """A blank line."""
        return b"\n"

    def finish(self) -> bytes:
        """Nothing: the format has no tail."""
        return b""
