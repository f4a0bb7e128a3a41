"""A shard cut into pieces of bounded size that SHACL can judge: never in the middle of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pyoxigraph import Quad

__all__ = ["Cutter", "anywhere", "at_records", "at_resets"]

Block = list["Quad"]

_PIECE = 10_000
_HARD = 20  # times the size, where no border comes


def anywhere(_before: Block, _block: Block) -> bool:
    """Each subject is a record of its own: the shards that records share."""
    return True


def at_resets(before: Block, block: Block) -> bool:
    """N-Triples of ours: the lines of a record are sorted, so that a lower line can only begin another record."""
    return f"{block[0].subject}" < f"{before[0].subject}"


def at_records(types: Iterable[str]) -> Callable[[Block, Block], bool]:
    """Other formats of ours: a record begins with the block that says its type."""
    known = frozenset(types)

    def border(_before: Block, block: Block) -> bool:
        return any(isinstance(quad.object, NamedNode) and quad.object.value in known for quad in block)

    return border


class Cutter:
    """Takes statements in the order of the file and gives them back in pieces."""

    def __init__(self, border: Callable[[Block, Block], bool], size: int = _PIECE) -> None:
        self._border, self._size = border, size
        self._piece: list[Quad] = []
        self._before: Block = []
        self._block: Block = []

    def feed(self, quads: Iterable[Quad]) -> Iterator[list[Quad]]:
        """Take statements; give the pieces that are whole by now."""
        for quad in quads:
            if self._block and quad.subject != self._block[0].subject:
                yield from self._close()
                self._block = []
            self._block.append(quad)

    def finish(self) -> Iterator[list[Quad]]:
        """Give what is left."""
        if self._block:
            yield from self._close()
        if self._piece:
            yield self._piece

    def _close(self) -> Iterator[list[Quad]]:
        """A block has come to its end: it goes to this piece, or begins the next."""
        full = len(self._piece) >= self._size and self._border(self._before, self._block)
        if full or len(self._piece) >= self._size * _HARD:
            yield self._piece
            self._piece = []
        self._piece.extend(self._block)
        self._before = self._block
