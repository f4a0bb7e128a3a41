"""The accession register of an archive: which document became which record, and how the record read when we wrote it.

`sources/register.jsonl` has one line per document. It tells a document that is new from one that has changed, and a
record that a person has edited from one that nobody touched. A run appends to it as it goes, so that a run that is
stopped loses little; at the end it is sorted, so that its bytes do not depend on the order of work.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple, Self

from lod.errors import ConfigError, OutputError, Place
from lod.ingest.files import put, settle

__all__ = ["Entry", "Register"]

NAME = "sources/register.jsonl"


class Entry(NamedTuple):
    """One accession: a document as seen from the archive, its digest, its record, and the digest of that as written."""

    document: str
    sha256: str
    record: str
    identity: str
    written: str


class Register:
    """The open register; a context manager that holds the archive for one run. Raises OutputError where it is held."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.path = root / NAME
        self._documents: dict[str, Entry] = {}
        self._records: dict[str, Entry] = {}
        self._lines = 0
        self._sorted = True
        self._lock: int | None = None
        self._pending: list[str] = []

    def __enter__(self) -> Self:
        self._hold()
        try:
            self._load()
        except BaseException:
            self._release()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.settle()
            if self._lines > len(self._documents) or not self._sorted:
                put(self.path, "".join(_line(self._documents[name]) for name in sorted(self._documents)).encode())
                settle([self.path])
        finally:
            self._release()

    def name(self, document: Path) -> str:
        """A document's name in the register: its path, as seen from the archive."""
        return Path(os.path.relpath(document.absolute(), self.root.absolute())).as_posix()

    def document(self, name: str) -> Entry | None:
        """What a document became."""
        return self._documents.get(name)

    def record(self, path: str) -> Entry | None:
        """Who wrote a record last."""
        return self._records.get(path)

    def add(self, entry: Entry) -> None:
        """Remember an accession; the last one of a document counts."""
        if self._documents.get(entry.document) == entry:
            return
        self._pending.append(_line(entry))
        self._keep(entry)

    def settle(self) -> None:
        """Write down what was added: only what is on the disk may be in the register. Raises OutputError."""
        if not self._pending:
            return
        try:
            with self.path.open("a", encoding="utf-8", newline="\n") as file:
                file.writelines(self._pending)
        except OSError as error:
            raise OutputError(str(self.path), (error.strerror or str(error)).lower()) from None
        self._pending.clear()

    def _keep(self, entry: Entry) -> None:
        last = next(reversed(self._documents), "")
        self._sorted = self._sorted and last <= entry.document
        self._lines += 1
        self._documents[entry.document] = entry
        self._records[entry.record] = entry

    def _hold(self) -> None:
        from fcntl import LOCK_EX, LOCK_NB, flock

        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = os.open(self.path.parent, os.O_RDONLY)
            flock(self._lock, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            self._release()
            raise OutputError(str(self.path.parent), "another run of lod ingest is at work here") from None
        except OSError as error:
            self._release()
            raise OutputError(str(self.path.parent), (error.strerror or str(error)).lower()) from None

    def _release(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _load(self) -> None:
        if not self.path.exists():
            return
        whole = 0
        with self.path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if not line.endswith(b"\n"):
                    break  # a run was stopped while it wrote this line; the document comes again
                whole += len(line)
                try:
                    self._keep(Entry(**json.loads(line)))
                except (ValueError, TypeError):
                    raise ConfigError(Place(NAME, number), "", "not an entry of the register") from None
        if whole < self.path.stat().st_size:
            os.truncate(self.path, whole)


def _line(entry: Entry) -> str:
    # Names of files may hold what is no Unicode; the standard library escapes it and reads it back.
    return json.dumps(entry._asdict(), sort_keys=True) + "\n"
