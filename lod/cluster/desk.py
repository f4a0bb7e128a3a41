"""A worker elsewhere: what a call needs is brought to its machine, and what it leaves is taken to the spill.

A worker has a folder of its own, in which a call finds the same files under the same names as in an export on one
machine. Of large files it has the bytes that are asked for, at their places, and holes between them.
"""

from __future__ import annotations

import secrets
import shutil
import tarfile
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from lod.address import Address
from lod.archive import CONFIG_NAME
from lod.cluster.parcel import Grounds, pack, unpack
from lod.dump.fingerprint import PROBE, edition
from lod.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lod.harvest import Partition

__all__ = ["LASTING", "Desk", "Order", "Range", "Reply", "Ticket", "dismiss", "extract", "perform"]

LASTING = "archive.tar"
"""In the spill, the files behind all records; without any where workers read the archive where it is."""

_FOLDER = "lod"
_TURN = Lock()  # one call at a time in a process: what works on it is not made for threads


class Ticket(NamedTuple):
    """What a worker is told of an export: its spill, the archive, what makes the bytes, and the folders of its scratch.

    `archive` is an address to read records from, or a path that all machines have; `seal` the SHA-256 of archive.toml.
    """

    spill: Address
    archive: Address | Path
    seal: str
    edition: tuple[tuple[str, str], ...]
    folders: tuple[str, ...]


class Range(NamedTuple):
    """Bytes of a file in the spill, and the name below the scratch folder under which they are wanted."""

    key: str
    name: str
    start: int
    end: int


class Order(NamedTuple):
    """A packed call, and what it needs: parts of the archive, bytes of runs, and further files of the spill."""

    call: bytes
    partitions: Sequence[Partition]
    ranges: Sequence[Range]
    others: Sequence[str]


class Reply(NamedTuple):
    """A packed result; in the spill the tar of the files that go with it ("" for none), and the runs by name."""

    result: bytes
    files: str
    runs: dict[str, str]


def perform(ticket: Ticket, order: Order) -> Reply:
    """Work on a call, on a machine of the cluster. Raises what the call raises, or OutputError."""
    with _TURN:
        return _desk(ticket).perform(order)


def dismiss(dask_worker: Any) -> None:
    """Leave nothing behind on a machine of the cluster, once all calls are made."""
    _desk.cache_clear()
    shutil.rmtree(Path(dask_worker.local_directory) / _FOLDER, ignore_errors=True)


@lru_cache(maxsize=1)
def _desk(ticket: Ticket) -> Desk:
    return Desk(ticket, Path(_worker().local_directory) / _FOLDER)


def _worker() -> Any:
    from distributed import get_worker  # noqa: PLC0415 - only workers of a cluster come here

    return get_worker()


class Desk:
    """Where a worker works: a folder for the files of one export. Raises OutputError where the machine will not do."""

    def __init__(self, ticket: Ticket, folder: Path) -> None:
        self._ticket, self._folder = ticket, folder
        _hold_against(ticket.edition)
        shutil.rmtree(folder, ignore_errors=True)
        scratch, others = folder / "scratch", folder / "others"
        root = ticket.archive if isinstance(ticket.archive, Path) else folder / "archive"
        self._grounds = Grounds(root, scratch, others)
        for path in (scratch, others, folder / "archive"):
            path.mkdir(parents=True)
        try:
            ticket.spill.fetch({LASTING: folder / LASTING})
        except FileNotFoundError:
            raise OutputError(str(ticket.spill), f"is not seen on {_machine()}; give --spill URL") from None
        extract(folder / LASTING, folder / "archive")
        self._see(root)

    def _see(self, root: Path) -> None:
        try:
            seal = sha256((root / CONFIG_NAME).read_bytes()).hexdigest()
        except OSError:
            seal = ""
        if seal != self._ticket.seal:
            raise OutputError(str(root), f"is not seen on {_machine()}; give the archive by a URL that it can open")

    def perform(self, order: Order) -> Reply:
        """Bring what is needed, work, and take away what is left."""
        scratch = self._grounds.scratch
        sources: list[Path] = []
        try:
            for name in ("", *self._ticket.folders):
                (scratch / name).mkdir(parents=True, exist_ok=True)
            for partition in order.partitions:
                sources += self._bring_records(partition)
            given = {self._bring_range(one) for one in order.ranges}
            self._bring_others(order.others)
            function, call = unpack(order.call, self._grounds)
            return self._reply(function(*call), given)
        finally:
            for path in (scratch, *sources):
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)

    def _bring_records(self, partition: Partition) -> list[Path]:
        """The files of a partition; a range of one stands where it stands in the file, behind its first bytes."""
        archive = self._ticket.archive
        if isinstance(archive, Path):
            return []
        files = {name: self._grounds.archive / name for name in partition.paths}
        with suppress(FileNotFoundError):  # a file that is gone is a fault of the records, and told there
            if partition.end:
                ((name, path),) = files.items()
                _write_at(path, 0, archive.read(name, 0, min(PROBE, partition.end)))
                _write_at(path, partition.start, archive.read(name, partition.start, partition.end))
            else:
                archive.fetch(files)
        return list(files.values())

    def _bring_range(self, wanted: Range) -> Path:
        path = self._grounds.scratch / wanted.name
        try:
            _write_at(path, wanted.start, self._ticket.spill.read(wanted.key, wanted.start, wanted.end))
        except FileNotFoundError:
            raise OutputError(str(self._ticket.spill / wanted.key), "was removed before it was needed") from None
        return path

    def _bring_others(self, keys: Sequence[str]) -> None:
        """Files that do not change while the export lasts."""
        wanted = {key: self._grounds.others / key for key in keys}
        self._ticket.spill.fetch({key: path for key, path in wanted.items() if not path.exists()})

    def _reply(self, result: Any, given: set[Path]) -> Reply:
        """The result; each attempt has names of its own, since two may be under way when a machine was given up."""
        scratch, attempt = self._grounds.scratch, secrets.token_hex(8)
        parcel = pack(result, self._grounds)
        runs = {one.file for one in parcel.slices}
        keys = {path.relative_to(scratch).as_posix(): f"{attempt}-{path.name}" for path in sorted(runs)}
        self._ticket.spill.put({keys[name]: scratch / name for name in keys})
        files = [path for path in sorted(scratch.rglob("*")) if path.is_file() and path not in runs | given]
        key = f"{attempt}.tar" if files else ""
        if files:
            packed = self._folder / key
            with tarfile.open(packed, "w") as tar:
                for path in files:
                    tar.add(path, path.relative_to(scratch).as_posix())
            self._ticket.spill.put({key: packed})
            packed.unlink()
        return Reply(parcel.data, key, keys)


def extract(tar: Path, folder: Path) -> None:
    """Unpack files into a folder, and remove the tar."""
    with tarfile.open(tar) as packed:
        packed.extractall(folder, filter="data")
    tar.unlink()


def _write_at(path: Path, start: int, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    with path.open("r+b") as file:
        file.seek(start)
        file.write(data)


def _hold_against(wanted: Sequence[tuple[str, str]]) -> None:
    """Raises OutputError where this machine would make other bytes."""
    here = edition()
    others = [(name, value, here.get(name, "none")) for name, value in wanted if here.get(name) != value]
    if others:
        told = "; ".join(f"{name} {value} there, {mine} on {_machine()}" for name, value, mine in others)
        raise OutputError("--engine", f"all machines need the same installation: {told}")


def _machine() -> str:
    return str(_worker().address)
