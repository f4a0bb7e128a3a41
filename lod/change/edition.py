"""Edition: a dump as it stands in a folder, with the graph hash of every record, and the records when needed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from lod.change.reading import Damaged, File, cut, parsed
from lod.sorting import Sorter

__all__ = ["CHANGES", "DELETED", "Edition", "Row", "Shard", "State", "manifest_of"]

CHANGES = "changes"
"""The folder of a dump that holds what changed since it was first written."""
DELETED = "deleted"
"""The shard of releases whose records are gone."""

_HASHES = "hashes"
_SHARED = frozenset({"authorities", "concepts"})
# The formats in the order in which they are best to read from.
_FORMATS = ("ntriples", "nquads", "turtle", "trig", "jsonld", "rdfxml")
_PATH = re.compile(r"(?:[A-Za-z0-9_~+=@,-][A-Za-z0-9._~+=@,-]*/)*[A-Za-z0-9_~+=@,-][A-Za-z0-9._~+=@,-]*")
_ROW = re.compile(rb"([0-9a-f]{64})  ([^\s<>]+)\n")


class Row(NamedTuple):
    """A record of a shard: its IRI and its graph hash."""

    iri: bytes
    digest: bytes


class Shard(NamedTuple):
    """A shard: its name, the file that it is read from, and its list of hashes, where it has one."""

    name: str
    file: File
    hashes: File | None

    @property
    def shared(self) -> bool:
        """Whether it holds what releases share."""
        return self.name.partition("-")[0] in _SHARED

    @property
    def deleted(self) -> bool:
        """Whether it holds what is left of releases whose records are gone."""
        return self.name.partition("-")[0] == DELETED


class State(NamedTuple):
    """What a dump holds, in few words: how many changes led to it, a digest of all its record hashes, and counts.

    The digest is the SHA-256 of all lines of `hashes/`, sorted by their bytes.
    """

    sequence: int
    sha256: str
    records: int
    statements: int

    def iri(self, base: str) -> str:
        """The name of the state, which no other state of the archive has."""
        return f"{base}{CHANGES}/{self.sequence}/{self.sha256}"


def manifest_of(folder: Path) -> dict[str, Any]:
    """The manifest of a dump. Raises Damaged where there is none, or none of the form that an export writes."""
    try:
        top = orjson.loads((folder / "manifest.json").read_bytes())
    except OSError as error:
        raise Damaged(str(folder), f"is not a dump: manifest.json: {error.strerror}") from None
    except orjson.JSONDecodeError as error:
        raise Damaged(str(folder / "manifest.json"), f"is no JSON: {error}") from None
    if not isinstance(top, dict) or not isinstance(top.get("base"), str) or not isinstance(top.get("files"), list):
        raise Damaged(str(folder / "manifest.json"), "is not of the form that an export writes")
    return top


@dataclass(frozen=True)
class Edition:
    """The shards of one dump. `counts` are its records and statements, `sequence` how many changes led to it.

    `told` is the digest of its state as its manifest has it.
    """

    base: str
    shards: tuple[Shard, ...]
    counts: tuple[int, int] = (0, 0)
    sequence: int = 0
    told: str | None = None

    @classmethod
    def open(cls, folder: Path) -> Edition:
        """The dump in a folder. Raises Damaged where there is none."""
        top = manifest_of(folder)
        try:
            files = [(row["path"], row["media_type"], row["sha256"]) for row in top["files"]]
            counts = int(top["counts"]["records"]), int(top["counts"]["statements"])
            state = top.get("state") or {"sequence": 0, "sha256": None}
            sequence, told = int(state["sequence"]), state["sha256"]
        except (KeyError, TypeError, ValueError):
            reason = "is not of the form that an export writes"
            raise Damaged(str(folder / "manifest.json"), reason) from None
        found = cls.of(top["base"], files, lambda path: folder / path)
        return replace(found, counts=counts, sequence=sequence, told=told)

    @classmethod
    def of(
        cls,
        base: str,
        files: Iterable[tuple[str, str, str]],
        locate: Callable[[str], Path],
        counts: tuple[int, int] = (0, 0),
    ) -> Edition:
        """A dump of these files, each with its path, media type and SHA-256; `locate` says where one is.

        Raises Damaged for a path that leads elsewhere.
        """
        folders: dict[str, dict[str, File]] = {}
        for path, media_type, digest in files:
            if not _PATH.fullmatch(path):
                raise Damaged("manifest.json", f'"{path}" is not a path in a dump')
            folder, _, rest = path.partition("/")
            if folder in (*_FORMATS, _HASHES) and "/" not in rest:
                file = File(locate(path), media_type, digest)
                folders.setdefault(folder, {})[rest.partition(".")[0]] = file
        best = next((name for name in _FORMATS if name in folders), None)
        if best is None:
            return cls(base, (), counts)
        hashes = folders.get(_HASHES, {}) if best == _FORMATS[0] else {}
        shards = tuple(Shard(*one, hashes.get(one[0])) for one in sorted(folders[best].items()))
        return cls(base, shards, counts)

    @property
    def hashed(self) -> bool:
        """Whether every shard has its list of hashes."""
        return bool(self.shards) and all(shard.hashes for shard in self.shards)

    @property
    def lists(self) -> frozenset[tuple[str, str]]:
        """The shards with the digests of their lists."""
        return frozenset((shard.name, shard.hashes.sha256) for shard in self.shards if shard.hashes)

    @cached_property
    def state(self) -> State:
        """The state, computed from all hashes; the manifest is believed only for the number of changes."""
        digest = sha256()
        with Sorter() as lines:
            for shard in self.shards:
                lines.add(b"%b  %b\n" % (row.digest, row.iri) for row in self.rows(shard))
            for line in lines.lines():
                digest.update(line)
        return State(self.sequence, digest.hexdigest(), *self.counts)

    def rows(self, shard: Shard) -> Iterator[Row]:
        """The records of a shard in their order. Without a list of hashes, they are read and hashed."""
        if shard.hashes is None:
            for iri, lines in parsed(shard.file):
                yield Row(iri, sha256(b"".join(lines)).hexdigest().encode())
            return
        with shard.hashes.opened() as file:
            for line in file:
                found = _ROW.fullmatch(line)
                if found is None:
                    raise Damaged(str(shard.hashes.path), "is no list of hashes; lod verify says more")
                yield Row(found[2], found[1])

    def records(self, shard: Shard) -> Iterator[tuple[bytes, list[bytes]]]:
        """The records of a shard in their order: IRI, and canonical N-Triples, sorted. Raises Damaged."""
        if shard.hashes is None:
            return parsed(shard.file)
        return cut(shard.file, self.rows(shard))
