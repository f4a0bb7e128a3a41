"""A shard in all its RDF formats: each file is read, and all have to be the same graph."""

from __future__ import annotations

import heapq
import re
from contextlib import ExitStack
from itertools import islice
from typing import TYPE_CHECKING

from lod.verify.checked import Checked, Counted
from lod.verify.finding import Findings
from lod.verify.reading import BASELESS, Graph, Reading
from lod.verify.terms import read_terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lod.sorting import Sorter
    from lod.verify.listing import Entry
    from lod.verify.plan import GraphTask

__all__ = ["check_graphs"]

_SHOWN_DIFFERENCES = 5
_LINE = re.compile(rb"(<[^>]*>|_:\S+) <([^>]*)> (.*) \.\n", re.DOTALL)


def check_graphs(task: GraphTask) -> Checked:
    """Prove one shard. One file after the other is read; memory does not grow with them."""
    findings = Findings()
    counted = []
    with ExitStack() as stack:
        first: dict[str, Graph] = {}
        entries = _master_first(task.entries)
        hashed = _in_order(entries) if task.hashes else None
        for entry in entries:
            reading = Reading(task, entry, findings, stack)
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
    return next((entry for entry, one in media if one and one.holds == "graph" and one.reader not in BASELESS), None)


def _compare(graph: Graph, first: dict[str, Graph], findings: Findings) -> None:
    """Hold a file against the first one, and one with named graphs against the first of these, too."""
    model = next(iter(first.values()), None)
    if model is not None and model.counted.graph != graph.counted.graph:
        _report(model, graph, _differences(model.triples, graph.triples), findings)
        return
    same = first.get(graph.holds)
    if same is not None and same.named != graph.named:
        _report(same, graph, _differences(same.quads, graph.quads), findings)


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


def _report(first: Graph, second: Graph, differences: Iterator[tuple[str, bytes]], findings: Findings) -> None:
    short = read_terms().short
    for sign, line in islice(differences, _SHOWN_DIFFERENCES):
        found = _LINE.fullmatch(line)
        subject, name, rest = (part.decode("utf-8", "replace") for part in found.groups()) if found else ("", "", "")
        told = f"has not what {first.entry.path} has" if sign == "-" else f"has what {first.entry.path} has not"
        findings.add("graph-differs", second.entry.path, f"{told}: {rest[:100]}", subject.strip("<>"), short(name))
