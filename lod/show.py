"""One release on its own, whole: with the authorities and concepts it refers to, as a reader would want it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from lod.description import Shared
from lod.dump.loop import PARTITION_BYTES
from lod.dump.packing import Packing
from lod.dump.shared import shared_descriptions
from lod.dump.work import Task, Worker
from lod.errors import LodError
from lod.formats import FORMATS
from lod.harvest import harvest, partitions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lod.archive import Archive
    from lod.description import Description
    from lod.errors import Place
    from lod.release import Release

__all__ = ["NotFound", "show_release"]


class NotFound(LodError):
    """No release, or more than one, goes by this name."""

    def __str__(self) -> str:
        return str(self.args[0])


def show_release(archive: Archive, wanted: str, form: str) -> bytes:
    """One release in one format, by its id, number or IRI; embargoed ones too, since this is for the maintainer.

    Raises NotFound; Undescribable for a release that refers to what does not exist.
    """
    nowhere = Path()
    worker = Worker(archive, Task((form,), datetime.now(UTC), nowhere, Packing(nowhere)))
    description = worker.describe(_find(archive, wanted))
    descriptions = (
        [description] if FORMATS[form].items else [description, *_around(worker, description, archive.config.publisher)]
    )
    serializer = worker.serializers[form]
    pieces = [serializer.encode(one) for one in descriptions]
    if FORMATS[form].items:
        return pieces[0].data
    head = serializer.begin(sorted({prefix for piece in pieces for prefix in piece.prefixes}))
    return head + serializer.between().join(piece.data for piece in pieces) + serializer.finish()


def _around(worker: Worker, description: Description, publisher: str) -> list[Description]:
    shards = shared_descriptions(worker, description.shared | {Shared("authority", publisher)})
    return [one for shard in shards.values() for one in shard]


def _find(archive: Archive, wanted: str) -> Release:
    path = wanted.removeprefix(f"{archive.config.base}release/")
    named: list[tuple[Release, Place]] = []
    numbered: list[tuple[Release, Place]] = []
    for partition in partitions(archive, PARTITION_BYTES):
        for harvested in harvest(archive, partition):
            release = harvested.release
            if release is not None and release.path == path:
                named.append((release, harvested.place))
            elif release is not None and release.number == wanted:
                numbered.append((release, harvested.place))
    if len(named) > 1:
        raise NotFound(f'"{path}" is the id of {len(named)} records: {_listed(place for _, place in named)}')
    if not named and len(numbered) > 1:
        ids = _listed(release.path for release, _ in numbered)
        raise NotFound(f'"{wanted}" is the number of {len(numbered)} releases; name one by its id: {ids}')
    for release, _ in named or numbered:
        return release
    raise NotFound(f'no release "{wanted}"; `lod check` lists records that were refused')


def _listed(things: Iterable[object]) -> str:
    return ", ".join(sorted(map(str, things))[:10])
