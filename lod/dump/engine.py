"""Engine: where the calls of an export are made, in processes of this machine or elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from lod.archive import Archive

__all__ = ["Crew", "Engine"]


class Crew(Protocol):
    """Those who work on one export."""

    def each(self, function: Callable[..., Any], calls: Sequence[tuple[Any, ...]]) -> Iterator[tuple[int, Any]]:
        """Number and result of every call, in the order they are ready.

        A function works on files below the folder of the crew and on those its arguments name; what it leaves there is
        there when its result is. Raises OutputError when those who work were lost.
        """


class Engine(Protocol):
    """What has a crew for an export."""

    def crew(self, archive: Archive, folder: Path, most: int) -> AbstractContextManager[Crew]:
        """Those who work on an archive, `most` calls at a time at most. Raises OutputError where there is nobody.

        `folder` is private to the export: all that its calls write lies below it.
        """
