"""SHACL Core by pySHACL, piece by piece: each record against the shapes that the dump carries or the program has."""

from __future__ import annotations

import logging
import warnings
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph
import pyshacl
from pyshacl.errors import ShapeRecursionWarning
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.term import BNode, Node

from lod.verify.hoist import hoist
from lod.verify.terms import read_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Quad

    from lod.verify.finding import Findings

__all__ = ["Judge", "ShapesError", "load_shapes"]

SH = Namespace("http://www.w3.org/ns/shacl#")
_LARGEST = 4 << 20
_ADVICE = {SH.Warning, SH.Info}


class ShapesError(Exception):
    """Shapes that are not applied; says why."""


class Result(NamedTuple):
    """One validation result: the rule, the focus node, the path, and a sentence."""

    rule: str
    focus: str
    path: str
    message: str


@lru_cache(maxsize=2)
def load_shapes(data: bytes) -> Graph:
    """Shapes from Turtle. Raises ShapesError where they are no Turtle, or more than SHACL Core."""
    if len(data) > _LARGEST:
        raise ShapesError(f"is longer than {_LARGEST:,} bytes")
    graph = Graph()
    try:
        for quad in pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.TURTLE):
            graph.add((_term(quad.subject), URIRef(quad.predicate.value), _term(quad.object)))
    except (SyntaxError, ValueError) as error:
        raise ShapesError(f"cannot be read: {error}") from None
    beyond = sorted({str(predicate) for predicate in graph.predicates()} & read_terms().beyond_core)
    if beyond:
        raise ShapesError(f"uses {', '.join(map(read_terms().short, beyond))}, which is more than SHACL Core")
    try:
        return hoist(graph)
    except ValueError as error:  # a list that ends in itself
        raise ShapesError(f"cannot be read: {error}") from None


class Judge:
    """Holds pieces of one file against shapes. `known` gives the types of things that are described elsewhere."""

    def __init__(self, shapes: Graph, known: Mapping[str, tuple[str, ...]], base: str) -> None:
        self._shapes, self._known, self._release = shapes, known, f"{base}release/"

    def piece(self, quads: Iterable[Quad], file: str, findings: Findings) -> None:
        """Judge the subjects of one piece. Raises ShapesError where the shapes cannot be applied."""
        graph, own = self._graph(quads)
        short = read_terms().short
        for one in self._results(graph, own):
            findings.add(one.rule, file, one.message, one.focus, short(one.path))

    def _graph(self, quads: Iterable[Quad]) -> tuple[Graph, set[Node]]:
        """The graph of a piece and its subjects; what it links to elsewhere has its types, too."""
        graph = Graph()
        for quad in quads:
            graph.add((_term(quad.subject), URIRef(quad.predicate.value), _term(quad.object)))
        own = set(graph.subjects())
        for linked in set(graph.objects()) - own:
            for kind in self._known.get(str(linked), ()) if isinstance(linked, URIRef) else ():
                graph.add((linked, RDF.type, URIRef(kind)))
        return graph, own

    def _results(self, graph: Graph, own: set[Node]) -> Iterator[Result]:
        report = _report(graph, self._shapes)
        found = defaultdict(list)
        for result in report.subjects(RDF.type, SH.ValidationResult):
            focus = report.value(result, SH.focusNode)
            value = report.value(result, SH.value)
            if focus in own and not self._elsewhere(report, result, value, own):
                rule = "shape-advice" if report.value(result, SH.resultSeverity) in _ADVICE else "shape"
                path = str(report.value(result, SH.resultPath) or "")
                found[str(focus), path].append(Result(rule, str(focus), path, _message(report, result, value)))
        for _, results in sorted(found.items()):
            yield from sorted(set(results))

    def _elsewhere(self, report: Graph, result: Node, value: Node | None, own: set[Node]) -> bool:
        """Whether a class only misses since the value is a record of another piece: its types are proved there."""
        by_class = report.value(result, SH.sourceConstraintComponent) == SH.ClassConstraintComponent
        return by_class and isinstance(value, URIRef) and value not in own and value.startswith(self._release)


def _report(graph: Graph, shapes: Graph) -> Graph:
    """The validation report. Raises ShapesError where the shapes are not what SHACL allows."""
    log = logging.getLogger("pyshacl-validate")  # it has a voice of its own on standard error
    try:
        log.disabled = True
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", ShapeRecursionWarning)
            _, report, told = pyshacl.validate(
                graph, shacl_graph=shapes, advanced=False, inference="none", inplace=True, do_owl_imports=False
            )
    except Exception as error:  # noqa: BLE001 - pySHACL meets bad shapes with whatever Python raises
        raise ShapesError(f"cannot be applied: {_first_line(error)}") from None
    finally:
        log.disabled = False
    if not isinstance(report, Graph):  # pySHACL gives its own failure instead of a report
        raise ShapesError(f"cannot be applied: {_first_line(told)}")
    return report


def _first_line(said: object) -> str:
    return next(iter(str(said).splitlines()), type(said).__name__)


def _message(report: Graph, result: Node, value: Node | None) -> str:
    """What the shape says, in English where it can, and the value it says it of."""
    said = [one for one in report.objects(result, SH.resultMessage) if isinstance(one, Literal)]
    said.sort(key=lambda one: (not (one.language or "en").startswith("en"), str(one)))
    text = str(said[0]) if said else "does not conform"
    return f"{text} (value: {_brief(value)})" if value is not None else text


def _brief(value: Node) -> str:
    text = value.n3() if hasattr(value, "n3") else str(value)
    return text if len(text) <= 80 else text[:79] + "…"  # noqa: PLR2004 - of a text, the beginning is enough to find it


def _term(term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple) -> Node:
    """A term as rdflib has it, its lexical form untouched."""
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.Literal):
        if term.language is not None:
            return Literal(term.value, lang=term.language)
        if term.datatype.value == "http://www.w3.org/2001/XMLSchema#string":
            return Literal(term.value, datatype=None)
        return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    return BNode(term.value) if isinstance(term, pyoxigraph.BlankNode) else BNode()
