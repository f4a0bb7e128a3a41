"""The steps of `changes/` as they stand in a dump, read with suspicion."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from pyoxigraph import RdfFormat, parse, serialize

from lod.change.edition import CHANGES
from lod.change.listing import Entry, read_line
from lod.change.patch import Written, opening, rows_by_entry
from lod.change.reading import File, Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lod.verify.listing import Entry as Listed

__all__ = ["Step", "read_steps"]

_INDEX = f"{CHANGES}/list.json"
_IRI = r"<https://[^<>\"\s]+>"
_UPDATE = re.compile(
    rf"DROP SILENT GRAPH {_IRI} ;\n|DELETE WHERE {{ {_IRI} \?p \?o }} ;\n"
    r"|DELETE { \?s \?p \?o } WHERE { \?s \?p \?o FILTER\("
    r'STRSTARTS\(STR\(\?s\), "https://[^<>"\s]+"\)(?: \|\| STRSTARTS\(STR\(\?s\), "https://[^<>"\s]+"\))*\) } ;\n'
)


class Step(NamedTuple):
    """A step: its number, the states it leads from and to as its change.json has them, and its files by their names."""

    sequence: int
    before: dict[str, Any]
    after: dict[str, Any]
    files: dict[str, Path]

    @property
    def folder(self) -> str:
        """Where its files are in the dump."""
        return f"{CHANGES}/{self.sequence:06d}"

    def entries(self) -> list[Entry]:
        """The list of its records. Raises ValueError where it is none."""
        try:
            with self.files["records.jsonl"].open("rb") as file:
                return [read_line(line) for line in file]
        except (KeyError, TypeError):
            raise ValueError("has no list of records") from None

    def rows(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, Lines]]:
        """The entries with the rows of the patch. Raises ValueError for what is no patch of this step, Damaged."""
        with self._patch("patch").opened() as file:
            head = b"".join(next(file, b"") for _ in range(3))
            if head != opening(self.after["iri"], self.before["iri"]):
                raise ValueError("does not name the states that its step leads from and to")
            for entry, rows in rows_by_entry(_chained(head, file), entries):
                _strict(row[2:] for row in rows)
                yield entry, rows
        if any(name.startswith("quads.") for name in self.files):
            self._same_quads(entries)

    def _same_quads(self, entries: Iterable[Entry]) -> None:
        with self._patch("patch").opened() as triples, self._patch("quads").opened() as quads:
            pairs = zip(rows_by_entry(triples, entries), rows_by_entry(quads, entries), strict=True)
            for (entry, rows), (_, others) in pairs:
                if Written(entry, rows, b"").quads != others:
                    raise ValueError(f"is not the same for graphs: {entry.iri}")

    def _patch(self, name: str) -> File:
        path = next((path for file, path in self.files.items() if file.startswith(f"{name}.")), None)
        if path is None:
            raise ValueError("has no patch")
        return File(path, "application/rdf-patch", "")

    def updates(self) -> str:
        """The update that has to go before the patch. Raises ValueError where it does anything but delete by name."""
        text = self.files["clear.ru"].read_text("utf-8") if "clear.ru" in self.files else ""
        for line in text.splitlines(keepends=True):
            if not _UPDATE.fullmatch(line):
                raise ValueError(f"says what no export writes: {line.strip()}")
        return text


def read_steps(out: Path, listed: Iterable[Listed]) -> list[Step]:
    """The steps of a dump, in their order. Raises ValueError where they are no chain."""
    folders: dict[str, dict[str, Path]] = {}
    index: Path | None = None
    for entry in listed:
        _, folder, name = (*entry.path.split("/"), "", "")[:3]
        if entry.path == _INDEX:
            index = out / _INDEX
        else:
            folders.setdefault(folder, {})[name] = out / entry.path
    steps = [_step(folder, files) for folder, files in sorted(folders.items())]
    told = orjson.loads(index.read_bytes()) if index else {"changes": []}
    if told != {"changes": [orjson.loads(files["change.json"].read_bytes()) for _, files in sorted(folders.items())]}:
        raise ValueError("list.json does not list the changes that are there")
    for one, other in pairwise(steps):
        if one.after != other.before or other.sequence != one.sequence + 1:
            raise ValueError(f"{other.folder} does not begin where {one.folder} ends")
    return steps


def _step(folder: str, files: dict[str, Path]) -> Step:
    try:
        row = orjson.loads(files["change.json"].read_bytes())
        step = Step(row["sequence"], row["from"], row["to"], files)
        named = all(isinstance(state[key], str) for state in (step.before, step.after) for key in ("iri", "sha256"))
    except (KeyError, TypeError):
        raise ValueError(f"{CHANGES}/{folder} has no change.json of the form that an export writes") from None
    if step.folder != f"{CHANGES}/{folder}" or not named:
        raise ValueError(f"{CHANGES}/{folder} does not say which step it is")
    return step


def _chained(head: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield from head.splitlines(keepends=True)
    yield from rest


def _strict(lines: Iterable[bytes]) -> None:
    """Raise ValueError where lines are not canonical N-Triples without blank nodes."""
    text = b"".join(lines)
    try:
        read = list(parse(text, format=RdfFormat.N_TRIPLES))
    except SyntaxError as error:
        raise ValueError(f"has a row that is no statement: {error}") from None
    if b"_:" in text and any("BlankNode" in {type(one.subject).__name__, type(one.object).__name__} for one in read):
        raise ValueError("has a blank node")
    if (serialize([one.triple for one in read], format=RdfFormat.N_TRIPLES) or b"") != text:
        raise ValueError("has a row that is not in canonical form")
