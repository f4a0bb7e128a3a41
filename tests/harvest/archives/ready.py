"""The archives of this folder, made ready: archive.toml and authorities copied, and the corpus beside them.

The corpus is copied, too: through a link, a test that edits its archive would write into the corpus itself.
"""

from __future__ import annotations

import gzip
import shutil
from itertools import islice
from pathlib import Path

_FILES = {"doj": "doj/doj.jsonl.gz", "debian": "debian-news/debian-news.jsonl.gz"}


def ready(name: str, corpus: Path, folder: Path, *, every: int = 1) -> Path:
    """An archive ("doj" or "debian") in a folder; its root. With `every`, only the first of so many releases."""
    root = folder / name
    shutil.copytree(Path(__file__).parent / name, root)
    source = corpus / _FILES[name]
    if every == 1:
        shutil.copyfile(source, root / source.name)
    else:
        with gzip.open(source) as whole, gzip.open(root / source.name, "wb") as part:
            part.writelines(islice(whole, 0, None, every))
    return root
