"""Releases that go through their lives, one export after the other, into one folder."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from lod.archive import Archive
from lod.feed.run import Published, publish
from lod.formats import FORMATS
from tests.dump.archives import CONFIG, make

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
FORMAT_NAMES = [name for name, form in FORMATS.items() if form.usual]
NS = {
    "g2": "http://iptc.org/std/nar/2006-10-01/",
    "a": "http://www.w3.org/2005/Atom",
    "at": "http://purl.org/atompub/tombstones/1.0",
    "fh": "http://purl.org/syndication/history/1.0",
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


def change(version: int, kind: str = "correction", note: str = "Es muss „fünf“ heißen.") -> dict[str, Any]:
    return {"version": version, "at": f"2026-11-{10 + version}T10:00:00+01:00", "kind": kind, "note": note}


def step(*kinds: str) -> dict[str, Any]:
    """Version and changes of a release after these kinds of change."""
    status = {"cancel": "canceled", "withhold": "withheld"}.get(kinds[-1], "usable") if kinds else "usable"
    changes = [change(number, kind) for number, kind in enumerate(kinds, 2)]
    return {"version": len(kinds) + 1, "status": status, **({"changes": changes} if changes else {})}


class Stage:
    """An archive whose records are replaced, and the folder it is exported to; each export is a minute later."""

    def __init__(self, folder: Path, newsml: str = "") -> None:
        self.archive, self.out, self.at = folder / "archive", folder / "out", NOW
        self.config = CONFIG + (f"[newsml]\n{newsml}\n" if newsml else "")

    def write(self, records: list[dict[str, Any]], files: int = 1) -> None:
        shutil.rmtree(self.archive, ignore_errors=True)
        make(self.archive, records, config=self.config, files=files)

    def export(self, *records: dict[str, Any], formats: list[str] | None = None) -> Published:
        self.write(list(records))
        self.at += timedelta(minutes=1)
        return publish(Archive.open(self.archive), self.out, formats or ["newsml"], at=self.at)

    @property
    def messages(self) -> list[str]:
        """The names of the messages that are there, without their numbers."""
        return [path.name.partition("_")[2] for path in sorted((self.out / "newsml" / "messages").glob("*"))]

    @property
    def faults(self) -> list[str]:
        """What was rejected by the last export, a line each."""
        lines = (self.out.with_name("out.report") / "rejects.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        return [
            f"{row['file']}:{one['line']}: {one['field']}: {one['reason']}" for row in rows for one in row["faults"]
        ]

    @property
    def warnings(self) -> str:
        return (self.out.with_name("out.report") / "warnings.txt").read_text(encoding="utf-8")

    def index(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.out / "newsml" / "index.json").read_text())
        return found
