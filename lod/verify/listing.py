"""manifest.json, read with suspicion: what the dump says is in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

if TYPE_CHECKING:
    from pathlib import Path

    from lod.verify.finding import Findings

__all__ = ["MANIFEST", "SUMS", "Entry", "Listing", "read_listing"]

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"

_LARGEST = 1 << 30
_PART = re.compile(r"[A-Za-z0-9._~+=@,-]+")
_HEX = re.compile(r"[0-9a-f]{64}")
_COUNTS = ("bytes", "records", "statements", "unpacked_bytes")
_DIGESTS = ("sha256", "unpacked_sha256", "graph")


class Malformed(Exception):
    """The manifest, or a row of it, has not the form that an export writes; says why."""


class Entry(NamedTuple):
    """What the manifest says of one file. Where it says nothing there is None.

    `bytes` and `sha256` are those of the file as stored, `unpacked_…` those of its content, `graph` is the SHA-256 of
    the canonical N-Quads (RDFC-1.0).
    """

    path: str
    media_type: str
    bytes: int
    sha256: str
    records: int | None = None
    statements: int | None = None
    unpacked_bytes: int | None = None
    unpacked_sha256: str | None = None
    graph: str | None = None

    @property
    def folder(self) -> str:
        """The first folder of the path, which is named after the format; empty for files at the top."""
        first, _, rest = self.path.partition("/")
        return first if rest else ""

    @property
    def name(self) -> str:
        """The path without the folder of the format and without suffixes: a shard has the same in all formats."""
        path = self.path.partition("/")[2] or self.path
        folder, slash, last = path.rpartition("/")
        return folder + slash + last.partition(".")[0]


class Listing(NamedTuple):
    """The manifest: its digest, the base of all IRIs, the formats, the totals, and the files in their order."""

    sha256: str
    base: str
    formats: tuple[str, ...]
    records: int
    statements: int
    entries: tuple[Entry, ...]
    head: dict[str, Any]


def portable(path: str) -> bool:
    """Whether a path can be kept anywhere, and stays below the folder it is relative to."""
    parts = path.split("/")
    return all(_PART.fullmatch(part) and part.strip(".") for part in parts)


def read_listing(out: Path, findings: Findings) -> Listing | None:
    """The manifest of a dump; None where it is of no use. What is wrong with it goes to the findings."""
    from hashlib import sha256  # noqa: PLC0415 - the digest of this one file

    try:
        with (out / MANIFEST).open("rb") as file:
            raw = file.read(_LARGEST + 1)
        return _listing(_parsed(raw), sha256(raw).hexdigest(), findings)
    except (OSError, Malformed) as error:
        findings.add("manifest-form", MANIFEST, str(error))
        return None


def _parsed(raw: bytes) -> Any:
    if len(raw) > _LARGEST:
        raise Malformed(f"is longer than {_LARGEST:,} bytes")
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise Malformed(f"is no JSON: {error}") from None


def _listing(top: Any, digest: str, findings: Findings) -> Listing:
    """Raises Malformed with the reason where the manifest cannot be used at all."""
    if not isinstance(top, dict):
        raise Malformed("is not an object")
    base, formats, counts, files = (top.get(name) for name in ("base", "formats", "counts", "files"))
    if not isinstance(base, str) or not base.startswith("https://") or not base.endswith("/"):
        raise Malformed('"base" is not an https: IRI that ends in a slash')
    if not isinstance(formats, list) or not all(isinstance(one, str) for one in formats):
        raise Malformed('"formats" is not a list of names')
    if not isinstance(counts, dict) or not all(_count(counts.get(name)) for name in ("records", "statements")):
        raise Malformed('"counts" does not give the records and statements')
    if not isinstance(files, list):
        raise Malformed('"files" is not a list')
    entries: dict[str, Entry] = {}
    for number, row in enumerate(files):
        try:
            entry = _entry(row)
        except Malformed as error:
            findings.add("manifest-form", MANIFEST, f"file {number + 1}: {error}")
            continue
        if entry.path in entries:
            findings.add("path-twice", entry.path, "is listed more than once")
        elif not portable(entry.path):
            findings.add("path-portable", entry.path, "is not a relative path of plain ASCII names")
        entries.setdefault(entry.path, entry)
    head = {name: value for name, value in top.items() if name != "files"}
    return Listing(digest, base, tuple(formats), counts["records"], counts["statements"], tuple(entries.values()), head)


def _entry(row: Any) -> Entry:
    if not isinstance(row, dict):
        raise Malformed("is not an object")
    told = {name: row[name] for name in Entry._fields if row.get(name) is not None}
    for name in ("path", "media_type"):
        if not isinstance(told.get(name), str):
            raise Malformed(f'"{name}" is not a string')
    if "bytes" not in told or "sha256" not in told:
        raise Malformed('"bytes" or "sha256" is missing')
    for name in _COUNTS:
        if name in told and not _count(told[name]):
            raise Malformed(f'"{name}" is not a count')
    for name in _DIGESTS:
        if name in told and not (isinstance(told[name], str) and _HEX.fullmatch(told[name])):
            raise Malformed(f'"{name}" is not 64 lower-case hexadecimal digits')
    return Entry(**told)


def _count(value: Any) -> bool:
    return type(value) is int and value >= 0
