"""The graph hash of a shard: SHA-256 of the canonical N-Quads of its graph (RDFC-1.0), whatever format holds it.

Dumps have no blank nodes, so the canonical form is the set of canonical N-Triples lines in code point order. A subject
is described in one piece only, and its lines stand together in that order, so it is enough to sort subjects.
"""

from __future__ import annotations

import hashlib
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["GraphHash"]


class _Group(NamedTuple):
    subject: bytes
    start: int
    size: int


class GraphHash:
    """Takes the N-Triples of records, each sorted, in any order; memory is about 200 bytes for each subject."""

    def __init__(self, folder: Path) -> None:
        self._spool = TemporaryFile(dir=folder)  # noqa: SIM115 - closed in hexdigest
        self._groups: list[_Group] = []
        self._at = 0

    def add(self, piece: bytes) -> str:
        """Take a record's canonical N-Triples; its own graph hash comes back."""
        for subject, start, size in _subjects(piece):
            self._groups.append(_Group(subject, self._at + start, size))
        self._spool.write(piece)
        self._at += len(piece)
        return hashlib.sha256(piece).hexdigest()

    def hexdigest(self) -> str:
        """The hash of all that was taken; ends the work."""
        digest = hashlib.sha256()
        with self._spool as spool:
            for group in sorted(self._groups):
                spool.seek(group.start)
                digest.update(spool.read(group.size))
        return digest.hexdigest()


def _subjects(piece: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Each subject of sorted N-Triples, with the start and the size of its lines."""
    start = at = 0
    subject = b""
    while at < len(piece):
        end = piece.index(b" ", at)
        if piece[at:end] != subject:
            if subject:
                yield subject, start, at - start
            subject, start = piece[at:end], at
        at = piece.index(b"\n", end) + 1
    if subject:
        yield subject, start, at - start
