"""The ledger as a file: SQLite, which is atomic, survives a crash, and does not grow in memory."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Self

import orjson

from lod.errors import OutputError
from lod.ledger.rules import Past

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["Ledger", "ledger_file", "looking"]

_FORM = "2"
_PATIENCE = 60.0  # seconds to wait for another process to finish its transaction

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- What was last published of each release: items is a JSON list of [path, media type, sha256], gone one of the names of
-- files that were left out of a later version and are canceled, seen the number of the export that last met its record.
CREATE TABLE release (
    path TEXT PRIMARY KEY, guid TEXT NOT NULL, version INTEGER NOT NULL, status TEXT NOT NULL, digest TEXT NOT NULL,
    first TEXT, made TEXT, issued TEXT, fed INTEGER NOT NULL, items TEXT NOT NULL, seen INTEGER NOT NULL,
    gone TEXT NOT NULL
) WITHOUT ROWID;

-- The messages in the order they were sent. state: 0 decided, 1 in its place, 2 to be removed, 3 removed. taken_by is
-- the number of the message that took it back.
CREATE TABLE message (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL, version INTEGER NOT NULL, status TEXT NOT NULL,
    made TEXT NOT NULL, sent TEXT NOT NULL, name TEXT NOT NULL, state INTEGER NOT NULL,
    taken_by INTEGER
);
CREATE INDEX message_path ON message (path);
CREATE INDEX message_state ON message (state) WHERE state IN (0, 2);

-- A message has a copy in each feed: that of the folder itself (''), and that of another mark-up. file is its path in
-- the dump.
CREATE TABLE copy (
    sequence INTEGER NOT NULL, feed TEXT NOT NULL, file TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL,
    PRIMARY KEY (sequence, feed)
) WITHOUT ROWID;

-- Pages of the index that are full, and change only where a message is taken back.
CREATE TABLE page (
    path TEXT PRIMARY KEY, feed TEXT NOT NULL, number INTEGER NOT NULL, media_type TEXT NOT NULL,
    bytes INTEGER NOT NULL, sha256 TEXT NOT NULL
) WITHOUT ROWID;
"""


def ledger_file(report: Path) -> Path:
    """Where the ledger of a dump lies, in the folder of its report."""
    return report / "ledger.sqlite"


class Ledger:
    """An open ledger. Raises OutputError, in one line, where the file cannot be used."""

    def __init__(self, path: Path, *, write: bool) -> None:
        self.path = path
        with _explained(path):
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={'rwc' if write else 'rw'}",
                uri=True,
                timeout=_PATIENCE,
                isolation_level=None,
            )
            if write:
                self._prepare()

    @classmethod
    def writing(cls, path: Path) -> Ledger:
        """The ledger, made where it is missing. Only the process that holds the dump may write."""
        path.parent.mkdir(parents=True, exist_ok=True)
        return cls(path, write=True)

    @classmethod
    def reading(cls, path: Path) -> Ledger:
        """The ledger, to look things up in any process. The first to come after a crash rolls back what was begun."""
        return cls(path, write=False)

    def _prepare(self) -> None:
        self.run("PRAGMA synchronous = EXTRA")
        self.run("PRAGMA cache_size = -32768")  # KiB; a transaction that fits in shuts no reader out
        if self.one("SELECT count(*) FROM sqlite_master")[0] == 0:
            with self.transaction():
                for statement in _TABLES.split(";"):
                    self.run(statement)
                self.run("INSERT INTO meta VALUES ('form', ?)", _FORM)
        if self.meta("form") != _FORM:
            raise OutputError(str(self.path), "was written by another version of lod; begin in a new folder")

    def run(self, statement: str, *values: Any) -> sqlite3.Cursor:
        """Run one statement."""
        try:
            return self._connection.execute(statement, values)
        except sqlite3.Error as error:
            raise _unusable(self.path, error) from None

    def one(self, statement: str, *values: Any) -> tuple[Any, ...]:
        """The first row that a query finds; empty where it finds none."""
        try:
            return self._connection.execute(statement, values).fetchone() or ()
        except sqlite3.Error as error:
            raise _unusable(self.path, error) from None

    def rows(self, statement: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """The rows that a query finds, one after the other."""
        with _explained(self.path):
            yield from self._connection.execute(statement, values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: what is written in the block is kept when it is left, or never was."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.run("ROLLBACK")
            raise
        self.run("COMMIT")

    def meta(self, key: str) -> str | None:
        """Something said of the feed as a whole."""
        return next(iter(self.one("SELECT value FROM meta WHERE key = ?", key)), None)

    def note(self, key: str, value: str) -> None:
        """Say something of the feed as a whole."""
        self.run("INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)

    @property
    def blank(self) -> bool:
        """Whether nothing was ever published: then there is no past to look up."""
        return not self.one("SELECT 1 FROM release LIMIT 1")

    def past(self, path: str) -> Past | None:
        """What was last published of a release; None where nothing was."""
        found = self.one("SELECT version, status, digest, first, made, fed, gone FROM release WHERE path = ?", path)
        return Past._make((*found[:5], bool(found[5]), tuple(orjson.loads(found[6])))) if found else None

    def said(self, path: str) -> tuple[Any, ...]:
        """All that what becomes of a release depends on; empty where nothing was published of it."""
        return self.one(
            "SELECT version, status, digest, first, made, fed, gone, items FROM release WHERE path = ?", path
        )

    def items(self, path: str) -> list[str]:
        """The paths of the news items that were last published of a release."""
        found = self.one("SELECT items FROM release WHERE path = ?", path)
        return [item for item, _, _ in orjson.loads(found[0])] if found else []

    @property
    def last(self) -> int:
        """The highest sequence number so far; 0 where there is none."""
        return int(self.one("SELECT coalesce(max(sequence), 0) FROM message")[0])

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def looking(paths: Iterable[Path]) -> Iterator[list[Ledger]]:
    """Ledgers to look things up in, each as it is at one moment. Raises OutputError."""
    with ExitStack() as stack:
        ledgers = [stack.enter_context(Ledger.reading(path)) for path in paths]
        for ledger in ledgers:
            ledger.run("BEGIN")
        yield ledgers


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise _unusable(path, error) from None


def _unusable(path: Path, error: sqlite3.Error) -> OutputError:
    return OutputError(str(path), f"cannot be used: {error}")
