"""A feed to deliver, and what tests of deliveries share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.dump.archives import record
from tests.feed.stages import Stage, step


@pytest.fixture(scope="session")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a feed of five messages."""
    folder = tmp_path_factory.mktemp("feed")
    Stage(folder).export(*(record(number) for number in range(1, 6)))
    return folder


@pytest.fixture
def stage(sent: Path, tmp_path: Path) -> Stage:
    """A copy of the feed."""
    for name in ("archive", "out", "out.report"):
        shutil.copytree(sent / name, tmp_path / name)
    return Stage(tmp_path)


@pytest.fixture
def killed(stage: Stage) -> Stage:
    """The feed after the first release was canceled and the second corrected."""
    records = [record(1, **step("cancel")), record(2, **step("correction")), *(record(n) for n in range(3, 6))]
    stage.export(*records)
    return stage


@pytest.fixture(autouse=True)
def _nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No account of whoever runs the tests is used."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("USER", "PASSWORD", "TOKEN", "KEY", "KNOWN_HOSTS"):
        monkeypatch.delenv(f"LOD_DELIVER_{name}", raising=False)
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
