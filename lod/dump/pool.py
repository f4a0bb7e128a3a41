"""The embedded engine: calls spread over processes of this machine, or made here one after the other."""

from __future__ import annotations

import os
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple

from lod.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from lod.archive import Archive
    from lod.dump.engine import Crew, Engine

__all__ = ["Processes", "engine_of"]


class Processes(NamedTuple):
    """So many processes of this machine; one is this process itself."""

    jobs: int = 1

    @contextmanager
    def crew(self, archive: Archive, folder: Path, most: int) -> Iterator[Crew]:  # noqa: ARG002 - all is at hand here
        """The processes, for as long as the block."""
        jobs = min(self.jobs, most)
        if jobs < 2:  # noqa: PLR2004 - one process is this one
            yield _Alone()
            return
        with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_end_with_parent) as pool:
            yield _Pool(pool)


def engine_of(jobs: int | Engine) -> Engine:
    """The engine of a number of jobs, or the one that was made already."""
    return Processes(jobs) if isinstance(jobs, int) else jobs


class _Alone:
    """This process."""

    def each(self, function: Callable[..., Any], calls: Sequence[tuple[Any, ...]]) -> Iterator[tuple[int, Any]]:
        """Number and result of every call, in their order."""
        for number, call in enumerate(calls):
            yield number, function(*call)


class _Pool:
    """Several processes."""

    def __init__(self, pool: Executor) -> None:
        self._pool = pool

    def each(self, function: Callable[..., Any], calls: Sequence[tuple[Any, ...]]) -> Iterator[tuple[int, Any]]:
        """Number and result of every call, in the order they are ready. Raises OutputError when one was killed."""
        futures = {self._pool.submit(function, *call): number for number, call in enumerate(calls)}
        try:
            for future in as_completed(futures):
                yield futures[future], future.result()
        except BrokenProcessPool:
            raise OutputError("--jobs", "a process was killed, perhaps for want of memory; try fewer jobs") from None
        finally:
            for future in futures:
                future.cancel()


def _end_with_parent() -> None:
    """See to it that this process ends when the one that started it is killed: nobody waits for its files any more."""
    parent = parent_process()
    assert parent is not None  # noqa: S101 - only processes of a pool come here

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    Thread(target=watch, daemon=True).start()
