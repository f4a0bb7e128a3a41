"""Entry: one message as an index tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lod.ledger import Ledger
    from lod.news.naming import Naming

__all__ = ["Entry", "entries"]

_ASKED = (
    "SELECT sequence, path, version, status, made, sent, name, bytes, sha256 FROM message JOIN copy USING (sequence) "
    "WHERE feed = ? AND state < 2 AND sequence BETWEEN ? AND ? ORDER BY sequence"
)


class Entry(NamedTuple):
    """One message: its number, the release it is of, when that version was made and the message sent, and its file.

    An index says nothing of the text, not even the title: full pages are never changed, and a text may be withdrawn.
    """

    sequence: int
    guid: str
    version: int
    status: str
    made: str
    sent: str
    name: str
    bytes: int
    sha256: str

    @property
    def title(self) -> str:
        """What people see: the name of the release and the version."""
        return f"{self.guid.rpartition(':')[2]}, version {self.version}"


def entries(ledger: Ledger, naming: Naming, feed: str, first: int, last: int) -> Iterator[Entry]:
    """The messages of a feed from one number to another, without those that were taken back."""
    for sequence, path, *others in ledger.rows(_ASKED, feed, first, last):
        yield Entry(sequence, naming.guid(path), *others)
