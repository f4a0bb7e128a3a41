from __future__ import annotations

from datetime import date, time

import pytest

from lod.ingest.dates import find_days, find_time, is_american
from tests.ingest.reader import tongue


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "Berlin, 3. Juli 2017", date(2017, 7, 3)),
        ("de", "Mittwoch, den 03.07.17", date(2017, 7, 3)),
        ("de", "Mi, 15.Jän 2020", date(2020, 1, 15)),
        ("de", "29 SEPTEMBER 2016:", date(2016, 9, 29)),
        ("de", "am 2019-02-05", date(2019, 2, 5)),
        ("en", "Friday, March 23, 2018", date(2018, 3, 23)),
        ("en", "3rd of July 2017", date(2017, 7, 3)),
        ("en", "Sept. 9, 2020", date(2020, 9, 9)),
        ("fr", "Paris, le 1er octobre 2019", date(2019, 10, 1)),
        ("fr", "14 novembre 2022", date(2022, 11, 14)),
        ("nl", "dinsdag 6 oktober 2015", date(2015, 10, 6)),
        ("es", "3 de mayo de 2021", date(2021, 5, 3)),
        ("it", "11 marzo 2022", date(2022, 3, 11)),
        ("pl", "12 marca 2020 r.", date(2020, 3, 12)),
        ("da", "5. maj 2021", date(2021, 5, 5)),
        ("fi", "3. heinäkuuta 2017", date(2017, 7, 3)),
    ],
)
def test_days_as_languages_write_them(language: str, text: str, value: date) -> None:
    assert [day.value for day in find_days(text, tongue(language), "dmy")] == [value]


def test_the_order_of_numbers_is_the_issuers() -> None:
    assert find_days("01/06/12", tongue("en"), "mdy")[0].value == date(2012, 1, 6)
    assert find_days("01/06/12", tongue("en"), "dmy")[0].value == date(2012, 6, 1)
    assert find_days("03/23/2018", tongue("en"), "dmy")[0].value == date(2018, 3, 23), "there is no 23rd month"


@pytest.mark.parametrize("text", ["31.02.2020", "1.2.3.4", "0250/5550-230", "17/18", "Version 3.7.2017.1"])
def test_what_is_no_day(text: str) -> None:
    assert find_days(text, tongue("de"), "dmy") == []


def test_a_time_behind_the_day_belongs_to_it() -> None:
    day = find_days("12.11.2018 – 14:37", tongue("de"), "dmy")[0]
    assert (day.value, day.time) == (date(2018, 11, 12), time(14, 37))
    assert find_days("3. Juli 2017, 10 Uhr", tongue("de"), "dmy")[0].time == time(10)
    assert find_days("3. Juli 2017 und 214 Gäste", tongue("de"), "dmy")[0].time is None


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "11.00 Uhr", time(11)),
        ("en", "00.01 BST", time(0, 1)),
        ("en", "0001 hrs", time(0, 1)),
        ("en", "2.30 p.m.", time(14, 30)),
        ("en", "12 noon", time(12)),
        ("fr", "à 11h00", time(11)),
        ("fr", "18 heures", time(18)),
        ("nl", "06.00 uur", time(6)),
        ("es", "a las 17:00 h", time(17)),
    ],
)
def test_times(language: str, text: str, value: time) -> None:
    assert find_time(text, tongue(language)) == value


def test_american_texts_are_known_by_their_habits() -> None:
    assert is_american("FOR IMMEDIATE RELEASE, (555) 420-1199, $800,000", tongue("en"))
    assert not is_american("The programme costs £4.2 million. Call 020 7555 0142.", tongue("en"))
