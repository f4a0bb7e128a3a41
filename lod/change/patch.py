"""RDF Patch (https://afs.github.io/rdf-patch/, text form): what to delete and to add, record by record.

A row of a patch is `A` or `D` and a statement of canonical N-Triples or N-Quads, so that sed and sort can read it, too.
What RDF Patch cannot say, that everything about something has to go, is said in SPARQL 1.1 Update.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from lod.change.listing import Entry, entry_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lod.change.compare import Difference
    from lod.change.reading import Lines

__all__ = ["CLOSING", "Written", "opening", "rows_by_entry", "written"]

CLOSING = b"TC .\n"
_HEAD = 3  # lines that an opening has


class Written(NamedTuple):
    """A record of a patch: its entry, its rows, and the update that has to go before them, or nothing."""

    entry: Entry
    rows: Lines
    update: bytes

    @property
    def quads(self) -> Lines:
        """The rows for a store that keeps every record in a graph of its own, named by its IRI."""
        graph = f"<{self.entry.iri}> .\n".encode()
        return [row[:-2] + graph for row in self.rows]


def opening(new: str, old: str) -> bytes:
    """The head of a patch that leads from one state to another, by their IRIs, and the begin of its transaction."""
    return f"H id <{new}> .\nH prev <{old}> .\nTX .\n".encode()


def written(found: Difference, *, discreet: bool) -> Written:
    """A record of a patch. `discreet`: a statement that is no longer public is deleted without repeating it."""
    entry = entry_of(found)
    before = found.before.lines if found.before else []
    after = found.after.lines if found.after else []
    entry = entry._replace(clear=entry.clear and discreet)
    gone, new = set(before), set(after)
    removed = [] if entry.clear else [line for line in before if line not in new]
    added = after if entry.clear else [line for line in after if line not in gone]
    rows = [b"D " + line for line in removed] + [b"A " + line for line in added]
    entry = entry._replace(removed=len(removed), added=len(added))
    return Written(entry, rows, _update(entry.iri, before) if entry.clear else b"")


def _update(iri: str, lines: Lines) -> bytes:
    """What deletes a record: its graph, what begins with its IRI, and what else it described, each by its name."""
    own = f"<{iri}>".encode(), f"<{iri}#".encode(), f"<{iri}/v/".encode(), f"<{iri}/file/".encode()
    subjects = sorted({line[: line.index(b" ")] for line in lines})
    others = [subject for subject in subjects if subject != own[0] and not subject.startswith(own[1:])]
    begins = " || ".join(f'STRSTARTS(STR(?s), "{start.decode()[1:]}")' for start in own[1:])
    update = f"DROP SILENT GRAPH <{iri}> ;\nDELETE WHERE {{ <{iri}> ?p ?o }} ;\n".encode()
    update += f"DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o FILTER({begins}) }} ;\n".encode()
    return update + b"".join(b"DELETE WHERE { %b ?p ?o } ;\n" % subject for subject in others)


def rows_by_entry(patch: Iterable[bytes], entries: Iterable[Entry]) -> Iterator[tuple[Entry, Lines]]:
    """The rows of a patch with the entries they belong to. Raises ValueError where they do not agree."""
    lines = iter(patch)
    head = list(islice(lines, _HEAD))
    if len(head) < _HEAD or head[-1] != b"TX .\n":
        raise ValueError("does not begin with an id, the previous id and a transaction")
    for entry in entries:
        rows = list(islice(lines, entry.removed + entry.added))
        signs = b"".join(row[:2] for row in rows)
        if signs != b"D " * entry.removed + b"A " * entry.added:
            raise ValueError(f"has not the rows that are told of {entry.iri}")
        yield entry, rows
    if list(islice(lines, 2)) != [CLOSING]:
        raise ValueError("goes on after the last record, or has no end")
