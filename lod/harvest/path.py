"""Paths into plain values: keys and list indices joined by dots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = ["Steps", "lookup", "steps_of"]

Steps = tuple[str | int, ...]

_DIGITS = 9  # a list has no more items than that; longer digits are a key


def steps_of(path: str) -> Steps:
    """The steps of a dotted path; `.` has none.

    >>> steps_of("meta.authors.0.name")
    ('meta', 'authors', 0, 'name')
    """
    path = path.strip()
    if path == ".":
        return ()
    return tuple(int(step) if step.isdecimal() and len(step) <= _DIGITS else step for step in path.split("."))


def lookup(value: Any, steps: Sequence[str | int]) -> Any:
    """What stands at the end of a path; None where it leads nowhere."""
    for step in steps:
        if isinstance(value, dict):
            value = value.get(str(step))
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value
