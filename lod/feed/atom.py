"""The index as Atom 1.0 (RFC 4287): the newest messages, and full pages as archive documents (RFC 5005).

A kill is a deleted entry (RFC 6721), and an entry as well, so that readers who know only entries learn of it too. A
message that is not there any more is a deleted entry and nothing else: no link leads to a file that is not there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from lod.news.elements import Element, child, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lod.feed.entry import Copy, Entry

__all__ = ["MESSAGE_TYPE", "About", "Place", "atom"]

MESSAGE_TYPE = "application/vnd.iptc.g2.newsmessage+xml"

_ATOM = "http://www.w3.org/2005/Atom"
_DELETED = "http://purl.org/atompub/tombstones/1.0"
_HISTORY = "http://purl.org/syndication/history/1.0"
_TYPE = "application/atom+xml"
_STATUS = "http://cv.iptc.org/newscodes/pubstatusg2/"


class About(NamedTuple):
    """What is said of a feed as a whole: its id, title and author, and the namespace of numbers and digests."""

    id: str
    title: str
    author: str
    namespace: str


class Place(NamedTuple):
    """Where a page of the index stands: names of files relative to its own folder, and that of the messages.

    `current` is None for the current page itself, `previous` where there is nothing older.
    """

    name: str
    messages: str
    current: str | None = None
    previous: str | None = None


def atom(about: About, place: Place, entries: Sequence[Entry], updated: str) -> bytes:
    """A page of the index, the newest message first; `updated` in ISO 8601."""
    names: dict[str | None, str] = {None: _ATOM, "at": _DELETED, "fh": _HISTORY, "feed": about.namespace}
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap=names)
    _child(root, "id", about.id)
    _child(root, "title", about.title)
    _child(root, "updated", updated)
    _child(_child(root, "author"), "name", about.author)
    _link(root, "self", place.name)
    if place.current:
        _link(root, "current", place.current)
        child(root, f"{{{_HISTORY}}}archive")
    if place.previous:
        _link(root, "prev-archive", place.previous)
    for entry in reversed(entries):
        if entry.copy is None:
            _gone(root, entry)
            continue
        if entry.status == "canceled":
            _killed(root, about, place, entry, entry.copy)
        _entry(root, about, place, entry, entry.copy)
    etree.indent(root)
    return write(root)


def _entry(root: Element, about: About, place: Place, entry: Entry, copy: Copy) -> None:
    made = _child(root, "entry")
    _child(made, "id", entry.guid)
    _child(made, "title", entry.title)
    _child(made, "updated", entry.made)
    child(made, f"{{{_ATOM}}}category", {"scheme": _STATUS, "term": entry.status})
    _message(made, about, place, entry.sequence, copy)
    _child(made, "summary", f"{entry.status}, message {entry.sequence}")


def _killed(root: Element, about: About, place: Place, entry: Entry, copy: Copy) -> None:
    made = _deleted(root, entry.guid, entry.made, "Canceled: do not use, and delete it from archives too.")
    _message(made, about, place, entry.sequence, copy)


def _gone(root: Element, entry: Entry) -> None:
    """A message that is not there. All versions have one id: `when` deletes no entry that is newer (RFC 6721, 3)."""
    why = f"was taken back; message {entry.taken_by} says why" if entry.taken_by else "is not kept; a newer one holds"
    _deleted(root, entry.guid, entry.made, f"Message {entry.sequence} {why}.")


def _deleted(root: Element, guid: str, when: str, comment: str) -> Element:
    made = child(root, f"{{{_DELETED}}}deleted-entry", {"ref": guid, "when": when})
    child(made, f"{{{_DELETED}}}comment", text=comment)
    return made


def _message(parent: Element, about: About, place: Place, sequence: int, copy: Copy) -> None:
    attributes = {
        "rel": "alternate",
        "type": MESSAGE_TYPE,
        "href": place.messages + copy.name,
        "length": str(copy.bytes),
        f"{{{about.namespace}}}sequence": str(sequence),
        f"{{{about.namespace}}}sha256": copy.sha256,
    }
    child(parent, f"{{{_ATOM}}}link", attributes)


def _link(parent: Element, rel: str, href: str) -> None:
    child(parent, f"{{{_ATOM}}}link", {"rel": rel, "type": _TYPE, "href": href})


def _child(parent: Element, name: str, text: str | None = None) -> Element:
    return child(parent, f"{{{_ATOM}}}{name}", text=text)
