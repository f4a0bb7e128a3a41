"""`lod feed` and `lod export` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from lod.cli import main
from tests.dump.archives import make, record


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
