"""What releases share, described once: authorities, concepts and media types, in shards of their own."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from lod.change.edition import DELETED
from lod.description import Shared
from lod.dump.facts import Facts
from lod.dump.shards import Dumped, Part, Shard
from lod.dump.work import entry_of
from lod.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lod.description import Description
    from lod.dump.graves import Graves
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


def write_shared(worker: Worker, wanted: Iterable[tuple[str, str]], packing: Packing, graves: Graves) -> Shard:
    """Write the shared shards, and that of deleted releases, in every RDF format; they have no records in them."""
    serializers = {name: one for name, one in worker.serializers.items() if not FORMATS[name].items}
    files: list[Dumped] = []
    facts = Facts()
    shards = {**shared_descriptions(worker, {*wanted, *graves.shared}), DELETED: graves.descriptions}
    for shard, descriptions in shards.items() if serializers else ():
        if not descriptions:
            continue
        pieces = [[serializer.encode(one) for serializer in serializers.values()] for one in descriptions]
        used = [sorted({p for piece in column for p in piece.prefixes}) for column in zip(*pieces, strict=True)]
        with Part(shard, serializers, packing) as part:
            with ExitStack() as stack:
                part.begin(stack, used)
                for one, made in zip(descriptions, pieces, strict=True):
                    part.write(entry_of(one, made, (shard, one.key, "")))
                part.finish()
            files += part.dumped(facts)
        facts.statements += sum(len(node.pairs) for one in descriptions for node in one.nodes)
    return Shard(files, facts)
