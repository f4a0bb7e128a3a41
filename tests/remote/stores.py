"""What tests put into a store and take out of it."""

from __future__ import annotations

from pathlib import Path

from lod.address import Address


def put(folder: Path, address: Address) -> Address:
    """Copy a folder there."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    address.put({path.relative_to(folder).as_posix(): path for path in files})
    return address


def stored(address: Address) -> dict[str, bytes]:
    """Every file there with its bytes."""
    return {name: address.read(name) for name in address.files()}
