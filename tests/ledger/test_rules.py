"""The rules between exports, one by one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from lod.errors import RecordError
from lod.ledger import Now, Past, digest_of, judge, shown
from lod.release import Defaults, Release

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
PAST = Past(1, "usable", "aa" * 32, "2026-11-02T09:00:00+01:00", "2026-11-02T09:00:00+01:00", fed=True)


def release(**fields: Any) -> Release:
    base = {"number": "1/2017", "title": "Titel", "issuers": ["stadt"], "issued": "2017-07-03", "body": "Text."}
    return Release.model_validate({**base, **fields}, context=Defaults("de", ZoneInfo("Europe/Berlin"), None))


def change(version: int, kind: str, at: str = "2026-11-12T10:00:00+01:00") -> dict[str, Any]:
    return {"version": version, "at": at, "kind": kind, "note": "x"}


@pytest.mark.parametrize(
    ("fields", "known", "expected"),
    [
        ({}, False, True),
        ({"status": "withheld"}, False, False),
        ({"status": "withheld"}, True, True),
        ({"status": "canceled"}, False, True),
        ({"embargo": {"until": "2026-11-25T12:00:00Z"}}, False, True),
        ({"embargo": {"until": "2026-11-25T12:00:01Z"}}, False, False),
        ({"embargo": {"note": "bis zur Rede"}}, False, False),
        ({"embargo": {"note": "bis zur Rede"}, "status": "canceled"}, False, False),
        ({"embargo": {"note": "bis zur Rede"}, "status": "canceled"}, True, True),
    ],
)
def test_what_shows(fields: dict[str, Any], known: bool, expected: bool) -> None:
    assert shown(release(**fields), NOW, PAST if known else None) is expected


@pytest.mark.parametrize(
    ("until", "expected"), [("2026-11-12T10:00:00+01:00", True), ("2026-11-12T10:00:01+01:00", False)]
)
def test_a_kill_shows_only_where_the_release_did(until: str, expected: bool) -> None:
    killed = release(version=2, status="canceled", changes=[change(2, "cancel")], embargo={"until": until})
    assert shown(killed, NOW, None) is expected


@pytest.mark.parametrize(
    ("fields", "past", "now", "fault"),
    [
        ({}, PAST._replace(status="canceled"), {}, "status: .* canceled with version 1, and that is final"),
        ({}, PAST._replace(version=2), {}, "version: is 1, but version 2 .* versions only grow"),
        (
            {},
            PAST,
            {"digest": "bb" * 32},
            "version: content changed, version did not: .* as aaaaaaaa and is now bbbbbbbb",
        ),
        ({}, PAST, {"first": datetime(2026, 11, 1, tzinfo=UTC)}, "recorded: .* that never changes"),
        ({"version": 2}, PAST, {}, "changes: version 2 .* not after version 1"),
    ],
)
def test_what_cannot_go_on(fields: dict[str, Any], past: Past, now: dict[str, Any], fault: str) -> None:
    made = datetime(2026, 11, 2, 8, tzinfo=UTC)
    today = Now("aa" * 32, made, made)._replace(**now)
    with pytest.raises(RecordError, match=fault) as raised:
        judge(release(**fields), today, past)
    assert "stadt/2017/1" in raised.value.reason


def test_what_can_go_on() -> None:
    made = datetime(2026, 11, 2, 8, tzinfo=UTC)
    judge(release(), Now("aa" * 32, made, made), PAST)
    judge(release(), Now("bb" * 32, None, None), PAST._replace(fed=False))
    judge(release(version=2), Now("bb" * 32, made, made.replace(hour=9)), PAST)


def test_the_digest_is_of_what_is_said() -> None:
    digest = digest_of(release())
    assert digest_of(release()) == digest
    assert digest_of(release(keywords=[])) == digest
    assert digest_of(release(source={"file": "a.md", "retrieved": "2026-01-01T00:00:00Z"})) == digest_of(
        release(source={})
    )
    for edit in ({"title": "Titel."}, {"keywords": ["a"]}, {"issued": "2017-07-04"}, {"contacts": [{"phone": "1"}]}):
        assert digest_of(release(**edit)) != digest
