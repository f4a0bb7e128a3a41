"""manifest.json and SHA256SUMS: what is in the dump, so that whoever receives it can check that it is whole."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

import orjson

from lod.dump.sink import Sink, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from lod.change.edition import State
    from lod.dump.shards import Dumped
    from lod.dump.work import Counts

__all__ = ["Head", "write_lists"]

MANIFEST_VERSION = 1


class Head(NamedTuple):
    """What the manifest says before it lists the files; `state` is None where there are no hashes of records."""

    base: str
    title: str
    tool: str
    formats: Sequence[str]
    counts: Counts
    state: State | None


def write_lists(stage: Path, head: Head, files: Sequence[Dumped]) -> None:
    """Write manifest.json and SHA256SUMS."""
    _write_manifest(stage, head, files)
    _write_sums(stage, files)


def _write_manifest(stage: Path, head: Head, files: Iterable[Dumped]) -> None:
    """Write manifest.json: one line per file, sorted by path, so that two manifests can be compared by eye."""
    counts = head.counts
    public = {"records": counts.exported, "statements": counts.statements}
    top = {
        "manifest": MANIFEST_VERSION,
        "profile": f"{head.base}ns/profile/1.0",
        "tool": head.tool,
        "base": head.base,
        "title": head.title,
        "formats": list(head.formats),
        "counts": public,
    }
    if head.state:
        top["state"] = {"sequence": head.state.sequence, "sha256": head.state.sha256}
    with Sink(stage / "manifest.json") as sink:
        sink.write(orjson.dumps(top, option=orjson.OPT_INDENT_2)[:-2] + b',\n  "files": [')
        for number, file in enumerate(sorted(files)):
            row = {name: value for name, value in file._asdict().items() if value is not None}
            sink.write((b",\n    " if number else b"\n    ") + orjson.dumps(row))
        sink.write(b"\n  ]\n}\n")


def _write_sums(stage: Path, files: Iterable[Dumped]) -> None:
    """Write SHA256SUMS for people without this program: `sha256sum -c SHA256SUMS`. It covers the manifest too."""
    manifest = sha256((stage / "manifest.json").read_bytes()).hexdigest()
    lines = [f"{file.sha256}  {file.path}\n" for file in files] + [f"{manifest}  manifest.json\n"]
    write_whole(stage / "SHA256SUMS", "".join(sorted(lines, key=lambda line: line[66:])).encode())
