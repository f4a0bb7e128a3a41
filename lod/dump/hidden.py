"""What is hidden must not be betrayed by what shows: a public record may name one that is not public."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from lod.dump.runs import Sighting
    from lod.release import Release

__all__ = ["betrayed", "related", "without", "write_names"]

_ONE = ("replaces", "replaced_by", "translation_of")


def related(release: Release) -> set[str]:
    """The paths of the releases that a release names."""
    return {path for path in (*(getattr(release, field) for field in _ONE), *release.related) if path}


def without(release: Release, hidden: frozenset[str]) -> Release:
    """A release that does not name what is hidden; the release itself where it names nothing of it."""
    if not related(release) & hidden:
        return release
    changed: dict[str, object] = {field: None for field in _ONE if getattr(release, field) in hidden}
    changed["related"] = tuple(path for path in release.related if path not in hidden)
    return release.model_copy(update=changed)


def write_names(file: Path, names: Iterable[str]) -> None:
    """Write the paths that the public records of a partition name, sorted, one a line."""
    file.write_bytes(b"".join(orjson.dumps(name) + b"\n" for name in sorted(set(names))))


def betrayed(sightings: Iterable[Sighting], files: Sequence[Path]) -> dict[int, set[str]]:
    """By the number of the partition, the hidden paths that its public records name. Both inputs come sorted."""
    found: dict[int, set[str]] = {}
    names = heapq.merge(*(_numbered(number, file) for number, file in enumerate(files)))
    name, number = next(names, (None, 0))
    for one in sightings:
        while name is not None and name < one.path:
            name, number = next(names, (None, 0))
        while name == one.path and not one.public:
            found.setdefault(number, set()).add(one.path)
            name, number = next(names, (None, 0))
    return found


def _numbered(number: int, file: Path) -> Iterator[tuple[str, int]]:
    with file.open("rb") as source:
        for line in source:
            yield orjson.loads(line), number
