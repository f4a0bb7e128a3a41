"""Archives of a few files, made where a test needs them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lod.archive import Archive
from lod.harvest import Harvested, harvest, partitions

CONFIG = """
base = "https://presse.example.org/"
title = "Archiv"
description = "Zum Prüfen."
publisher = "stadt"
language = "de"
time_zone = "Europe/Berlin"
"""

Files = dict[str, str | bytes]
Make = Callable[..., Archive]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Make an archive of files (path -> content) and what is to follow in archive.toml."""

    def make(files: Files | None = None, config: str = "") -> Archive:
        root = tmp_path / "archive"
        root.mkdir(exist_ok=True)
        (root / "archive.toml").write_text(CONFIG + config, "utf-8")
        for name, content in (files or {}).items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return Archive.open(root)

    return make


def everything(archive: Archive, size: int = 1 << 20) -> list[Harvested]:
    """All records of an archive."""
    return [harvested for partition in partitions(archive, size) for harvested in harvest(archive, partition)]


def told(archive: Archive) -> list[str]:
    """All faults of an archive, as they are printed."""
    return [str(fault) for harvested in everything(archive) for fault in harvested.faults]
