"""An S3 server for a module of tests, emptied before each of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lod.address import Address
from tests.deliver.servers import s3_server


@pytest.fixture(scope="module")
def _server() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as environment, s3_server(environment, "presse"):
        yield


@pytest.fixture
def bucket(_server: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Address:
    """A bucket with nothing in it; copies go to a cache of their own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    found = Address("s3://presse")
    found.remove(list(found.files()))
    return found
