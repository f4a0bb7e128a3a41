"""Items as they should be, read by a person line by line. LOD_GOLDEN=write writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from lxml import etree

from lod.formats.base import Piece
from tests.formats.newsml.house import House

FOLDER = Path(__file__).parent / "golden"
FILES = ("release.xml", "picture.xml", "package.xml")


def piece(house: House) -> Piece:
    record = yaml.safe_load((FOLDER / "release.yaml").read_text(encoding="utf-8"))
    return house.piece(house.release(**record))


def compared(data: bytes, name: str) -> None:
    golden = FOLDER / name
    if os.environ.get("LOD_GOLDEN") == "write":
        golden.write_bytes(data)
    assert data.decode() == golden.read_text(encoding="utf-8")


def test_the_items_are_as_they_were_read(newsroom: House) -> None:
    made = piece(newsroom)
    for name, data in zip(FILES, (made.data, *(one.data for one in made.others)), strict=True):
        compared(data, name)


def test_nitf_is_as_it_was_read(nitf: House) -> None:
    compared(piece(nitf).data, "release.nitf.xml")


@pytest.mark.parametrize("name", [*FILES, "release.nitf.xml"])
def test_they_are_valid(schema: etree.XMLSchema, name: str) -> None:
    schema.assertValid(etree.parse(str(FOLDER / name)))
