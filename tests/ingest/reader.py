"""The reader for tests of single steps: tables by language, and a reading of a text that needs no file."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from lod.ingest.blocks import Block, blocks
from lod.ingest.document import Document
from lod.ingest.inline import plain
from lod.ingest.people import People, gather
from lod.ingest.reading import Reading, read
from lod.ingest.rules import Rules
from lod.ingest.tongue import Tongue

__all__ = ["first_block", "people_in", "reading", "record", "rules", "tongue"]


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The rules that come with the program, without an archive."""
    return Rules.load()


def tongue(language: str) -> Tongue:
    """The tables of a language."""
    return rules().tongue(language)


def reading(text: str, own: Rules | None = None, **meta: Any) -> Reading:
    """The reading of a Markdown text."""
    data = text.encode()
    return read(Document(Path("x.md"), data, "text/markdown", sha256(data).hexdigest(), text, meta), own or rules())


def record(text: str, own: Rules | None = None, **meta: Any) -> dict[str, Any]:
    """The record of a Markdown text."""
    return reading(text, own, **meta).record()


def first_block(text: str) -> Block:
    """The first block of a Markdown text."""
    return blocks(text)[0]


def people_in(text: str, language: str) -> People:
    """The people one paragraph names."""
    return gather([(0, plain([(text, 0)]))], tongue(language))
