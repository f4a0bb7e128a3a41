"""Five readers of RDF that have nothing to do with each other, each giving the same thing: a dataset of pyoxigraph.

`make readers` installs those that are no Python packages. rapper and serdi write what they read as N-Quads, and so does
a script for jsonld.js; N-Quads is the one syntax that pyoxigraph then reads for them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from lod.formats import FORMATS, Format
from tests.oracle import from_rdflib, read_rdflib_quads

__all__ = ["READERS", "Reader"]

ROOT = Path(__file__).parents[2]
MODULES = ROOT / "build" / "readers" / "node_modules"
SCRIPT = Path(__file__).with_name("quads.cjs")
RDF = frozenset(form.name for form in FORMATS.values() if not form.items)


class Reader(NamedTuple):
    """A reader: the formats it knows, why it is not there (or ""), and how it reads a file of a dump."""

    name: str
    formats: frozenset[str]
    missing: Callable[[], str]
    read: Callable[[Path, Format], ox.Dataset]


def _absent(program: str) -> Callable[[], str]:
    return lambda: "" if shutil.which(program) else f"no {program} on this machine; see `make readers`"


@cache
def _no_jsonld_js() -> str:
    found = shutil.which("node") and (MODULES / "jsonld").is_dir()
    return "" if found else "no node, or no jsonld.js in build/readers; see `make readers`"


def _run(*command: str | Path) -> ox.Dataset:
    """What a program says in N-Quads. A reader that complains has not read the file."""
    environment = {**os.environ, "NODE_PATH": str(MODULES)}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, b""), (command, done.stderr.decode(errors="replace")[:2000])
    return ox.Dataset(ox.parse(done.stdout, format=ox.RdfFormat.N_QUADS))


def _rapper(path: Path, form: Format) -> ox.Dataset:
    return _run("rapper", "-q", "-i", form.name, "-o", "nquads", path)


def _serdi(path: Path, form: Format) -> ox.Dataset:
    return _run("serdi", "-i", form.name, "-o", "nquads", path)


def _jsonld_js(path: Path, _: Format) -> ox.Dataset:
    """The file with the context it brings along; where that is the dump's, context.jsonld has to say the same."""
    embedded = _run("node", SCRIPT, path)
    if path.name == "dataset.jsonld":
        return embedded
    assert embedded == _run("node", SCRIPT, path, path.parents[1] / "context.jsonld"), path
    return embedded


def _pyoxigraph(path: Path, form: Format) -> ox.Dataset:
    return ox.Dataset(ox.parse(path.read_bytes(), format=ox.RdfFormat.from_media_type(form.media_type)))


def _rdflib(path: Path, form: Format) -> ox.Dataset:
    return from_rdflib(read_rdflib_quads(path.read_bytes(), form))


READERS = (
    Reader("rapper", RDF - {"jsonld"}, _absent("rapper"), _rapper),
    Reader("serdi", RDF - {"jsonld", "rdfxml"}, _absent("serdi"), _serdi),
    Reader("jsonld.js", frozenset({"jsonld"}), _no_jsonld_js, _jsonld_js),
    Reader("pyoxigraph", RDF, str, _pyoxigraph),
    Reader("rdflib", RDF, str, _rdflib),
)
