from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.ingest.encoding import clean, decode
from lod.ingest.readers.content import Unsuitable

GERMAN = "Bürgerbüro öffnet früher. „Wir freuen uns“, so Müller – 5 € für § 12.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_of_german_offices(encoding: str) -> None:
    assert decode(GERMAN.encode(encoding))[0] == GERMAN


@pytest.mark.parametrize(
    "text", ["Straße gesperrt", "Le maire : « L’été à Besançon »", "El año de José Núñez", "Een café in de stad, €5"]
)
def test_short_texts_of_windows(text: str) -> None:
    assert decode(text.encode("cp1252"))[0] == text


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
def test_other_code_pages(encoding: str) -> None:
    text = "Die Bürgermeisterin eröffnet die Ausstellung über die Größe der Stadt. Für Schüler ist der Eintritt frei."
    assert decode(text.encode(encoding))[0] == text


def test_declared_encoding_is_used_where_it_fits() -> None:
    assert decode("Übergröße".encode("cp850"), "cp850")[0] == "Übergröße"
    assert decode("Übergröße".encode(), "cp850")[0] == "Übergröße", "valid UTF-8 is no accident"
    assert decode("Übergröße".encode("cp1252"), "no-such-name")[0] == "Übergröße"


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\x00\x01\x02\x03" * 50, b"a\x00" * 3 + b"\x01\x02" * 500])
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(Unsuitable, match="binary"):
        decode(data)


def test_a_line_without_end_is_refused() -> None:
    with pytest.raises(Unsuitable, match="300,000 characters"):
        decode(b"x" * 300_000)


def test_clean_composes_and_drops_what_nobody_sees() -> None:
    text, repairs = clean("Mu\u0308ller\r\nRat\u00adhaus\u200b\rZeile\u2028Ende\fSeite 2")
    assert text == "Müller\nRathaus\nZeile\nEnde\n\nSeite 2"
    assert repairs == ()


def test_clean_tells_of_forbidden_characters() -> None:
    text, repairs = clean("Zahl\u202e321\u202c und \x07Glocke")
    assert text == "Zahl321 und Glocke"
    assert repairs == ("1 × U+0007 taken out", "1 × U+202C taken out", "1 × U+202E taken out")


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once, _ = clean(text)
    assert clean(once) == (once, ())


@given(st.binary())
def test_bytes_are_text_or_refused(data: bytes) -> None:
    with suppress(Unsuitable):
        text, encoding = decode(data)
        assert isinstance(text, str)
        assert encoding
