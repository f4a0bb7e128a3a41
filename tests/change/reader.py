"""A reader of dumps and patches that shares no code with the program: pyoxigraph, and the rules of RDF Patch."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pyoxigraph as ox

ROW = re.compile(r"(?P<code>H|TX|TC|PA|PD|A|D)(?: (?P<rest>.*))? \.")


class Receiver:
    """An archive that took a dump once, and keeps up with patches. `graphs`: it keeps every record in its own graph."""

    def __init__(self, *, graphs: bool = False) -> None:
        self.store = ox.Store()
        self.graphs = graphs
        self.heads: list[dict[str, str]] = []

    def take(self, out: Path) -> Receiver:
        """Take a whole dump, in the place of what was there."""
        self.store.clear()
        folder, form = ("nquads", ox.RdfFormat.N_QUADS) if self.graphs else ("ntriples", ox.RdfFormat.N_TRIPLES)
        for path in sorted((out / folder).iterdir()):
            self.store.load(path=str(path), format=form)
        return self

    def apply(self, patch: str) -> None:
        """Apply a patch, row by row."""
        head, inside = {}, False
        for line in patch.splitlines():
            found = ROW.fullmatch(line)
            assert found, line
            code, rest = found["code"], found["rest"]
            if code == "H":
                key, iri = rest.split(" ")
                head[key] = iri
            elif code in {"TX", "TC"}:
                assert inside is (code == "TC")
                inside = code == "TX"
            else:
                assert inside
                self._row(code, rest)
        assert not inside
        self.heads.append(head)

    def _row(self, code: str, rest: str) -> None:
        form = ox.RdfFormat.N_QUADS if self.graphs else ox.RdfFormat.N_TRIPLES
        quads = list(ox.parse(f"{rest} .\n".encode(), format=form))
        assert len(quads) == 1
        if code == "A":
            self.store.add(quads[0])
        else:
            assert quads[0] in self.store
            self.store.remove(quads[0])

    def follow(self, change: Path) -> None:
        """Take a folder of changes/: first what has to go as a whole, then the patch."""
        update = change / "clear.ru"
        if update.exists():
            self.store.update(update.read_text(encoding="utf-8"))
        self.apply((change / ("quads.rdfp" if self.graphs else "patch.rdfp")).read_text(encoding="utf-8"))

    @property
    def graph(self) -> str:
        """The graph hash: SHA-256 of the canonical N-Quads (RDFC-1.0)."""
        dataset = ox.Dataset(self.store)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        data = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS)
        return hashlib.sha256(b"".join(sorted(data.splitlines(keepends=True)))).hexdigest()
