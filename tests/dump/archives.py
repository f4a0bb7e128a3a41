"""Small archives for tests of the dump."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

CONFIG = """
base = "https://presse.example.org/"
title = "Testarchiv"
description = "Erfundene Pressemitteilungen."
publisher = "stadt"
language = "de"
time_zone = "Europe/Berlin"
recorded = "2026-11-02T09:00:00+01:00"
[dump]
compression = "none"
"""
AUTHORITY = {"id": "stadt", "kind": "organisation", "name": "Stadt Beispielhausen", "short_name": "Beispielhausen"}


def record(number: int, **changed: Any) -> dict[str, Any]:
    """A small record; year and number are its identity."""
    made = {
        "number": f"{number}/{2016 + number % 3}",
        "title": f"Mitteilung {number} über Straßen",
        "body": f"„Wir bauen“, sagt sie. § {number}\n\nZweiter Absatz.",
        "issued": f"{2016 + number % 3}-07-{number % 28 + 1:02d}",
        "issuers": ["stadt"],
        "subjects": ["medtop:20000612"],
    }
    return {key: value for key, value in {**made, **changed}.items() if value is not None}


def make(folder: Path, records: list[dict[str, Any]], *, config: str = CONFIG, files: int = 1) -> Path:
    """An archive with these records, dealt out to JSON Lines files."""
    (folder / "authorities").mkdir(parents=True)
    (folder / "releases").mkdir()
    (folder / "archive.toml").write_text(config, encoding="utf-8")
    (folder / "authorities" / "stadt.json").write_text(json.dumps(AUTHORITY), encoding="utf-8")
    for number in range(files):
        lines = [json.dumps(one, ensure_ascii=False) + "\n" for one in records[number::files]]
        (folder / "releases" / f"{number}.jsonl").write_text("".join(lines), encoding="utf-8")
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
