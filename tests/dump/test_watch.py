"""Span: between two embargoes time changes nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lod.dump.watch import Span

START = datetime(2026, 11, 25, tzinfo=UTC)
INSTANTS = st.integers(0, 20).map(lambda hours: START + timedelta(hours=hours))


@given(INSTANTS, st.lists(INSTANTS), INSTANTS)
def test_a_span_holds_as_long_as_the_same_embargoes_are_over(
    now: datetime, ends: list[datetime], later: datetime
) -> None:
    span = Span()
    for end in ends:
        span = span.narrowed(end, now)
    assert span.holds(now)
    assert span.holds(later) == ([end <= now for end in ends] == [end <= later for end in ends])
