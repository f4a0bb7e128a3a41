"""What a reading is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["Finding", "Suspicion"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A value for a field of the record: its span in the document's text, how sure it is (0 to 1), and why."""

    field: str
    value: Any
    start: int
    end: int
    confidence: float
    why: str


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A stretch of the document's text that looks like an error of conversion."""

    kind: str
    start: int
    end: int
    message: str
