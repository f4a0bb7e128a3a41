"""The tag files of a bag: bagit.txt, bag-info.txt, and the lists of digests (RFC 8493, section 2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lod.version import TOOL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lod.bag.facts import Facts
    from lod.bag.payload import Digests

__all__ = ["bag_info", "manifest", "tag_files"]

_BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def tag_files(info: bytes, payload: Mapping[str, Digests], algorithms: Sequence[str]) -> dict[str, bytes]:
    """All tag files by name, but for the tag manifests, which list these."""
    files = {"bagit.txt": _BAGIT, "bag-info.txt": info}
    for name in algorithms:
        files[f"manifest-{name}.txt"] = manifest((f"data/{path}", digests[name]) for path, digests in payload.items())
    return files


def manifest(rows: Iterable[tuple[str, str]]) -> bytes:
    """A list of digests, a file a line, in the order of their paths. Paths are portable, so nothing is escaped."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(rows)).encode()


def bag_info(facts: Facts, payload: Mapping[str, int]) -> bytes:
    """bag-info.txt: what is in the bag, from the dump and never from the clock; what is unknown is left out."""
    octets = sum(payload.values())
    fields = {
        "Source-Organization": facts.publisher,
        "External-Description": ": ".join(part for part in (facts.title, facts.description) if part),
        "Bagging-Date": facts.date,
        "External-Identifier": facts.identifier,
        "Bag-Size": _size(octets),
        "Payload-Oxum": f"{octets}.{len(payload)}",
        "Internal-Sender-Identifier": facts.base,
        "Internal-Sender-Description": f"{facts.records} records, {facts.statements} statements, {facts.profile}",
        "Bag-Software-Agent": TOOL,
    }
    return "".join(f"{name}: {_line(value)}\n" for name, value in fields.items() if value).encode()


def _line(value: str) -> str:
    """A value on one line: a line end would begin another field."""
    return re.sub(r"\s+", " ", value).strip()


def _size(octets: int) -> str:
    size = float(octets)
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000:  # noqa: PLR2004 - SI units
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"
