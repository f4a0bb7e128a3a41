"""SFTP: only servers whose key is known are trusted, as `ssh` does."""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from typing import TYPE_CHECKING

import paramiko

from lod.deliver.store import Refused

if TYPE_CHECKING:
    from lod.deliver.store import Parcel
    from lod.deliver.target import Target

__all__ = ["Connection"]

_TIMEOUT = 30.0
_HOME = "/~/"


class Connection:
    """A session in the folder of the target; a path that begins with `/~/` is relative to where the account begins.

    Keys of servers come from the user's known_hosts, or from the file that LOD_DELIVER_KNOWN_HOSTS names; keys of the
    user from an agent, the usual files, or the file that LOD_DELIVER_KEY names.
    """

    def __init__(self, target: Target) -> None:
        logger = logging.getLogger("paramiko")
        if not logger.hasHandlers():
            logger.addHandler(logging.NullHandler())  # what fails is said in one line, and by us
        self._client = paramiko.SSHClient()
        path = target.path.removeprefix(_HOME) if target.path.startswith(_HOME) else target.path
        self._folder = path.rstrip("/") or "."
        try:
            self._connect(target)
            self._sftp = self._client.open_sftp()
            channel = self._sftp.get_channel()
            if channel is not None:
                channel.settimeout(_TIMEOUT)
        except BaseException:
            self._client.close()
            raise

    def _connect(self, target: Target) -> None:
        known = os.environ.get("LOD_DELIVER_KNOWN_HOSTS")
        self._client.load_system_host_keys(known)
        self._client.set_missing_host_key_policy(paramiko.RejectPolicy())
        try:
            self._client.connect(
                target.host,
                target.port or 22,
                username=target.user,
                password=target.password,
                key_filename=os.environ.get("LOD_DELIVER_KEY"),
                timeout=_TIMEOUT,
                banner_timeout=_TIMEOUT,
                auth_timeout=_TIMEOUT,
            )
        except paramiko.AuthenticationException as error:
            raise Refused(f"login failed: {error}") from None
        except paramiko.BadHostKeyException:
            raise Refused("the server shows another key than before") from None
        except paramiko.SSHException as error:
            if "not found in known_hosts" in str(error):
                raise Refused(
                    "the key of the server is not in known_hosts; log in with ssh once, and check it"
                ) from None
            raise

    def _at(self, name: str) -> str:
        return f"{self._folder}/{name}"

    def put(self, parcel: Parcel, name: str) -> None:
        """Send a file; the size of what arrived is compared."""
        self._sftp.put(str(parcel.file), self._at(name), confirm=True)

    def rename(self, old: str, new: str) -> None:
        """Rename a file, also onto one that is there."""
        try:
            self._sftp.posix_rename(self._at(old), self._at(new))
        except OSError as error:
            if isinstance(error, FileNotFoundError):
                raise
            self._sftp.rename(self._at(old), self._at(new))  # servers without the extension of OpenSSH

    def size(self, name: str) -> int | None:
        """How large a file is."""
        try:
            return self._sftp.stat(self._at(name)).st_size
        except FileNotFoundError:
            return None

    def remove(self, name: str) -> None:
        """Remove a file."""
        with suppress(FileNotFoundError, PermissionError):
            self._sftp.remove(self._at(name))

    def close(self) -> None:
        """End the session."""
        with suppress(Exception):
            self._sftp.close()
        self._client.close()
