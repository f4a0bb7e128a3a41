from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from lod.errors import RecordError
from lod.news.moments import Calendar, Moments
from lod.release import Defaults, Release

BERLIN = ZoneInfo("Europe/Berlin")
DEFAULTS = Defaults("de", BERLIN)


def release(**fields: Any) -> Release:
    return Release.model_validate({"id": "a/1", "title": "T", "issuers": ["a"], **fields}, context=DEFAULTS)


def moments(known: str | None = None, **fields: Any) -> Moments:
    """The dates of a record in an archive that knows when its records were made, or does not."""
    return Calendar(at(known) if known else None, BERLIN).moments(release(**fields))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_the_record_says_when_it_was_made() -> None:
    found = moments("2026-11-02T09:00:00+01:00", issued="2026-09-14", recorded="2026-09-15T08:00:00+02:00")
    made = at("2026-09-15T08:00:00+02:00")
    assert found == Moments(made, made, date(2026, 9, 14), None)


@pytest.mark.parametrize(
    ("fields", "known", "first"),
    [
        ({"source": {"retrieved": "2026-09-16T08:00:00Z"}, "issued": "2026-09-14"}, None, "2026-09-16T08:00:00+00:00"),
        ({"issued": "2026-09-14T10:00:00+02:00"}, "2026-11-02T09:00:00+01:00", "2026-09-14T10:00:00+02:00"),
        ({"issued": "2026-09-14"}, "2026-11-02T09:00:00+01:00", "2026-11-02T09:00:00+01:00"),
        ({"issued": "2026-09-14"}, None, "2026-09-14T00:00:00+02:00"),
        ({"issued": "2026-12-14"}, None, "2026-12-14T00:00:00+01:00"),
        ({"issued": "2026-12-14"}, "2026-11-02T09:00:00+01:00", "2026-12-14T00:00:00+01:00"),
        ({}, "2026-11-02T09:00:00+01:00", "2026-11-02T09:00:00+01:00"),
    ],
)
def test_where_the_first_instant_comes_from(fields: dict[str, Any], known: str | None, first: str) -> None:
    found = moments(known, **fields)
    assert (found.first.isoformat(), found.version) == (first, found.first)


def test_without_any_date_there_is_no_item() -> None:
    with pytest.raises(RecordError, match=r"a/1: recorded: missing: .* archive\.toml can set `recorded`"):
        moments()


def test_a_new_version_keeps_the_first_instant() -> None:
    change = {"version": 2, "at": "2026-09-15T13:20:00+02:00", "kind": "correction", "note": "8 statt 7 Uhr"}
    found = moments(issued="2026-09-14T09:00:00+02:00", version=2, changes=[change])
    assert found.first == at("2026-09-14T09:00:00+02:00")
    assert (found.version, found.modified) == (at("2026-09-15T13:20:00+02:00"), at("2026-09-15T13:20:00+02:00"))


def test_a_text_recorded_before_its_issue_is_not_younger_than_its_version() -> None:
    found = moments(issued="2026-09-14T11:00:00+02:00", id="a/1", source={"retrieved": "2026-09-13T22:00:00Z"})
    assert found.created == found.version == at("2026-09-13T22:00:00+00:00")
    assert moments(issued="2026-09-20", source={"retrieved": "2026-09-13T22:00:00Z"}).created == date(2026, 9, 13)


def test_a_version_is_not_older_than_its_text() -> None:
    found = moments(issued="2026-09-14", modified="2026-09-16")
    assert (found.version.isoformat(), found.modified) == ("2026-09-16T00:00:00+02:00", date(2026, 9, 16))


def test_a_kill_is_no_change_of_the_text() -> None:
    change = {"version": 2, "at": "2026-09-15T13:20:00+02:00", "kind": "cancel", "note": "falsch"}
    found = moments(issued="2026-09-14", version=2, status="canceled", changes=[change])
    assert (found.version, found.modified) == (at("2026-09-15T13:20:00+02:00"), None)


this_year = st.dates(date(2026, 1, 1), date(2026, 12, 31))
days = this_year.map(date.isoformat)
seconds = st.times().map(lambda one: one.replace(microsecond=0))
instants = st.builds(datetime.combine, this_year, seconds, st.sampled_from([BERLIN, UTC])).map(datetime.isoformat)
steps = st.tuples(instants, st.sampled_from(["update", "correction", "withhold", "reinstate"]))


@given(
    issued=st.none() | days | instants,
    modified=st.none() | days | instants,
    recorded=st.none() | instants,
    retrieved=st.none() | instants,
    known=st.none() | instants,
    changed=st.lists(steps, max_size=3),
)
def test_the_order_always_holds(
    issued: str | None,
    modified: str | None,
    recorded: str | None,
    retrieved: str | None,
    known: str | None,
    changed: list[tuple[str, str]],
) -> None:
    """What receivers check (IPTC guide): firstCreated <= versionCreated, created <= modified <= version."""
    changed = sorted(changed, key=lambda one: datetime.fromisoformat(one[0]))
    status = "withheld" if changed and changed[-1][1] == "withhold" else "usable"
    try:
        found = moments(
            known,
            issued=issued,
            modified=modified,
            recorded=recorded,
            source={"retrieved": retrieved} if retrieved else None,
            version=len(changed) + 1,
            status=status,
            changes=[
                {"version": n, "at": when, "kind": kind, "note": "…"} for n, (when, kind) in enumerate(changed, 2)
            ],
        )
    except (RecordError, ValidationError):
        return
    assert found.first <= found.version
    ladder = [one for one in (found.created, found.modified, found.version) if one is not None]
    for earlier, later in pairwise(ladder):
        assert not _later(earlier, later)
    assert isinstance(found.created, datetime) <= (issued is not None and "T" in issued)


def _later(one: date, other: date) -> bool:
    """Whether one is later, as the strictest reader sees it: a mere day begins at midnight."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one > other
    if isinstance(one, datetime):
        return one.date() >= other
    return one > (other.date() if isinstance(other, datetime) else other)
