"""The changes of a dump, proved backwards: from what it holds today, step by step, to the dump the chain began with.

A step is believed when its list of records leads from the hashes of the one state to those of the other, and its patch
to what each record was. What a step does not repeat, since it is no longer public, cannot be proved, and must be gone.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import sha256
from typing import TYPE_CHECKING

from lod.change.edition import CHANGES, Edition
from lod.change.reading import Damaged
from lod.verify.steps import Step, read_steps

if TYPE_CHECKING:
    from pathlib import Path

    from lod.change.listing import Entry
    from lod.change.reading import Lines
    from lod.verify.finding import Findings
    from lod.verify.listing import Listing
    from lod.verify.package import Package

__all__ = ["prove_changes"]

# What says that files are not what the manifest promises: then nothing more can be said of them.
_SPOILT = frozenset(
    {"file-digest", "file-kind", "file-missing", "file-size", "path-portable", "record-hash", "syntax", "unpack"}
)
_TABLES = """
CREATE TABLE state (iri TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX sorted ON state (digest, iri);
-- The statements of the records that steps name; NULL where they are no longer told.
CREATE TABLE record (iri TEXT PRIMARY KEY, lines BLOB) WITHOUT ROWID;
CREATE TABLE cleared (iri TEXT PRIMARY KEY) WITHOUT ROWID;
"""


def prove_changes(package: Package, listing: Listing, scratch: Path, findings: Findings) -> None:
    """Prove state and changes of a dump whose files are as the manifest says; another one has findings enough."""
    if not _SPOILT.isdisjoint(findings.by_rule):
        return
    told = listing.head.get("state")
    listed = [entry for entry in package.readable if entry.folder == CHANGES]
    if told is None and not listed:
        return
    edition = Edition.of(
        listing.base,
        [(entry.path, entry.media_type, entry.sha256) for entry in package.readable],
        lambda path: package.out / path,
    )
    try:
        steps = read_steps(package.out, listed)
    except ValueError as error:
        findings.add("change-chain", CHANGES, str(error))
        return
    with closing(sqlite3.connect(scratch / "changes.sqlite", isolation_level=None)) as base:
        try:
            _Walk(base, edition, findings).back(told, steps)
        except Damaged as error:
            findings.add("change-chain", CHANGES, str(error))


class _Walk:
    """Goes from the state of a dump back to where its chain began. Memory does not grow with either."""

    def __init__(self, base: sqlite3.Connection, edition: Edition, findings: Findings) -> None:
        self._base, self._edition, self._add = base, edition, findings.add
        base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;" + _TABLES)

    def back(self, told: object, steps: list[Step]) -> None:
        """Prove the state, then the steps, the last one first."""
        for shard in self._edition.shards:
            rows = ((row.iri.decode(), row.digest.decode()) for row in self._edition.rows(shard))
            self._base.executemany("INSERT OR REPLACE INTO state VALUES (?, ?)", rows)
        state = self._state()
        sequence = steps[-1].sequence if steps else told.get("sequence") if isinstance(told, dict) else None
        if told != {"sequence": sequence, "sha256": state}:
            self._add("change-state", "manifest.json", f"is in the state {state}; the manifest has another")
        self._touch(steps)
        for step in reversed(steps):
            if self._state() != step.after["sha256"]:
                self._add("change-chain", step.folder, "does not lead to the state that follows it")
            self._undo(step)
        if steps and self._state() != steps[0].before["sha256"]:
            self._add("change-chain", steps[0].folder, "does not lead from the state that it names")

    def _state(self) -> str:
        digest = sha256()
        for row in self._base.execute("SELECT digest || '  ' || iri || char(10) FROM state ORDER BY digest, iri"):
            digest.update(row[0].encode())
        return digest.hexdigest()

    def _touch(self, steps: list[Step]) -> None:
        """Take the statements of the records that some step names from the dump."""
        for step in steps:
            try:
                names = [(entry.iri,) for entry in step.entries()]
            except ValueError:
                continue  # said when the step is undone
            self._base.executemany("INSERT OR IGNORE INTO record VALUES (?, x'')", names)
        if not steps:
            return
        for shard in self._edition.shards:
            for iri, lines in self._edition.records(shard):
                self._base.execute("UPDATE record SET lines = ? WHERE iri = ?", (b"".join(lines), iri.decode()))

    def _undo(self, step: Step) -> None:
        try:
            entries = step.entries()
            update = step.updates()
            for entry, rows in step.rows(entries):
                self._undo_entry(step, entry, rows)
                if entry.clear and f"DROP SILENT GRAPH <{entry.iri}> ;\n" not in update:
                    self._add("change-patch", step.folder, "is not told to be cleared", entry.iri)
        except ValueError as error:
            self._add("change-patch", step.folder, str(error))

    def _undo_entry(self, step: Step, entry: Entry, rows: Lines) -> None:
        found = self._base.execute("SELECT digest FROM state WHERE iri = ?", (entry.iri,)).fetchone()
        if (found[0] if found else None) != entry.after:
            self._add("change-list", step.folder, "is listed with another hash than the record then had", entry.iri)
        if entry.before is None:
            self._base.execute("DELETE FROM state WHERE iri = ?", (entry.iri,))
        else:
            self._base.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (entry.iri, entry.before))
        self._hidden(step, entry)
        self._rewrite(step, entry, rows)

    def _hidden(self, step: Step, entry: Entry) -> None:
        """What became of a release later decides what an earlier step may tell of it."""
        gone = self._base.execute("SELECT 1 FROM cleared WHERE iri = ?", (entry.iri,)).fetchone()
        if gone and (entry.removed or entry.added or entry.title or not entry.cleared):
            self._add("change-cleared", step.folder, "is told though it was withdrawn or deleted later", entry.iri)
        if entry.clear:
            self._base.execute("INSERT OR IGNORE INTO cleared VALUES (?)", (entry.iri,))

    def _rewrite(self, step: Step, entry: Entry, rows: Lines) -> None:
        """Make of a record what it was before the step."""
        (lines,) = self._base.execute("SELECT lines FROM record WHERE iri = ?", (entry.iri,)).fetchone()
        removed = {row[2:] for row in rows if row.startswith(b"D")}
        added = {row[2:] for row in rows if row.startswith(b"A")}
        old: set[bytes] | None = None
        if lines is not None and not entry.cleared:
            now = set(lines.splitlines(keepends=True))
            if not added <= now or removed & now or (entry.clear and added != now):
                self._add("change-patch", step.folder, "does not add and remove what makes the record", entry.iri)
            old = None if entry.clear else (now - added) | removed
        elif entry.before is None and not entry.cleared and _digest(added) != entry.after:
            self._add("change-patch", step.folder, "does not add what makes the record", entry.iri)
        if old is not None and _digest(old) != (entry.before or _digest(set())):
            self._add("change-patch", step.folder, "does not lead from what the record was", entry.iri)
        known = b"".join(sorted(old)) if old is not None else b"" if entry.before is None else None
        self._base.execute("UPDATE record SET lines = ? WHERE iri = ?", (known, entry.iri))


def _digest(lines: set[bytes]) -> str:
    return sha256(b"".join(sorted(lines))).hexdigest()
