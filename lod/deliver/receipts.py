"""Receipts: how far a target has got, on disk before and after every step that it can see."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

import orjson

from lod.errors import OutputError

if TYPE_CHECKING:
    from io import BufferedRandom
    from pathlib import Path

    from lod.deliver.target import Target

__all__ = ["Pending", "Receipts"]

State = Literal["begun", "uploaded", "sent", "withdrawn"]


class Pending(NamedTuple):
    """A message of which it is not known whether it arrived: its number, and the last step that was noted."""

    sequence: int
    state: State


class Receipts:
    """The receipts of one target: `last` is the number of the last message it has acknowledged.

    `withdrawn` is the number of the last message after which earlier ones were removed there.

    A line is a step of one message. Messages go in their order, so that the last lines say all.
    """

    def __init__(self, path: Path, target: Target) -> None:
        self.path = path
        self.last = 0
        self.pending: Pending | None = None
        self.withdrawn = 0
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("a+b")
        except OSError as error:
            raise OutputError(str(path), f"cannot be used: {error.strerror}") from None
        try:
            self._load()
        except BaseException:
            self._file.close()
            raise
        if not self._file.tell():
            self._append({"target": target.shown})

    def _load(self) -> None:
        file = self._file
        _mend(file)
        file.seek(0)
        for line in file:
            try:
                row = orjson.loads(line)
            except orjson.JSONDecodeError:
                raise OutputError(str(self.path), "is damaged; what was sent is not known any more") from None
            if "state" in row:
                self._take(row["sequence"], row["state"])
        file.seek(0, os.SEEK_END)

    def _take(self, sequence: int, state: State) -> None:
        if state == "sent":
            self.last, self.pending = sequence, None
        elif state == "withdrawn":
            self.withdrawn = sequence
        else:
            self.pending = Pending(sequence, state)

    def start(self, sequence: int) -> None:
        """Leave out what was sent before this target was there; only where nothing was sent to it yet."""
        if self.last == 0 and self.pending is None and sequence > 0:
            self._append({"sequence": sequence, "state": "sent", "note": "older messages are left out"})
            self.last = sequence

    def note(self, sequence: int, name: str, sha256: str, state: State) -> None:
        """Note a step of a message."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        row = {"sequence": sequence, "name": name, "sha256": sha256, "state": state, "at": at}
        self._append(row)
        self._take(sequence, state)

    def _append(self, row: dict[str, object]) -> None:
        try:
            self._file.write(orjson.dumps(row) + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise OutputError(str(self.path), f"cannot be written: {error.strerror}") from None

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _mend(file: BufferedRandom) -> None:
    """Cut off a line that a crash has left unfinished: the step it tells of is done again, or looked up."""
    file.seek(0)
    whole = 0
    for line in file:
        whole += len(line) if line.endswith(b"\n") else 0
    file.truncate(whole)
