"""context.jsonld and shapes.ttl: what a dump promises, so that its receiver can check it without this program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lod.dump.shards import Dumped
from lod.dump.sink import write_whole
from lod.mapping import context_of
from lod.mapping.context import context_text
from lod.mapping.shacl import shapes_of

if TYPE_CHECKING:
    from pathlib import Path

    from lod.archive import Archive
    from lod.mapping.files import Files

__all__ = ["write_promise"]


def write_promise(archive: Archive, files: Files, stage: Path) -> list[Dumped]:
    """Write the context and the shapes of an archive's own mapping, with its base; what was written comes back."""
    texts = (
        ("context.jsonld", "application/ld+json", context_text(context_of(files))),
        ("shapes.ttl", "text/turtle", shapes_of(files, archive.vocabulary, archive.config.base)),
    )
    return [
        Dumped(name, media_type, *write_whole(stage / name, text.encode(), durable=False), None, None)
        for name, media_type, text in texts
    ]
