"""What a file really is, from its first bytes: a suffix is a claim, and the bytes are the evidence."""

from __future__ import annotations

import re

from lod.ingest.readers.content import Unsuitable

__all__ = ["kind", "refuse_contradiction"]

# File signatures, longest meaning first. The second part is a module of the readers, or else a name for people.
_SIGNATURES = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "RTF document"),
    (b"\x89PNG\r\n", "PNG picture"),
    (b"\xff\xd8\xff", "JPEG picture"),
    (b"GIF8", "GIF picture"),
    (b"II*\x00", "TIFF picture"),
    (b"MM\x00*", "TIFF picture"),
    (b"%!PS", "PostScript document"),
    (b"\x1f\x8b", "gzip archive"),
    (b"\x28\xb5\x2f\xfd", "zstd archive"),
    (b"7z\xbc\xaf'\x1c", "7z archive"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3\x00", "database"),
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_MAIL = re.compile(
    rb"(?:From [^\n]+\n)?(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)*"
    rb"(?:From|Received|Return-Path|Message-ID|MIME-Version|Subject):",
    re.IGNORECASE,
)
_TEXT_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HEAD = 4096
_READ_AS_TEXT = frozenset({"markdown", "plain", "html", "mail"})
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")


def kind(data: bytes) -> str | None:
    """A module of the readers, a name for people, or None where the bytes look like any text.

    Raises Unsuitable for what no reader can take, whatever its suffix: nothing, locked office files, other archives.
    """
    if not data.strip():
        raise Unsuitable("empty")
    head = data[:_HEAD]
    found = next((name for mark, name in _SIGNATURES if head.startswith(mark)), None)
    if found == "ole":
        raise Unsuitable(
            "password-protected Word document" if _ENCRYPTED_OFFICE in data else "an old Word document: save it as DOCX"
        )
    if found == "zip":
        return "docx" if b"word/document.xml" in data or b"word/document" in data else "ZIP archive"
    if found is None and b"%PDF-" in head[:1024]:
        return "pdf"  # readers accept junk before the mark, and so do we
    return found or _kind_of_text(head)


def _kind_of_text(head: bytes) -> str | None:
    if head.startswith(_TEXT_BOMS):
        head = head.removeprefix(_TEXT_BOMS[0]).replace(b"\x00", b"")
    if _HTML.match(head):
        return "html"
    if _MAIL.match(head.replace(b"\r\n", b"\n")):
        return "mail"
    return None


def refuse_contradiction(claimed: str, found: str | None, media: dict[str, str]) -> None:
    """Raise Unsuitable where the bytes cannot be what the suffix claims. `media`: modules of the readers → names."""
    if found is None and claimed not in _READ_AS_TEXT:
        raise Unsuitable(f"wrong suffix: the content is not {media[claimed]}")
    # A text without marks may be anything that is read as text; a fragment of HTML or a bare mail has none. And
    # "From: …" and "Subject: …" may well be the first lines of a text.
    if found in {None, claimed} or (found == "mail" and claimed in {"markdown", "plain"}):
        return
    raise Unsuitable(f"wrong suffix: the content is {media[found]}" if found in media else f"binary: {found}")
