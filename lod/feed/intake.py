"""What an export tells the ledger: what is new, what stays as it was, and what no record has any more."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

import orjson

from lod.feed.names import item_file
from lod.identity import sort_key
from lod.ledger import Past

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lod.dump.follower import Staged
    from lod.dump.life import Row
    from lod.dump.shards import Dumped
    from lod.ledger import Ledger
    from lod.news.naming import Naming

__all__ = ["Intake"]


_FRESH = (
    "CREATE TEMP TABLE IF NOT EXISTS fresh (path TEXT PRIMARY KEY, made TEXT, sort TEXT, stops INTEGER) WITHOUT ROWID"
)


class _Known(NamedTuple):
    """What the ledger knows of a release: its past, and its items as they stand in the ledger."""

    past: Past | None
    items: str

    @property
    def digests(self) -> dict[str, str]:
        """The digest of each item by its path."""
        return {path: digest for path, _, digest in orjson.loads(self.items)}


class Intake:
    """Takes the rows of one export into the ledger, inside a transaction.

    `files` are the files of the dump by path; where an item was published under this name before and now differs, the
    published one is put back. `warn` is given lines for the maintainer.
    """

    def __init__(self, ledger: Ledger, out: Path, staged: Staged, naming: Naming, warn: Callable[[str], None]) -> None:
        self._ledger, self._out, self._staged, self._naming, self._warn = ledger, out, staged, naming, warn
        self._news = "newsml" in staged.formats
        self._blank = False
        self.files: dict[str, Dumped] = {file.path: file for file in staged.files}

    def take(self) -> None:
        """Take all rows. What is new to newsrooms is in the temporary table `fresh` then, with its instant in UTC.

        `stops`: it takes back what earlier messages said, since they hold what may not be used any more.
        """
        ledger = self._ledger
        run = int(ledger.meta("run") or 0) + 1
        ledger.note("run", str(run))
        ledger.run(_FRESH)
        ledger.run("DELETE FROM fresh")
        self._blank = ledger.blank  # each release comes once, so what the run itself writes is never looked up
        for row in self._staged.rows:
            if row.state == "public":
                self._take(row, run)
            else:
                ledger.run("UPDATE release SET seen = ? WHERE path = ?", run, row.path)
        self._miss(run)

    def _take(self, row: Row, run: int) -> None:
        known = self._known(row.path)
        past = known.past
        fresh = self._news and (past is None or row.version > past.version or not past.fed)
        if not fresh and self._news:
            self._keep(row, known)
        if fresh:
            made = datetime.fromisoformat(row.made or "").astimezone(UTC).isoformat()
            stops = row.status != "usable" or bool({*row.gone} - {*(past.gone if past else ())})
            self._ledger.run("INSERT INTO fresh VALUES (?, ?, ?, ?)", row.path, made, sort_key(row.path), stops)
        fed = fresh or (past is not None and past.fed)
        self._ledger.run(
            "INSERT OR REPLACE INTO release VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row.path,
            self._naming.guid(row.path),
            row.version,
            row.status,
            row.digest,
            row.first or (past.first if past else None),
            row.made or (past.made if past else None),
            row.issued,
            fed,
            orjson.dumps([*self._items(row)]).decode() if self._news else known.items,
            run,
            orjson.dumps(row.gone).decode(),
        )

    def _known(self, path: str) -> _Known:
        past = None if self._blank else self._ledger.past(path)
        if past is None:
            return _Known(None, "[]")
        return _Known(past, *self._ledger.one("SELECT items FROM release WHERE path = ?", path))

    def _items(self, row: Row) -> Iterator[tuple[str, str, str]]:
        for path, media_type in row.items:
            yield path, media_type, self.files[item_file(path)].sha256

    def _keep(self, row: Row, known: _Known) -> None:
        """Put back what was published: a file with a version in its name never changes, whatever is known since."""
        kept = [
            path for path, digest in known.digests.items() if self._differs(path, digest) and self._put(path, digest)
        ]
        if kept:
            self._warn(
                f"warning: {row.path}: version: {row.version} would look different in {item_file(kept[0])} now, since "
                "authorities, settings or the program changed; newsrooms keep what was published until the next version"
            )

    def _differs(self, path: str, digest: str) -> bool:
        file = self.files.get(item_file(path))
        return file is not None and file.sha256 != digest

    def _put(self, path: str, digest: str) -> bool:
        """Take an item from the published dump; False where it is not there any more as it was."""
        name = item_file(path)
        try:
            data = (self._out / name).read_bytes()
        except OSError:
            return False
        if sha256(data).hexdigest() != digest:
            return False
        staged = self._staged.folder / name
        staged.parent.mkdir(parents=True, exist_ok=True)
        staged.write_bytes(data)
        self.files[name] = self.files[name]._replace(bytes=len(data), sha256=digest)
        return True

    def _miss(self, run: int) -> None:
        """Say what was published and has no record any more: nobody is told of it, and the messages stay."""
        asked = "SELECT path, version FROM release WHERE seen < ? AND status = 'usable' ORDER BY path"
        for path, version in self._ledger.rows(asked, run):
            self._warn(
                f"warning: {path}: version {version} was published, and no record has it any more; "
                "what is to be withdrawn must be canceled by its record, or newsrooms do not learn of it"
            )
