"""One module per medium; each has `read(data: bytes) -> Content` and is imported when its first document comes."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from lod.ingest.readers.content import Content

__all__ = ["MEDIA", "Medium"]


@dataclass(frozen=True, slots=True)
class Medium:
    """A kind of document: its name for people, its suffixes, its media type, the module that reads it, its limit."""

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    module: str
    limit: int
    """Bytes of the largest document that is read. A press release is far below; a bomb or a mistake is above."""

    @property
    def read(self) -> Callable[[bytes], Content]:
        """The reader; its module is imported now."""
        reader: Callable[[bytes], Content] = import_module(f"lod.ingest.readers.{self.module}").read
        return reader


MEDIA = {
    medium.module: medium
    for medium in (
        Medium("Markdown", (".md", ".markdown"), "text/markdown", "markdown", 4_000_000),
        Medium("plain text", (".txt", ".text"), "text/plain", "plain", 4_000_000),
        Medium("HTML", (".html", ".htm", ".xhtml"), "text/html", "html", 8_000_000),
        Medium("PDF", (".pdf",), "application/pdf", "pdf", 64_000_000),
        Medium(
            "DOCX",
            (".docx",),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "docx",
            64_000_000,
        ),
        Medium("mail", (".eml",), "message/rfc822", "mail", 64_000_000),
    )
}
