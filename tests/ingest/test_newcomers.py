from __future__ import annotations

from collections import Counter
from pathlib import Path

import yaml

from lod.authority import Authorities
from lod.ingest.newcomers import Newcomer, entries, newcomers

RECORD = {
    "issuers": ["stgb-nrw", {"name": "Stadt Größe"}],
    "organisations": ["Bundesministerium", {"name": "Bekannt", "authority": "bekannt"}],
    "people": [{"name": "Erika Muster", "organisation": {"name": "Stadt Größe"}}, {"name": "B", "authority": "b"}],
    "dateline": {"places": ["Berlin"]},
    "places": [{"name": "Berlin"}],
}


def test_names_without_an_authority_once_each() -> None:
    assert list(newcomers(RECORD)) == [
        Newcomer("organisation", "Stadt Größe"),
        Newcomer("organisation", "Bundesministerium"),
        Newcomer("person", "Erika Muster"),
        Newcomer("place", "Berlin"),
    ]


def test_entries_can_be_pasted(tmp_path: Path) -> None:
    counted = Counter(
        {Newcomer("place", "Größe"): 2, Newcomer("organisation", "Größe"): 1, Newcomer("person", "A: B"): 1}
    )
    text = "\n".join(entries(counted))
    assert yaml.safe_load(text) == [
        {"id": "groesse", "kind": "organisation", "name": "Größe"},
        {"id": "a-b", "kind": "person", "name": "A: B"},
        {"id": "place-groesse", "kind": "place", "name": "Größe"},
    ]
    (tmp_path / "new.yaml").write_text(text)
    assert len(Authorities.load(tmp_path, "https://presse.example.org/", "de")) == 3


def test_the_most_frequent_names_come_first() -> None:
    counted = Counter({Newcomer("person", "A"): 1, Newcomer("person", "B"): 9})
    assert next(iter(entries(counted, most=1))) == "- id: b  # 9 releases"
