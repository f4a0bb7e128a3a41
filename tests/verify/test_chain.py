"""The changes of a dump: whatever is wrong with one of them is found, also by who has only the last dump."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lod.verify import verify
from tests.change.line import Line
from tests.dump.archives import record
from tests.feed.stages import step
from tests.verify.dumps import seal

Harm = Callable[[Path], None]


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four steps: one more release, a correction, something else, and the release is withdrawn."""
    line = Line(tmp_path_factory.mktemp("chain"))
    first = record(1)
    line.export(first)
    line.export(first, record(2, people=[{"name": "Änne Groß"}]))
    line.export(record(1, title="Neu"), record(2, **step("correction"), body="Kürzer."))
    line.export(record(1, title="Neu"), record(2, **step("correction"), body="Kürzer."), record(3))
    line.export(record(1, title="Neu"), record(2, **step("correction", "cancel")), record(3))
    return line.out


def broken(chain: Path, folder: Path, harm: Harm) -> dict[str, int]:
    """What is found in a copy after it was harmed and its lists made good again."""
    out = shutil.copytree(chain, folder / "broken")
    harm(out)
    top = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    top["files"] = [row for row in top["files"] if (out / row["path"]).exists()]
    for row in top["files"]:
        data = (out / row["path"]).read_bytes()
        row |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    seal(out, top)
    return verify(out, jobs=0, quick=True).findings.by_rule


def edit(name: str, old: str, new: str) -> Harm:
    def harm(out: Path) -> None:
        text = (out / name).read_text(encoding="utf-8")
        assert old in text
        (out / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return harm


def lose(number: int) -> Harm:
    def harm(out: Path) -> None:
        shutil.rmtree(out / "changes" / f"{number:06d}")
        index = out / "changes" / "list.json"
        rows = json.loads(index.read_text())["changes"]
        index.write_text(json.dumps({"changes": [row for row in rows if row["sequence"] != number]}))

    return harm


def lines_of(name: str, keep: Callable[[str], bool]) -> Harm:
    def harm(out: Path) -> None:
        lines = (out / name).read_text(encoding="utf-8").splitlines(keepends=True)
        assert not all(map(keep, lines))
        (out / name).write_text("".join(filter(keep, lines)), encoding="utf-8")

    return harm


def test_a_chain_is_proved(chain: Path, tmp_path: Path) -> None:
    assert broken(chain, tmp_path, lambda _: None) == {}


@pytest.mark.parametrize(
    ("harm", "rule"),
    [
        (edit("manifest.json", '"sequence": 4', '"sequence": 5'), "change-state"),
        (lose(4), "change-chain"),
        (lose(2), "change-chain"),
        (edit("changes/000003/change.json", '"sha256": "', '"sha256": "0'), "change-chain"),
        (edit("changes/list.json", '"sequence":2', '"sequence":7'), "change-chain"),
        (lines_of("changes/000003/records.jsonl", lambda line: "2016/3" not in line), "change-patch"),
        (edit("changes/000002/records.jsonl", '"before":"', '"before":"0'), "change-chain"),
        (edit("changes/000002/records.jsonl", '"after":"', '"after":"0'), "change-list"),
        (edit("changes/000002/records.jsonl", "{", "["), "change-patch"),
        (edit("changes/000002/patch.rdfp", '"Neu"@de', '"Neuer"@de'), "change-patch"),
        (edit("changes/000002/patch.rdfp", '"Neu"@de', '"Neu"@DE'), "change-patch"),
        (edit("changes/000002/patch.rdfp", "<https://presse", "_:b <https://presse"), "change-patch"),
        (edit("changes/000002/patch.rdfp", "H prev <", "H prev <x:"), "change-patch"),
        (edit("changes/000002/patch.rdfp", "TC .\n", ""), "change-patch"),
        (edit("changes/000002/quads.rdfp", "2017/1> .", "2017/2> ."), "change-patch"),
        (edit("changes/000004/clear.ru", "DROP SILENT GRAPH", "CLEAR GRAPH"), "change-patch"),
        (
            edit("changes/000004/clear.ru", "DELETE WHERE", "DROP ALL ; DELETE WHERE"),
            "change-patch",
        ),
        (lines_of("changes/000004/clear.ru", lambda line: not line.startswith("DROP")), "change-patch"),
        (edit("changes/000001/records.jsonl", '"cleared":true,', ""), "change-cleared"),
    ],
    ids=[
        *(
            "state",
            "last step gone",
            "step gone",
            "other state",
            "index",
            "record left out",
            "hash before",
            "hash after",
            "no list",
        ),
        *("other row", "no canonical row", "blank node", "other head", "no end", "other graph"),
        *("other update", "evil update", "nothing cleared", "told though gone"),
    ],
)
def test_what_is_wrong_with_a_change_is_found(chain: Path, tmp_path: Path, harm: Harm, rule: str) -> None:
    found = broken(chain, tmp_path, harm)
    assert rule in found
    assert all(name.startswith("change-") for name in found)
