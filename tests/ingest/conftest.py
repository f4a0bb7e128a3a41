from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

ARCHIVE = """\
base = "https://presse.example.org/"
title = "Archiv"
description = "Pressemitteilungen."
publisher = "archiv"
language = "de"
time_zone = "Europe/Berlin"
"""


@pytest.fixture
def archive(tmp_path: Path) -> Any:
    """An empty archive."""
    root = tmp_path / "archive"
    (root / "authorities").mkdir(parents=True)
    (root / "archive.toml").write_text(ARCHIVE)
    (root / "authorities" / "archiv.yaml").write_text("id: archiv\nkind: organisation\nname: Archiv\n")
    return root


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A simple reader in the place of the real one, for runs in this process."""
    from lod.archive import Archive
    from lod.ingest import prepare
    from tests.ingest import standin

    monkeypatch.setattr(prepare, "_workshop", lambda root: (Archive.open(root), standin.read))
