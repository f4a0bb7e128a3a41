from __future__ import annotations

import tomllib
import unicodedata

from lod.harvest.languages import Marks, languages
from lod.vocabulary import vocab_root


def test_the_table_is_complete_and_in_one_form() -> None:
    text = (vocab_root() / "harvest" / "languages.toml").read_text("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    table = tomllib.loads(text)
    assert list(table) == sorted(table)
    for tag, entry in table.items():
        assert len(entry["quotes"]) == 4, tag
        for kind in ("months", "short"):
            assert len(entry.get(kind, [""] * 12)) == 12, tag
            assert [name for name in entry.get(kind, ()) if name != name.lower()] == []


def test_no_name_means_two_months() -> None:
    seen: dict[str, int] = {}
    for entry in tomllib.loads((vocab_root() / "harvest" / "languages.toml").read_text("utf-8")).values():
        for kind in ("months", "short"):
            for number, name in enumerate(entry.get(kind, ()), 1):
                assert seen.setdefault(name, number) == number
    assert set(seen) <= set(languages().months)


def test_marks_by_language_tag() -> None:
    assert languages().marks_of("de-AT") == Marks("„", "“", "‚", "‘")
    assert languages().marks_of("xx") == Marks("“", "”", "‘", "’")
