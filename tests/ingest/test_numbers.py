from __future__ import annotations

from datetime import date

import pytest

from lod.ingest.numbers import find_number, normalised
from tests.ingest.reader import tongue


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("de", "StGB NRW-Numm. 15/2017", "15/2017"),
        ("de", "Pressemitteilung Nr. 087 / 2019", "087 / 2019"),
        ("de", "Presseinformation 9/2020 vom 17.02.2020", "9/2020"),
        ("de", "PM 15/17", "15/17"),
        ("de", "PM 08-2021", "08-2021"),
        ("de", "Nr. 014 / 24. Februar 2025", "014"),
        ("de", "45/2022", "45/2022"),
        ("de", "Nr. P 61/17", "P 61/17"),
        ("de", "Pressemitteilung | 17. August 2022 | bvm22/1708", "bvm22/1708"),
        ("de", "Presseinformation 23 | 2020", "23 | 2020"),
        ("de", "+++ PRESSEMITTEILUNG +++ 045/2023 +++ 11. Mai 2023 +++", "045/2023"),
        ("de", "Presse-Information 3/XXI vom 5. Juni 2015", "3/XXI"),
        ("en", "Press Release Number: 18 - 360", "18 - 360"),
        ("en", "IP/24/1399", "IP/24/1399"),
        ("en", "NEWS RELEASE 19-042", "19-042"),
        ("en", "Ref: MR16-031", "MR16-031"),
        ("en", "Reference: DfR/2019/44", "DfR/2019/44"),
        ("fr", "N° 2024-123", "2024-123"),
        ("fr", "Communiqué de presse – n° 587", "587"),
        ("nl", "PERSMEDEDELING nr. 2018/07", "2018/07"),
        ("es", "Nota de prensa 112/2022", "112/2022"),
    ],
)
def test_numbers_of_letterheads(language: str, text: str, number: str) -> None:
    found = find_number(text, tongue(language))
    assert found is not None
    assert found.number == number
    assert text[found.start : found.end] == number


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "1 VB 17/18"),
        ("de", "Az.: Nr. 12 K 34/17"),
        ("de", "Drucksache Nr. 18/1234"),
        ("de", "Telefon 0250/ 5550-230"),
        ("en", "Judgment in Case No 218/22"),
        ("fr", "Communiqué du 3/11/2015"),
        ("de", "Pressemitteilung"),
        ("de", "MALEREI DES NORDENS 1880–1914"),
    ],
)
def test_files_of_courts_and_dates_are_no_numbers(language: str, text: str) -> None:
    assert find_number(text, tongue(language)) is None


@pytest.mark.parametrize(
    ("number", "issued", "value"),
    [
        ("15 / 17", date(2017, 7, 3), "15/2017"),
        ("01/20", date(2019, 12, 30), "01/2020"),
        ("14/23", None, "14/2023"),
        ("18 - 360", date(2018, 3, 23), "18-360"),
        ("P 61/17", date(2017, 9, 12), "61/2017"),
        ("IP/24/1399", date(2024, 3, 12), "IP/24/1399"),
    ],
)
def test_numbers_as_records_keep_them(number: str, issued: date | None, value: str) -> None:
    assert normalised(number, issued) == value
