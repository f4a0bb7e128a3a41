"""A bag read back, by nothing but what RFC 8493 says: every list holds, every file is in every list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lod.bag.packages import members
from lod.bag.payload import digests_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lod.bag.payload import Digests

__all__ = ["faults"]

_LIST = re.compile(r"(tag)?manifest-([a-z0-9]+)\.txt")
_ROW = re.compile(r"([0-9a-f]+) +(\S+)")
_ALL = ("md5", "sha256", "sha512")


def faults(bag: Path, name: str) -> list[str]:
    """What is wrong with a bag, a line each; nothing where it is valid. `name` is the folder at the top."""
    return list(_Read(bag, name).faults())


class _Read:
    """A bag as it was read: the digests of all files, and the text of the tag files."""

    def __init__(self, bag: Path, name: str) -> None:
        self._strays: list[str] = []
        self._files: dict[str, Digests] = {}
        self._sizes: dict[str, int] = {}
        self._tags: dict[str, str] = {}
        for path, pieces in members(bag):
            top, _, inner = path.partition("/")
            if top != name or not inner or inner in self._files:
                self._strays.append(path)
                continue
            chunks = list(pieces) if "/" not in inner else pieces
            self._files[inner], self._sizes[inner] = digests_of(chunks, _ALL)
            if "/" not in inner:
                self._tags[inner] = b"".join(chunks).decode("utf-8", "replace")

    def faults(self) -> Iterator[str]:
        yield from (f"{path}: is no file of the bag" for path in self._strays)
        if self._tags.get("bagit.txt") != "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n":
            yield "bagit.txt: is missing, or says something else"
        payload = {path for path in self._files if path.startswith("data/")}
        tags = {path for path in self._files if path not in payload and not path.startswith("tagmanifest-")}
        lists = [(path, found) for path in sorted(self._tags) if (found := _LIST.fullmatch(path))]
        if not any(found[1] is None for _, found in lists):
            yield "manifest: is missing"
        for path, found in lists:
            yield from self._list(path, found[2], tags if found[1] else payload)
        octets = sum(self._sizes[path] for path in payload)
        if f"\nPayload-Oxum: {octets}.{len(payload)}\n" not in "\n" + self._tags.get("bag-info.txt", ""):
            yield f"bag-info.txt: the payload is {octets}.{len(payload)}"

    def _list(self, name: str, algorithm: str, expected: set[str]) -> Iterator[str]:
        found = (_ROW.fullmatch(line) for line in self._tags[name].splitlines())
        rows = {row[2]: row[1] for row in found if row}
        yield from (f"{path}: is not in {name}" for path in sorted(expected - rows.keys()))
        yield from (f"{path}: is in {name}, but not in the bag" for path in sorted(rows.keys() - expected))
        for path in sorted(rows.keys() & expected):
            if self._files[path].get(algorithm) != rows[path]:
                yield f"{path}: has another digest than {name} says"
