"""What is wrong with a record that a mapping cannot describe, and with a rule that can describe none."""

from __future__ import annotations

from lod.errors import LodError

__all__ = ["Misruled", "Undescribable"]


class Undescribable(LodError):
    """A release refers to what does not exist: faults are (field, reason)."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        return "; ".join(f"{field}: {reason}" if field else reason for field, reason in self.faults)


class Misruled(LodError):
    """A rule names what does not exist: its key among all rules (`release.rules.40.property`) and the reason."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(key, reason)
        self.key, self.reason = key, reason

    def __str__(self) -> str:
        return f"{self.key}: {self.reason}"
