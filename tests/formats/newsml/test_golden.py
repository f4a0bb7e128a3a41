"""One item as it should be, read by a person line by line. LOD_GOLDEN=write writes it anew."""

from __future__ import annotations

import os
from pathlib import Path

import yaml
from lxml import etree

from tests.formats.newsml.house import House

FOLDER = Path(__file__).parent / "golden"


def test_the_item_is_as_it_was_read(newsroom: House) -> None:
    record = yaml.safe_load((FOLDER / "release.yaml").read_text(encoding="utf-8"))
    piece = newsroom.piece(newsroom.release(**record))
    golden = FOLDER / "release.xml"
    if os.environ.get("LOD_GOLDEN") == "write":
        golden.write_bytes(piece.data)
    assert piece.data.decode() == golden.read_text(encoding="utf-8")


def test_it_is_valid(schema: etree.XMLSchema) -> None:
    schema.assertValid(etree.parse(str(FOLDER / "release.xml")))
