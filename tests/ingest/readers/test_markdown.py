from __future__ import annotations

from lod.ingest.readers.markdown import read


def test_the_text_stands_as_it_is() -> None:
    assert read(b"**Titel**\n---\nText").text == "**Titel**\n---\nText"


def test_front_matter_becomes_statements() -> None:
    found = read('---\ntitle: "Neue Brücke: eröffnet"\ndate: 2020-05-03\nlang: de\ntags: [a]\n---\n\nText\n'.encode())
    assert found.text == "\nText\n"
    assert found.meta["title"] == "Neue Brücke: eröffnet"
    assert (found.meta["issued"], found.meta["language"]) == ("2020-05-03", "de")


def test_two_rules_are_no_front_matter() -> None:
    for text in ("---\nEin Satz.\n---\nText", "---\n{broken: [\n---\nText", "---\n- a\n---\nText"):
        assert read(text.encode()).text == text
