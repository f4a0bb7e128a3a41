"""What is wrong with a text, and where."""

from __future__ import annotations

from collections.abc import Callable, Sequence

__all__ = ["Find", "Malformed", "place"]

Find = Callable[[Sequence[str | int]], int]
"""The 1-based line of a path into a value."""


class Malformed(ValueError):
    """The text is not YAML, JSON or TOML: 1-based line and column (0: unknown) and the reason."""

    def __init__(self, line: int, column: int, reason: str) -> None:
        super().__init__(line, column, reason)
        self.line, self.column, self.reason = line, column, reason

    def __str__(self) -> str:
        column = f", column {self.column}" if self.column else ""
        return f"line {self.line}{column}: {self.reason}"


def place(text: str, position: int) -> tuple[int, int]:
    """Line and column, both 1-based, of a position in a text."""
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)
