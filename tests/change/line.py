"""Exports into one folder, one after the other."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from tests.feed.stages import Stage

RDF = ["ntriples", "nquads", "turtle"]


class Line:
    """One folder that dumps are exported to, and a copy of what it was after each export."""

    def __init__(self, folder: Path, formats: list[str] | None = None) -> None:
        self.stage, self.folder, self.formats = Stage(folder), folder, formats or RDF
        self.copies: list[Path] = []

    @property
    def out(self) -> Path:
        return self.stage.out

    def export(self, *records: dict[str, Any]) -> None:
        self.stage.export(*records, formats=self.formats)
        self.copies.append(shutil.copytree(self.out, self.folder / f"copy-{len(self.copies)}"))

    @property
    def changes(self) -> list[Path]:
        return sorted(path for path in (self.out / "changes").glob("*") if path.is_dir())

    def told(self, number: int = -1, language: str = "de") -> list[str]:
        return (self.changes[number] / f"{language}.txt").read_text(encoding="utf-8").splitlines()

    def counts(self, number: int = -1) -> dict[str, int]:
        counts: dict[str, int] = json.loads((self.changes[number] / "change.json").read_text())["counts"]
        return {kind: count for kind, count in counts.items() if count and kind not in {"removed", "added", "shared"}}
