"""What releases share, described once: authorities, concepts and media types, in shards of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lod.description import Shared
from lod.dump.shards import Shard, write_pieces
from lod.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lod.description import Description
    from lod.dump.packing import Packing
    from lod.dump.work import Worker

__all__ = ["SHARDS", "shared_descriptions", "write_shared"]

SHARDS = {"authority": "authorities", "concept": "concepts", "media-type": "concepts"}
"""The shard that each kind of shared thing goes to."""


def shared_descriptions(worker: Worker, wanted: Iterable[tuple[str, str]]) -> dict[str, list[Description]]:
    """By shard, the descriptions of all that is wanted and of what these refer to, in the order of their IRIs."""
    found: dict[tuple[str, str], Description] = {}
    todo = set(wanted)
    while todo:
        kind, key = todo.pop()
        if (kind, key) not in found:
            found[kind, key] = description = worker.describe_shared(Shared(kind, key))
            todo.update(description.shared)
    shards: dict[str, list[Description]] = {}
    for (kind, _), description in found.items():
        shards.setdefault(SHARDS[kind], []).append(description)
    return {shard: sorted(all_, key=lambda one: (one.key, one.subject.value)) for shard, all_ in sorted(shards.items())}


def write_shared(worker: Worker, wanted: Iterable[tuple[str, str]], packing: Packing) -> Shard:
    """Write the shared shards in every RDF format; they hold statements, but no records."""
    shards = shared_descriptions(worker, wanted)
    files = []
    for name, serializer in worker.serializers.items():
        if FORMATS[name].items:
            continue
        for shard, descriptions in shards.items():
            pieces = [(serializer.encode(one), _statements(one)) for one in descriptions]
            files.append(write_pieces(FORMATS[name], serializer, shard, pieces, packing))
    return Shard(files, 0, sum(_statements(one) for all_ in shards.values() for one in all_), set())


def _statements(description: Description) -> int:
    return sum(len(node.pairs) for node in description.nodes)
