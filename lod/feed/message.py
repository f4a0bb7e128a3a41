"""A message: the items of one release, unchanged, behind a header that says when, from whom, and in which order."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from lxml import etree

from lod.formats.newsml.tables import CATALOG
from lod.news.elements import NAR, child
from lod.vocabulary import vocab_root

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lod.archive import ArchiveConfig
    from lod.dump.life import View

__all__ = ["Envelope", "Terms", "bare", "message", "read_terms", "transmit_id"]

_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">\n  '
_OPEN = b"\n  <itemSet>\n"
_CLOSE = b"  </itemSet>\n</newsMessage>\n"
_NAMES = re.compile(rb' (guid|residref)="([^"]*)"')


class Terms(NamedTuple):
    """What vocab/newsml/message.toml says."""

    destination: str
    page: int
    channel: dict[str, str]
    priority: dict[str, int]


def read_terms() -> Terms:
    """Read vocab/newsml/message.toml."""
    with (vocab_root() / "newsml" / "message.toml").open("rb") as file:
        return Terms(**tomllib.load(file))


class Envelope(NamedTuple):
    """What the headers of one feed have in common. `terms` are those of vocab/newsml/message.toml."""

    sender: str
    origin: str
    channel: str
    terms: Terms

    @classmethod
    def of(cls, config: ArchiveConfig, view: View) -> Envelope:
        """The envelope of an archive's feed for those whom the view is for."""
        terms = read_terms()
        domain = config.newsml.domain or urlsplit(config.base).hostname or ""
        return cls(domain, config.base, terms.channel[view], terms)

    def header(self, sent: str, name: str, status: str, made: Sequence[str], *, atomic: bool) -> bytes:
        """A header: `sent` and `made` in ISO 8601, `name` the transmission id, `status` that of the weightiest item."""
        root = etree.Element(NAR + "header", nsmap={None: NAR[1:-1]})
        instants = sorted(made, key=datetime.fromisoformat)
        child(root, NAR + "sent", text=sent)
        child(root, NAR + "catalogRef", {"href": CATALOG})
        child(root, NAR + "sender", text=self.sender)
        child(root, NAR + "transmitId", text=name)
        child(root, NAR + "priority", text=str(self.terms.priority[status]))
        child(root, NAR + "origin", text=self.origin)
        child(root, NAR + "timestamp", {"role": "minDateTime"}, instants[0])
        child(root, NAR + "timestamp", {"role": "maxDateTime"}, instants[-1])
        child(root, NAR + "destination", text=self.terms.destination)
        child(root, NAR + "channel", text=self.channel)
        if atomic:
            child(root, NAR + "signal", {"qcode": "nmsig:atomic"})
        etree.indent(root, level=1)
        return etree.tostring(root, encoding="UTF-8").replace(b' xmlns="http://iptc.org/std/nar/2006-10-01/"', b"", 1)


def transmit_id(sequence: int) -> str:
    """The transmission id of a message: its number, as long as it takes to sort as text."""
    return f"{sequence:012d}"


def bare(item: bytes) -> bytes:
    """An item without the XML declaration before it; nothing of the item itself changes."""
    return item[item.index(b"?>") + 2 :].lstrip() if item.startswith(b"<?xml") else item


def message(header: bytes, items: Iterable[bytes]) -> Iterable[bytes]:
    """A message piece by piece; the items are elements, each with a line end behind it."""
    yield _HEAD + header + _OPEN
    yield from items
    yield _CLOSE


def whole(items: Sequence[bytes]) -> bool:
    """Whether items belong together and name no other item, so that all or none of them is to be used."""
    if len(items) == 1:
        return False
    found = [pair for item in items for pair in _NAMES.findall(item)]
    guids = {name for kind, name in found if kind == b"guid"}
    return all(name in guids for _, name in found)
