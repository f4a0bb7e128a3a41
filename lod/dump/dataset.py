"""dataset.ttl and dataset.jsonld: the dump described for catalogues (DCAT 3, DCAT-AP.de, VoID, schema.org)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lod.dump.shards import Dumped
from lod.dump.sink import write_whole
from lod.formats import FORMATS
from lod.formats.base import Setting
from lod.mapping import compile_nodes, context_of, describe_thing, load_files
from lod.mapping.dataset import DatasetFile, DatasetView

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lod.archive import Archive
    from lod.dump.facts import Facts

__all__ = ["write_dataset"]

_WRITTEN = ("turtle", "jsonld")


def write_dataset(archive: Archive, facts: Facts, files: Sequence[Dumped], stage: Path) -> list[Dumped]:
    """Write the description of a dump whose files these are; what was written comes back."""
    described = load_files(archive.root, ["dataset"])
    nodes = compile_nodes(archive, described)["dataset"]
    view = DatasetView(archive, facts.content(), [*_graphs(files)])
    root = f"{archive.config.base}dataset"
    description = describe_thing(nodes, view, root, archive.config.base, archive.language.lower())
    setting = Setting(described.prefixes, context_of(described), archive)
    statements = sum(len(node.pairs) for node in description.nodes)
    written = []
    for name in _WRITTEN:
        form, serializer = FORMATS[name], FORMATS[name].serializer(setting)
        piece = serializer.encode(description)
        data = serializer.begin(piece.prefixes) + piece.data + serializer.finish()
        path = f"dataset{form.suffix}"
        written.append(Dumped(path, form.media_type, *write_whole(stage / path, data, durable=False), None, statements))
    return written


def _graphs(files: Sequence[Dumped]) -> list[DatasetFile]:
    """The files that hold a graph, in the order of their paths."""
    found = []
    for file in sorted(files):
        form = FORMATS.get(file.path.partition("/")[0])
        if form and not form.items:
            found.append(DatasetFile(form.name, form.iri, file.path, file.media_type, file.bytes, file.sha256))
    return found
