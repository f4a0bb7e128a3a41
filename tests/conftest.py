"""What all tests share: the reference folders beside the checkout, and how hard hypothesis tries."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]

# The quick profile draws the same examples every time, so that a red run is red again for whoever looks at it.
settings.register_profile("quick", derandomize=True, max_examples=50, deadline=None)
settings.register_profile(
    "thorough", max_examples=2000, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def _beside(name: str) -> Path:
    """A folder beside the checkout, or where LOD_<NAME> says. Skips the test when it is not there."""
    variable = f"LOD_{name.upper()}"
    folder = Path(os.environ.get(variable) or ROOT.parent / "shared" / name)
    if not folder.is_dir():
        pytest.skip(f"no {name} in {folder}; {variable} can name another folder")
    return folder.resolve()


@pytest.fixture(scope="session", autouse=True)
def _no_power_cuts() -> Iterator[None]:
    """Nothing waits for the disk: what fsync and sync are for, no test can see. Processes that tests start do wait."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _handle: None)
        patch.setattr(os, "sync", lambda: None)
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Real press releases, for reading only; LOD_CORPUS names the folder."""
    return _beside("corpus")


@pytest.fixture(scope="session")
def standards() -> Path:
    """XSD, SHACL and JSON schemas as their publishers ship them; LOD_STANDARDS names the folder."""
    return _beside("standards")


@pytest.fixture(scope="session")
def reference() -> Path:
    """The application profile with its golden files; LOD_REFERENCE names the folder."""
    return _beside("reference")
