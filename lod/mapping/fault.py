"""What a mapping says of a record it cannot describe."""

from __future__ import annotations

from lod.errors import LodError

__all__ = ["Undescribable"]


class Undescribable(LodError):
    """A release refers to what does not exist: faults are (field, reason)."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        return "; ".join(f"{field}: {reason}" for field, reason in self.faults)
