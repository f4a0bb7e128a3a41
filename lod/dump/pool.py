"""Calls spread over processes, or made here one after the other; the results come as they are ready."""

from __future__ import annotations

import os
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import TYPE_CHECKING, Any

from lod.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

__all__ = ["each", "pool_of"]


def pool_of(jobs: int) -> AbstractContextManager[Executor | None]:
    """A pool of processes; None for one job, which needs none."""
    if jobs < 2:  # noqa: PLR2004 - one process is this one
        return nullcontext(None)
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_end_with_parent)


def _end_with_parent() -> None:
    """See to it that this process ends when the one that started it is killed: nobody waits for its files any more."""
    parent = parent_process()
    assert parent is not None  # noqa: S101 - only processes of a pool come here

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def each(
    pool: Executor | None, function: Callable[..., Any], calls: Sequence[tuple[Any, ...]]
) -> Iterator[tuple[int, Any]]:
    """Number and result of every call, in the order they are ready. Raises OutputError when a process was killed."""
    if pool is None:
        for number, call in enumerate(calls):
            yield number, function(*call)
        return
    futures = {pool.submit(function, *call): number for number, call in enumerate(calls)}
    try:
        for future in as_completed(futures):
            yield futures[future], future.result()
    except BrokenProcessPool:
        raise OutputError("--jobs", "a process was killed, perhaps for want of memory; try fewer jobs") from None
    finally:
        for future in futures:
            future.cancel()
