"""Deciding what is sent: each new version gets the next number, and its message waits in the outbox."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

import orjson

from lod.errors import OutputError
from lod.feed.message import bare, message, transmit_id, whole
from lod.feed.names import feed_of, item_file, message_file, message_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from lod.dump.follower import Staged
    from lod.feed.message import Envelope
    from lod.ledger import Ledger

__all__ = ["Desk"]

_PACKAGE = "application/vnd.iptc.g2.packageitem+xml"


class _Letter(NamedTuple):
    """A message to be written: number, name of its file, when it is sent, its weight, and the release's instant.

    The weight is a status: that of the release, or `canceled` for one that goes on without a file it came with.
    """

    sequence: int
    name: str
    sent: str
    weight: str
    made: str


class Desk:
    """Writes the messages of one export, inside a transaction of the ledger.

    `staged` is the new dump, `box` the outbox, `out` the published dump.
    """

    def __init__(self, ledger: Ledger, envelope: Envelope, staged: Staged, box: Path, out: Path) -> None:
        self._ledger, self._envelope = ledger, envelope
        self._staged, self._box, self._out = staged, box, out
        self._made: set[Path] = set()
        self.changed: set[int] = set()
        """The numbers of earlier messages that are not there any more since this export, or are there again."""

    def send(self, sent: str) -> tuple[int, int]:
        """Write a message for each release that is fresh, in the order in which their versions were made.

        Gives how many, and how many earlier ones they take back, since those hold what may not be used any more.
        """
        count = taken = 0
        asked = (
            "SELECT path, version, status, release.made, items, stops FROM fresh JOIN release USING (path) "
            "ORDER BY fresh.made, issued, sort"
        )
        for path, version, status, made, items, stops in self._ledger.rows(asked):
            number = self._ledger.run(
                "INSERT INTO message (path, version, status, made, sent, name, state) VALUES (?, ?, ?, ?, ?, '', 0)",
                *(path, version, status, made, sent),
            ).lastrowid
            assert number is not None  # noqa: S101 - a row was inserted
            name = message_name(number, path, version)
            self._ledger.run("UPDATE message SET name = ? WHERE sequence = ?", name, number)
            back = self._take_back(path, number) if stops else 0
            for feed, group in _feeds(orjson.loads(items)):
                self._write(_Letter(number, name, sent, _weight(status, stops=back > 0), made), feed, group)
            count += 1
            taken += back
        return count, taken

    def _take_back(self, path: str, number: int) -> int:
        asked = "SELECT sequence FROM message WHERE path = ? AND sequence < ? AND state < 2"
        found = {sequence for (sequence,) in self._ledger.rows(asked, path, number)}
        for sequence in found:
            self._ledger.run("UPDATE message SET state = 2, taken_by = ? WHERE sequence = ?", number, sequence)
        self.changed |= found
        return len(found)

    def restore(self) -> int:
        """Write again what is missing in the published dump, where its version is still current; how many.

        A message has the same bytes as before, since its number and its time are on record.
        """
        count = 0
        taken_by = "SELECT DISTINCT taken_by FROM message WHERE taken_by IS NOT NULL"
        stopping = {number for (number,) in self._ledger.rows(taken_by)}
        asked = (
            "SELECT m.sequence, m.name, m.sent, m.status, m.made, m.version = r.version, r.items "
            "FROM message m JOIN release r USING (path) WHERE m.state = 1 ORDER BY m.sequence"
        )
        for number, name, sent, status, made, current, items in self._ledger.rows(asked):
            letter = _Letter(number, name, sent, _weight(status, stops=number in stopping), made)
            for feed, group in _feeds(orjson.loads(items)):
                if (self._out / message_file(feed, letter.name)).exists():
                    continue
                if current and all(self._staged.has(item_file(path)) for path in group):
                    self._write(letter, feed, group)
                    self._ledger.run("UPDATE message SET state = 0 WHERE sequence = ?", letter.sequence)
                    count += 1
                elif not self._lose(letter.sequence, feed):
                    continue
                self.changed.add(letter.sequence)
        return count

    def _lose(self, sequence: int, feed: str) -> bool:
        """Forget a copy that cannot be written again; whether it was known."""
        return self._ledger.run("DELETE FROM copy WHERE sequence = ? AND feed = ?", sequence, feed).rowcount > 0

    def _write(self, letter: _Letter, feed: str, paths: Sequence[str]) -> None:
        items = [bare(self._staged.read(item_file(path))) for path in paths]
        header = self._envelope.header(
            letter.sent, transmit_id(letter.sequence), letter.weight, [letter.made], atomic=whole(items)
        )
        data = b"".join(message(header, items))
        file = message_file(feed, letter.name)
        self._put(file, data)
        row = (letter.sequence, feed, file, len(data), sha256(data).hexdigest())
        self._ledger.run("INSERT OR REPLACE INTO copy VALUES (?, ?, ?, ?, ?)", *row)

    def _put(self, file: str, data: bytes) -> None:
        """Write a file into the outbox. It needs no temporary name: before the ledger knows of it, it is nothing."""
        path = self._box / file
        try:
            if path.parent not in self._made:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._made.add(path.parent)
            path.write_bytes(data)
        except OSError as error:
            raise OutputError(str(path), f"cannot be written: {error.strerror}") from None


def _weight(status: str, *, stops: bool) -> str:
    return "canceled" if stops and status == "usable" else status


def _feeds(items: Sequence[tuple[str, str, str]]) -> Iterator[tuple[str, list[str]]]:
    """The items of a release by feed; a package comes first, since it says what the others are."""
    feeds: dict[str, list[str]] = {}
    for path, _, _ in sorted(items, key=lambda item: item[1] != _PACKAGE):
        feeds.setdefault(feed_of(path), []).append(path)
    yield from sorted(feeds.items())
