"""Staging: an old dump stays whole until the new one is, and nobody else's folder is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from lod.dump.lock import holding
from lod.dump.stage import publish, report_folder, staging
from lod.errors import OutputError

OLD = '{\n  "manifest": 1,\n  "alt": true\n}\n'


def fill(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_a_new_dump_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    out = tmp_path / "out"
    fill(out, manifest_json=OLD, turtle__2016_ttl="alt", turtle__2017_ttl="alt")
    with staging(out) as stage:
        fill(stage / "dump", manifest_json="neu", turtle__2017_ttl="neu", jsonld__2017_jsonld="neu")
        publish(stage / "dump", out)
    found = {str(path.relative_to(out)): path.read_text() for path in out.rglob("*") if path.is_file()}
    assert found == {"manifest.json": "neu", "turtle/2017.ttl": "neu", "jsonld/2017.jsonld": "neu"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_failed_export_leaves_the_old_dump(tmp_path: Path) -> None:
    out = tmp_path / "out"
    fill(out, manifest_json=OLD, turtle__2017_ttl="alt")

    def fail() -> None:
        with staging(out) as stage:
            fill(stage / "dump", manifest_json="neu")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert (out / "manifest.json").read_text() == OLD
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "Dokumente"
    fill(out, brief_txt="wichtig")
    with pytest.raises(OutputError, match="not written by an export"), staging(out):
        pass  # pragma: no cover - the block is never entered
    assert (out / "brief.txt").read_text() == "wichtig"


@pytest.mark.parametrize("out", [".", "..", "/", "a/.."])
def test_a_folder_without_a_name_is_refused(out: str) -> None:
    with pytest.raises(OutputError, match="has no name"), holding(Path(out)):
        pass  # pragma: no cover - the block is never entered


def test_a_manifest_of_something_else_makes_no_dump(tmp_path: Path) -> None:
    """A web site has a manifest.json, too; to take its folder for a dump would delete the site."""
    out = tmp_path / "www"
    fill(out, manifest_json='{"name": "Stadt", "icons": []}', index_html="<p>")
    with pytest.raises(OutputError, match="not written by an export"), staging(out):
        pass  # pragma: no cover - the block is never entered
    assert (out / "index.html").exists()


def test_what_is_private_lies_beside_the_dump() -> None:
    assert report_folder(Path("build/export")) == Path("build/export.report")


def test_what_somebody_laid_beside_the_dump_is_theirs(tmp_path: Path) -> None:
    out = tmp_path / "out"
    fill(out, manifest_json='{\n  "manifest": 1', turtle__2016_ttl="alt", index_html="Startseite", bilder__a_png="Bild")
    with staging(out) as stage:
        fill(stage / "dump", manifest_json="neu", turtle__2017_ttl="neu")
        publish(stage / "dump", out)
    found = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}
    assert found == {"manifest.json", "turtle/2017.ttl", "index.html", "bilder/a.png"}
