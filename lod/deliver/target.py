"""Target: where messages go, and who asks; the one is told to everybody, the other to nobody."""

from __future__ import annotations

import netrc
import os
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

from lod.errors import ConfigError, Place

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Target", "target_of"]

_USER, _PASSWORD, _TOKEN = "LOD_DELIVER_USER", "LOD_DELIVER_PASSWORD", "LOD_DELIVER_TOKEN"


@dataclass(frozen=True)
class Target:
    """A target: its parts, and how it is called without user, password and query, which may hold a secret.

    `key` tells targets apart, also two accounts on one server; no secret is in it.
    """

    scheme: str
    host: str
    port: int | None
    path: str
    url: str = field(repr=False)
    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)

    @property
    def shown(self) -> str:
        """How people see it."""
        if self.scheme == "file":
            return self.path
        port = f":{self.port}" if self.port else ""
        return f"{self.scheme}://{self.host}{port}{self.path}"

    @property
    def key(self) -> str:
        """What its files are named after. The key of an object store is no account of a newsroom, and it is changed."""
        user = "" if self.scheme == "s3" else self.user or ""
        account = sha256(f"{user} {self.shown}".encode()).hexdigest()[:12]
        name = "".join(char if char.isalnum() and char.isascii() else "-" for char in self.host or self.scheme)
        return f"{name[:40]}-{account}"

    def scrub(self, text: str) -> str:
        """A text of another program, on one line and without what nobody may see."""
        line = " ".join(text.split())
        parts = urlsplit(self.url)
        secrets = {self.url, parts.query, parts.username, parts.password, self.password, self.token, self.user}
        for secret in sorted((one for one in secrets if one and one != self.path), key=lambda one: (-len(one), one)):
            line = line.replace(secret, "…")
        return line


def target_of(text: str, environment: Mapping[str, str] | None = None) -> Target:
    """The target that a text names. Raises ConfigError for one that cannot be meant.

    User and password come from the address, or better from the environment (LOD_DELIVER_USER, LOD_DELIVER_PASSWORD,
    LOD_DELIVER_TOKEN) or from the user's .netrc, which no list of processes shows.
    """
    known = os.environ if environment is None else environment
    if "://" not in text:
        return Target("file", "", None, str(Path(text).absolute()), text)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise ConfigError(Place("TARGET"), "", f"not an address: {error}") from None
    scheme = parts.scheme.lower()
    if scheme == "file":
        return Target("file", "", None, unquote(parts.path), text)
    host = parts.hostname or ""
    if not host and scheme in {"http", "https", "ftp", "ftps", "sftp", "s3"}:
        raise ConfigError(Place("TARGET"), "", f'no host in the address of scheme "{scheme}"')
    user, password = _account(parts, host, known)
    # The path of an address that takes POST is sent as it is written; others are names of folders.
    path = parts.path if scheme in {"http", "https"} else unquote(parts.path)
    return Target(scheme, host, port, path, text, user, password, known.get(_TOKEN))


def _account(parts: SplitResult, host: str, known: Mapping[str, str]) -> tuple[str | None, str | None]:
    user = unquote(parts.username) if parts.username else known.get(_USER)
    password = unquote(parts.password) if parts.password else known.get(_PASSWORD)
    if password is None:
        found = _from_netrc(host, known)
        if found and user in {None, found[0]}:
            return found
    return user, password


def _from_netrc(host: str, known: Mapping[str, str]) -> tuple[str, str] | None:
    path = Path(known.get("NETRC") or Path(known.get("HOME", "~")).expanduser() / ".netrc")
    if not host or not path.is_file():
        return None
    try:
        found = netrc.netrc(str(path)).authenticators(host)
    except (netrc.NetrcParseError, OSError) as error:
        reason = error.msg if isinstance(error, netrc.NetrcParseError) else error.strerror
        raise ConfigError(Place(str(path)), "", f"cannot be used: {reason}") from None
    return (found[0], found[2] or "") if found else None
