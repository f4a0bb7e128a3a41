from __future__ import annotations

from lod.ingest.preamble import without_preamble
from tests.ingest.reader import record

TEXT = "Der Rat der Stadt hat am Dienstag den Haushalt für das kommende Jahr mit großer Mehrheit beschlossen.\n"


def test_front_matter_states_title_and_day() -> None:
    found = record(f"---\ntitle: 'Haushalt steht'\ndate: 2017-07-03T10:00:00Z\ntags:\n- Rat\n---\n\n{TEXT}")
    assert (found["title"], found["issued"]) == ("Haushalt steht", "2017-07-03")
    assert found["lead"] == TEXT.strip()


def test_offsets_stay() -> None:
    text = f"---\ntitle: Haushalt\n---\n{TEXT}"
    blanked, stated = without_preamble(text)
    assert stated == {"title": "Haushalt"}
    assert len(blanked) == len(text)
    assert blanked.index("Der Rat") == text.index("Der Rat")


def test_a_rule_is_no_front_matter() -> None:
    text = f"---\n\n{TEXT}\n---\n"
    assert without_preamble(text) == (text, {})
