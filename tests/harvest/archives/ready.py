"""The archives of this folder, made ready: archive.toml and authorities copied, the corpus linked beside them."""

from __future__ import annotations

import shutil
from pathlib import Path

_FILES = {"doj": "doj/doj.jsonl.gz", "debian": "debian-news/debian-news.jsonl.gz"}


def ready(name: str, corpus: Path, folder: Path) -> Path:
    """An archive ("doj" or "debian") in a folder; its root."""
    root = folder / name
    shutil.copytree(Path(__file__).parent / name, root)
    target = corpus / _FILES[name]
    (root / target.name).symlink_to(target)
    return root
