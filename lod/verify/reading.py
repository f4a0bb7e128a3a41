"""One RDF file being read: parsed by pyoxigraph, counted, hashed, and shown to whoever looks at its statements.

The graph hash is the SHA-256 of the canonical N-Quads of RDFC-1.0 (RDF Dataset Canonicalization), without the names of
graphs. Dumps have no blank nodes: then the canonical form is the set of canonical lines in code point order.
"""

from __future__ import annotations

import hashlib
import re
from itertools import islice
from typing import IO, TYPE_CHECKING, NamedTuple, cast

from pyoxigraph import NamedNode, RdfFormat, parse, serialize

from lod.sorting import Sorter
from lod.verify.checked import Counted
from lod.verify.hashes import RecordHashes
from lod.verify.lines import read_lines
from lod.verify.source import Broken, Source
from lod.verify.statement import Examiner, Strictness
from lod.verify.terms import Medium, read_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import ExitStack

    from pyoxigraph import Quad

    from lod.verify.finding import Findings
    from lod.verify.listing import Entry
    from lod.verify.plan import GraphTask

    # Takes statements with their canonical lines; none at all say that the file has come to its end.
    _Watcher = Callable[[list[Quad], bytes], None]

__all__ = ["BASELESS", "Graph", "Reading"]

BASELESS = {"N_TRIPLES", "N_QUADS"}
"""Formats in which every line stands for itself: no prefixes, no base."""

_BATCH = 20_000
_BASE = "relative:/"  # what relative IRIs are resolved against, so that they can be told from absolute ones
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class Graph(NamedTuple):
    """A file that was read: canonical lines without and with graph names, a hash of the latter, and the counts.

    `triples` and `quads` are the same where a file has no graph names; `named` is the hash of `quads`.
    """

    entry: Entry
    holds: str
    triples: Sorter
    quads: Sorter
    named: str
    counted: Counted


class Reading:
    """One file being read."""

    def __init__(self, task: GraphTask, entry: Entry, findings: Findings, stack: ExitStack) -> None:
        medium = read_terms().medium(entry.media_type)
        assert medium is not None  # noqa: S101 - only RDF comes here
        self._task, self._entry, self._findings, self._medium = task, entry, findings, medium
        self._quads = stack.enter_context(Sorter())
        self._triples = self._quads if medium.holds == "graph" else stack.enter_context(Sorter())
        self._records: list[bytes] = []
        self._names: set[bytes] = set()
        types = "|".join(re.escape(iri) for iri in read_terms().records)
        self._record = re.compile(rf"^<([^>\n]*)> <{_TYPE}> <(?:{types})> ".encode(), re.MULTILINE)

    def read(self, *, examine: bool, hashed: bool) -> Graph | None:
        """The graph of the file; None where it is no RDF to the end. Every byte of the file is proved either way."""
        watchers = [*(self._examiners() if examine else ()), *(self._hashes() if hashed else ())]
        statements = 0
        whole = False
        try:
            with Source(self._task.out, self._entry) as source:
                try:
                    for quads, lines in _batches(source, self._medium):
                        self._note(quads, lines)
                        statements += len(quads)
                        for watch in watchers:
                            watch(quads, lines)
                    whole = True
                    for watch in watchers:
                        watch([], b"")
                except Broken:
                    pass  # judged with the rest of the file
                except (SyntaxError, ValueError) as error:
                    self._findings.add("syntax", self._entry.path, str(error))
                source.judge(self._findings)
        except Broken as error:
            self._findings.add(error.rule, self._entry.path, error.reason)
        if examine and whole:
            shard = self._task.name.encode()
            self._task.records.write_bytes(b"".join(sorted(b"%b\t%b\n" % (iri, shard) for iri in self._records)))
        return self._graph(statements) if whole else None

    def _note(self, quads: list[Quad], lines: bytes) -> None:
        """Keep the canonical lines, the records among them, and the names of graphs."""
        self._quads.add(lines.splitlines(keepends=True))
        if self._triples is not self._quads:
            triples = serialize([quad.triple for quad in quads], format=RdfFormat.N_TRIPLES) or b""
            self._triples.add(triples.splitlines(keepends=True))
            names = {quad.graph_name for quad in quads}
            self._names |= {name.value.encode() if isinstance(name, NamedNode) else b"" for name in names}
        if self._task.kind == "records":
            self._records += self._record.findall(lines)

    def _graph(self, statements: int) -> Graph:
        """What the file came to, held against what the manifest says of it."""
        entry, add, records = self._entry, self._findings.add, len(self._records)
        named, distinct = _digest(self._quads)
        graph = named if self._triples is self._quads else _digest(self._triples)[0]
        if distinct < statements:
            add("statement-twice", entry.path, f"{statements - distinct} statements are repeated")
        if entry.statements not in (None, statements):
            told = f"holds {statements:,} statements; the manifest says {entry.statements:,}"
            add("count-statements", entry.path, told)
        if self._task.kind == "records" and entry.records not in (None, records):
            add("count-records", entry.path, f"holds {records:,} records; the manifest says {entry.records:,}")
        if entry.graph not in (None, graph):
            add("graph-hash", entry.path, f"is the graph {graph}; the manifest has another")
        for name in sorted(self._names - set(self._records)) if self._task.kind == "records" else ():
            told = "names a graph, but is no record of the shard" if name else "some statements are in no named graph"
            add("graph-name", entry.path, told, name.decode())
        return Graph(
            entry,
            self._medium.holds,
            self._triples,
            self._quads,
            named,
            Counted(entry.path, records, statements, graph),
        )

    def _examiners(self) -> Iterator[_Watcher]:
        """What looks at every statement of the first format: the rules, and the shapes."""
        task, path = self._task, self._entry.path
        if task.kind != "form":
            strict = Strictness(below_base=task.kind == "records", literals=task.kind != "description")
            yield Examiner(path, task.base, strict, self._findings).batch
        if task.kind in ("records", "shared") and task.shapes is not None:
            yield self._judged(task.shapes)

    def _hashes(self) -> Iterator[_Watcher]:
        """What compares each record with its hash."""
        assert self._task.hashes is not None  # noqa: S101 - the caller has looked
        hashes = RecordHashes(self._task.out, self._task.hashes, self._findings)
        yield lambda quads, _lines: hashes.feed(quads) if quads else hashes.finish()

    def _judged(self, shapes: bytes) -> _Watcher:
        """What holds the pieces of the file against the shapes."""
        from lod.verify.pieces import Cutter, anywhere, at_records, at_resets  # noqa: PLC0415 - rdflib comes with them
        from lod.verify.shapes import Judge, ShapesError, load_shapes  # noqa: PLC0415 - as above
        from lod.verify.types import shared_types  # noqa: PLC0415 - as above

        task = self._task
        judge = Judge(load_shapes(shapes), shared_types(task.out, task.shared), task.base)
        by_line = self._medium.reader in BASELESS
        border = anywhere if task.kind == "shared" else at_resets if by_line else at_records(read_terms().records)
        cutter = Cutter(border)

        judging = True

        def judged(quads: list[Quad], _lines: bytes) -> None:
            nonlocal judging
            for piece in cutter.feed(quads) if quads else cutter.finish():
                try:
                    if judging:
                        judge.piece(piece, self._entry.path, self._findings)
                except ShapesError as error:
                    judging = False
                    self._findings.add("shapes-core", self._entry.path, f"the shapes: {error}")

        return judged


def _batches(source: Source, medium: Medium) -> Iterator[tuple[list[Quad], bytes]]:
    """The statements of a file in batches, each also as canonical N-Quads. Raises SyntaxError, ValueError, Broken."""
    quads = (
        read_lines(source, _BASE)
        if medium.reader == "JSON_LD"
        else parse(
            cast("IO[bytes]", source),
            format=getattr(RdfFormat, medium.reader),
            base_iri=None if medium.reader in BASELESS else _BASE,
            without_named_graphs=medium.holds == "graph",
        )
    )
    while batch := list(islice(quads, _BATCH)):
        yield batch, serialize(batch, format=RdfFormat.N_QUADS) or b""


def _digest(lines: Sorter) -> tuple[str, int]:
    """The SHA-256 of lines in their order, each once, and how many they are."""
    digest, distinct = hashlib.sha256(), 0
    for line in lines.distinct():
        digest.update(line)
        distinct += 1
    return digest.hexdigest(), distinct
