"""What earlier exports found out: outcomes of partitions and finished shards, by the fingerprint of what they are of.

After an export it lies in OUT.report/known/: an index, and the files of the outcomes. While one runs, a journal in the
staging folder says what is finished, for the next one to take should this one not come to its end. What is missing,
damaged or out of date only costs time.

A file of OUT is taken for what it was as long as its size and times are what they were; else its SHA-256 must be right.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import datetime
from stat import S_ISREG
from typing import TYPE_CHECKING, Any

from lod.dump.facts import Facts
from lod.dump.journal import line_of, read_lines, tell
from lod.dump.life import past_prints
from lod.dump.shards import Dumped, Shard
from lod.dump.sink import Sink
from lod.dump.stage import report_folder
from lod.dump.watch import Span
from lod.dump.work import NOTES, Counts, Outcome
from lod.errors import OutputError
from lod.ledger import looking

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

__all__ = ["Known"]

_Row = dict[str, Any]


class Known:
    """What is known when an export into OUT begins, and what it adds.

    `folder` is its staging folder; `ledgers` say what was published, on which it also depends what becomes of a record.
    """

    def __init__(self, out: Path, folder: Path, ledgers: Sequence[Path] = ()) -> None:
        self._out, self._stage, self._ledgers = out, folder / "dump", ledgers
        self._journal, self._new, self._old = folder / "journal", folder / "notes", report_folder(out) / "known"
        self._index = self._old / "index"
        self._outcomes: dict[str, _Row] = {}
        self._shards: dict[str, _Row] = {}
        self._used: set[str] = set()
        self._seen: dict[str, tuple[int, ...]] = {}
        for path in (self._index, self._journal):
            for row in read_lines(path):
                rows, kind = (self._shards, "shard") if "shard" in row else (self._outcomes, "outcome")
                rows.setdefault(row[kind], row)

    # ------------------------------------------------------------------------------------------ partitions

    def outcome(self, fingerprint: str | None, now: datetime) -> Outcome | None:
        """The outcome of a partition, without runs, where it is known and holds at this instant."""
        row = self._outcomes.get(fingerprint or "")
        if row is None or fingerprint is None:
            return None
        span = Span(*(datetime.fromisoformat(instant) if instant else None for instant in row["span"]))
        notes = self._notes(fingerprint, row["notes"])
        if not span.holds(now) or notes is None or row["past"] != self._past(notes["rows"]):
            return None
        self._used.add(fingerprint)
        counts, sums = Counts(**row["counts"]), {shard: int(value, 16) for shard, value in row["sums"].items()}
        return Outcome(counts, (), **notes, span=span, sums=sums, past=row["past"], fingerprint=fingerprint)

    def _notes(self, fingerprint: str, digests: Mapping[str, str]) -> dict[str, Path] | None:
        """The files of an outcome; None where one is missing or is not what it was."""
        notes = {}
        for name, digest in digests.items():
            paths = (folder / f"{fingerprint}.{name}" for folder in (self._new, self._old))
            found = next((path for path in paths if _sha256(path) == digest), None)
            if found is None:
                return None
            notes[name] = found
        return notes

    def _past(self, rows: Path) -> list[str]:
        """What the ledgers know today of the releases of a partition."""
        with looking(self._ledgers) as ledgers:
            return past_prints(ledgers, rows)

    def found_out(self, outcome: Outcome, read: str | None, fingerprint: str | None) -> Outcome:
        """Note the outcome of a partition under its fingerprint. Raises OutputError.

        `read` is the fingerprint it had before it was read: one that changed meanwhile is not noted.
        """
        if fingerprint is None or read != outcome.fingerprint:
            return replace(outcome, fingerprint=None)
        notes, told = {}, {}
        try:
            for name in NOTES:
                notes[name] = getattr(outcome, name).replace(self._new / f"{fingerprint}.{name}")
                told[name] = _sha256(notes[name])
        except OSError as error:
            raise OutputError(str(self._new), f"cannot be written: {error.strerror}") from None
        span = [instant.isoformat() if instant else None for instant in outcome.span]
        sums = {shard: f"{value:x}" for shard, value in outcome.sums.items()}
        row = {"outcome": fingerprint, "counts": asdict(outcome.counts), "span": span, "sums": sums, "notes": told}
        self._outcomes[fingerprint] = {**row, "past": outcome.past}
        self._used.add(fingerprint)
        tell(self._journal, self._outcomes[fingerprint])
        return replace(outcome, fingerprint=fingerprint, **notes)

    # ------------------------------------------------------------------------------------------ shards

    def take(self, fingerprints: Mapping[str, str], anew: Collection[str]) -> dict[str, Shard]:
        """The shards, by name, whose files are staged or in OUT. Whatever else was staged before is removed.

        `anew` are the names of shards with records that were judged anew.
        """
        taken: dict[str, Shard] = {}
        left = {path for path in self._stage.rglob("*") if path.is_file()}
        for name, fingerprint in fingerprints.items():
            row = self._shards.get(fingerprint)
            if row is None:
                continue
            files = [Dumped(*values) for values in row["files"]]
            staged = {path for file in files if left and (path := self._stage / file.path) in left and _is(path, file)}
            others = (file for file in files if self._stage / file.path not in staged)
            if all(self._published(file, row.get("there", {}), anew=name in anew) for file in others):
                taken[name] = Shard(files, Facts.of(row["facts"]))
                left -= staged
        for path in left:
            path.unlink()
        return taken

    def _published(self, file: Dumped, there: Mapping[str, Sequence[Any]], *, anew: bool) -> bool:
        """Whether OUT holds a file, or in its place what the feed keeps: it will again, if nothing was judged anew."""
        digest, size, *times = there.get(file.path, (file.sha256, file.bytes))
        stamp = _stamp(path := self._out / file.path)
        if stamp is None or stamp[0] != size or (anew and digest != file.sha256):
            return False
        if stamp[1:] != tuple(times) and _sha256(path) != digest:
            return False
        self._seen[file.path] = stamp
        return True

    def finished(self, fingerprint: str, shard: Shard) -> None:
        """Note a shard that was written. Raises OutputError."""
        row = {"shard": fingerprint, "files": [tuple(file) for file in shard.files], "facts": shard.facts.plain()}
        self._shards[fingerprint] = row
        tell(self._journal, row)

    # ------------------------------------------------------------------------------------------ the end

    def settle(self, shards: Iterable[str], files: Iterable[Dumped]) -> None:
        """Say that OUT holds these shards now, and these files. A failure costs the next export time, and no more."""
        there = {file.path: file for file in files}
        with suppress(OSError, OutputError):
            self._old.mkdir(parents=True, exist_ok=True)
            notes = {f"{one}.{name}" for one in self._used for name in NOTES}
            for path in self._new.iterdir():
                if path.name in notes:
                    path.replace(self._old / path.name)
            with Sink(self._index) as sink:
                for one in sorted(self._used):
                    sink.write(line_of(self._told(one)))
                for one in sorted(shards):
                    sink.write(line_of(self._standing(self._shards[one], there)))
            for path in self._old.iterdir():
                if path.name not in notes and path != self._index:
                    path.unlink()

    def _told(self, fingerprint: str) -> _Row:
        """What is known of a partition after its releases were published: telling them twice would change nothing."""
        row = self._outcomes[fingerprint]
        own = self._past(self._old / f"{fingerprint}.rows")[:1]
        return {**row, "past": own + row["past"][1:]}

    def _standing(self, row: _Row, files: Mapping[str, Dumped]) -> _Row:
        """What is known of a shard, with what stands in OUT of its files: SHA-256, bytes and times."""
        paths = [path for path, *_ in row["files"] if path in files]
        stamps = {path: self._seen.get(path) or _stamp(self._out / path) for path in paths}
        there = {path: (files[path].sha256, *stamp) for path, stamp in stamps.items() if stamp}
        return {**row, "there": there}

    def forget(self) -> None:
        """What this export found out is not to be relied on: the next one is to begin anew."""
        self._journal.unlink(missing_ok=True)


def _is(path: Path, file: Dumped) -> bool:
    return path.stat().st_size == file.bytes and _sha256(path) == file.sha256


def _stamp(path: Path) -> tuple[int, ...] | None:
    """Size of a file, and when its content and its place were last changed; None where there is no such file."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns) if S_ISREG(found.st_mode) else None


def _sha256(path: Path) -> str | None:
    """The SHA-256 of a file; None where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
