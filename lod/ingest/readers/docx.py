"""DOCX: styles tell headings and lists, runs tell bold and italics; what was deleted in review is not text."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from lod.body import Block, plain, render
from lod.ingest.layout import layout
from lod.ingest.readers.content import Content, Unsuitable
from lod.ingest.readers.wordflow import WordFlow

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

__all__ = ["read"]

_MOST_PARTS = 5_000
_MOST_UNPACKED = 128_000_000
_MOST_PART = 32_000_000
_LOCKED = 0x1


def read(data: bytes) -> Content:
    """The text as Markdown. Raises Unsuitable for locked, broken and oversized files."""
    import docx

    _refuse_bombs(data)
    try:
        document = docx.Document(BytesIO(data))
        return Content(render(_blocks(document)), _stated(document))
    except (Unsuitable, MemoryError, RecursionError):
        raise
    except Exception as error:  # noqa: BLE001 - a broken package raises nearly anything: KeyError, XMLSyntaxError …
        raise Unsuitable(f"broken DOCX ({type(error).__name__})") from None


def _refuse_bombs(data: bytes) -> None:
    """Sizes of the parts before anything is unpacked; zipfile reads no more of a part than its size says."""
    try:
        with ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Unsuitable(f"broken DOCX ({error})") from None
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise Unsuitable(f"unpacks to more than {_MOST_UNPACKED:,} bytes or {_MOST_PARTS:,} parts")
    for part in parts:
        if part.flag_bits & _LOCKED:
            raise Unsuitable("password-protected DOCX")
        if part.file_size > _MOST_PART and part.filename.endswith((".xml", ".rels")):
            raise Unsuitable(f"unpacks to a part of {part.file_size:,} bytes")


def _blocks(document: WordDocument) -> tuple[Block, ...]:
    """The letterhead of the first page, the text, and the foot of the page; a page number is no foot."""
    flow = WordFlow(document)
    body = flow.blocks(document.element.body)
    section = document.sections[0] if len(document.sections) else None
    if section is None:
        return body
    first = bool(section.different_first_page_header_footer)
    head = section.first_page_header if first else section.header
    foot = section.first_page_footer if first else section.footer
    return (*_edge(flow, head), *body, *_edge(flow, foot))


def _edge(flow: WordFlow, edge: Any) -> tuple[Block, ...]:
    if edge.is_linked_to_previous:
        return ()
    found = flow.of_part(edge.part).blocks(edge._element)  # noqa: SLF001 - python-docx has no public way to its XML
    return tuple(block for block in found if not _is_page_number(block))


def _is_page_number(block: Block) -> bool:
    text = "".join("#" if char.isdigit() else char for char in plain((block,)).strip().lower())
    while "##" in text:
        text = text.replace("##", "#")
    return not text or text in layout().page_numbers or text in {"seite", "page", "pagina", "página", "seite  von"}


def _stated(document: WordDocument) -> dict[str, Any]:
    core = document.core_properties
    title = core.title or ""
    junk = title.lower().strip().startswith(layout().junk_titles)
    stated = {
        "title": "" if junk else title,
        "author": core.author if core.author != "python-docx" else "",
        "description": core.subject,
        "language": core.language,
    }
    return {key: value for key, value in stated.items() if value}
