"""Store: what every kind of target can do, and the table of kinds."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast, runtime_checkable

from lod.errors import MissingExtra

if TYPE_CHECKING:
    from pathlib import Path

    from lod.deliver.target import Target

__all__ = ["Parcel", "Refused", "Renaming", "Store", "open_store"]


class Refused(Exception):
    """A target says no, and would say so again; the reason is on one line."""


class Parcel(NamedTuple):
    """A message on its way: its number, the name and the place of its file, and the digest of its bytes."""

    sequence: int
    name: str
    file: Path
    sha256: str
    bytes: int


class Store(Protocol):
    """An open connection to a target. Anything but Refused that is raised may be over the next time it is tried."""

    def put(self, parcel: Parcel, name: str) -> None:
        """Send the file of a parcel under a name; when this returns, the target has all of it."""

    def size(self, name: str) -> int | None:
        """How many bytes are there under a name; None where nothing is, or nobody can tell."""

    def remove(self, name: str) -> None:
        """Remove a file, if it is there and the target can remove it."""

    def close(self) -> None:
        """End the connection."""


@runtime_checkable
class Renaming(Store, Protocol):
    """A store where a file can be sent under a temporary name and then be given its own."""

    def rename(self, old: str, new: str) -> None:
        """Give a file its name."""


class _Kind(NamedTuple):
    """The module of a kind of target, and what else must be installed."""

    module: str
    needs: tuple[str, ...] = ()


_KINDS = {
    "file": _Kind("folder"),
    "ftp": _Kind("ftp"),
    "ftps": _Kind("ftp"),
    "http": _Kind("post"),
    "https": _Kind("post"),
    "s3": _Kind("object", needs=("fsspec", "s3fs")),
    "sftp": _Kind("sftp", needs=("paramiko",)),
}
_OTHER = _Kind("object", needs=("fsspec",))


def open_store(target: Target) -> Store:
    """A connection to a target. Raises MissingExtra where what is needed for its kind is not installed."""
    from importlib.util import find_spec  # noqa: PLC0415 - only this function asks

    kind = _KINDS.get(target.scheme, _OTHER)
    missing = [name for name in kind.needs if find_spec(name) is None]
    if missing:
        raise MissingExtra(f"lod deliver to {target.scheme}: ({', '.join(missing)})", "deliver")
    opener = cast("Callable[[Target], Store]", import_module(f"lod.deliver.{kind.module}").Connection)
    return opener(target)
