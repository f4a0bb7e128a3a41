from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from lod.ingest.embargo import find_embargo, zone_of
from tests.ingest.reader import tongue

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("language", "text", "until"),
    [
        ("de", "Sperrfrist: Donnerstag, 14. März 2019, 11.00 Uhr", "2019-03-14T11:00"),
        ("de", "Frei ab 3. Juli 2017, 18 Uhr", "2017-07-03T18:00"),
        ("en", "EMBARGOED UNTIL 00.01 BST ON THURSDAY 19 JULY 2018", "2018-07-19T00:01"),
        ("en", "EMBARGO: NOT FOR PUBLICATION OR BROADCAST BEFORE 22:30 ON SUNDAY 5 FEBRUARY 2023", "2023-02-05T22:30"),
        ("fr", "Sous embargo jusqu'au mardi 12 septembre 2023 à 11h00", "2023-09-12T11:00"),
        ("nl", "ONDER EMBARGO TOT WOENSDAG 4 OKTOBER 2023, 06.00 UUR", "2023-10-04T06:00"),
        ("es", "EMBARGADO HASTA EL JUEVES 12 DE MARZO DE 2020 A LAS 17:00 H", "2020-03-12T17:00"),
    ],
)
def test_ends(language: str, text: str, until: str) -> None:
    found = find_embargo(text, tongue(language), "dmy", None, BERLIN)
    assert found is not None
    assert found.until == datetime.fromisoformat(until).replace(tzinfo=BERLIN)


def test_an_hour_alone_is_of_the_day_of_issue() -> None:
    found = find_embargo("Sperrfrist: 10 Uhr", tongue("de"), "dmy", date(2017, 7, 3), BERLIN)
    assert found is not None
    assert found.until == datetime(2017, 7, 3, 10, tzinfo=BERLIN)


def test_an_end_that_no_clock_knows_is_a_note() -> None:
    found = find_embargo(
        "Sperrfrist: Beginn der Rede – Es gilt das gesprochene Wort", tongue("de"), "dmy", None, BERLIN
    )
    assert found is not None
    assert (found.until, found.note) == (None, "Sperrfrist: Beginn der Rede – Es gilt das gesprochene Wort")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Sperrfrist: keine"),
        ("en", "FOR IMMEDIATE RELEASE"),
        ("en", "The embargo on arms was lifted by the Council in May."),
        ("es", "Sin embargo, la alcaldesa no quiso comentarlo."),
    ],
)
def test_what_is_no_embargo(language: str, text: str) -> None:
    assert find_embargo(text, tongue(language), "dmy", None, BERLIN) is None


def test_zones_of_issuers() -> None:
    english = tongue("en")
    assert zone_of("EMBARGOED UNTIL 9 AM EST", english, american=False).key == "America/New_York"
    assert zone_of("Brussels, 3 July 2017", english, american=False).key == "Europe/Brussels"
    assert zone_of("The Welsh Government", english, american=False).key == "Europe/London"
    assert zone_of("PORT ALDEN -", english, american=True).key == "America/New_York"
    assert zone_of("Wien", tongue("de"), american=False).key == "Europe/Berlin"
