# ruff: noqa: E501 - examples stand in one line, whatever their length
from __future__ import annotations

from typing import Any

import pytest

from lod.ingest.blocks import blocks
from lod.ingest.contacts import read_contacts
from tests.ingest.reader import tongue


def _contacts(text: str, language: str = "de") -> list[dict[str, Any]]:
    return [contact for contact, _, _ in read_contacts(list(enumerate(blocks(text))), tongue(language))]


def test_one_of_several_lines() -> None:
    text = "Stadtwerke Ahrensmünde GmbH\nBirte Lornsen\nUnternehmenskommunikation\nKaistraße 40\n25999 Ahrensmünde\nT +49 4121 555-380\nbirte.lornsen@sw.example"
    assert _contacts(text) == [
        {
            "organisation": "Stadtwerke Ahrensmünde GmbH",
            "name": "Birte Lornsen",
            "phone": "+49 4121 555-380",
            "mail": "birte.lornsen@sw.example",
        }
    ]


def test_several_in_one_line() -> None:
    text = (
        "Auskünfte: Urs Käsermann, Regierungsrat, 032 555 71 00; Barbara Inäbnit, Leiterin Volksschulamt, 032 555 71 20"
    )
    assert [(each["name"], each["phone"], each["role"]) for each in _contacts(text)] == [
        ("Urs Käsermann", "032 555 71 00", "Regierungsrat"),
        ("Barbara Inäbnit", "032 555 71 20", "Leiterin Volksschulamt"),
    ]


def test_two_offices() -> None:
    text = "Staatsanwaltschaft Lindach\nMeike Trautwein\nTelefon: 07999 555-3001\n\nPolizeipräsidium Reusstal\nTelefon: 07999 555-1010"
    assert [(each["organisation"], each["phone"]) for each in _contacts(text)] == [
        ("Staatsanwaltschaft Lindach", "07999 555-3001"),
        ("Polizeipräsidium Reusstal", "07999 555-1010"),
    ]


@pytest.mark.parametrize(
    ("language", "text", "phone"),
    [
        ("de", "Tel. 0250/ 5550-230, Fax: -287", "0250/ 5550-230"),
        ("en", "CONTACT: Anne Marie Malecha, 202.225.4876", "202.225.4876"),
        ("en", "Kelley Harber (855) 698-5465 https://nextlink.example/", "(855) 698-5465"),
        ("es", "955 550 117 / 655 500 118", "955 550 117"),
        ("de", "Telefax 030 5559-2016, Telefon 030 5559-2010", "030 5559-2010"),
    ],
)
def test_telephones(language: str, text: str, phone: str) -> None:
    assert [each["phone"] for each in _contacts(text, language)] == [phone]


def test_a_role_in_the_next_line() -> None:
    assert _contacts("Dr. Alke Dirksen\nPressesprecher\nTelefon 0421 555-100") == [
        {"name": "Alke Dirksen", "role": "Pressesprecher", "phone": "0421 555-100"}
    ]


def test_an_address_behind_a_link() -> None:
    assert _contacts(
        "General inquiries: by phone 00 800 55 51 22 30 or by [email](mailto:info@eaiw.example)", "en"
    ) == [{"mail": "info@eaiw.example", "phone": "00 800 55 51 22 30"}]


@pytest.mark.parametrize(
    ("language", "line", "phone"),
    [
        ("nl", "team Communicatie, telefoon 0599 - 14 07 22", "0599 - 14 07 22"),
        ("de", "Hans Ott, Tel. (0 51 41) 12 - 345", "(0 51 41) 12 - 345"),
        ("de", "Hans Ott, Tel. 05141 12345 - 0170 1234567", "05141 12345"),
        ("de", "Hans Ott, Tel. 05141 12345 / 05141 12346", "05141 12345"),
    ],
)
def test_blanks_beside_a_dash_part_no_number(language: str, line: str, phone: str) -> None:
    assert _contacts(line, language)[0]["phone"] == phone


def test_an_office_is_no_role() -> None:
    [found] = _contacts("Stadt Lein: Hans Ott, 05141 12345")
    assert (found["organisation"], "role" in found) == ("Stadt Lein", False)
