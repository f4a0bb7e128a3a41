"""The journal: whatever happened to the file, the rows that are read are rows that were told."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.dump.journal import line_of, read_lines, tell
from lod.errors import OutputError

ROWS = st.lists(st.dictionaries(st.sampled_from("äöü"), st.text() | st.integers(0, 9), max_size=2), max_size=5)


@given(ROWS, st.integers(0, 400))
def test_after_a_cut_the_whole_rows_are_there_and_more_can_be_told(rows: list[dict[str, object]], end: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "journal"
        for row in rows:
            tell(path, row)
        data = path.read_bytes() if rows else b""
        path.write_bytes(data[:end])
        kept = list(read_lines(path))
        assert kept == rows[: len(kept)]
        tell(path, {"neu": 1})
        assert list(read_lines(path)) in ([*kept, {"neu": 1}], [*rows[: len(kept) + 1], {"neu": 1}])


@given(ROWS, st.integers(0, 400), st.integers(1, 255))
def test_a_damaged_row_is_passed_over(rows: list[dict[str, object]], at: int, mask: int) -> None:
    data = bytearray(b"".join(map(line_of, rows)))
    if data:
        data[at % len(data)] ^= mask
    with TemporaryDirectory() as folder:
        path = Path(folder) / "journal"
        path.write_bytes(data)
        found = list(read_lines(path))
    assert all(row in rows for row in found)
    assert len(found) >= len(rows) - 2


def test_what_is_not_there_has_no_rows_and_a_folder_cannot_be_told(tmp_path: Path) -> None:
    assert list(read_lines(tmp_path / "fehlt")) == []
    with pytest.raises(OutputError, match="cannot be written"):
        tell(tmp_path, {})
