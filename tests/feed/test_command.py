"""`lod feed` and `lod export` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from lod.cli import main
from tests.dump.archives import make, record, tree
from tests.feed.stages import Stage, step


def lod(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_it_says_what_it_sent(tmp_path: Path) -> None:
    archive, out = make(tmp_path / "a", [record(1), record(2)]), tmp_path / "out"
    first = lod("feed", archive, out)
    assert first.exit_code == 0
    assert first.output.splitlines() == [
        "2 records read: 2 exported, 0 rejected, 0 withheld.",
        f"Feed: 2 new messages, 2 sent so far, in {out}/newsml/messages/",
    ]
    second = json.loads(lod("feed", archive, out, "--json").stdout)
    assert second["feed"] == {"sent": 0, "withdrawn": 0, "restored": 0, "last": 2}
    assert second["embargoed"] is None
    assert second["counts"]["exported"] == 2


def test_it_brings_along_what_the_folder_holds(tmp_path: Path) -> None:
    archive, out = make(tmp_path / "a", [record(1)]), tmp_path / "out"
    assert lod("export", archive, out, "-f", "turtle").exit_code == 0
    assert lod("feed", archive, out).exit_code == 0
    assert json.loads((out / "manifest.json").read_text())["formats"] == ["turtle", "newsml"]


def test_an_export_brings_its_feed_along(tmp_path: Path) -> None:
    archive, out = make(tmp_path / "a", [record(1), record(2, title=None)]), tmp_path / "out"
    done = lod("export", archive, out)
    assert done.exit_code == 1
    assert f"Feed: 1 new message, 1 sent so far, in {out}/newsml/messages/\n" in done.output


def test_a_feed_is_part_of_what_is_verified(tmp_path: Path) -> None:
    archive, out = make(tmp_path / "a", [record(1), record(2)]), tmp_path / "out"
    lod("export", archive, out)
    (tmp_path / "a" / "releases" / "0.jsonl").write_text(
        "".join(
            json.dumps(one) + "\n"
            for one in (
                record(1),
                record(
                    2,
                    version=2,
                    changes=[{"version": 2, "at": "2026-11-12T10:00:00+01:00", "kind": "correction", "note": "x"}],
                ),
            )
        )
    )
    assert lod("feed", archive, out).exit_code == 0
    proved = lod("verify", out, "--quick", "--jobs", 1)
    assert proved.exit_code == 0, proved.output
    assert "0 errors, 0 warnings" in proved.output


def test_check_holds_an_archive_against_what_was_published(tmp_path: Path) -> None:
    """What an export would refuse is said before it, and nothing is written."""
    stage = Stage(tmp_path)
    stage.export(record(1), record(2), record(4))
    stage.export(record(1), record(2), record(4, **step("cancel")))
    stage.write([record(1, title="Anders"), record(2, **step("update")), record(4, version=3), record(5)])
    before = tree(tmp_path)
    assert lod("check", stage.archive).exit_code == 0
    held = lod("check", stage.archive, "--against", stage.out, "--jobs", 1)
    assert held.exit_code == 1
    lines = held.output.splitlines()
    assert lines[0].startswith("releases/0.jsonl:1: version: content changed, version did not: version 1 of")
    assert lines[1].startswith(
        'releases/0.jsonl:3: status: "stadt/2017/4" was canceled with version 2, and that is final'
    )
    assert lines[2:] == ["4 records: 2 good, 2 refused, 0 warnings."]
    assert tree(tmp_path) == before


def test_check_needs_a_dump_with_a_ledger(tmp_path: Path) -> None:
    archive = make(tmp_path / "a", [record(1)])
    done = lod("check", archive, "--against", tmp_path / "out")
    assert done.exit_code == 2
    assert "ledger.sqlite: is not there: this dump does not know what it published" in done.output
