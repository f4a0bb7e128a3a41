from __future__ import annotations

from lod.ingest.singles import doubled


def test_single_marks_become_double_where_there_are_no_others() -> None:
    found = doubled([(0, "‘We’re proud of it,’ she said. ‘The farmers’ hedges are warm.’")])
    assert found == [(0, "“We’re proud of it,” she said. “The farmers’ hedges are warm.”")]


def test_a_mark_that_is_never_closed_stays_open() -> None:
    assert doubled([(0, "said: ‘It’s a start."), (1, "‘It’s an end.’")])[0] == (0, "said: “It’s a start.")


def test_marks_inside_of_others_stay() -> None:
    text = [(0, "“He said ‘no’ and ‘never’ to me,” she said. “And ‘why’?”")]
    assert doubled(text) == text


def test_apostrophes_are_no_marks() -> None:
    text = [(0, "In ’s-Gravenhage it's 5 o'clock; that's the boys' hour.")]
    assert doubled(text) == text
