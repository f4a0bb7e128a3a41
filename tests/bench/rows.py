"""Peers that read rows, run by an interpreter that has them: `python rows.py tarka|morph-kgc FORMAT JOBS FOLDER OUT`.

This file imports nothing of the project, since their environment does not have it.
"""

from __future__ import annotations

import runpy
import sys
from importlib import import_module
from pathlib import Path

MAPPINGS = Path(__file__).with_name("mapping")
_CONFIG = """[CONFIGURATION]
output_file = {out}
output_format = N-TRIPLES
number_of_processes = {jobs}
logging_level = WARNING
[rows]
mappings = {mapping}
file_path = {rows}
"""


def tarka(form: str, _jobs: str, folder: Path, out: Path) -> None:
    """CONSTRUCT over CSV, on all cores; quotation marks in a cell are doubled."""
    mapping = import_module("tarka_rdf").Mapping.tarql_file(MAPPINGS / "bench.rq")
    mapping.run_csv(folder / "records.csv", out, format=form)


def morph_kgc(_form: str, jobs: str, folder: Path, out: Path) -> None:
    """RML over CSV."""
    config = out.with_suffix(".ini")
    mapping = MAPPINGS / "bench.rml.ttl"
    config.write_text(
        _CONFIG.format(out=out, jobs=jobs, mapping=mapping, rows=folder / "records.csv"), encoding="utf-8"
    )
    sys.argv = ["morph_kgc", str(config)]
    runpy.run_module("morph_kgc", run_name="__main__")


if __name__ == "__main__":
    {"tarka": tarka, "morph-kgc": morph_kgc}[sys.argv[1]](
        sys.argv[2], sys.argv[3], Path(sys.argv[4]), Path(sys.argv[5])
    )
