"""What a reader of one medium gives back: Markdown, and what the container states about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Content", "Unsuitable"]


class Unsuitable(Exception):
    """The bytes cannot become a text; the message says why, in words that fit behind a file name."""


@dataclass(frozen=True, slots=True)
class Content:
    """Markdown, not yet cleaned, and the statements of the container.

    Keys of `meta`, all optional: title, issued and modified (ISO 8601 where the container has it so), language
    (BCP 47), publisher, author, description, url, kicker: text. keywords: tuple of texts. attachments: tuple of
    mappings with the keys of the record. encoding: how the bytes were decoded.
    """

    text: str
    meta: Mapping[str, Any] = field(default_factory=dict)
