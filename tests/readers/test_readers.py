"""Readers that do not know each other find the same graph in every RDF file of a dump, whatever its format."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox
import pytest

from lod.archive import Archive
from lod.dump import export
from lod.formats import FORMATS, Format
from lod.sample import make_archive
from tests.harvest.archives.ready import ready
from tests.oracle import rdfc_hash
from tests.readers.programs import RDF, READERS, Reader

pytestmark = pytest.mark.slow
EVERY = {"doj": 40, "debian": 3}  # which releases of the real archives are read: some hundred of each
QUADS = {"nquads", "trig"}


@pytest.fixture(scope="module", params=["sample", "debian", "doj"])
def dump(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dump in every RDF format, not packed: rapper and serdi unpack nothing."""
    folder = tmp_path_factory.mktemp("readers")
    root = folder / request.param
    if request.param == "sample":
        make_archive(root)
    else:
        ready(request.param, request.getfixturevalue("corpus"), folder, every=EVERY[request.param])
        with (root / "archive.toml").open("a", encoding="utf-8") as config:
            config.write('\n[dump]\ncompression = "none"\n')
    summary = export(Archive.open(root), folder / "out", sorted(RDF), at=datetime(2026, 11, 25, tzinfo=UTC))
    assert summary.counts.exported > (4 if request.param == "sample" else 200)
    return folder / "out"


def files(dump: Path) -> Iterator[tuple[Path, Format]]:
    """Every RDF file of a dump but for context.jsonld, which says nothing."""
    forms = {form.suffix: form for form in FORMATS.values() if form.name in RDF}
    paths = [path for path in sorted(dump.rglob("*")) if path.suffix in forms and path.name != "context.jsonld"]
    return ((path, forms[path.suffix]) for path in paths)


def triples(dataset: ox.Dataset) -> str:
    """The hash of all that is said, in whatever graph."""
    return rdfc_hash(ox.Dataset(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in dataset))


@pytest.fixture(scope="module")
def graphs(dump: Path) -> dict[str, str]:
    """The hash of each file by its name, and of its quads where it has named graphs: N-Triples as pyoxigraph reads it.

    That reader is one of those compared, and so are its other formats with what it finds here.
    """
    _, _, _, oxigraph, _ = READERS
    found = {}
    for path, form in files(dump):
        if form.name == "ntriples" or path.parent == dump:
            found.setdefault(path.stem, triples(oxigraph.read(path, form)))
        if form.name == "nquads":
            found[f"{path.stem} quads"] = rdfc_hash(oxigraph.read(path, form))
    assert {"dataset", "shapes", "authorities", "concepts"} < set(found)
    return found


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_reader_finds_the_graph_in_every_file(reader: Reader, dump: Path, graphs: dict[str, str]) -> None:
    if missing := reader.missing():
        pytest.skip(missing)
    read = set()
    for path, form in files(dump):
        if form.name in reader.formats:
            dataset = reader.read(path, form)
            assert len(dataset), path
            assert triples(dataset) == graphs[path.stem], path
            if form.name in QUADS:
                assert rdfc_hash(dataset) == graphs[f"{path.stem} quads"], path
            read.add(form.name)
    assert read == reader.formats


def test_every_release_is_a_graph_of_its_own(dump: Path) -> None:
    """What makes the comparison of quads mean something."""
    years = [(path, form) for path, form in files(dump) if form.name in QUADS and path.stem.isdecimal()]
    assert {form.name for _, form in years} == QUADS
    for path, form in years:
        names = {str(quad.graph_name)[1:-1] for quad in READERS[-1].read(path, form)}
        assert len(names) == len((dump / "hashes" / f"{path.stem}.txt").read_bytes().splitlines())
        assert all("/release/" in name for name in names), path
