"""The graph of a shard in canonical form: its hash (RDFC-1.0), whatever format holds it, and what is counted in it.

Dumps have no blank nodes, so the canonical form is the set of canonical N-Triples lines in code point order. A subject
is described in one piece only, and its lines stand together in that order, so it is enough to sort subjects.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, NamedTuple

from lod.term import RDF_TYPE

if TYPE_CHECKING:
    from pathlib import Path

    from lod.dump.facts import Facts

__all__ = ["CanonicalGraph"]

_TYPE = RDF_TYPE.nt
_END = len(b"> .\n")


class _Group(NamedTuple):
    subject: bytes
    start: int
    size: int


class CanonicalGraph:
    """Takes the N-Triples of records, each sorted, in any order; memory is about 200 bytes for each subject."""

    def __init__(self, folder: Path) -> None:
        self._spool = TemporaryFile(dir=folder)  # noqa: SIM115 - closed by whoever made this
        self._groups: list[_Group] = []
        self._at = 0
        self._properties: Counter[bytes] = Counter()
        self._classes: Counter[bytes] = Counter()

    def add(self, piece: bytes) -> str:
        """Take a record's canonical N-Triples; its own graph hash comes back."""
        lines = piece.splitlines(keepends=True)
        rows = [line.split(b" ", 2) for line in lines]
        self._properties.update([predicate for _, predicate, _ in rows])
        self._classes.update([rest for _, predicate, rest in rows if predicate == _TYPE])
        sizes: dict[bytes, int] = {}
        for (subject, _, _), line in zip(rows, lines, strict=True):
            sizes[subject] = sizes.get(subject, 0) + len(line)
        for subject, size in sizes.items():
            self._groups.append(_Group(subject, self._at, size))
            self._at += size
        self._spool.write(piece)
        return hashlib.sha256(piece).hexdigest()

    def count(self, facts: Facts) -> None:
        """Add what was counted to the facts."""
        facts.subjects += len(self._groups)
        facts.properties.update({iri[1:-1].decode(): count for iri, count in self._properties.items()})
        facts.classes.update({rest[1:-_END].decode(): count for rest, count in self._classes.items()})

    def close(self) -> None:
        """Give the spool back, also where the work was not ended."""
        self._spool.close()

    def hexdigest(self) -> str:
        """The hash of all that was taken; ends the work."""
        digest = hashlib.sha256()
        for group in sorted(self._groups):
            self._spool.seek(group.start)
            digest.update(self._spool.read(group.size))
        return digest.hexdigest()
