"""The dump as a package: what the manifest lists against what is there. No file is read but the two lists."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from lod.errors import OutputError
from lod.verify.finding import Findings
from lod.verify.listing import MANIFEST, SUMS, read_listing

if TYPE_CHECKING:
    from pathlib import Path

    from lod.verify.listing import Entry, Listing

__all__ = ["Package", "open_package"]

_SUM_LINE = 66  # 64 digits and two spaces stand before the path


class Package(NamedTuple):
    """A dump whose lists were read: the manifest (None where it is of no use), the entries whose file is there."""

    out: Path
    listing: Listing | None
    readable: tuple[Entry, ...]
    findings: Findings


def open_package(out: Path) -> Package:
    """Compare a dump with its manifest. Raises OutputError where there is no dump at all."""
    if not out.is_dir():
        raise OutputError(str(out), "is not a folder" if out.exists() else "does not exist")
    findings = Findings()
    there = _files(out, findings)
    if MANIFEST not in there:
        raise OutputError(str(out), f"is not a dump: it has no {MANIFEST}")
    listing = read_listing(out, findings)
    if listing is None:
        return Package(out, None, (), findings)
    readable = []
    for entry in listing.entries:
        if entry.path not in there:
            findings.add("file-missing", entry.path, "is listed in the manifest, but is not there")
            continue
        if there[entry.path] != entry.bytes:
            size = f"has {there[entry.path]:,} bytes; the manifest says {entry.bytes:,}"
            findings.add("file-size", entry.path, size)
        readable.append(entry)
    listed = {entry.path for entry in listing.entries} | {MANIFEST, SUMS}
    for path in there:
        if path not in listed:
            findings.add("file-unlisted", path, "is not listed in the manifest")
    _compare_sums(out, listing, there, findings)
    return Package(out, listing, tuple(readable), findings)


def _files(out: Path, findings: Findings) -> dict[str, int]:
    """The plain files below a folder with their sizes, in the order of their paths. Links are never followed."""
    found: dict[str, int] = {}
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        with os.scandir(out / folder) as entries:
            for entry in entries:
                path = folder + entry.name
                status = entry.stat(follow_symlinks=False)
                if stat.S_ISDIR(status.st_mode):
                    waiting.append(path + "/")
                elif stat.S_ISREG(status.st_mode):
                    found[path] = status.st_size
                else:
                    kind = "a link" if stat.S_ISLNK(status.st_mode) else "a pipe, a socket or a device"
                    findings.add("file-kind", os.fsencode(path).decode("utf-8", "backslashreplace"), f"is {kind}")
    return dict(sorted(found.items()))


def _compare_sums(out: Path, listing: Listing, there: dict[str, int], findings: Findings) -> None:
    """SHA256SUMS has to be, byte for byte, what follows from the manifest."""
    if SUMS not in there:
        findings.add("sums-missing", SUMS, "is not there")
        return
    pairs = [(entry.path, entry.sha256) for entry in listing.entries] + [(MANIFEST, listing.sha256)]
    expected = {path: f"{digest}  {path}\n".encode() for path, digest in sorted(pairs)}
    found = (out / SUMS).read_bytes()
    if found == b"".join(expected.values()):
        return
    lines = {
        line[_SUM_LINE:].rstrip(b"\n").decode("utf-8", "replace"): line for line in found.splitlines(keepends=True)
    }
    wrong = [path for path, line in expected.items() if lines.get(path) != line]
    for path in wrong:
        findings.add("sums-differ", SUMS, f"does not give the SHA-256 of {path} as it should")
    for path in lines.keys() - expected.keys() if not wrong else ():
        findings.add("sums-differ", SUMS, f"has a line that the manifest does not: {path}")
    if not wrong and lines.keys() <= expected.keys():
        findings.add("sums-differ", SUMS, "has its lines in another order, or one of them twice")
