"""Lines sorted in memory that does not grow with their number: what does not fit waits in temporary files."""

from __future__ import annotations

import heapq
import tempfile
from contextlib import ExitStack
from itertools import groupby
from typing import IO, TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Sorter"]

_IN_MEMORY = 32 << 20


def _spill() -> IO[bytes]:
    return tempfile.TemporaryFile()


class Sorter:
    """Takes lines, each with its line end, in any order; gives them sorted by their bytes. Leaving `with` frees all."""

    def __init__(self, in_memory: int = _IN_MEMORY) -> None:
        self._in_memory = in_memory
        self._lines: list[bytes] = []
        self._size = 0
        self._runs: list[IO[bytes]] = []
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._lines = []
        self._runs = []
        self._stack.close()

    def add(self, lines: Iterable[bytes]) -> None:
        """Take some lines."""
        before = len(self._lines)
        self._lines.extend(lines)
        self._size += sum(map(len, self._lines[before:]))
        if self._size > self._in_memory:
            run = self._stack.enter_context(_spill())
            self._lines.sort()
            run.writelines(self._lines)
            self._runs.append(run)
            self._lines, self._size = [], 0

    def lines(self) -> Iterator[bytes]:
        """All lines, sorted, repeated ones as often as they came. Can be asked for again, but not at the same time."""
        self._lines.sort()
        if not self._runs:
            return iter(self._lines)
        for run in self._runs:
            run.seek(0)
        return heapq.merge(*self._runs, self._lines)

    def distinct(self) -> Iterator[bytes]:
        """All lines, sorted, each once."""
        return (line for line, _ in groupby(self.lines()))
