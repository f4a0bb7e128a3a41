"""Plain: the characters of a Markdown paragraph without its marks, each knowing where it stands in the source."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass

__all__ = ["Mark", "Piece", "Plain", "plain"]

Piece = tuple[str, int]
"""A stretch of source text, and its offset in the document."""

_TOKEN = re.compile(
    r"(?P<escape>\\[\\`*_{}\[\]()#+\-.!|<>~\"'&])"
    r"|(?P<image>!\[[^\]]*\]\([^)\s]*(?:\s[^)]*)?\))"
    r"|(?P<link>\[(?P<label>(?:[^\[\]\\]|\\.|!?\[[^\[\]]*\](?:\([^)]*\))?)*)\]\((?P<href><[^>]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"]*\"|\s+'[^']*')?\))"
    r"|<(?P<auto>(?:https?://|mailto:)[^>\s]+|[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+)>"
    r"|(?P<tag><br\s*/?>|</?[A-Za-z][^<>]*>|<!--.*?-->)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});)"
    r"|(?P<stars>\*+|_+)"
    r"|(?P<soft>[\u00ad\u200b\u200c\u2060\ufeff]+)"
    r"|(?P<blanks>[ \t\n\u00a0\u2009\u202f]{2,}|\t|\n)",
    re.DOTALL,
)


_DEEPEST = 50  # marks that wait for their counterpart; more are no Markdown


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of plain characters that is printed bold ("strong"), in italics ("em"), or a link with its address."""

    kind: str
    start: int
    end: int
    href: str = ""


@dataclass(frozen=True, slots=True)
class Plain:
    """Characters as one reads them. `at` maps an offset in `text` to one in the document."""

    text: str
    starts: tuple[int, ...]
    sources: tuple[int, ...]
    marks: tuple[Mark, ...] = ()
    images: tuple[tuple[str, str], ...] = ()

    def at(self, offset: int) -> int:
        """Where the character at an offset stands in the document."""
        index = bisect_right(self.starts, offset) - 1
        return self.sources[index] + offset - self.starts[index] if index >= 0 else 0

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Source offsets of a stretch of plain characters."""
        return self.at(start), self.at(max(start, end - 1)) + 1

    def covered(self, kind: str) -> bool:
        """Whether all letters are inside marks of one kind."""
        rest = list(self.text)
        for mark in self.marks:
            if mark.kind == kind:
                rest[mark.start : mark.end] = [""] * (mark.end - mark.start)
        return bool(self.marks) and not any(char.isalnum() for char in rest) and any(map(str.isalnum, self.text))


class _Writer:
    """Collects plain characters and their places."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.starts: list[int] = []
        self.sources: list[int] = []
        self.marks: list[Mark] = []
        self.images: list[tuple[str, str]] = []
        self.open: list[tuple[str, int, int, int]] = []  # delimiter, length so far, index of its part, source

    def put(self, text: str, source: int) -> None:
        if text:
            self.starts.append(self.length)
            self.sources.append(source)
            self.parts.append(text)
            self.length += len(text)

    def blank(self, source: int, char: str = " ") -> None:
        last = next((part[-1] for part in reversed(self.parts) if part), " ")
        if not last.isspace():
            self.put(char, source)
        elif char == "\n" and last == " " and self.parts and self.parts[-1] == " ":
            self.parts[-1] = char


def plain(pieces: list[Piece]) -> Plain:
    """The plain characters of stretches of source; a line feed as a stretch is a break that was meant."""
    writer = _Writer()
    for text, source in pieces:
        if text == "\n":
            writer.blank(source, "\n")
        else:
            _scan(writer, text, source)
    return _finish(writer)


def _scan(writer: _Writer, text: str, source: int) -> None:
    position = 0
    for found in _TOKEN.finditer(text):
        writer.put(text[position : found.start()], source + position)
        _token(writer, found, text, source)
        position = found.end()
    writer.put(text[position:], source + position)


def _token(writer: _Writer, found: re.Match[str], text: str, source: int) -> None:
    kind, value, place = found.lastgroup, found.group(), source + found.start()
    if kind == "stars":
        _stars(writer, found, text, place)
    elif kind == "blanks":
        writer.blank(place)
    elif kind == "escape":
        writer.put(value[1], place + 1)
    elif kind == "entity":
        writer.put(html.unescape(value), place)
    elif kind == "auto":
        start = writer.length
        writer.put(value[1:-1], place + 1)
        writer.marks.append(Mark("link", start, writer.length, _address(value[1:-1])))
    elif kind == "image":
        label, _, href = value[2:-1].partition("](")
        writer.images.append((label, href.split()[0] if href.split() else ""))
    elif kind == "link":
        _link(writer, found, source)
    elif kind == "tag" and value[1:3].lower() == "br":
        writer.blank(place, "\n")
    elif kind == "tag" and not value.startswith("<!--"):
        pass  # other elements say nothing a record keeps


def _link(writer: _Writer, found: re.Match[str], source: int) -> None:
    start = writer.length
    _scan(writer, found["label"], source + found.start("label"))
    if writer.length > start:
        writer.marks.append(Mark("link", start, writer.length, _address(found["href"].strip("<>"))))


def _address(href: str) -> str:
    return f"mailto:{href}" if "@" in href and ":" not in href else href


def _stars(writer: _Writer, found: re.Match[str], text: str, place: int) -> None:
    """Opens or closes emphasis (CommonMark 0.31, section 6.2, without its rule of three)."""
    run = found.group()
    before, after = text[: found.start()][-1:], text[found.end() :][:1]
    opens = bool(after) and not after.isspace()
    closes = bool(before) and not before.isspace()
    if (
        run[0] == "_"
        and (before.isalnum() or not before)
        and (after.isalnum() or not after)
        and before != ""
        and after != ""
    ):
        writer.put(run, place)
        return
    if len(run) > 3:
        writer.put(run, place)
        return
    for size in (2, 1) if len(run) == 3 else (len(run),):
        _delimiter(writer, run[0] * size, opens=opens, closes=closes, place=place)


def _delimiter(writer: _Writer, mark: str, *, opens: bool, closes: bool, place: int) -> None:
    match = next((index for index in range(len(writer.open) - 1, -1, -1) if writer.open[index][0] == mark), None)
    if closes and match is not None:
        _, start, part, _ = writer.open[match]
        del writer.open[match]
        writer.marks.append(Mark("strong" if len(mark) == 2 else "em", start, writer.length))
        writer.parts[part] = ""
    elif opens and len(writer.open) < _DEEPEST:
        # A place is kept for the mark itself, should its counterpart never come.
        writer.open.append((mark, writer.length, len(writer.parts), place))
        writer.starts.append(writer.length)
        writer.sources.append(place)
        writer.parts.append("")
    else:
        writer.put(mark, place)


def _finish(writer: _Writer) -> Plain:
    parts, starts, marks = writer.parts, writer.starts, writer.marks
    for mark, start, part, _ in writer.open:
        parts[part] = mark
        starts = [value + len(mark) if index > part else value for index, value in enumerate(starts)]
        marks = [
            Mark(
                each.kind,
                each.start + len(mark) * (each.start >= start),
                each.end + len(mark) * (each.end > start),
                each.href,
            )
            for each in marks
        ]
    text = "".join(parts)
    lead = len(text) - len(text.lstrip())
    text = text.strip()
    moved = tuple(value - lead for value in starts)
    inside = (Mark(m.kind, max(0, m.start - lead), min(len(text), m.end - lead), m.href) for m in marks)
    kept = tuple(sorted((m for m in inside if m.start < m.end), key=lambda m: (m.start, -m.end)))
    return Plain(text, moved, tuple(writer.sources), kept, tuple(writer.images))
