"""Putting a prepared record on its shelf: written where it is new, compared where something is there already."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple

from lod.ingest.files import put, put_once, settle
from lod.ingest.prepare import Prepared, Refused, Same
from lod.ingest.register import Entry, Register

__all__ = ["FAILED", "Outcome", "Shelf"]

_BATCH = 128
"""Files after which we wait for the disk."""

Kind = Literal["new", "unchanged", "updated", "changed", "edited", "taken", "refused"]

FAILED: frozenset[Kind] = frozenset({"changed", "edited", "taken", "refused"})
"""Outcomes after which something is left for a person to do."""


class Outcome(NamedTuple):
    """What became of one document: its kind, its record, a sentence where one is needed, and what would change."""

    kind: Kind
    document: Path
    record: str = ""
    message: str = ""
    diff: tuple[str, ...] = ()


class Shelf:
    """The records of an archive during one run. `update`: whether a changed document may replace its own record."""

    def __init__(self, root: Path, register: Register, *, update: bool) -> None:
        self.root = root
        self.register = register
        self.update = update
        self._filled: dict[str, Path] = {}
        self._fresh: list[Path] = []

    def put(self, result: Prepared | Same | Refused) -> Outcome:
        """Write the record, or say why not. Raises OutputError where the archive cannot be written."""
        if isinstance(result, Refused):
            return Outcome("refused", result.path, message=result.reason)
        name = self.register.name(result.path)
        if isinstance(result, Same):
            known = self.register.document(name)
            return Outcome("unchanged", result.path, known.record if known else "")
        path = self.root / result.file
        if not path.exists():
            return self._write(result, name, "new")
        return self._compare(result, name, path.read_bytes())

    def _compare(self, result: Prepared, name: str, there: bytes) -> Outcome:
        """What to do where a record is there already."""
        owner = self.register.record(result.file)
        if there == result.text.encode():
            self._note(result, name)
            return Outcome("unchanged", result.path, result.file)
        if owner is not None and owner.sha256 == result.sha256 and owner.document != name:
            return Outcome("unchanged", result.path, result.file, f"the same document as {owner.document}")
        diff = tuple(_diff(there.decode("utf-8", "replace"), result.text, result.file))
        first = self._filled.get(result.file) or self._other(owner, name)
        if first is not None:
            message = f"has the identity {result.identity}, as {first} has"
            return Outcome("taken", result.path, result.file, message, diff)
        if owner is None:
            message = "the record is there, and was not made by lod ingest; it is left as it is"
            return Outcome("taken", result.path, result.file, message, diff)
        if sha256(there).hexdigest() != owner.written:
            return self._edited(result, owner, diff)
        return self._changed(result, name, diff)

    def _other(self, owner: Entry | None, name: str) -> Path | None:
        """The document that the record was made of, where it is another one, and still there: not merely moved."""
        if owner is None or owner.document == name or not (self.root / owner.document).exists():
            return None
        return Path(owner.document)

    def _changed(self, result: Prepared, name: str, diff: tuple[str, ...]) -> Outcome:
        """A record that nobody has touched since we wrote it, and that reads differently now."""
        if self.update:
            return self._write(result, name, "updated")._replace(diff=diff)
        message = "the document has changed; --update replaces its record"
        return Outcome("changed", result.path, result.file, message, diff)

    def _edited(self, result: Prepared, owner: Entry, diff: tuple[str, ...]) -> Outcome:
        """A record that a person has edited stays; where its document has changed too, the person is told."""
        if owner.sha256 == result.sha256:
            return Outcome("unchanged", result.path, result.file, "edited by hand; left as it is")
        message = "the document has changed, and its record was edited by hand; it is left as it is"
        return Outcome("edited", result.path, result.file, message, diff)

    def _write(self, result: Prepared, name: str, kind: Kind) -> Outcome:
        source, record = self.root / result.source, self.root / result.file
        put_once(source, result.data)
        put(record, result.text.encode())
        self._fresh += (source, record)
        self._note(result, name)
        if len(self._fresh) >= _BATCH:
            self.settle()
        return Outcome(kind, result.path, result.file)

    def settle(self) -> None:
        """Make what was written last, and enter it in the register. Raises OutputError."""
        settle(self._fresh)
        self._fresh.clear()
        self.register.settle()

    def _note(self, result: Prepared, name: str) -> None:
        self._filled[result.file] = result.path
        written = sha256(result.text.encode()).hexdigest()
        self.register.add(Entry(name, result.sha256, result.file, result.identity, written))


def _diff(old: str, new: str, name: str) -> Iterator[str]:
    again = f"{name} (read again)"
    yield from difflib.unified_diff(old.splitlines(), new.splitlines(), name, again, lineterm="", n=1)
