"""What earlier exports found out: outcomes of partitions and finished shards, by the fingerprint of what they are of.

After an export it lies in OUT.report/known/: an index, and the files of the outcomes. While one runs, a journal in the
staging folder says what is finished, for the next one to take should this one not come to its end. What is missing,
damaged or out of date only costs time.

The index is true of OUT: its shards are taken where the files have their sizes. It is moved away before OUT changes;
after that, as what the journal says, it is believed only where the SHA-256 of each file is right.
"""

from __future__ import annotations

import hashlib
from contextlib import ExitStack, suppress
from dataclasses import asdict, fields, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from lod.dump.facts import Facts
from lod.dump.journal import line_of, read_lines, tell
from lod.dump.life import read_rows
from lod.dump.shards import Dumped, Shard
from lod.dump.sink import Sink
from lod.dump.stage import report_folder
from lod.dump.watch import Span
from lod.dump.work import Counts, Outcome
from lod.errors import OutputError
from lod.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["Known"]

_NOTES = [field.name for field in fields(Outcome) if field.type == "Path"]  # the files of an outcome


class _Finished(NamedTuple):
    """A shard that was finished, and whether its files are in OUT for sure if they have their sizes."""

    row: Mapping[str, Any]
    sure: bool


class Known:
    """What is known when an export into OUT begins, and what it adds.

    `folder` is its staging folder; `ledgers` say what was published, on which it also depends what becomes of a record.
    """

    def __init__(self, out: Path, folder: Path, ledgers: Sequence[Path] = ()) -> None:
        self._out, self._stage, self._ledgers = out, folder / "dump", ledgers
        self._journal, self._before, self._new = folder / "journal", folder / "before", folder / "notes"
        self._old = report_folder(out) / "known"
        self._index = self._old / "index"
        self._outcomes: dict[str, Mapping[str, Any]] = {}
        self._shards: dict[str, _Finished] = {}
        self._used: set[str] = set()
        self._settled = self._load(self._index)
        for path in (self._before, self._journal):
            self._load(path)

    def _load(self, path: Path) -> frozenset[str]:
        """Take the rows of a file in; their fingerprints. The index begins with the manifest it is true of."""
        sure, found = False, set()
        for row in read_lines(path):
            if "manifest" in row:
                sure = path == self._index and row["manifest"] == _sha256(self._out / "manifest.json")
            elif "shard" in row:
                self._shards.setdefault(row["shard"], _Finished(row, sure))
                found.add(row["shard"])
            else:
                self._outcomes.setdefault(row["outcome"], row)
                found.add(row["outcome"])
        return frozenset(found)

    def outcome(self, fingerprint: str | None, now: datetime) -> Outcome | None:
        """The outcome of a partition, without runs, where it is known and holds at this instant."""
        row = self._outcomes.get(fingerprint or "")
        if row is None or fingerprint is None:
            return None
        span = Span(*(datetime.fromisoformat(instant) if instant else None for instant in row["span"]))
        notes = {name: self._note(fingerprint, name, digest) for name, digest in row["notes"].items()}
        if not span.holds(now) or set(notes) != set(_NOTES) or None in notes.values():
            return None
        if row["past"] != self._past(notes["rows"]):
            return None
        self._used.add(fingerprint)
        counts, sums = Counts(**row["counts"]), {shard: int(value, 16) for shard, value in row["sums"].items()}
        return Outcome(counts, (), **notes, span=span, sums=sums, fingerprint=fingerprint)  # type: ignore[arg-type]

    def _note(self, fingerprint: str, name: str, digest: str) -> Path | None:
        for folder in (self._new, self._old):
            if _sha256(path := folder / f"{fingerprint}.{name}") == digest:
                return path
        return None

    def _past(self, rows: Path | None) -> str:
        """The digest of what the ledgers know of the releases of a partition."""
        digest = hashlib.sha256()
        with ExitStack() as stack:
            ledgers = [stack.enter_context(Ledger.reading(path)) for path in self._ledgers]
            for ledger in ledgers:
                ledger.run("BEGIN")  # one look at it for all records
            for row in read_rows(rows) if rows and ledgers else ():
                digest.update(repr([(one.past(row.path), one.items(row.path)) for one in ledgers]).encode())
        return digest.hexdigest()

    def found_out(self, outcome: Outcome, read: str | None, fingerprint: str | None) -> Outcome:
        """Note the outcome of a partition under its fingerprint. Raises OutputError.

        `read` is the fingerprint it had before it was read: one that changed meanwhile is not noted.
        """
        if fingerprint is None or read != outcome.fingerprint:
            return replace(outcome, fingerprint=None)
        notes, told = {}, {}
        try:
            for name in _NOTES:
                notes[name] = getattr(outcome, name).replace(self._new / f"{fingerprint}.{name}")
                told[name] = _sha256(notes[name])
        except OSError as error:
            raise OutputError(str(self._new), f"cannot be written: {error.strerror}") from None
        span = [instant.isoformat() if instant else None for instant in outcome.span]
        sums = {shard: f"{value:x}" for shard, value in outcome.sums.items()}
        row = {"outcome": fingerprint, "counts": asdict(outcome.counts), "span": span, "sums": sums, "notes": told}
        row["past"] = self._past(notes["rows"])
        self._outcomes[fingerprint] = row
        self._used.add(fingerprint)
        tell(self._journal, row)
        return replace(outcome, fingerprint=fingerprint, **notes)

    def finished(self, fingerprint: str, shard: Shard) -> None:
        """Note a shard that was written. Raises OutputError."""
        row = {"shard": fingerprint, "files": [tuple(file) for file in shard.files], "facts": shard.facts.plain()}
        self._shards[fingerprint] = _Finished(row, sure=False)
        tell(self._journal, row)

    def take(self, fingerprints: Mapping[str, str]) -> dict[str, Shard]:
        """The shards, by name, whose files are staged or in OUT. Whatever else was staged before is removed."""
        taken: dict[str, Shard] = {}
        staged: set[Path] = set()
        left = {path for path in self._stage.rglob("*") if path.is_file()}
        for name, fingerprint in fingerprints.items():
            known = self._shards.get(fingerprint)
            if known is None:
                continue
            files = [Dumped(*values) for values in known.row["files"]]
            here = {path for file in files if left and (path := self._stage / file.path) in left and _is(path, file)}
            kept = {file.path: file for file in (Dumped(*values) for values in known.row.get("kept", ()))}
            there = (kept.get(file.path, file) for file in files if self._stage / file.path not in here)
            if all(self._published(file, sure=known.sure) for file in there):
                taken[name] = Shard(files, Facts.of(known.row["facts"]))
                staged |= here
        for path in left - staged:
            path.unlink()
        return taken

    def _published(self, file: Dumped, *, sure: bool) -> bool:
        path = self._out / file.path
        return _size(path) == file.bytes and (sure or _is(path, file))

    def withdraw(self) -> None:
        """Say that OUT is about to change: the index is no longer true of it."""
        if self._index.exists():
            self._index.replace(self._before)

    def settle(self, outcomes: Sequence[Outcome], shards: Sequence[str], files: Iterable[Dumped]) -> None:
        """Say that OUT holds these files, as these outcomes and shards make it.

        What was published now is the past of these outcomes; they stay what they are, since nothing changes by telling
        it twice. A failure costs the next export time, and no more.
        """
        there = {file.path: file for file in files}
        news = [one for one in shards if self._kept(one, there)]
        news += [one.fingerprint for one in outcomes if one.fingerprint and self._told(one)]
        prints = sorted(self._used)
        if not news and not self._journal.exists() and self._index.exists() and self._settled == {*prints, *shards}:
            return
        with suppress(OSError, OutputError):
            self._old.mkdir(parents=True, exist_ok=True)
            names = {f"{one}.{name}" for one in prints for name in _NOTES}
            for path in self._new.iterdir():
                if path.name in names:
                    path.replace(self._old / path.name)
            with Sink(self._index) as sink:
                for line in self._lines(prints, shards):
                    sink.write(line)
            for path in self._old.iterdir():
                if path.name not in names and path != self._index:
                    path.unlink()

    def _kept(self, fingerprint: str, there: Mapping[str, Dumped]) -> bool:
        """Note the files of a shard that the feed kept in OUT as it had published them; whether that is news."""
        known = self._shards[fingerprint]
        kept = [
            tuple(there[path]) for path, *rest in known.row["files"] if path in there and (path, *rest) != there[path]
        ]
        self._shards[fingerprint] = known._replace(row={**known.row, "kept": kept})
        return kept != [tuple(file) for file in known.row.get("kept", ())]

    def _told(self, outcome: Outcome) -> bool:
        """Note what is published of the releases of an outcome; whether that is news."""
        row, past = self._outcomes[outcome.fingerprint or ""], self._past(outcome.rows)
        self._outcomes[outcome.fingerprint or ""] = {**row, "past": past}
        return bool(row["past"] != past)

    def _lines(self, prints: Sequence[str], shards: Sequence[str]) -> Iterator[bytes]:
        yield line_of({"manifest": _sha256(self._out / "manifest.json")})
        for one in prints:
            yield line_of(self._outcomes[one])
        for one in sorted(shards):
            yield line_of(self._shards[one].row)


def _is(path: Path, file: Dumped) -> bool:
    return _size(path) == file.bytes and _sha256(path) == file.sha256


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _sha256(path: Path) -> str | None:
    """The SHA-256 of a file; None where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
