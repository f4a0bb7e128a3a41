"""Fault: a value of a foreign record that a rule cannot make anything of."""

from __future__ import annotations

from lod.harvest.path import Steps

__all__ = ["Fault"]


class Fault(Exception):
    """Where in the record to be made, and why."""

    def __init__(self, reason: str, path: Steps = ()) -> None:
        super().__init__(reason, path)
        self.reason, self.path = reason, path

    def below(self, *steps: str | int) -> Fault:
        """The same fault, seen from further up."""
        return Fault(self.reason, (*steps, *self.path))
