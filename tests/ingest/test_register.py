from __future__ import annotations

from pathlib import Path

import pytest

from lod.errors import ConfigError, OutputError
from lod.ingest.register import NAME, Entry, Register

FIRST = Entry("../docs/b.md", "0" * 64, "releases/2020/b.md", "stadt/2020/b", "1" * 64)
SECOND = FIRST._replace(document="../docs/a.md", record="releases/2020/a.md")


def test_what_is_added_is_found_again(tmp_path: Path) -> None:
    with Register(tmp_path) as register:
        register.add(FIRST)
        register.add(SECOND)
    with Register(tmp_path) as register:
        assert register.document("../docs/b.md") == FIRST
        assert register.record("releases/2020/a.md") == SECOND
        assert register.document("../docs/c.md") is None


def test_the_bytes_do_not_depend_on_the_order(tmp_path: Path) -> None:
    for name, entries in (("x", (FIRST, SECOND)), ("y", (SECOND, FIRST, FIRST))):
        (tmp_path / name).mkdir()
        with Register(tmp_path / name) as register:
            for entry in entries:
                register.add(entry)
    assert (tmp_path / "x" / NAME).read_bytes() == (tmp_path / "y" / NAME).read_bytes()


def test_nothing_new_touches_nothing(tmp_path: Path) -> None:
    with Register(tmp_path) as register:
        register.add(FIRST)
    before = (tmp_path / NAME).stat().st_mtime_ns
    with Register(tmp_path) as register:
        register.add(FIRST)
    assert (tmp_path / NAME).stat().st_mtime_ns == before


def test_a_line_cut_by_a_crash_is_dropped(tmp_path: Path) -> None:
    with Register(tmp_path) as register:
        register.add(FIRST)
    with (tmp_path / NAME).open("a") as file:
        file.write('{"document": "../do')
    with Register(tmp_path) as register:
        assert register.document(FIRST.document) == FIRST
        register.add(SECOND)
    with Register(tmp_path) as register:
        assert register.document(SECOND.document) == SECOND


def test_a_broken_register_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / NAME).write_text("nonsense\n")
    with pytest.raises(ConfigError, match=r"sources/register.jsonl:1: not an entry"), Register(tmp_path):
        pass


def test_one_run_at_a_time(tmp_path: Path) -> None:
    with Register(tmp_path), pytest.raises(OutputError, match="another run"), Register(tmp_path):
        pass
    with Register(tmp_path):
        pass


def test_names_are_seen_from_the_archive(tmp_path: Path) -> None:
    register = Register(tmp_path / "archive")
    assert register.name(tmp_path / "docs" / "a.md") == "../docs/a.md"
