"""What every RDF format promises, over the table of formats: one graph, the same bytes twice, no blank nodes."""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lod.archive import Archive
from lod.formats import FORMATS, Format
from lod.formats.base import Setting, Writer
from lod.mapping import Mapping
from lod.mapping.context import context_of
from lod.mapping.files import load_files
from lod.release import Release
from lod.vocabulary import vocab_root
from tests.oracle import quads, rdfc_hash, read_oxigraph, read_rdflib
from tests.strategies import described, descriptions, releases

if TYPE_CHECKING:
    from lod.description import Description
    from lod.formats.base import Serializer

# Formats that exist and are not offered yet keep the laws as well.
RDF = [one for one in FORMATS.values() if not one.items]
some = st.lists(descriptions(), min_size=1, max_size=3, unique_by=lambda one: one.subject)


@pytest.fixture(scope="module", name="setting")
def _setting() -> Setting:
    files = load_files(Path())
    return Setting(files.prefixes, context_of(files), cast("Any", None))


@pytest.fixture(scope="module", name="mapping")
def _mapping() -> Mapping:
    return Mapping.load(Archive.open(vocab_root() / "sample"))


def written(serializer: Serializer, all_: list[Description]) -> bytes:
    """A file of descriptions, with the prefixes they use."""
    pieces = [serializer.encode(one) for one in all_]
    used = {prefix for piece in pieces for prefix in piece.prefixes}
    return serializer.begin(used) + serializer.between().join(piece.data for piece in pieces) + serializer.finish()


def named(form: Format) -> str:
    return form.name


def test_there_are_rdf_formats() -> None:
    assert {"turtle", "ntriples", "jsonld"} <= {form.name for form in RDF}


@given(all_=some)
def test_one_graph_many_syntaxes(setting: Setting, all_: list[Description]) -> None:
    """Two readers find in every format what the description says, and one hash."""
    said = quads(statement for one in all_ for statement in one.statements)
    files = {form: written(form.serializer(setting), all_) for form in RDF}
    assert {form.name: read_oxigraph(data, form) == said for form, data in files.items()} == dict.fromkeys(
        map(named, RDF), True
    )
    assert {rdfc_hash(read_oxigraph(data, form)) for form, data in files.items()} == {rdfc_hash(said)}
    graphs = {form.name: read_rdflib(data, form) for form, data in files.items()}
    assert all(graph == graphs["ntriples"] for graph in graphs.values()), graphs


@settings(max_examples=25)
@given(release=releases())
def test_releases_are_one_graph_in_every_syntax(mapping: Mapping, release: Release) -> None:
    """From the record to the file: a release, and what it shares with others."""
    setting = Setting(mapping.files.prefixes, context_of(mapping.files), mapping.archive)
    description = described(mapping, release)
    all_ = [description, *(mapping.describe_shared(one) for one in sorted(description.shared))]
    said = quads(statement for one in all_ for statement in one.statements)
    assert len(said) == sum(len(node.pairs) for one in all_ for node in one.nodes)
    files = {form: written(form.serializer(setting), all_) for form in RDF}
    assert {rdfc_hash(read_oxigraph(data, form)) for form, data in files.items()} == {rdfc_hash(said)}
    graphs = {form.name: read_rdflib(data, form) for form, data in files.items()}
    assert [name for name, graph in graphs.items() if graph != graphs["ntriples"]] == []


@pytest.mark.parametrize("form", RDF, ids=named)
@given(all_=some)
def test_same_bytes_twice(setting: Setting, form: Format, all_: list[Description]) -> None:
    """A serializer keeps nothing of what it has written before."""
    used = form.serializer(setting)
    first = written(used, all_)
    written(used, all_[::-1])
    assert written(used, all_) == first == written(form.serializer(setting), all_)


@pytest.mark.parametrize("form", RDF, ids=named)
@given(all_=some)
def test_writer_streams_what_pieces_make(setting: Setting, form: Format, all_: list[Description]) -> None:
    serializer = form.serializer(setting)
    used = {prefix for one in all_ for prefix in serializer.encode(one).prefixes}
    sink = BytesIO()
    writer = Writer(serializer, sink)
    writer.begin(used)
    for one in all_:
        writer.write(one)
    writer.finish()
    assert sink.getvalue() == written(serializer, all_)


@pytest.mark.parametrize("form", RDF, ids=named)
def test_an_empty_file_is_well_formed(setting: Setting, form: Format) -> None:
    data = written(form.serializer(setting), [])
    assert len(read_oxigraph(data, form)) == 0
    assert read_rdflib(data, form) == set()


@given(all_=some)
@settings(max_examples=25)
def test_declared_prefixes_are_those_used(setting: Setting, all_: list[Description]) -> None:
    for form in RDF:
        data = written(form.serializer(setting), all_).decode()
        if form.name in {"turtle", "trig"}:
            declared = re.findall(r"^@prefix ([^:]*):", data, flags=re.MULTILINE)
            body = re.sub(r'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|<[^<>]*>', "", data)
            assert set(declared) == set(re.findall(r"(?<![\w@])([A-Za-z][\w-]*):[A-Za-z0-9_]", body))
        if form.name == "rdfxml":
            declared = re.findall(r"^    xmlns:(\w+)=", data, flags=re.MULTILINE)
            assert set(declared) == set(re.findall(r"<(?!_n)(\w+):", data))


@pytest.mark.parametrize("form", RDF, ids=named)
@given(one=descriptions())
def test_no_blank_nodes(setting: Setting, form: Format, one: Description) -> None:
    data = written(form.serializer(setting), [one])
    assert not any(
        str(quad.subject).startswith("_:") or str(quad.object).startswith("_:") for quad in read_oxigraph(data, form)
    )


def test_hash_seed_changes_nothing(root: Path) -> None:
    script = (
        "from pathlib import Path; from tests.formats.test_turtle import SAMPLE; from lod.formats import FORMATS;"
        "from lod.formats.base import Setting; from lod.mapping.files import load_files;"
        "from lod.mapping.context import context_of; import sys; files = load_files(Path());"
        "setting = Setting(files.prefixes, context_of(files), None);"
        "[sys.stdout.buffer.write(repr(form.serializer(setting).encode(SAMPLE)).encode())"
        " for form in FORMATS.values() if form.iri]"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", script], cwd=root, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(runs) == 1
    assert len(runs.pop()) > 1000
