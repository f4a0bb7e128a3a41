from __future__ import annotations

import locale
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.harvest.dates import reader_of
from lod.harvest.languages import languages

CEST = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("iso", "2017-07-03", date(2017, 7, 3)),
        ("iso", "2017-07-03T10:00:00+02:00", datetime(2017, 7, 3, 10, tzinfo=CEST)),
        ("iso", "2017-07-03 10:00", datetime(2017, 7, 3, 10)),  # noqa: DTZ001 - the archive names the zone
        ("epoch", "1499068800", datetime(2017, 7, 3, 8, tzinfo=UTC)),
        ("epoch", "-1.5", datetime(1969, 12, 31, 23, 59, 58, 500000, tzinfo=UTC)),
        ("%d.%m.%Y", "3.7.2017", date(2017, 7, 3)),
        ("%d.%m.%y", "03.07.17", date(2017, 7, 3)),
        ("%d.%m.%y", "03.07.69", date(1969, 7, 3)),
        ("%d. %B %Y", "3. Juli 2017", date(2017, 7, 3)),
        ("%d. %B %Y", "3.  März\n2017", date(2017, 3, 3)),
        ("%A, %d. %b %Y", "Montag, 3. Sept. 2017", date(2017, 9, 3)),
        ("%A, %B %d, %Y", "Monday, July 3, 2017", date(2017, 7, 3)),
        ("%d %B %Y", "14 août 2018", date(2018, 8, 14)),
        ("%B %Y", "Juli 2017", date(2017, 7, 1)),
        ("%d.%m.%Y, %H:%M Uhr", "03.07.2017, 9:05 Uhr", datetime(2017, 7, 3, 9, 5)),  # noqa: DTZ001 - as above
        ("%m/%d/%Y %I:%M %p", "07/03/2017 12:30 a.m.", datetime(2017, 7, 3, 0, 30)),  # noqa: DTZ001 - as above
        ("%m/%d/%Y %I:%M %p", "07/03/2017 1:30 PM", datetime(2017, 7, 3, 13, 30)),  # noqa: DTZ001 - as above
        ("%Y%m%dT%H%M%S%z", "20170703T100000+0200", datetime(2017, 7, 3, 10, tzinfo=CEST)),
        ("%d.%m.%Y (100%%)", "03.07.2017 (100%)", date(2017, 7, 3)),
    ],
)
def test_dates_as_printed(pattern: str, text: str, expected: date) -> None:
    found = reader_of(pattern, languages().months)(text)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("iso", "3. Juli"),
        ("iso", "2017-02-30"),
        ("epoch", "gestern"),
        ("epoch", "1e300"),
        ("%d.%m.%Y", "31.02.2017"),
        ("%d.%m.%Y", "3.7.2017 um neun"),
        ("%d. %B %Y", "3. Jolly 2017"),
        ("%H:%M %d.%m.%Y", "25:00 03.07.2017"),
    ],
)
def test_what_does_not_fit(pattern: str, text: str) -> None:
    assert reader_of(pattern, languages().months)(text) is None


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_comes_back(day: date) -> None:
    for tag in ("de", "fr", "ru"):
        name = next(name for name, number in _months(tag) if number == day.month)
        assert reader_of("%d. %B %Y", languages().months)(f"{day.day}. {name.title()} {day.year}") == day


def _months(tag: str) -> list[tuple[str, int]]:
    first = {"de": "januar", "fr": "janvier", "ru": "января"}[tag]
    names = list(languages().months.items())
    at = next(index for index, (name, _) in enumerate(names) if name == first)
    wanted = {"de": ("januar", "märz", "mai", "dezember"), "fr": ("janvier", "août"), "ru": ("января", "августа")}[tag]
    found = [(name, number) for name, number in names if name in wanted]
    return found + [pair for pair in names[at:] if pair[1] not in {number for _, number in found}]


def test_the_locale_of_the_machine_does_not_matter() -> None:
    before = locale.setlocale(locale.LC_TIME)
    try:
        locale.setlocale(locale.LC_TIME, "de_DE.UTF-8")
    except locale.Error:
        pytest.skip("no German locale")
    try:
        assert reader_of("%d %B %Y", languages().months)("3 July 2017") == date(2017, 7, 3)
    finally:
        locale.setlocale(locale.LC_TIME, before)
