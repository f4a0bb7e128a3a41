"""HTTP and HTTPS: each message is the body of a POST; an answer of 2xx is its receipt."""

from __future__ import annotations

import ssl
from base64 import b64encode
from http.client import HTTPConnection, HTTPSConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lod.deliver.store import Refused
from lod.version import __version__

if TYPE_CHECKING:
    from lod.deliver.store import Parcel
    from lod.deliver.target import Target

__all__ = ["Connection"]

_TIMEOUT = 60.0
_TYPE = "application/vnd.iptc.g2.newsmessage+xml"
_LATER = {408, 425, 429}  # asked too early or too often; anything else of 4xx is a no


class Connection:
    """A connection to the address. A redirection is no receipt: a POST that is followed to elsewhere becomes a GET."""

    def __init__(self, target: Target) -> None:
        if target.scheme == "https":
            context = ssl.create_default_context()
            self._http: HTTPConnection = HTTPSConnection(target.host, target.port, timeout=_TIMEOUT, context=context)
        else:
            self._http = HTTPConnection(target.host, target.port, timeout=_TIMEOUT)
        query = urlsplit(target.url).query
        self._path = (target.path or "/") + (f"?{query}" if query else "")
        self._identity = _identity(target)

    def put(self, parcel: Parcel, name: str) -> None:
        """Send a message. The key lets a receiver know one that it got already, but could not acknowledge."""
        headers = {
            **self._identity,
            "Content-Type": _TYPE,
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Digest": f"sha-256=:{b64encode(bytes.fromhex(parcel.sha256)).decode()}:",
            "Idempotency-Key": f'"{parcel.sequence}-{parcel.sha256[:32]}"',
            "User-Agent": f"lod/{__version__}",
        }
        self._http.request("POST", self._path, parcel.file.read_bytes(), headers)
        answer = self._http.getresponse()
        answer.read()
        if 200 <= answer.status < 300:  # noqa: PLR2004 - the class of success
            return
        told = f"{answer.status} {answer.reason}"
        if answer.status in _LATER or answer.status >= 500:  # noqa: PLR2004 - the fault of the server
            raise OSError(told)
        raise Refused(told)

    def size(self, name: str) -> int | None:  # noqa: ARG002 - nothing can be asked
        """Nobody can tell."""
        return None

    def remove(self, name: str) -> None:
        """The message that withdraws a release is all that can be sent."""

    def close(self) -> None:
        """End the connection."""
        self._http.close()


def _identity(target: Target) -> dict[str, str]:
    if target.token:
        return {"Authorization": f"Bearer {target.token}"}
    if target.user is None:
        return {}
    pair = f"{target.user}:{target.password or ''}".encode()
    return {"Authorization": f"Basic {b64encode(pair).decode()}"}
