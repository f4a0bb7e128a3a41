"""Parcels: a call, or its result, on the way to a machine that has other folders; and what has to come along."""

from __future__ import annotations

import pickle
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from lod.dump.runs import Slice
from lod.harvest import Partition

__all__ = ["Grounds", "Parcel", "pack", "unpack"]


class Grounds(NamedTuple):
    """The folders of a machine: of the archive, of the files that calls leave, and of others that calls read."""

    archive: Path
    scratch: Path
    others: Path

    def named(self, path: Path) -> tuple[str, str]:
        """A path as it is named on the way: the folder, and what is below it."""
        if path == self.archive:
            return "archive", ""
        if path.is_relative_to(self.scratch):
            return "scratch", path.relative_to(self.scratch).as_posix()
        return "others", other_name(path)

    def found(self, folder: str, name: str) -> Path:
        """The path of that name here."""
        place: Path = getattr(self, folder)
        return place / name


class Parcel(NamedTuple):
    """A packed value, and what is named in it: parts of the archive, slices of runs, and files from elsewhere."""

    data: bytes
    partitions: list[Partition]
    slices: list[Slice]
    others: list[Path]


def other_name(path: Path) -> str:
    """The name on the way of a file that is neither of the archive nor of the export."""
    return f"{blake2b(str(path).encode('utf-8', 'surrogateescape'), digest_size=8).hexdigest()}-{path.name}"


def pack(value: Any, grounds: Grounds) -> Parcel:
    """A value as bytes that another machine can unpack."""
    parcel = Parcel(b"", [], [], [])
    sink = BytesIO()
    _Packer(sink, grounds, parcel).dump(value)
    return parcel._replace(data=sink.getvalue())


def unpack(data: bytes, grounds: Grounds) -> Any:
    """The value, with paths as they are here. Only what the other machines of an export sent is unpacked."""
    return _Unpacker(BytesIO(data), grounds).load()


class _Packer(pickle.Pickler):
    def __init__(self, sink: BytesIO, grounds: Grounds, parcel: Parcel) -> None:
        super().__init__(sink, protocol=pickle.HIGHEST_PROTOCOL)
        self._grounds, self._parcel = grounds, parcel

    def persistent_id(self, value: Any) -> tuple[str, str] | None:
        """Paths are named; what stands for bytes that have to come along is noted."""
        if isinstance(value, Path):
            name = self._grounds.named(value)
            if name[0] == "others" and value not in self._parcel.others:
                self._parcel.others.append(value)
            return name
        if isinstance(value, Slice):
            self._parcel.slices.append(value)
        elif isinstance(value, Partition):
            self._parcel.partitions.append(value)
        return None


class _Unpacker(pickle.Unpickler):
    def __init__(self, source: BytesIO, grounds: Grounds) -> None:
        super().__init__(source)
        self._grounds = grounds

    def persistent_load(self, name: tuple[str, str]) -> Path:
        """A path as it is here."""
        return self._grounds.found(*name)
