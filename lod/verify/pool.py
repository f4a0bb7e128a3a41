"""Tasks spread over processes, because data made to break a parser must break nothing but the process that reads it."""

from __future__ import annotations

from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["spread"]

Task = TypeVar("Task")
Result = TypeVar("Result")


def spread(function: Callable[[Task], Result], tasks: Sequence[Task], jobs: int) -> Iterator[tuple[int, Result | None]]:
    """Number and result of every task as they are ready; None for one whose process broke down.

    `jobs` 0 works in this process, for tasks that are trusted. When a process breaks down nobody knows over which task;
    then those that are left run one by one, each in a process of its own.
    """
    if jobs == 0:
        yield from ((number, function(task)) for number, task in enumerate(tasks))
        return
    left = set(range(len(tasks)))
    try:
        with _pool(min(jobs, max(len(tasks), 1))) as pool:
            futures = {pool.submit(function, tasks[number]): number for number in sorted(left)}
            for future in as_completed(futures):
                result = future.result()
                left.discard(futures[future])
                yield futures[future], result
    except BrokenProcessPool:
        pass
    for number in sorted(left):
        yield number, _alone(function, tasks[number])


def _alone(function: Callable[[Task], Result], task: Task) -> Result | None:
    try:
        with _pool(1) as pool:
            return pool.submit(function, task).result()
    except BrokenProcessPool:
        return None


def _pool(jobs: int) -> Executor:
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))
