from __future__ import annotations

from email.message import EmailMessage
from hashlib import sha256
from typing import Any

import pytest

from lod.body import parse, render
from lod.ingest.readers.content import Unsuitable
from lod.ingest.readers.mail import read
from tests.ingest.readers.test_html import RELEASE
from tests.ingest.rendition import as_mail


def _mail(subject: str = "Neue Brücke") -> Any:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "Stadt Beispiel <presse@stadt.example>"
    message["Date"] = "Sun, 03 May 2020 10:00:00 +0200"
    return message


def test_the_html_part_is_read() -> None:
    assert read(as_mail(RELEASE)).text == render(parse(RELEASE))


def test_the_header_is_a_statement() -> None:
    message = _mail("WG: AW: Neue Brücke für Bürger:innen")
    message.set_content("Der Rat hat zugestimmt.")
    meta = read(message.as_bytes()).meta
    assert (meta["title"], meta["publisher"]) == ("Neue Brücke für Bürger:innen", "Stadt Beispiel")
    assert meta["issued"] == "2020-05-03T10:00:00+02:00"


def test_flowed_text() -> None:
    header = b"Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n"
    assert read(header + b"Der Rat \nhat zugestimmt.\n").text == "Der Rat hat zugestimmt."


def test_attachments_are_listed() -> None:
    message = _mail()
    message.set_content("Der Rat hat zugestimmt.")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="pm.pdf")
    assert read(message.as_bytes()).meta["attachments"] == (
        {"name": "pm.pdf", "media_type": "application/pdf", "bytes": 5, "sha256": sha256(b"%PDF-").hexdigest()},
    )


def test_no_text_no_header() -> None:
    message = _mail()
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="pm.pdf")
    with pytest.raises(Unsuitable, match="without text"):
        read(message.as_bytes())
    with pytest.raises(Unsuitable):
        read(b"\n\nNur Text\n")
