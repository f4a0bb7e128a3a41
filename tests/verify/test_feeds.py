"""The indexes of a feed: gaps that are told of pass, and each other one is found."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lod.verify import verify
from lod.verify.feeds import check_feeds
from lod.verify.package import open_package
from lod.verify.rules import read_rules
from tests.dump.archives import record
from tests.feed.stages import Stage, step
from tests.verify.dumps import seal

Mistake = Callable[[Path], object]


@pytest.fixture(scope="module")
def fed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A feed in two mark-ups: two full pages, a kill, a withholding and a correction."""
    stage = Stage(tmp_path_factory.mktemp("feeds"), 'body = "both"')
    records = [record(number) for number in range(1, 202)]
    stage.export(*records)
    stage.export(
        record(1, **step("cancel")),
        record(2, **step("correction")),
        record(4, **step("withhold")),
        record(3),
        *records[4:],
    )
    return stage.out


def rules(out: Path) -> dict[str, int]:
    package = open_package(out)
    check_feeds(package)
    return package.findings.by_rule


def test_what_was_taken_back_is_a_gap_that_is_told_of(fed: Path) -> None:
    assert rules(fed) == {}
    assert verify(fed, jobs=0, quick=True).findings.by_rule == {}
    page = json.loads((fed / "newsml" / "archive" / "000001.json").read_text())
    assert [one["sequence"] for one in page["entries"]] == list(range(1, 101))
    gaps = {one["guid"].rpartition(":")[2]: one["taken_back_by"] for one in page["entries"] if not one["file"]}
    assert gaps == {"stadt.2017.1": 202, "stadt.2017.4": 203}


def edit(name: str, change: Callable[[dict[str, Any]], object]) -> Mistake:
    def make(out: Path) -> None:
        path = out / "newsml" / name
        page = json.loads(path.read_text())
        change(page)
        path.write_text(json.dumps(page))

    return make


def entry(number: int, **fields: object) -> Callable[[dict[str, Any]], object]:
    return lambda page: page["entries"][number].update(fields)


def removed(name: str) -> Mistake:
    return lambda out: min((out / "newsml").glob(name)).unlink()


def replaced(name: str, old: str, new: str) -> Mistake:
    def make(out: Path) -> None:
        path = out / "newsml" / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))

    return make


MISTAKES: list[tuple[str, Mistake]] = [
    ("feed-number", edit("archive/000002.json", lambda page: page["entries"].pop(3))),
    ("feed-number", edit("archive/000002.json", entry(3, sequence=1))),
    ("feed-number", edit("index.json", lambda page: page.update(cursor=7))),
    ("feed-number", edit("index.json", lambda page: page["entries"].pop())),
    ("feed-number", removed("archive/000001.json")),
    ("feed-link", removed("archive/000002.json")),
    ("feed-form", edit("index.json", lambda page: page.pop("entries"))),
    ("feed-form", edit("index.json", entry(0, version="1"))),
    ("feed-form", edit("index.json", entry(0, file=7))),
    ("feed-form", lambda out: (out / "newsml" / "index.json").write_bytes(b"{")),
    ("feed-form", lambda out: (out / "newsml" / "index.atom").write_bytes(b"<feed>")),
    ("feed-form", removed("archive/000001.atom")),
    ("feed-link", removed("messages/000000000150*")),
    ("feed-link", edit("archive/000001.json", entry(5, bytes=1))),
    ("feed-link", edit("archive/000001.json", entry(5, sha256="0" * 64))),
    ("feed-gap", edit("archive/000002.json", entry(5, file=None, taken_back_by=203))),
    ("feed-gap", edit("archive/000002.json", entry(5, file=None, taken_back_by=None))),
    ("feed-atom", replaced("archive/000001.atom", 'deleted-entry ref="urn', 'deleted-entry ref="xrn')),
    ("feed-atom", replaced("archive/000002.atom", 'href="../messages/', 'href="messages/')),
]


@pytest.mark.parametrize(("rule", "make"), MISTAKES, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(MISTAKES)])
def test_each_other_fault_is_found(fed: Path, tmp_path: Path, rule: str, make: Mistake) -> None:
    out = tmp_path / "out"
    shutil.copytree(fed, out)
    make(out)
    relist(out)
    assert rule in rules(out)


def relist(out: Path) -> None:
    """A manifest that vouches for what is there now."""
    manifest = json.loads((out / "manifest.json").read_text())
    files = []
    for row in manifest["files"]:
        path = out / row["path"]
        if path.exists():
            data = path.read_bytes()
            files.append({**row, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()})
    seal(out, {**manifest, "files": files})


def test_every_rule_is_broken_by_a_test() -> None:
    assert {rule for rule, _ in MISTAKES} == {rule for rule in read_rules() if rule.startswith("feed-")}
