"""PDF with a text layer: words with their places and fonts become lines, lines become paragraphs, headings and lists.

A PDF knows no paragraphs. What is a heading follows from the size of its letters, what is a paragraph from the space
above it, from a line that ends early, and from a first line that is set in.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lod.body import render
from lod.ingest.layout import layout
from lod.ingest.readers.content import Content, Unsuitable
from lod.ingest.readers.page import PageText, page_text
from lod.ingest.readers.setting import blocks

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

__all__ = ["read"]

_MOST_PAGES = 200
_MOST_UNPACKED = 256_000_000
_PIECE = 65_536
_STREAM = re.compile(rb"stream\r?\n")
_FEW_LETTERS = 20
_NO_UNICODE = re.compile(r"\(cid:\d+\)")


def read(data: bytes) -> Content:
    """The text as Markdown. Raises Unsuitable for locked, broken, scanned and oversized files."""
    import pdfplumber

    _refuse_bombs(data)
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            pages = list(_pages(pdf))
            _refuse_pictures(pages)
            return Content(render(blocks(pages)), _stated(pdf))
    except (Unsuitable, MemoryError, RecursionError):
        raise
    except Exception as error:  # noqa: BLE001 - pdfminer raises nearly anything when a file is broken
        raise Unsuitable(_reason(error)) from None


def _reason(error: BaseException) -> str:
    """What is wrong, by the names of the exceptions: pdfplumber hands on those of pdfminer as arguments of its own."""
    chain = (error, error.__cause__, error.__context__, *error.args)
    names = [type(part).__name__ for part in chain if isinstance(part, BaseException)]
    if {"PDFPasswordIncorrect", "PDFEncryptionError"}.intersection(names):
        return "password-protected PDF"
    return f"broken PDF ({names[-1]})"


def _refuse_bombs(data: bytes) -> None:
    """Unpack every stream up to a limit and forget it: a few kilobytes can claim the whole memory."""
    left = _MOST_UNPACKED
    for match in _STREAM.finditer(data):
        first = data[match.end() : match.end() + 2]
        if len(first) < 2 or first[0] & 0x0F != 8 or int.from_bytes(first, "big") % 31:
            continue
        for size in _unpacked(memoryview(data)[match.end() :]):
            left -= size
            if left < 0:
                raise Unsuitable(f"unpacks to more than {_MOST_UNPACKED:,} bytes")


def _unpacked(data: memoryview) -> Iterator[int]:
    """Sizes of the pieces that a stream unpacks to."""
    unpacker = zlib.decompressobj()
    for start in range(0, len(data), _PIECE):
        pending: bytes | memoryview = data[start : start + _PIECE]
        while pending and not unpacker.eof:
            try:
                yield len(unpacker.decompress(pending, 16 * _PIECE))
            except zlib.error:
                return
            pending = unpacker.unconsumed_tail
        if unpacker.eof:
            return


def _pages(pdf: PDF) -> Iterator[PageText]:
    if len(pdf.pages) > _MOST_PAGES:
        raise Unsuitable(f"{len(pdf.pages)} pages; a press release has at most {_MOST_PAGES}")
    for page in pdf.pages:
        yield page_text(page)
        page.close()  # forgets the characters; a hundred pages would hold a hundred megabytes of them


def _refuse_pictures(pages: list[PageText]) -> None:
    text = "".join(word.text for page in pages for word in page.words)
    unreadable = sum(len(match.group()) for match in _NO_UNICODE.finditer(text))
    if unreadable > len(text) / 5:
        raise Unsuitable("the text layer names glyphs and not letters: it needs character recognition (OCR)")
    if sum(map(str.isalpha, text)) < _FEW_LETTERS:
        if any(page.pictures for page in pages):
            raise Unsuitable("scanned PDF without a text layer: it needs character recognition (OCR)")
        raise Unsuitable("PDF without text")


def _stated(pdf: PDF) -> dict[str, Any]:
    info = {key: value for key, value in (pdf.metadata or {}).items() if isinstance(value, str) and value.strip()}
    stated = {}
    title = info.get("Title", "")
    if not title.lower().strip().startswith(layout().junk_titles):
        stated["title"] = title
    stated["author"] = info.get("Author", "")
    stated["description"] = info.get("Subject", "")
    language = pdf.doc.catalog.get("Lang")
    if isinstance(language, bytes):
        stated["language"] = language.decode("latin-1")
    return {key: value for key, value in stated.items() if value}
