"""Document: one file as it came, and the text in it."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lod.errors import LodError, MissingExtra
from lod.ingest.encoding import clean
from lod.ingest.readers import MEDIA, Medium
from lod.ingest.readers.content import Content, Unsuitable
from lod.ingest.sniff import kind, refuse_contradiction

__all__ = ["Document", "Unreadable", "medium_of", "open_document", "read_document"]

_MOST_TEXT = 2_000_000


class Unreadable(LodError):
    """A document is refused: its path, and the reason in one sentence; the others go on."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path, self.reason = path, reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its bytes and their digest, its text as Markdown (NFC, LF), and what its container states.

    Spans of findings are offsets into `text`, in code points. The keys of `meta` are those of `Content.meta`, and
    `repairs`: a sentence for each kind of character that was taken out because no record may hold it.
    """

    path: Path
    data: bytes = field(repr=False)
    media_type: str
    sha256: str
    text: str = field(repr=False)
    meta: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def suffix(self) -> str:
        """The suffix of its medium, lower-case and the same for all spellings: `.md`."""
        return next(medium.suffixes[0] for medium in MEDIA.values() if medium.media_type == self.media_type)


def medium_of(path: Path) -> Medium | None:
    """The medium that the suffix claims; None for files that are no documents."""
    suffix = path.suffix.lower()
    return next((medium for medium in MEDIA.values() if suffix in medium.suffixes), None)


def open_document(path: Path) -> Document:
    """Read one file. Raises Unreadable, with the reason, for anything that does not become a text."""
    medium = medium_of(path)
    if medium is None:
        known = " ".join(suffix for each in MEDIA.values() for suffix in each.suffixes)
        raise Unreadable(path, f'suffix "{path.suffix}" is none of {known}')
    return read_document(path, _bytes(path, medium), medium)


def read_document(path: Path, data: bytes, medium: Medium) -> Document:
    """The document made of bytes that are at hand already. Raises Unreadable."""
    names = {name: each.name for name, each in MEDIA.items()}
    try:
        refuse_contradiction(medium.module, kind(data), names)
        content = medium.read(data)
    except Unsuitable as error:
        raise Unreadable(path, str(error)) from None
    except ImportError as error:
        raise MissingExtra(f"reading {medium.name} (module {error.name})", "ingest") from error
    except RecursionError:
        raise Unreadable(path, f"nested too deep for a {medium.name} document") from None
    except MemoryError:
        raise Unreadable(path, "needs more memory than a press release may") from None
    return _document(path, data, medium, content)


def _bytes(path: Path, medium: Medium) -> bytes:
    try:
        # A pipe or a device would keep us waiting for ever, so what it is is asked before it is opened.
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable(path, "a folder" if stat.S_ISDIR(status.st_mode) else "not a regular file")
        if status.st_size > medium.limit:
            raise Unreadable(path, f"{status.st_size:,} bytes; a {medium.name} document has at most {medium.limit:,}")
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(path, _said(error)) from None


def _said(error: OSError) -> str:
    text = (error.strerror or os.strerror(error.errno or 0)).lower()
    return "a link that leads back to itself" if "symbolic link" in text else text


def _document(path: Path, data: bytes, medium: Medium, content: Content) -> Document:
    text, repairs = clean(content.text)
    if not text.strip():
        raise Unreadable(path, "no text in it")
    if len(text) > _MOST_TEXT:
        raise Unreadable(path, f"{len(text):,} characters; a press release has at most {_MOST_TEXT:,}")
    meta = {key: _cleaned(value) for key, value in content.meta.items() if value}
    if repairs:
        meta["repairs"] = repairs
    return Document(path, data, medium.media_type, sha256(data).hexdigest(), text, MappingProxyType(meta))


def _cleaned(value: Any) -> Any:
    return " ".join(clean(value)[0].split()) if isinstance(value, str) else value
