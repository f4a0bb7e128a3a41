"""A dump of the sample archive, in every format, made once."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lod.archive import Archive
from lod.dump import export
from lod.formats import FORMATS
from lod.sample import make_archive


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dump of the sample archive; for reading only."""
    folder = tmp_path_factory.mktemp("verify")
    make_archive(folder / "archive")
    export(Archive.open(folder / "archive"), folder / "dump", list(FORMATS), at=datetime(2026, 11, 25, tzinfo=UTC))
    return folder / "dump"


@pytest.fixture
def dump(exported: Path, tmp_path: Path) -> Path:
    """A copy of the dump of the sample archive, to be broken."""
    shutil.copytree(exported, tmp_path / "dump")
    return tmp_path / "dump"
