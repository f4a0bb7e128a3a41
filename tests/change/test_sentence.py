"""The sentences, in both languages, for all that is known of a release and for what is not."""

from __future__ import annotations

import tomllib

import pytest

from lod.change.listing import KINDS, Entry, line_of, read_line
from lod.change.sentence import LANGUAGES, Wording, sentences
from lod.change.told import _fields
from lod.vocabulary import vocab_root

IRI = "https://presse.example.org/release/stadt/2017/15"
ENTRY = Entry(
    IRI, "updated", 2, 2, title="Straßen „für alle“", number="15/2017", issued="2017-07-03", changed=("title",)
)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "Pressemitteilung 15/2017 („Straßen ‚für alle‘“) wurde geändert: Titel."),
        ({"title": None}, "Pressemitteilung 15/2017 wurde geändert: Titel."),
        ({"number": None}, "Pressemitteilung „Straßen ‚für alle‘“ wurde geändert: Titel."),
        ({"number": None, "title": None}, "Pressemitteilung stadt/2017/15 wurde geändert: Titel."),
        ({"corrected": True}, "Pressemitteilung 15/2017 („Straßen ‚für alle‘“) wurde berichtigt: Titel."),
        ({"changed": ()}, "Pressemitteilung 15/2017 („Straßen ‚für alle‘“) wurde geändert: weitere Angaben."),
        (
            {"changed": ("title", "body", "date")},
            "Pressemitteilung 15/2017 („Straßen ‚für alle‘“) wurde geändert: Titel, Text und Datum.",
        ),
        (
            {"kind": "created", "title": "{x}"},
            "Pressemitteilung 15/2017 („{x}“) vom 3. Juli 2017 wurde veröffentlicht.",
        ),
        ({"kind": "created", "title": None, "issued": None}, "Pressemitteilung 15/2017 wurde veröffentlicht."),
        ({"kind": "created", "title": None, "again": True}, "Pressemitteilung 15/2017 ist wieder öffentlich."),
    ],
)
def test_a_sentence_says_what_is_known(changed: dict[str, object], expected: str) -> None:
    assert Wording("de").of(ENTRY._replace(**changed)) == expected


def test_nothing_in_a_title_steers_a_terminal_or_breaks_a_line() -> None:
    assert "\n" not in Wording("en").of(ENTRY._replace(title="a\nb\x1b[2J"))


def test_every_kind_and_field_has_words_in_every_language() -> None:
    with (vocab_root() / "change" / "sentences.toml").open("rb") as file:
        texts = tomllib.load(file)
    assert set(texts) == set(LANGUAGES)
    for language in LANGUAGES:
        assert set(texts[language]["fields"]) == set(_fields().order)
        assert len(texts[language]["months"].split()) == 12
        assert set(texts[language]) == set(texts["de"])
        for kind in KINDS:
            assert Wording(language).of(ENTRY._replace(kind=kind)).endswith(".")


def test_what_is_shared_is_counted_once() -> None:
    entries = [ENTRY, ENTRY._replace(shared=True), ENTRY._replace(shared=True, kind="removed")]
    assert len(list(sentences(entries, "en"))) == 2
    assert list(sentences([], "en")) == ["Nothing changed."]


def test_an_entry_survives_its_line() -> None:
    assert read_line(line_of(ENTRY)) == ENTRY
    assert read_line(line_of(ENTRY.without_text())).title is None


@pytest.mark.parametrize("line", [b"[]\n", b"{}\n", b"x\n", b'{"iri":"x","kind":"created","removed":-1,"added":0}\n'])
def test_what_is_no_entry_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_line(line)
