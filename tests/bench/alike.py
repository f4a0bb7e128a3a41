"""Whether all write one graph: `python tests/bench/alike.py FOLDER`, where FOLDER/PEER.FORMAT is what each wrote."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

__all__ = ["differences", "graph"]

_FORMATS = {"ntriples": ox.RdfFormat.N_TRIPLES, "turtle": ox.RdfFormat.TURTLE}
_LIKE = "rdflib.ntriples"  # written by hand with the library that most people know
_SHOWN = 3


def graph(path: Path) -> set[str]:
    """The statements of a file, or of all files in a folder, as canonical N-Triples; the last part names the format."""
    form = _FORMATS[path.suffix[1:]]
    files = sorted(path.rglob("*.nt" if form == ox.RdfFormat.N_TRIPLES else "*.ttl")) if path.is_dir() else [path]
    files = [file for file in files if file.parent.name in _FORMATS or file == path]
    return {str(quad.triple) for file in files for quad in ox.parse(path=file, format=form)}


def differences(folder: Path) -> Iterator[str]:
    """A line for each peer whose graph is another one, and some of its statements."""
    wanted = graph(folder / _LIKE)
    if not wanted:
        yield f"{_LIKE}: nothing in it"
    for path in sorted(one for one in folder.iterdir() if one.suffix[1:] in _FORMATS):
        found = graph(path)
        lost, more = sorted(wanted - found), sorted(found - wanted)
        if lost or more:
            yield f"{path.name}: {len(lost)} statements are missing, {len(more)} are too many"
            yield from (f"  - {one}" for one in lost[:_SHOWN])
            yield from (f"  + {one}" for one in more[:_SHOWN])


if __name__ == "__main__":
    lines = list(differences(Path(sys.argv[1])))
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.exit(bool(lines))
