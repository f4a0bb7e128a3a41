from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from lod.archive import Archive
from lod.body import Block, render
from lod.formats.base import Piece, Setting
from lod.formats.ninjs import Serializer
from tests.body.blocks import exact_blocks
from tests.formats.newsml.conftest import house, make_archive, newsroom
from tests.formats.newsml.house import House
from tests.formats.newsml.test_media import PHOTO, STUDY
from tests.formats.newsml.test_serializer import FULL, kill

__all__ = ["house", "make_archive", "newsroom"]

IRI = "https://presse.example.org/release/stadt/2026/17"


@pytest.fixture(scope="module", name="valid")
def _valid(standards: Path) -> Draft202012Validator:
    schema = json.loads((standards / "ninjs" / "ninjs-schema_3.1.json").read_text(encoding="utf-8"))
    geojson = ("https://geojson.org/schema/GeoJSON.json", Resource.opaque(contents=True))
    registry: Registry[Any] = Registry().with_resources([geojson])
    return Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())


def piece(house: House, **fields: Any) -> Piece:
    serializer = Serializer(Setting({}, {}, house.archive))
    return serializer.encode(house.mapping.describe(house.release(**fields)))


def told(house: House, **fields: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(piece(house, **fields).data)
    return found


CONTACTS = [{"name": "E. Muster", "mail": "m@stadt.example"}, {"organisation": "Presseamt", "channel": "public"}]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        FULL,
        kill(),
        {**kill(), "status": "withheld", "changes": []},
        {"contacts": CONTACTS, "embargo": {"until": "2026-09-20T11:00:00+02:00"}, "attachments": [PHOTO, STUDY]},
    ],
)
def test_it_is_valid(house: House, newsroom: House, valid: Draft202012Validator, fields: dict[str, Any]) -> None:
    for one in (house, newsroom):
        valid.validate(told(one, **fields))


@given(blocks=exact_blocks)
def test_any_body_is_valid_and_whole(house: House, valid: Draft202012Validator, blocks: tuple[Block, ...]) -> None:
    body = render(blocks) + "\n\nEnde."
    found = told(house, body=body)
    valid.validate(found)
    assert found["bodies"][0]["value"] == house.release(body=body).text


def test_a_release(house: House) -> None:
    found = told(house, **FULL)
    assert piece(house, **FULL).path == "2026/stadt.2026.17_v1.json"
    assert (found["uri"], found["type"], found["version"]) == (IRI, "text", "1")
    assert found["headlines"][0]["value"] == "Städte fordern schnellere Bescheide"
    assert [one["rel"] for one in found["organisations"]] == ["issuer", "issuer", "issuer", "mentions"]
    assert found["located"] == "Beispielhausen, Musterstadt"
    assert {"role": "guid", "value": "urn:newsml:presse.example.org:20260101:stadt.2026.17"} in found["altIds"]
    assert [one["uri"][-8:] for one in found["subjects"] if one["rel"] == "about"] == ["20000612"]
    assert found["renditions"][0] == {
        "name": "print",
        "href": "https://stadt.example/pm.pdf",
        "contentType": "application/pdf",
        "sizeInBytes": 48213,
    }
    assert found["bodies"][1]["value"].startswith('<div xmlns="http://www.w3.org/1999/xhtml"')


def test_pictures_are_associations(house: House) -> None:
    (photo, study) = told(house, attachments=[PHOTO, STUDY])["associations"]
    assert (photo["type"], photo["renditions"][0]["width"]) == ("picture", 3000)
    assert photo["descriptions"][0]["value"] == PHOTO["caption"]
    assert (study["name"], study["type"]) == ("attachment-2", "text")


def test_contacts_for_newsrooms_are_for_newsrooms(house: House, newsroom: House) -> None:
    assert "m@stadt.example" not in piece(house, contacts=CONTACTS).data.decode()
    assert "m@stadt.example" in told(newsroom, contacts=CONTACTS)["edNote"]


@pytest.mark.parametrize("status", ["withheld", "canceled"])
def test_what_is_stopped_keeps_nothing_of_its_text(house: House, status: str) -> None:
    data = piece(house, **{**FULL, "status": status}).data.decode()
    assert json.loads(data)["pubStatus"] == status
    for gone in ("Bescheide", "Wohngeld", "Anna Beispiel", "einfachere", "pm.pdf", "mediatopic", "Musterstadt"):
        assert gone not in data


def test_an_older_archive_may_say_less(make_archive: Callable[[str], Archive]) -> None:
    found = told(House(make_archive("")))
    assert "bodies" not in found
    assert found["rightsInfo"] == {"linkedRights": "http://rightsstatements.org/vocab/CNE/1.0/"}
