"""Store: what every kind of target can do, and the table of kinds."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from lod.errors import MissingExtra

if TYPE_CHECKING:
    from pathlib import Path

    from lod.deliver.target import Target

__all__ = ["Parcel", "Refused", "Store", "open_store", "renames"]


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

    def rename(self, old: str, new: str) -> None:
        """Give a file its name; only where files can be renamed."""

    def size(self, name: str) -> int | None:
        """How many bytes are there under a name; None where nothing is, or nobody can tell."""

    def remove(self, name: str) -> None:
        """Remove a file, if it is there and the target can remove it."""

    def close(self) -> None:
        """End the connection."""


class _Kind(NamedTuple):
    """The module of a kind of target, whether files can be renamed there, and what else must be installed."""

    module: str
    renames: bool
    needs: tuple[str, ...] = ()


_KINDS = {
    "file": _Kind("folder", renames=True),
    "ftp": _Kind("ftp", renames=True),
    "ftps": _Kind("ftp", renames=True),
    "http": _Kind("post", renames=False),
    "https": _Kind("post", renames=False),
    "s3": _Kind("object", renames=False, needs=("fsspec", "s3fs")),
    "sftp": _Kind("sftp", renames=True, needs=("paramiko",)),
}
_OTHER = _Kind("object", renames=False, needs=("fsspec",))


def renames(target: Target) -> bool:
    """Whether a file can be sent under a temporary name and then be given its own."""
    return _KINDS.get(target.scheme, _OTHER).renames


def open_store(target: Target) -> Store:
    """A connection to a target. Raises MissingExtra where what is needed for its kind is not installed."""
    from importlib.util import find_spec  # noqa: PLC0415 - only this function asks

    kind = _KINDS.get(target.scheme, _OTHER)
    missing = [name for name in kind.needs if find_spec(name) is None]
    if missing:
        raise MissingExtra(f"lod deliver to {target.scheme}: ({', '.join(missing)})", "deliver")
    opener = cast("Callable[[Target], Store]", import_module(f"lod.deliver.{kind.module}").Connection)
    return opener(target)
