"""FTP, and FTP over TLS (RFC 4217: ftps:// asks for TLS before it logs in)."""

from __future__ import annotations

import ssl
from contextlib import suppress
from ftplib import FTP, FTP_TLS, all_errors, error_perm
from typing import TYPE_CHECKING

from lod.deliver.store import Refused

if TYPE_CHECKING:
    from lod.deliver.store import Parcel
    from lod.deliver.target import Target

__all__ = ["Connection"]

_TIMEOUT = 30.0
_NOT_THERE = "550"


class Connection:
    """A session in the folder of the target, which is relative to where the account begins."""

    def __init__(self, target: Target) -> None:
        if target.scheme == "ftps":
            # The system's list of authorities decides whom to trust; SSL_CERT_FILE can name another one.
            self._ftp: FTP = FTP_TLS(timeout=_TIMEOUT, context=ssl.create_default_context())  # noqa: S321 - asked for
        else:
            self._ftp = FTP(timeout=_TIMEOUT)  # noqa: S321 - asked for
        try:
            self._ftp.connect(target.host, target.port or 21)
            self._log_in(target)
            if isinstance(self._ftp, FTP_TLS):
                self._ftp.prot_p()
            folder = target.path[1:].rstrip("/")  # one that begins with %2F is not relative
            if folder:
                self._ftp.cwd(folder)
            self._ftp.voidcmd("TYPE I")  # sizes are those of bytes
        except BaseException:
            self._ftp.close()
            raise

    def _log_in(self, target: Target) -> None:
        try:
            self._ftp.login(target.user or "", target.password or "")
        except error_perm as error:
            raise Refused(f"login failed: {error}") from None

    def put(self, parcel: Parcel, name: str) -> None:
        """Send a file; a target that has fewer bytes than were sent has none."""
        with parcel.file.open("rb") as source:
            self._ftp.storbinary(f"STOR {name}", source)
        there = self.size(name)
        if there is not None and there != parcel.bytes:
            raise OSError(f"{there} of {parcel.bytes} bytes arrived")

    def rename(self, old: str, new: str) -> None:
        """Rename a file."""
        self._ftp.rename(old, new)

    def size(self, name: str) -> int | None:
        """How large a file is. Raises Refused where the server does not say."""
        try:
            return self._ftp.size(name)
        except error_perm as error:
            if str(error).startswith(_NOT_THERE):
                return None
            raise Refused(f"the server does not tell sizes, so nobody can tell what arrived: {error}") from None

    def remove(self, name: str) -> None:
        """Remove a file."""
        with suppress(error_perm):
            self._ftp.delete(name)

    def close(self) -> None:
        """Say goodbye, if the server still listens."""
        with suppress(*all_errors):
            self._ftp.quit()
        self._ftp.close()
