"""Identity: a release is named after its number and year, never after an order."""

from __future__ import annotations

from datetime import date

import pytest

from lod.identity import number_key, release_path, sort_key


@pytest.mark.parametrize(
    ("number", "issued", "expected"),
    [
        ("15/2017", None, ("2017", "15")),
        ("15/2017", date(2018, 1, 2), ("2017", "15")),
        ("15 / 17", date(2017, 7, 3), ("2017", "15")),
        ("1/18", date(2017, 12, 30), ("2018", "1")),
        ("98/99", date(2000, 1, 3), ("1999", "98")),
        ("18 - 476", date(2018, 4, 13), ("2018", "18-476")),
        ("15/17", date(2024, 1, 1), ("2024", "15-17")),
        ("II/4a", date(2024, 1, 1), ("2024", "ii-4a")),
        ("4711", None, None),
        ("15/17", None, None),
    ],
)
def test_number_and_year(number: str, issued: date | None, expected: tuple[str, str] | None) -> None:
    assert number_key(number, issued) == expected


def test_a_series_counts_for_itself() -> None:
    assert release_path("stgb-nrw", "15/2017", None, "mitteilung") == "stgb-nrw/2017/mitteilung-15"


def test_two_comes_before_ten() -> None:
    paths = ["a/2017/10", "a/2017/2", "a/2017/1"]
    assert sorted(paths, key=sort_key) == ["a/2017/1", "a/2017/2", "a/2017/10"]
