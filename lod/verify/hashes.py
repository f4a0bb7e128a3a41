"""The graph hashes of single records, held against a format that writes one record after the other, its IRI first."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode, RdfFormat, serialize

from lod.verify.source import Broken, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyoxigraph import Quad

    from lod.verify.finding import Findings
    from lod.verify.listing import Entry

__all__ = ["RecordHashes"]

_ROW = re.compile(r"([0-9a-f]{64})  (\S+)\n")


class _Row(NamedTuple):
    digest: str
    record: str


class RecordHashes:
    """Takes the statements of a shard in the order of the file, and compares each record with its row of the list."""

    def __init__(self, out: Path, entry: Entry, findings: Findings) -> None:
        self._entry, self._findings = entry, findings
        self._rows = _rows(out, entry)
        self._row: _Row | None = None
        self._next = next(self._rows, None)
        self._quads: list[Quad] = []

    def feed(self, quads: list[Quad]) -> None:
        """Take statements."""
        for quad in quads:
            subject = quad.subject
            if self._next is not None and isinstance(subject, NamedNode) and subject.value == self._next.record:
                self._close()
                self._row, self._next = self._next, next(self._rows, None)
            self._quads.append(quad)

    def finish(self) -> None:
        """The shard has come to its end; so must the list."""
        self._close()
        if self._next is not None:
            self._add("is listed, but is not in the shard at this place", self._next.record)

    def _close(self) -> None:
        lines = serialize([quad.triple for quad in self._quads], format=RdfFormat.N_TRIPLES) or b""
        digest = hashlib.sha256(b"".join(sorted(set(lines.splitlines(keepends=True))))).hexdigest()
        if self._row is None and self._quads:
            self._add("does not list the first record of the shard", str(self._quads[0].subject).strip("<>"))
        if self._row is not None and self._row.digest != digest:
            self._add(f"is the graph {digest}; the list has another", self._row.record)
        self._quads = []

    def _add(self, message: str, record: str) -> None:
        self._findings.add("record-hash", self._entry.path, message, record)


def _rows(out: Path, entry: Entry) -> Iterator[_Row]:
    """The rows of a list, read to the first that is none: the bytes of the file are proved by themselves."""
    try:
        with Source(out, entry) as source:
            text = source.read().decode("utf-8", "replace")
    except Broken:
        return
    for line in text.splitlines(keepends=True):
        found = _ROW.fullmatch(line)
        if found is None:
            return
        yield _Row(*found.groups())
