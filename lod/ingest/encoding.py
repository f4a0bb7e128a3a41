"""Bytes become text: byte order marks, UTF-8, UTF-16 without a mark, and the code pages of old office machines."""

from __future__ import annotations

import codecs
import re
import unicodedata

from lod.ingest.readers.content import Unsuitable

__all__ = ["clean", "decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What Western European offices wrote before UTF-8: Windows, Macintosh, DOS. Asked about every code page there is, a
# detector takes a short German text for Central European.
_CODE_PAGES = ["cp1252", "mac_roman", "cp850"]
_SAMPLE = 2000
_LONGEST_LINE = 200_000
_CONTROL_SHARE = 0.01

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
# XML 1.0 section 2.2 has no place for these; bidi overrides and isolates make a text read as another one.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028]")
_PARAGRAPH_ENDS = re.compile("[\f\u2029]")


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text and the name of the encoding; `declared` is what the container says, and is believed if it fits.

    Raises Unsuitable for binary data and for lines no person has written.
    """
    text, encoding = _decode(data, declared)
    controls = sum(text.count(chr(code)) for code in range(32) if chr(code) not in "\t\n\r\f\x0b\x1b")
    if controls > max(2, len(text) * _CONTROL_SHARE):
        raise Unsuitable("binary data, not a text")
    longest = max(map(len, text.splitlines()), default=0)
    if longest > _LONGEST_LINE:
        raise Unsuitable(f"a line of {longest:,} characters: not a text for people")
    return text, encoding


def _decode(data: bytes, declared: str | None) -> tuple[str, str]:
    candidates = [name for mark, name in _MARKS if data.startswith(mark)][:1]
    candidates += [_wide(data) or "utf-8"]
    if declared:
        candidates.append(declared)
    for encoding in candidates:
        try:
            return data.decode(encoding), encoding
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return _code_page(data)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of a Latin text is zero."""
    sample = data[:_SAMPLE]
    half = max(1, len(sample) // 2)
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if even < 0.1 and odd > 0.6:
        return "utf-16-le"
    if odd < 0.1 and even > 0.6:
        return "utf-16-be"
    return None


def _code_page(data: bytes) -> tuple[str, str]:
    if data.count(0) > len(data) // 1000:
        raise Unsuitable("binary data, not a text")
    from charset_normalizer import from_bytes

    best = from_bytes(data[:65536], cp_isolation=_CODE_PAGES, enable_fallback=False).best()
    encoding = best.encoding if best is not None else "cp1252"
    # Five bytes of Windows-1252 mean nothing; they become the replacement character, which the reader reports.
    return data.decode(encoding, errors="replace"), encoding


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """The text in NFC with LF line ends and without what nobody sees, and a sentence for each thing taken out."""
    text = _PARAGRAPH_ENDS.sub("\n\n", _LINE_ENDS.sub("\n", text)).replace("\x0b", "\n")
    text = _INVISIBLE.sub("", text)
    found = sorted(set(_FORBIDDEN.findall(text)))
    repairs = tuple(f"{text.count(char)} × U+{ord(char):04X} taken out" for char in found)
    if found:
        text = _FORBIDDEN.sub("", text)
    return unicodedata.normalize("NFC", text), repairs
