"""The indexes of a feed: every number once and none left out, every link to a file, every gap with its reason."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from lxml import etree

from lod.verify.source import Broken, Source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lod.verify.finding import Findings
    from lod.verify.listing import Entry
    from lod.verify.package import Package

__all__ = ["check_feeds"]

_INDEX, _ARCHIVE, _MESSAGES = "/index.json", "/archive/", "/messages/"
_ATOM = "{http://www.w3.org/2005/Atom}"
_DELETED = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
_LINKS = f".//{_ATOM}link[@rel='alternate']"


class _Gap(NamedTuple):
    """A number without a file: the page it is on, its guid and version, and the number that took it back."""

    page: str
    sequence: int
    guid: str
    version: int
    by: int | None


class _Row(NamedTuple):
    """What the index says of one number; no file where there is none any more."""

    sequence: int
    guid: str
    version: int
    file: str | None
    size: int | None
    digest: str | None
    by: int | None


def check_feeds(package: Package) -> None:
    """Check each feed of a dump; what is wrong goes to the findings of the package."""
    entries = {entry.path: entry for entry in package.readable}
    for path in sorted(entries):
        if path.endswith(_INDEX) and path.startswith("newsml/"):
            _Feed(package.out, path.removesuffix(_INDEX), entries, package.findings).check()


class _Feed:
    """One feed: its folder in the dump, the files of the dump by path, and where findings go."""

    def __init__(self, out: Path, folder: str, entries: dict[str, Entry], findings: Findings) -> None:
        self._out, self._folder, self._entries, self._findings = out, folder, entries, findings
        self._gaps: list[_Gap] = []
        self._linked: set[str] = set()

    def check(self) -> None:
        """Read the pages from the oldest to the current one, then look for what explains the gaps."""
        last = 0
        for path in self._pages():
            rows = self._rows(path)
            last = self._count(path, [row.sequence for row in rows], last)
            for row in rows:
                self._look(path, row)
            self._mirrored(path, rows)
        self._explain()
        messages = (one for one in self._entries if one.startswith(self._folder + _MESSAGES))
        for path in sorted({*messages} - self._linked):
            self._findings.add("feed-number", path, "is in no page of the index")

    def _count(self, path: str, numbers: Sequence[int], last: int) -> int:
        """No number is left out or comes twice, though the current page may begin with numbers of the page before."""
        first = min(last + 1, numbers[0]) if numbers else last + 1
        wanted = range(first, max(last, *numbers, 0) + 1)
        for found, due in zip_longest(numbers, wanted):
            if found != due:
                told = f"has {found or 'nothing'} where {due or 'nothing'} is due"
                self._findings.add("feed-number", path, told)
                break
        return max(last, *numbers, 0)

    def _pages(self) -> list[str]:
        found = (one for one in self._entries if one.startswith(self._folder + _ARCHIVE) and one.endswith(".json"))
        return [*sorted(found), self._folder + _INDEX]

    def _read(self, path: str) -> bytes | None:
        """The bytes of a listed file. That they are what the manifest says is proved elsewhere."""
        entry = self._entries.get(path)
        if entry is None:
            self._findings.add("feed-form", path, "is not there")
            return None
        try:
            with Source(self._out, entry) as source:
                return source.read()
        except Broken as error:
            self._findings.add("feed-form", path, error.reason)
            return None

    def _rows(self, path: str) -> list[_Row]:
        try:
            page = orjson.loads(self._read(path) or b"{}")
            rows = [_row(one) for one in page["entries"]]
        except (orjson.JSONDecodeError, KeyError, TypeError) as error:
            self._findings.add("feed-form", path, f"is no page of an index: {error!r}")
            return []
        if page.get("cursor") != (rows[-1].sequence if rows else 0):
            self._findings.add("feed-number", path, f"has the cursor {page.get('cursor')}, and not its last number")
        before = page.get("previous")
        if before and f"{path.rpartition('/')[0]}/{before}" not in self._entries:
            self._findings.add("feed-link", path, f"the page before it, {before}, is not there")
        return rows

    def _look(self, page: str, row: _Row) -> None:
        if row.file is None:
            self._gaps.append(_Gap(page, row.sequence, row.guid, row.version, row.by))
            return
        path = f"{self._folder}{_MESSAGES}{row.file.rpartition('/')[2]}"
        entry = self._entries.get(path)
        self._linked.add(path)
        if entry is None:
            self._findings.add("feed-link", page, f"message {row.sequence} is {path}, which is not there", row.guid)
        elif (entry.bytes, entry.sha256) != (row.size, row.digest):
            self._findings.add("feed-link", page, f"{path} has another size or SHA-256 than it says", row.guid)

    def _mirrored(self, path: str, rows: Sequence[_Row]) -> None:
        """The same page in Atom links to the same files, and has a deleted entry for each gap."""
        atom = path.removesuffix(".json") + ".atom"
        data = self._read(atom)
        if data is None:
            return
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            self._findings.add("feed-form", atom, error.msg or "is not well-formed")
            return
        linked = {link.get("href") for entry in root.iterfind(f"{_ATOM}entry") for link in entry.iterfind(_LINKS)}
        deleted = [one.get("ref") for one in root.iterfind(_DELETED)]
        if linked != {row.file for row in rows if row.file}:
            self._findings.add("feed-atom", atom, f"does not link to the messages of {path}")
        if not {row.guid for row in rows if row.file is None} <= {*deleted}:
            self._findings.add("feed-atom", atom, f"has no deleted entry for a message that {path} says is gone")

    def _explain(self) -> None:
        """A gap is right where a later message of the same release took it back, or has a newer version."""
        waiting: dict[str, list[_Gap]] = {}
        for gap in self._gaps:
            waiting.setdefault(gap.guid, []).append(gap)
        for path in self._pages() if waiting else ():
            for row in self._rows(path):
                if row.guid in waiting:
                    waiting[row.guid] = [gap for gap in waiting[row.guid] if not _explained(gap, row)]
        for gap in (gap for gaps in waiting.values() for gap in gaps):
            told = f"message {gap.sequence} is gone, and no later one says why"
            self._findings.add("feed-gap", gap.page, told, gap.guid)


def _explained(gap: _Gap, row: _Row) -> bool:
    if gap.by is not None:
        return row.sequence == gap.by > gap.sequence
    return row.version > gap.version and row.sequence > gap.sequence


def _row(one: Any) -> _Row:
    """Raises KeyError or TypeError for what is no entry."""
    sequence, version, guid, file = one["sequence"], one["version"], one["guid"], one["file"]
    if type(sequence) is not int or type(version) is not int or not isinstance(guid, str):
        raise TypeError(one)
    if file is not None and not isinstance(file, str):
        raise TypeError(file)
    return _Row(sequence, guid, version, file, one.get("bytes"), one.get("sha256"), one.get("taken_back_by"))
