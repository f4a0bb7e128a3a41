"""Entry: one message as an index tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lod.ledger import Ledger
    from lod.news.naming import Naming

__all__ = ["Copy", "Entry", "entries"]

_ASKED = (
    "SELECT m.sequence, m.path, m.version, m.status, m.made, m.sent, m.taken_by, "
    "CASE WHEN m.state < 2 THEN m.name END, bytes, sha256 "
    "FROM message m LEFT JOIN copy c ON c.sequence = m.sequence AND c.feed = ? "
    "WHERE m.sequence BETWEEN ? AND ? ORDER BY m.sequence"
)


class Copy(NamedTuple):
    """The file of a message in one feed."""

    name: str
    bytes: int
    sha256: str


class Entry(NamedTuple):
    """One message: its number, the release it is of, when that version was made and the message sent, and its file.

    There is no file where the message was taken back, by that with the number `taken_by`, or where the feed
    holds a newer version only. An index says nothing of the text, not even the title.
    """

    sequence: int
    guid: str
    version: int
    status: str
    made: str
    sent: str
    taken_by: int | None
    copy: Copy | None

    @property
    def title(self) -> str:
        """What people see: the name of the release and the version."""
        return f"{self.guid.rpartition(':')[2]}, version {self.version}"


def entries(ledger: Ledger, naming: Naming, feed: str, first: int, last: int) -> Iterator[Entry]:
    """The messages of a feed from one number to another, none left out."""
    for sequence, path, *others, name, size, digest in ledger.rows(_ASKED, feed, first, last):
        copy = Copy(name, size, digest) if name and digest else None
        yield Entry._make((sequence, naming.guid(path), *others, copy))
