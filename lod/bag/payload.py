"""The files of a bag: where each comes from, and its digests, made while it is copied."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from lod.bag.refused import Refused
from lod.errors import OutputError
from lod.verify.source import Broken, open_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from lod.verify.package import Package

__all__ = ["Digests", "Item", "digests_of", "items_of", "write_item"]

_CHUNK = 1 << 20

Digests = dict[str, str]
"""Digests of one file by the name of the algorithm, lower-case hexadecimal."""


class Item(NamedTuple):
    """One file of the payload: its path below data/, and a file of the dump with the SHA-256 it must have, or bytes."""

    path: str
    source: Path | None
    sha256: str | None
    data: bytes = b""


def items_of(package: Package) -> list[Item]:
    """The files of a dump, the two lists among them, as they are."""
    assert package.listing is not None  # noqa: S101 - the caller has looked
    lists = [Item(name, package.out / name, None) for name in ("SHA256SUMS", "manifest.json")]
    return sorted(lists + [Item(entry.path, package.out / entry.path, entry.sha256) for entry in package.readable])


def digests_of(chunks: Iterable[bytes], algorithms: Sequence[str]) -> tuple[Digests, int]:
    """The digests of bytes that come in pieces, and how many they are."""
    made = {name: hashlib.new(name, usedforsecurity=False) for name in algorithms}
    size = 0
    for chunk in chunks:
        size += len(chunk)
        for one in made.values():
            one.update(chunk)
    return {name: one.hexdigest() for name, one in made.items()}, size


def write_item(item: Item, data: Path, algorithms: Sequence[str]) -> tuple[Digests, int]:
    """Write a file of the payload. Raises Refused where the dump has changed, OutputError where the disk is full."""
    target = data / item.path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:

            def written() -> Iterator[bytes]:
                for chunk in _chunks(item):
                    file.write(chunk)
                    yield chunk

            digests, size = digests_of(written(), algorithms)
    except Broken as error:
        raise Refused([f"{item.path}: {error.reason}"]) from None
    except OSError as error:
        raise OutputError(str(target), f"cannot be written: {error.strerror}") from None
    if item.sha256 not in (None, digests.get("sha256")):
        raise Refused([f"{item.path}: has SHA-256 {digests.get('sha256')}; the manifest of the dump has another"])
    return digests, size


def _chunks(item: Item) -> Iterator[bytes]:
    if item.source is None:
        yield item.data
        return
    with open_plain(item.source) as file:
        while chunk := file.read(_CHUNK):
            yield chunk
