"""What a dump promises, so that its receiver can check it without this program: context, shapes, schemes, grammar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lod.dump.shards import Dumped
from lod.dump.sink import write_whole
from lod.mapping import context_of
from lod.mapping.context import context_text
from lod.mapping.shacl import shapes_of
from lod.vocabulary import vocab_root

if TYPE_CHECKING:
    from pathlib import Path

    from lod.archive import Archive
    from lod.mapping.files import Files

__all__ = ["write_news_promise", "write_promise"]

_GRAMMAR = ("press-release.rng", "parts.rng", "body.rng")


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


def write_news_promise(archive: Archive, stage: Path) -> list[Dumped]:
    """Write what news items refer to: the archive's own schemes with their catalog, and the grammar of the items."""
    from lod.formats.newsml.schemes import scheme_files  # noqa: PLC0415 - lxml comes with it

    grammar = [(name, "application/xml", (vocab_root() / "newsml" / name).read_bytes()) for name in _GRAMMAR]
    return [
        Dumped(f"newsml/{name}", media_type, *write_whole(stage / "newsml" / name, data, durable=False), 0, None)
        for name, media_type, data in (*scheme_files(archive), *grammar)
    ]
