"""Twin: a dump at an address, with its report, as a folder of this machine that an export can work on.

The address is what counts: where another machine has written there since, the twin is thrown away and made anew. What
only saves time (`known/` in the report) stays with the twin.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager, suppress
from hashlib import file_digest, sha256
from pathlib import Path
from platform import node
from typing import TYPE_CHECKING, Any

import orjson

from lod.dump.sink import write_whole
from lod.dump.stage import report_folder
from lod.errors import OutputError
from lod.remote.claim import claimed
from lod.remote.mirror import fetch
from lod.remote.sending import MANIFEST, rows, send, under_way

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lod.address import Address
    from lod.progress import Tell

__all__ = ["twin"]

_SIBLINGS = ("", ".embargoed")  # the dump for everybody, and the feed of what is under embargo
_KNOWN = "known"


@contextmanager
def twin(out: Address, home: Path, tell: Tell) -> Iterator[Path]:
    """The folder, in `home`, which is held by this process. What it is when the block ends well goes to the address.

    Raises OutputError where the address holds somebody else's files, is held by another machine, or does not answer.
    """
    dumps = [out.parent / f"{out.name}{suffix}" for suffix in _SIBLINGS]
    with claimed(out, f"{node()}, {home.absolute()}"):
        state = _State(home / "state")
        there = {dump.name: _manifest(dump) for dump in dumps}
        if any(not _heir(there[dump.name], state.seen(dump.name), home / dump.name) for dump in dumps):
            for path in home.iterdir():
                if path.is_dir():
                    shutil.rmtree(path)
            state.clear()
            for dump in dumps:
                _pull(dump, there[dump.name], home / dump.name, tell)
                state.saw(dump.name, there[dump.name])
        yield home / out.name
        for dump in dumps:
            _push(dump, home / dump.name, state, tell)


class _State:
    """What is remembered of the address: the manifests seen there, and the files of the reports sent there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._told: dict[str, Any] = {}
        with suppress(OSError, orjson.JSONDecodeError):
            self._told = orjson.loads(path.read_bytes())

    def seen(self, dump: str) -> str | None:
        """The digest of the manifest that was last seen; None where there was no dump, "" where nobody looked."""
        found: str | None = self._told.get(dump, "")
        return found

    def saw(self, dump: str, manifest: bytes | None) -> None:
        """Remember a manifest."""
        self._told[dump] = _digest(manifest)
        self._write()

    def sent(self, report: str) -> dict[str, str]:
        """The digests of the files of a report, by name."""
        found: dict[str, str] = self._told.get(report, {})
        return found

    def has_sent(self, report: str, files: dict[str, str]) -> None:
        """Remember the files of a report."""
        self._told[report] = files
        self._write()

    def clear(self) -> None:
        """Forget everything."""
        self._told = {}
        self._write()

    def _write(self) -> None:
        write_whole(self._path, orjson.dumps(self._told))


def _digest(data: bytes | None) -> str | None:
    return None if data is None else sha256(data).hexdigest()


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _manifest(dump: Address) -> bytes | None:
    try:
        return dump.read(MANIFEST)
    except FileNotFoundError:
        return None


def _heir(there: bytes | None, seen: str | None, folder: Path) -> bool:
    """Whether a twin goes on from what is there: as it last saw it, or as it has sent it since."""
    mine = None
    with suppress(OSError):
        mine = (folder / MANIFEST).read_bytes()
    return _digest(there) == seen or (there is not None and there == mine)


def _pull(dump: Address, manifest: bytes | None, folder: Path, tell: Tell) -> None:
    """Fetch a dump and its report. A file that is not what the manifest says was being replaced; it is left out."""
    report = dump.parent / report_folder(folder).name
    there, private = dump.files(), report.files()
    if manifest is None and there and "ledger.sqlite" not in private and not under_way(dump):
        raise OutputError(str(dump), "is not empty and was not written by an export; choose another folder")
    listed = rows(manifest, dump)
    fetch(dump, folder, [name for name in listed if name in there], tell)
    for name, digest in listed.items():
        if (folder / name).is_file() and _digest_of(folder / name) != digest:
            (folder / name).unlink()
    if manifest is not None:
        write_whole(folder / MANIFEST, manifest)
    fetch(report, report_folder(folder), list(private), tell)


def _push(dump: Address, folder: Path, state: _State, tell: Tell) -> None:
    """Send a dump. Its report goes first: what the ledger has decided is carried out, as often as it takes."""
    report, private = dump.parent / report_folder(folder).name, report_folder(folder)
    files = {
        path.relative_to(private).as_posix(): _digest_of(path)
        for path in sorted(private.rglob("*"))
        if path.is_file() and path.relative_to(private).parts[0] != _KNOWN
    }
    before = state.sent(report.name)
    changed = [name for name, digest in files.items() if before.get(name) != digest]
    report.put({name: private / name for name in changed})
    report.remove([name for name in before if name not in files])
    state.has_sent(report.name, files)
    if folder.is_dir():
        send(folder, dump, tell)
        state.saw(dump.name, _manifest(dump))
