"""Why no bag was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lod.errors import LodError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Refused"]


class Refused(LodError):
    """A dump that is not to be sent: each reason is a line that names the file. Nothing was written."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(self.reasons)

    def __str__(self) -> str:
        return "\n".join((*self.reasons, "no bag was made"))
