"""Who is measured: lod itself, writers with our own model, and tools that map rows."""

from __future__ import annotations

import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

__all__ = ["HERE", "PEERS", "PYTHON", "ROOT", "Peer", "missing"]

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PYTHON = ROOT / "build" / "bench" / "peers" / "bin" / "python"
"""The interpreter that has Morph-KGC and Tarka; `make bench` installs them."""


class Peer(NamedTuple):
    """Someone who is measured.

    `tool` is lod or what naive.py and rows.py call it; `formats` are written in one run. `archive` is the mapping:
    flat, or core. `module` has to be there in the interpreter of the peers. `once`: too slow for several rounds, and
    left out above `most` records.
    """

    name: str
    tool: str
    formats: tuple[str, ...] = ("ntriples",)
    jobs: int = 1
    archive: str = "flat"
    module: str | None = None
    once: bool = False
    most: int | None = None

    def command(self, folder: Path, out: Path) -> list[str]:
        """The command that maps the synthetic archive in a folder to `out`."""
        if self.tool == "lod":
            chosen = [word for form in self.formats for word in ("--format", form)]
            command = [sys.executable, "-m", "lod", "export", str(folder / self.archive), str(out)]
            return [*command, *chosen, "--jobs", str(self.jobs)]
        if self.module:
            jobs = str(self.jobs)
            return [str(PYTHON), str(HERE / "rows.py"), self.tool, self.formats[0], jobs, str(folder), str(out)]
        script = str(HERE / "naive.py")
        return [sys.executable, script, self.tool, self.formats[0], str(folder / self.archive), str(out)]

    @property
    def graph(self) -> bool:
        """Whether it writes the graph that all write."""
        return self.archive == "flat" and self.tool != "floor" and self.formats[0] in {"turtle", "ntriples"}


_THREE = ("turtle", "jsonld", "newsml")
_SLOW = 20_000

PEERS: tuple[Peer, ...] = (
    *(
        Peer(f"lod {form} {jobs}", "lod", (form,), jobs, once=form == "newsml")
        for form in ("turtle", "ntriples", "jsonld", "newsml")
        for jobs in (1, 2)
    ),
    *(Peer(f"lod three {jobs}", "lod", _THREE, jobs, once=True) for jobs in (1, 2)),
    Peer("lod core ntriples 1", "lod", ("ntriples",), archive="core"),
    Peer("lod core turtle 1", "lod", ("turtle",), archive="core"),
    Peer("rdflib turtle", "rdflib", ("turtle",), once=True, most=_SLOW),
    Peer("rdflib ntriples", "rdflib", once=True, most=_SLOW),
    Peer("pyoxigraph turtle", "pyoxigraph", ("turtle",)),
    Peer("pyoxigraph ntriples", "pyoxigraph"),
    Peer("Morph-KGC 1", "morph-kgc", module="morph_kgc", once=True),
    Peer("Morph-KGC 2", "morph-kgc", jobs=2, module="morph_kgc"),
    Peer("Tarka turtle", "tarka", ("turtle",), jobs=2, module="tarka_rdf"),
    Peer("Tarka ntriples", "tarka", jobs=2, module="tarka_rdf"),
    Peer("floor", "floor"),
)


@lru_cache
def missing(module: str) -> str | None:
    """Why a peer cannot run; None where it can."""
    if not PYTHON.exists():
        return "not installed: make bench does that, where it can reach a package index"
    probe = [str(PYTHON), "-c", f"import importlib.util, sys; sys.exit(importlib.util.find_spec('{module}') is None)"]
    found = subprocess.run(probe, check=False, capture_output=True)
    return None if found.returncode == 0 else f"not installed: no module {module}"
