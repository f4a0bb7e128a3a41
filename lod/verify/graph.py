"""A shard in all its RDF formats: each file parsed by pyoxigraph, counted, hashed, and compared with the others.

The graph hash is the SHA-256 of the canonical N-Quads of RDFC-1.0 (RDF Dataset Canonicalization). Dumps have no blank
nodes: then the canonical form is the set of canonical lines in code point order, and no graph is kept in memory.
"""

from __future__ import annotations

import hashlib
import heapq
import re
from contextlib import ExitStack
from itertools import islice
from typing import IO, TYPE_CHECKING, NamedTuple, cast

from pyoxigraph import RdfFormat, parse, serialize

from lod.verify.checked import Checked, Counted
from lod.verify.finding import Findings
from lod.verify.hashes import RecordHashes
from lod.verify.lines import read_lines
from lod.verify.sorting import Sorter
from lod.verify.source import Broken, Source
from lod.verify.statement import Examiner, Strictness
from lod.verify.terms import Medium, read_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyoxigraph import Quad

    from lod.verify.listing import Entry
    from lod.verify.plan import GraphTask

    # Takes statements with their canonical lines; none at all say that the file has come to its end.
    _Watcher = Callable[[list[Quad], bytes], None]

__all__ = ["check_graphs"]

_BATCH = 20_000
_SHOWN_DIFFERENCES = 5
_BASE = "relative:/"  # what relative IRIs are resolved against, so that they can be told from absolute ones
_BASELESS = {"N_TRIPLES", "N_QUADS"}
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LINE = re.compile(rb"(<[^>]*>|_:\S+) <([^>]*)> (.*) \.\n", re.DOTALL)


class _Graph(NamedTuple):
    """A file that was read: its canonical lines, as triples and as they are, and what was counted."""

    entry: Entry
    holds: str
    lines: Sorter
    triples: Sorter
    counted: Counted


def check_graphs(task: GraphTask) -> Checked:
    """Prove one shard. One file after the other is read; memory does not grow with them."""
    findings = Findings()
    counted = []
    with ExitStack() as stack:
        first: dict[str, _Graph] = {}
        entries = _master_first(task.entries)
        hashed = _in_order(entries) if task.hashes else None
        for entry in entries:
            reading = _Reading(task, entry, findings, stack)
            graph = reading.read(examine=not first, hashed=entry is hashed)
            if graph is None:
                counted.append(Counted(entry.path, 0, None, None))
                continue
            counted.append(graph.counted)
            if task.kind != "form":
                _compare(graph, first, findings)
            first.setdefault(graph.holds, graph)
    return Checked(findings, tuple(counted))


def _master_first(entries: tuple[Entry, ...]) -> list[Entry]:
    """N-Triples first: its records can be told apart, and it is what the others are compared with."""
    order = {"application/n-triples": 0, "text/turtle": 1, "application/n-quads": 2}
    return sorted(entries, key=lambda entry: (order.get(entry.media_type, 3), entry.path))


def _in_order(entries: list[Entry]) -> Entry | None:
    """The file that tells where a record begins: not N-Triples, whose lines are sorted, nor a dataset."""
    media = [(entry, read_terms().medium(entry.media_type)) for entry in entries]
    return next((entry for entry, one in media if one and one.holds == "graph" and one.reader not in _BASELESS), None)


class _Reading:
    """One file being read."""

    def __init__(self, task: GraphTask, entry: Entry, findings: Findings, stack: ExitStack) -> None:
        medium = read_terms().medium(entry.media_type)
        assert medium is not None  # noqa: S101 - only RDF comes here
        self._task, self._entry, self._findings, self._medium = task, entry, findings, medium
        self._lines = stack.enter_context(Sorter())
        self._triples = self._lines if medium.holds == "graph" else stack.enter_context(Sorter())
        self._digest = hashlib.sha256()
        self._found: list[bytes] = []
        records = "|".join(re.escape(iri) for iri in read_terms().records)
        self._record = re.compile(rf"^<([^>\n]*)> <{_TYPE}> <(?:{records})> ".encode(), re.MULTILINE)

    def read(self, *, examine: bool, hashed: bool) -> _Graph | None:
        """The graph of the file; None where it is no RDF to the end. Every byte of the file is proved either way."""
        watchers = [*(self._examiners() if examine else ()), *(self._hashes() if hashed else ())]
        statements = records = 0
        whole = False
        try:
            with Source(self._task.out, self._entry) as source:
                try:
                    for quads, lines in _batches(source, self._medium):
                        for watch in watchers:
                            watch(quads, lines)
                        statements += len(quads)
                        records += self._note(quads, lines, examine=examine)
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
            self._task.records.write_bytes(b"".join(sorted(self._found)))
        return self._counted(statements, records) if whole else None

    def _note(self, quads: list[Quad], lines: bytes, *, examine: bool) -> int:
        """Keep the canonical lines; how many records they begin."""
        self._lines.add(lines.splitlines(keepends=True))
        if self._triples is not self._lines:
            data = serialize([quad.triple for quad in quads], format=RdfFormat.N_TRIPLES) or b""
            self._triples.add(data.splitlines(keepends=True))
        if self._task.kind != "records":
            return 0
        found = self._record.findall(lines)
        if examine:
            self._found += [b"%b\t%b\n" % (iri, self._task.name.encode()) for iri in found]
        return len(found)

    def _counted(self, statements: int, records: int) -> _Graph:
        entry, findings = self._entry, self._findings
        distinct = 0
        for line in self._lines.distinct():
            self._digest.update(line)
            distinct += 1
        graph = self._digest.hexdigest()
        if distinct < statements:
            findings.add("statement-twice", entry.path, f"{statements - distinct} statements are repeated")
        if entry.statements not in (None, statements):
            told = f"holds {statements:,} statements; the manifest says {entry.statements:,}"
            findings.add("count-statements", entry.path, told)
        if self._task.kind == "records" and entry.records not in (None, records):
            findings.add("count-records", entry.path, f"holds {records:,} records; the manifest says {entry.records:,}")
        if entry.graph not in (None, graph):
            findings.add("graph-hash", entry.path, f"is the graph {graph}; the manifest has another")
        counted = Counted(entry.path, records, statements, graph)
        return _Graph(entry, self._medium.holds, self._lines, self._triples, counted)

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
        from lod.verify.shapes import Judge, load_shapes  # noqa: PLC0415 - as above
        from lod.verify.types import shared_types  # noqa: PLC0415 - as above

        task = self._task
        judge = Judge(load_shapes(shapes), shared_types(task.out, task.shared), task.base)
        by_line = self._medium.reader in _BASELESS
        border = anywhere if task.kind == "shared" else at_resets if by_line else at_records(read_terms().records)
        cutter = Cutter(border)

        def judged(quads: list[Quad], _lines: bytes) -> None:
            for piece in cutter.feed(quads) if quads else cutter.finish():
                judge.piece(piece, self._entry.path, self._findings)

        return judged


def _batches(source: Source, medium: Medium) -> Iterator[tuple[list[Quad], bytes]]:
    """The statements of a file in batches, each also as canonical N-Quads. Raises SyntaxError, ValueError, Broken."""
    quads = (
        read_lines(source, _BASE)
        if medium.reader == "JSON_LD"
        else parse(
            cast("IO[bytes]", source),
            format=getattr(RdfFormat, medium.reader),
            base_iri=None if medium.reader in _BASELESS else _BASE,
            without_named_graphs=medium.holds == "graph",
        )
    )
    while batch := list(islice(quads, _BATCH)):
        yield batch, serialize(batch, format=RdfFormat.N_QUADS) or b""


def _compare(graph: _Graph, first: dict[str, _Graph], findings: Findings) -> None:
    """Hold a file against the first of its kind; a dataset has to hold at least what the graph does."""
    same = first.get(graph.holds)
    if same is not None and same.counted.graph != graph.counted.graph:
        _report(same, graph, _differences(same.lines, graph.lines), findings)
    elif same is None and "graph" in first:
        missing = ((sign, line) for sign, line in _differences(first["graph"].triples, graph.triples) if sign == "-")
        _report(first["graph"], graph, missing, findings)


def _differences(one: Sorter, other: Sorter) -> Iterator[tuple[str, bytes]]:
    """The lines that only one of two graphs has: "-" those of the first, "+" those of the second."""
    tagged = heapq.merge(((line, "-") for line in one.distinct()), ((line, "+") for line in other.distinct()))
    last: tuple[bytes, str] | None = None
    for line, sign in tagged:
        if last is not None and last[0] == line:
            last = None
            continue
        if last is not None:
            yield last[1], last[0]
        last = (line, sign)
    if last is not None:
        yield last[1], last[0]


def _report(first: _Graph, second: _Graph, differences: Iterator[tuple[str, bytes]], findings: Findings) -> None:
    short = read_terms().short
    for sign, line in islice(differences, _SHOWN_DIFFERENCES):
        found = _LINE.fullmatch(line)
        subject, name, rest = (part.decode("utf-8", "replace") for part in found.groups()) if found else ("", "", "")
        told = f"has not what {first.entry.path} has" if sign == "-" else f"has what {first.entry.path} has not"
        findings.add("graph-differs", second.entry.path, f"{told}: {rest[:100]}", subject.strip("<>"), short(name))
