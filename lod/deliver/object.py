"""S3 and whatever else fsspec knows: an object is there with all its bytes, or not at all."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import fsspec  # type: ignore[import-untyped]

from lod.deliver.store import Refused

if TYPE_CHECKING:
    from lod.deliver.store import Parcel
    from lod.deliver.target import Target

__all__ = ["Connection"]

_MESSAGE_TYPE = "application/vnd.iptc.g2.newsmessage+xml"


class Connection:
    """Objects below a prefix. Whom it asks, and as whom, stands in the environment that each service defines itself."""

    def __init__(self, target: Target) -> None:
        bare = f"{target.scheme}://{target.host}{target.path}"
        options: dict[str, Any] = {"skip_instance_cache": True, "use_listings_cache": False}
        if target.scheme == "s3" and target.user:
            options |= {"key": target.user, "secret": target.password}
        try:
            self._fs, self._prefix = fsspec.core.url_to_fs(bare, **options)
        except (ValueError, ImportError) as error:
            raise Refused(f"not a kind of target that is installed here: {error}") from None
        self._typed = {"ContentType": _MESSAGE_TYPE} if target.scheme == "s3" else {}

    def _at(self, name: str) -> str:
        return f"{self._prefix.rstrip('/')}/{name}"

    def put(self, parcel: Parcel, name: str) -> None:
        """Send a file."""
        self._fs.put_file(str(parcel.file), self._at(name), **self._typed)

    def size(self, name: str) -> int | None:
        """How large an object is."""
        self._fs.invalidate_cache()
        try:
            return int(self._fs.info(self._at(name))["size"])
        except FileNotFoundError:
            return None

    def remove(self, name: str) -> None:
        """Remove an object."""
        with suppress(FileNotFoundError, PermissionError):
            self._fs.rm_file(self._at(name))

    def close(self) -> None:
        """Nothing is kept open."""
