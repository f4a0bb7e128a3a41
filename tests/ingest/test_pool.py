from __future__ import annotations

import os
from typing import Any

import pytest

from lod.ingest.pool import in_order


def _double(item: int) -> Any:
    return item * 2


def _fragile(item: int) -> Any:
    if item in {3, 40}:
        os._exit(1)
    return item * 2


def _lost(item: int) -> Any:
    return -item


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_in_order(jobs: int) -> None:
    assert list(in_order(_double, range(50), jobs, _lost)) == [item * 2 for item in range(50)]


def test_items_are_taken_as_they_are_needed() -> None:
    taken = []
    results = in_order(_double, (taken.append(item) or item for item in range(1000)), 2, _lost)
    next(results)
    assert len(taken) < 200
    results.close()


def test_an_item_that_kills_its_process_is_the_only_one_lost() -> None:
    expected = [-item if item in {3, 40} else item * 2 for item in range(60)]
    assert list(in_order(_fragile, range(60), 2, _lost)) == expected
