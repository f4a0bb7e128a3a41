from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from lod.errors import VocabularyError
from lod.formats.newsml import crosswalk
from lod.formats.newsml.kinds import KINDS
from lod.formats.newsml.tables import compile_tables, read_tables
from lod.news.text import TextItem
from lod.release import Release, parts
from tests.formats.newsml.house import House

TABLE_FILES = ("item", "media", "package", "scheme", "catalog")
TABLES = ("newsItem", "rightsInfo", "itemMeta", "contentMeta", "contentSet")
XS = "{http://www.w3.org/2001/XMLSchema}"


def rows(name: str, file: str = "item") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read_tables(file)[name]
    return found


class Order:
    """The order a complex type of the schema gives its children: each name with the step it may stand on."""

    def __init__(self, path: Path) -> None:
        self._tree = etree.parse(str(path))

    def steps(self, kind: str, name: str) -> list[set[str]]:
        """One set of element names for each step; a choice that repeats is one step."""
        found: list[set[str]] = []
        self._walk(self._named(kind, name), found)
        return [step for step in found if step]

    def _named(self, kind: str, name: str) -> etree._Element:
        (found,) = self._tree.iterfind(f"{XS}{kind}[@name='{name}']")
        return found

    def _walk(self, node: etree._Element, found: list[set[str]]) -> None:
        for one in node.iterchildren():
            if one.tag == XS + "element":
                found.append({one.get("ref") or one.get("name") or ""})
            elif one.tag == XS + "choice":
                inner: list[set[str]] = []
                self._walk(one, inner)
                found.append(set().union(*inner))
            elif one.tag == XS + "group" and one.get("ref"):
                self._walk(self._named("group", one.get("ref") or ""), found)
            elif one.tag == XS + "extension" and one.get("base") == "AnyItemType":
                self._walk(self._named("complexType", "AnyItemType"), found)
                self._walk(one, found)
            elif one.tag != XS + "annotation":
                self._walk(one, found)


KINDS_OF_ELEMENTS = {
    "newsItem": "element",
    "packageItem": "element",
    "rightsInfo": "complexType",
    "itemMeta": "complexType",
    "contentMeta": "complexType",
    "contentSet": "element",
    "knowledgeItem": "element",
    "catalogItem": "element",
}
NAMES = {"rightsInfo": "RightsInfoType", "itemMeta": "ItemMetadataType", "contentMeta": "ContentMetadataAfDType"}


@pytest.mark.parametrize(("file", "table"), [(file, table) for file in TABLE_FILES for table in read_tables(file)])
def test_the_tables_stand_in_the_order_of_the_schema(standards: Path, file: str, table: str) -> None:
    schema = Order(standards / "newsml-g2" / "NewsML-G2_2.35-spec-All-Power.xsd")
    order = schema.steps(KINDS_OF_ELEMENTS[table], NAMES.get(table, table))
    at = 0
    for row in rows(table, file):
        while at < len(order) and row["element"] not in order[at]:
            at += 1
        assert at < len(order), f"{row['element']} is out of order in {table}"


def test_every_row_can_be_written() -> None:
    known = {"element", "of", "text", "set", "as", "table", "bare", "kept", "since", "fields", "means"}
    for row in (row for file in TABLE_FILES for name in read_tables(file) for row in rows(name, file)):
        assert set(row) <= known, row
        assert row.get("as", "text") in KINDS
        assert row.get("table") or "catalog" in row["element"] or row["means"].endswith("."), row


def test_every_field_exists_in_the_record() -> None:
    names = {*Release.model_fields}
    for field in crosswalk():
        first, _, rest = field.partition(".")
        assert first in names, field
        if rest:
            classes = [cls for cls in vars(parts).values() if isinstance(cls, type) and hasattr(cls, "model_fields")]
            assert any(rest in cls.model_fields for cls in classes), field


def test_the_crosswalk_tells_fields_apart() -> None:
    paths = crosswalk()
    assert paths["title"].split(", ") == [
        "itemMeta/title",
        "contentMeta/headline[@role='headlinerole:title']",
        "contentSet/inlineXML",
    ]
    assert paths["people"] == "contentMeta/subject[@type='cpnat:person'], assert"
    assert paths["attachments.caption"] == "(contentMeta/description[@role='drol:caption'])"
    assert paths["rights.holder"] == "rightsInfo/copyrightHolder"


def test_what_the_record_says_goes_somewhere() -> None:
    """Fields without a place of their own are parts of the identity, or say how a field is to be read."""
    placed = {field.partition(".")[0] for field in crosswalk()}
    assert set(Release.model_fields) - placed == {"series"}


def test_main_headline_and_what_stays_after_a_kill() -> None:
    headlines = [row for row in rows("contentMeta") if row["element"] == "headline"]
    assert headlines[0]["set"]["rank"] == "1"
    kept = {row["element"] for name in TABLES for row in rows(name) if row.get("kept")}
    assert kept.isdisjoint({"description", "located", "keyword", "subject", "dateline", "inlineXML", "remoteContent"})


def test_a_code_that_no_table_has_is_named(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = read_tables("item")
    raw["itemMeta"][0]["set"] = {"qcode": "ninat:tex"}
    monkeypatch.setattr("lod.formats.newsml.tables.read_tables", lambda _name: raw)
    with pytest.raises(VocabularyError, match=r'newsml/item\.toml: itemClass: unknown code "ninat:tex", did you mean'):
        compile_tables("item", TextItem, house.serializer._house.codes, "2.35")


def test_an_alias_that_no_catalog_declares_is_named(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = read_tables("item")
    raw["itemMeta"][0]["set"] = {"qcode": "language:de"}
    monkeypatch.setattr("lod.formats.newsml.tables.read_tables", lambda _name: raw)
    with pytest.raises(VocabularyError, match='no catalog declares the alias of "language:de"'):
        compile_tables("item", TextItem, house.serializer._house.codes, "2.35")


def test_a_property_that_items_do_not_have_is_named(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = read_tables("item")
    raw["itemMeta"][1]["of"] = "sender"
    monkeypatch.setattr("lod.formats.newsml.tables.read_tables", lambda _name: raw)
    with pytest.raises(VocabularyError, match="sender: an item has no such property"):
        compile_tables("item", TextItem, house.serializer._house.codes, "2.35")
