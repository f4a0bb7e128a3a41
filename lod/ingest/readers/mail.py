"""Mail: the header states title, date and sender; the text is its HTML part or its plain part."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from hashlib import sha256
from typing import Any

from lod.body import render
from lod.ingest.encoding import decode
from lod.ingest.readers import html, plain
from lod.ingest.readers.content import Content, Unsuitable

__all__ = ["read"]

_REPLY = re.compile(r"^(?:(?:re|aw|fw|fwd|wg|tr|rv|antw)\s*:\s*)+", re.IGNORECASE)
_SIGNATURE = re.compile(r"^-- $", re.MULTILINE)
_MOST_PARTS = 500


def read(data: bytes) -> Content:
    """The text as Markdown. Raises Unsuitable where there is no header or no text."""
    try:
        message = message_from_bytes(data, policy=policy.default)
        parts = _parts(message)
        stated = _stated(message)
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, AssertionError) as error:
        # Headers are read when they are asked for, and broken ones raise whatever the parser stumbled over.
        raise Unsuitable(f"broken mail ({type(error).__name__})") from None
    if not message.keys() or not isinstance(message, EmailMessage):
        raise Unsuitable("wrong suffix: the content is not mail")
    text, encoding = _text(parts)
    files = tuple(_attachment(part) for part in parts if part.is_attachment())
    return Content(text, stated | {"attachments": files, "encoding": encoding})


def _parts(message: Any) -> list[EmailMessage]:
    parts: list[EmailMessage] = []
    for part in message.walk():
        if len(parts) >= _MOST_PARTS:
            raise Unsuitable(f"more than {_MOST_PARTS} parts")
        if isinstance(part, EmailMessage) and not part.is_multipart():
            parts.append(part)
    return parts


def _text(parts: list[EmailMessage]) -> tuple[str, str]:
    """The first part that gives a text: HTML knows paragraphs and headings, plain text is wrapped."""
    for kind in ("text/html", "text/plain"):
        for part in parts:
            if part.get_content_type() == kind and not part.is_attachment():
                found = _part_text(part)
                if found[0].strip():
                    return found
    raise Unsuitable("a mail without text")


def _part_text(part: EmailMessage) -> tuple[str, str]:
    payload = part.get_payload(decode=True)
    text, encoding = decode(payload if isinstance(payload, bytes) else b"", part.get_content_charset())
    if part.get_content_type() == "text/html":
        return (html.read_text(text, encoding).text if "<" in text else ""), encoding
    flowed = "flowed" in str(part.get_param("format", "")).lower()
    return render(plain.blocks(_unflowed(text) if flowed else text)), encoding


def _unflowed(text: str) -> str:
    """RFC 3676: a blank at the end of a line says that the paragraph goes on."""
    text = text.replace("\r\n", "\n")
    head, *signature = _SIGNATURE.split(text, maxsplit=1)
    return "\n-- \n".join((re.sub(r" \n(?! )", " ", head), *signature))


def _stated(message: Any) -> dict[str, Any]:
    subject = " ".join(str(message.get("Subject", "")).split())
    sender, address = parseaddr(str(message.get("From", "")))
    date = getattr(message.get("Date"), "datetime", None)
    stated = {
        "title": _REPLY.sub("", subject),
        "issued": date.isoformat() if date is not None else "",
        "publisher": sender or address,
        "language": str(message.get("Content-Language", "")).split(",")[0].strip(),
    }
    return {key: value for key, value in stated.items() if value}


def _attachment(part: EmailMessage) -> dict[str, Any]:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    return {
        "name": part.get_filename() or "",
        "media_type": part.get_content_type(),
        "bytes": len(data),
        "sha256": sha256(data).hexdigest(),
    }
