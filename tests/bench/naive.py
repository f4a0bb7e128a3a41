"""Peers with our own model: `python tests/bench/naive.py rdflib|pyoxigraph|floor FORMAT ARCHIVE OUT`.

rdflib holds the whole graph and then writes it; pyoxigraph writes statement by statement; the floor reads, validates
and writes the line as it came, which is the least that any writer with this model must do.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parents[2]
if __name__ == "__main__":
    # As a script it finds its siblings by the names they have in the tests.
    sys.path.insert(0, str(ROOT))

from lod.archive import Archive  # noqa: E402 - found only from here on
from lod.release import Release  # noqa: E402 - found only from here on
from tests.bench.statements import PREFIXES, Library, statements  # noqa: E402 - found only from here on
from tests.bench.synthetic import LINES  # noqa: E402 - found only from here on

__all__ = ["WRITERS", "floor", "releases", "with_pyoxigraph", "with_rdflib"]


def _validated(archive: Path) -> Iterator[tuple[bytes, Release]]:
    validate = Release.__pydantic_validator__.validate_json
    defaults = Archive.open(archive).defaults
    with (archive / LINES).open("rb") as source:
        for line in source:
            yield line, validate(line, context=defaults)


def releases(archive: Path) -> Iterator[Release]:
    """The releases of a synthetic archive, validated."""
    return (release for _, release in _validated(archive))


def with_rdflib(form: str, archive: Path, out: Path) -> None:
    """One graph for the dump."""
    from rdflib import Graph, Literal, URIRef

    make = Library(
        URIRef,
        lambda text: Literal(text, lang="de"),
        Literal,
        lambda text, datatype: Literal(text, datatype=URIRef(datatype), normalize=False),
    )
    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for release in releases(archive):
        for triple in statements(release, make):
            graph.add(triple)
    graph.serialize(out, format={"ntriples": "nt"}.get(form, form), encoding="utf-8")


def with_pyoxigraph(form: str, archive: Path, out: Path) -> None:
    """A stream of statements."""
    import pyoxigraph as ox

    make = Library(
        ox.NamedNode,
        lambda text: ox.Literal(text, language="de"),
        ox.Literal,
        lambda text, datatype: ox.Literal(text, datatype=ox.NamedNode(datatype)),
    )
    found = chain.from_iterable(statements(release, make) for release in releases(archive))
    formats = {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES}
    prefixes = PREFIXES if form == "turtle" else None
    ox.serialize((ox.Triple(*triple) for triple in found), out, format=formats[form], prefixes=prefixes)


def floor(_form: str, archive: Path, out: Path) -> None:
    """Read, validate, write the same bytes."""
    with out.open("wb", buffering=1 << 16) as sink:
        for line, _ in _validated(archive):
            sink.write(line)


WRITERS: dict[str, Callable[[str, Path, Path], None]] = {
    "rdflib": with_rdflib,
    "pyoxigraph": with_pyoxigraph,
    "floor": floor,
}

if __name__ == "__main__":
    WRITERS[sys.argv[1]](sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
