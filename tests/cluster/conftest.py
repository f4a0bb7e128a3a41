"""A cluster of one machine in this process: it has folders of its own, and gets nothing but what is sent to it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from lod.cluster import dask, desk


class Done:
    """A call that was made."""

    def __init__(self, key: str, result: Any, error: BaseException | None) -> None:
        self.key, self._result, self._error = key, result, error

    def add_done_callback(self, tell: Callable[[Any], None]) -> None:
        tell(self)

    def result(self) -> Any:
        if self._error:
            raise self._error
        return self._result

    def release(self) -> None:
        self._result = None


class StandIn:
    """What is used of a client, and the machine behind it."""

    address = "tcp://rechner-2:4711"

    def __init__(self, folder: Path) -> None:
        self.local_directory = str(folder)
        self.calls = 0

    def submit(self, function: Callable[..., Any], *values: Any, key: str) -> Done:
        self.calls += 1
        try:
            return Done(key, function(*values), None)
        except Exception as error:  # noqa: BLE001 - it is raised where the result is asked for
            return Done(key, None, error)

    def nthreads(self) -> dict[str, int]:
        return {self.address: 1}

    def cancel(self, _futures: Any) -> None:
        """Nothing runs any more."""

    def run(self, function: Callable[..., Any]) -> None:
        function(dask_worker=self)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """The only machine of the cluster."""
    made = StandIn(tmp_path / "machine")

    @contextmanager
    def connected(_scheduler: str) -> Any:
        yield made

    monkeypatch.setattr(dask, "_connected", connected)
    monkeypatch.setattr(desk, "_worker", lambda: made)
    desk._desk.cache_clear()
    return made
