from __future__ import annotations

from pathlib import Path

from lod.ingest.document import Unreadable
from lod.ingest.walk import documents


def _make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


def test_folders_in_order_of_names(tmp_path: Path) -> None:
    _make(tmp_path, "b.md", "a/z.html", "a/c.txt", "d.json", ".hidden.md", ".git/x.md", "a.truth.json", "e.PDF")
    found = [path.relative_to(tmp_path).as_posix() for path in documents([tmp_path])]
    assert found == ["a/c.txt", "a/z.html", "b.md", "e.PDF"]


def test_a_named_file_is_a_document_whatever_it_is(tmp_path: Path) -> None:
    _make(tmp_path, "a.xyz")
    assert list(documents([tmp_path / "a.xyz", tmp_path / "missing.md"])) == [
        tmp_path / "a.xyz",
        tmp_path / "missing.md",
    ]


def test_each_document_once(tmp_path: Path) -> None:
    _make(tmp_path, "a/b.md")
    assert list(documents([tmp_path / "a", tmp_path / "a" / "b.md", tmp_path])) == [tmp_path / "a" / "b.md"]


def test_links_are_followed_and_loops_are_told(tmp_path: Path) -> None:
    _make(tmp_path, "docs/a.md", "elsewhere/b.md")
    (tmp_path / "docs" / "linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "docs" / "loop").symlink_to(tmp_path / "docs")
    found = list(documents([tmp_path / "docs"]))
    assert found[:2] == [tmp_path / "docs" / "a.md", tmp_path / "docs" / "linked" / "b.md"]
    assert isinstance(found[2], Unreadable)
    assert found[2].reason == "a link to a folder above it"
    assert len(found) == 3
