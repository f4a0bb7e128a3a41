from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lod.ingest.naming import identified, record_file, source_of
from lod.release import Release
from tests.ingest.test_document import _open

TITLE = "Öffnungszeiten des Bürgerbüros ändern sich zum nächsten Jahreswechsel"


@pytest.mark.parametrize(
    ("record", "identity", "explicit"),
    [
        ({"number": "15/2017", "issuers": ["stgb-nrw"]}, "stgb-nrw/2017/15", False),
        ({"number": "15/2017", "issuers": [{"name": "StGB", "authority": "stgb-nrw"}]}, "stgb-nrw/2017/15", False),
        ({"number": "15/2017", "series": "pm", "issuers": ["a"], "publisher": "b"}, "b/2017/pm-15", False),
        ({"number": "15/2017", "issuers": [{"name": "Stadt Größe"}]}, "stadt-groesse/2017/15", True),
        ({"number": "7", "issued": "2020-05-03", "issuers": [{"name": "Stadt"}]}, "stadt/2020/7", True),
        ({"number": "7", "issuers": ["stadt"]}, "stadt/undated/7", True),
        (
            {"issued": "2020-05-03T10:00:00+02:00", "issuers": ["stadt"]},
            "stadt/2020/0503-oeffnungszeiten-des-buergerbueros-aendern-sich",
            True,
        ),
        (
            {"issued": date(2020, 5, 3), "issuers": ["stadt"]},
            "stadt/2020/0503-oeffnungszeiten-des-buergerbueros-aendern-sich",
            True,
        ),
        ({"issuers": ["stadt"]}, "stadt/undated/oeffnungszeiten-des-buergerbueros-aendern-sich", True),
        ({"id": "x/2020/y", "issuers": ["stadt"]}, "x/2020/y", True),
    ],
)
def test_identities(record: dict[str, Any], identity: str, explicit: bool) -> None:
    found, path, checks = identified({"title": TITLE, "language": "de"} | record, "archiv")
    assert path == identity
    assert found.get("id") == (identity if explicit else None)
    assert checks == []
    assert Release.model_validate(found).path == identity


def test_without_an_issuer_the_publisher_stands_in_and_is_marked() -> None:
    found, path, checks = identified({"title": TITLE, "issued": "2020-05-03"}, "archiv")
    assert found["issuers"] == ["archiv"]
    assert path.startswith("archiv/2020/0503-")
    assert [check.field for check in checks] == ["issuers"]


@pytest.mark.parametrize(
    ("identity", "file"),
    [
        ("stgb-nrw/2017/15", "releases/2017/stgb-nrw-15.md"),
        ("stadt/undated/titel", "releases/undated/stadt-titel.md"),
        ("2017", "releases/undated/2017.md"),
        ("a/b", "releases/undated/a-b.md"),
    ],
)
def test_files(identity: str, file: str) -> None:
    assert record_file(identity) == file


def test_sources_are_named_by_their_content(tmp_path: Path) -> None:
    document = _open(tmp_path, "Ärger & mehr.TXT", b"Der Rat tagt.\n")
    source = source_of(document)
    assert source["file"] == f"sources/{document.sha256[:2]}/{document.sha256}.txt"
    assert (source["bytes"], source["media_type"], "url" in source) == (14, "text/plain", False)


def test_a_page_names_its_address(tmp_path: Path) -> None:
    page = b"<html><head><link rel='canonical' href='https://stadt.example/12'></head><body><p>Text</p></body></html>"
    assert source_of(_open(tmp_path, "a.html", page))["url"] == "https://stadt.example/12"
