"""Work spread over processes, with the results in the order of the calls, and no more of it in memory than a window."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

__all__ = ["in_order"]

Item = TypeVar("Item")
Result = TypeVar("Result")

_CHUNK = 8
_WINDOW = 8
_MEMORY = 4 << 30
"""Bytes of address space of one process: a document that wants more is refused, and the machine stays usable."""


def in_order(
    work: Callable[[Item], Result], items: Iterable[Item], jobs: int, lost: Callable[[Item], Result]
) -> Iterator[Result]:
    """`work` of every item. `lost` makes the result of an item whose process died: the others are done all the same."""
    if jobs == 1:
        yield from map(work, items)
        return
    source = iter(items)
    while chunk := list(islice(source, _CHUNK)):
        left = yield from _until_broken(work, chunk, source, jobs)
        yield from _one_by_one(work, left, lost)


def _until_broken(
    work: Callable[[Item], Result], first: list[Item], source: Iterator[Item], jobs: int
) -> Generator[Result, None, list[Item]]:
    """Results of one pool; what it had begun and not finished when one of its processes died is returned."""
    waiting: deque[tuple[list[Item], Future[list[Result]]]] = deque()
    chunk = first
    with _pool(jobs) as pool:
        try:
            while chunk or waiting:
                while chunk and len(waiting) < _WINDOW * jobs:
                    waiting.append((chunk, pool.submit(_each, work, chunk)))
                    chunk = list(islice(source, _CHUNK))
                yield from waiting[0][1].result()
                waiting.popleft()
        except BrokenProcessPool:
            return [item for begun, _ in waiting for item in begun] + chunk
    return []


def _one_by_one(
    work: Callable[[Item], Result], items: Iterable[Item], lost: Callable[[Item], Result]
) -> Iterator[Result]:
    """One item at a time in one process, so that it is known which one it died of; the others have a new one then."""
    waiting = deque(items)
    while waiting:
        with _pool(1) as pool:
            try:
                while waiting:
                    yield pool.submit(work, waiting[0]).result()
                    waiting.popleft()
            except BrokenProcessPool:
                yield lost(waiting.popleft())


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """The parent alone answers Ctrl-C, and no process may take the whole memory."""
    import resource

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY if most == resource.RLIM_INFINITY else min(_MEMORY, most), most))


def _each(work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    return [work(item) for item in items]
