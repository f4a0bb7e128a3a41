"""Markdown text as typed blocks that know where they stand: headings, paragraphs, list items, tables, images, rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from lod.ingest.inline import Piece, Plain, plain
from lod.ingest.layout import joint

__all__ = ["Block", "Line", "blocks"]

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)(.*?)(?:[ \t]+#+)?[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|[=═─━]{5,})$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_ITEM = re.compile(r"[ \t]*(?:([-*+•▪■●○◦‣∙➢►]|[–—](?=\s))|(\d{1,3})[.)])[ \t\u00a0]+(?=\S)")
_BULLET_TIGHT = re.compile(r"[ \t]*([•▪■●○◦‣➢►])(?=\S)")
_BETWEEN_DASHES = re.compile(r"[ \t]*([-–—])\s+[^-–—].{1,60}\s\1\s*$")  # "- Pressestelle -"
_QUOTE = re.compile(r" {0,3}(?:>[ \t]?)+")
_DELIMITER_ROW = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_IMAGE = re.compile(r"[ \t]*(?:\[?!\[[^\]]*\]\([^)]*\)(?:\]\([^)]*\))?[ \t]*|\[\]\([^)]*\)[ \t]*)+$")
_COMMENT = re.compile(r"[ \t]*<!--.*-->[ \t]*$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_SENTENCE_END = re.compile(r"[.!?:;…][\"“”»’')\]]*$")
_LONGEST_TITLE = 250


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source without its block marks; `hard` where it ends in a break that was meant."""

    text: str
    start: int
    hard: bool = False

    @property
    def end(self) -> int:
        """Where it ends in the document."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class Block:
    """One block. `kind`: heading, paragraph, item, table, image, rule; `level` of a heading; `quoted` inside `>`."""

    kind: str
    lines: tuple[Line, ...]
    level: int = 0
    quoted: bool = False
    number: int | None = None
    compounds: frozenset[str] = frozenset()

    @property
    def start(self) -> int:
        """Where it begins in the document."""
        return self.lines[0].start

    @property
    def end(self) -> int:
        """Where it ends in the document."""
        return self.lines[-1].end

    @cached_property
    def plain(self) -> Plain:
        """Its characters, soft line ends joined."""
        return plain(self._pieces())

    @cached_property
    def text(self) -> str:
        """Its plain characters on one line."""
        return " ".join(self.plain.text.split()) if "\n" in self.plain.text else self.plain.text

    @cached_property
    def rows(self) -> tuple[Plain, ...]:
        """Its lines one by one, those that say something."""
        if self.kind == "table":
            lines = [Line(line.text.replace("|", " ").strip(), line.start) for line in self.lines]
            rows = [plain([(line.text, line.start)]) for line in lines if not _DELIMITER_ROW.match(line.text)]
        else:
            rows = [plain([(line.text, line.start)]) for line in self.lines]
        return tuple(row for row in rows if row.text)

    def _pieces(self) -> list[Piece]:
        pieces: list[Piece] = []
        for index, line in enumerate(self.lines):
            if index + 1 == len(self.lines):
                pieces.append((line.text, line.start))
            elif line.hard:
                pieces += [(line.text, line.start), ("\n", line.end)]
            else:
                following = self.lines[index + 1].text.lstrip("*_")
                drop, between = joint(line.text, following, self.compounds.__contains__)
                pieces.append((line.text[: len(line.text) - drop], line.start))
                if between:
                    pieces.append((between, line.end))
        return pieces


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text; never fails."""
    lines = []
    position = 0
    for raw in text.split("\n"):
        lines.append(Line(raw, position))
        position += len(raw) + 1
    compounds = frozenset(word.lower() for word in _WORD.findall(text))
    return tuple(_Scanner(lines, compounds).run())


class _Scanner:
    """Goes through lines once and cuts them into blocks."""

    def __init__(self, lines: list[Line], compounds: frozenset[str], *, quoted: bool = False) -> None:
        self.lines, self.compounds, self.quoted = lines, compounds, quoted
        self.found: list[Block] = []
        self.open: list[Line] = []
        self.number = 0

    def run(self) -> list[Block]:
        index = 0
        while index < len(self.lines):
            index += self._step(index)
        self._close()
        return self.found

    def _step(self, index: int) -> int:
        line = self.lines[index]
        if not line.text.strip() or _COMMENT.match(line.text):
            self._close()
            return 1
        if _QUOTE.match(line.text):
            return self._quote(index)
        heading = _HEADING.match(line.text)
        if heading:
            self._close()
            if heading[2].strip(" #*"):
                self._add("heading", [Line(heading[2], line.start + heading.start(2))], level=len(heading[1]))
            else:
                self._add("rule", [line])
            return 1
        return self._other(index, line)

    def _other(self, index: int, line: Line) -> int:
        if self.open and _UNDERLINE.match(line.text) and self._is_title():
            level = 1 if "=" in line.text else 2
            self._add("heading", self._take(), level=level)
            return 1
        if _RULE.match(line.text):
            self._close()
            self._add("rule", [line])
            return 1
        if _IMAGE.match(line.text):
            self._close()
            self._add("image", [line])
            return 1
        if (
            "|" in line.text
            and index + 1 < len(self.lines)
            and _DELIMITER_ROW.match(self.lines[index + 1].text)
            and "-" in self.lines[index + 1].text
            and "|" in self.lines[index + 1].text
        ):
            return self._table(index)
        item = _ITEM.match(line.text) or _BULLET_TIGHT.match(line.text)
        if item and self._starts_item(item, line):
            return self._item(index, item)
        self.open.append(_hard(line))
        return 1

    def _is_title(self) -> bool:
        joined = sum(len(line.text) for line in self.open)
        return len(self.open) <= 3 and joined <= _LONGEST_TITLE

    def _starts_item(self, item: re.Match[str], line: Line) -> bool:
        if item.lastindex == 2 and item[2]:
            number = int(item[2])
            follows = bool(self.found) and self.found[-1].kind == "item" and self.found[-1].number == number - 1
            return (number == 1 or follows) and not self.open
        if (item[1] in "–—" and self.open) or _BETWEEN_DASHES.match(line.text):
            return False
        # A dash that opens a list after a colon needs no blank line in real documents.
        return item[1] != "*" or line.text.count("*") % 2 == 1

    def _item(self, index: int, item: re.Match[str]) -> int:
        self._close()
        line = self.lines[index]
        number = int(item[2]) if item.lastindex == 2 and item[2] else None
        taken = [_hard(Line(line.text[item.end() :], line.start + item.end()))]
        size = 1
        for following in self.lines[index + 1 :]:
            text = following.text
            if (
                not text.strip()
                or _ITEM.match(text)
                or _BULLET_TIGHT.match(text)
                or _HEADING.match(text)
                or _QUOTE.match(text)
            ):
                break
            if not text.startswith((" ", "\t")) and _SENTENCE_END.search(taken[-1].text.rstrip()):
                break
            lead = len(text) - len(text.lstrip())
            taken.append(_hard(Line(text[lead:], following.start + lead)))
            size += 1
        self._add("item", taken, number=number)
        return size

    def _table(self, index: int) -> int:
        self._close()
        size = 0
        for line in self.lines[index:]:
            if "|" not in line.text:
                break
            size += 1
        self._add("table", self.lines[index : index + size])
        return size

    def _quote(self, index: int) -> int:
        self._close()
        inner = []
        for line in self.lines[index:]:
            found = _QUOTE.match(line.text)
            if not found:
                break
            inner.append(Line(line.text[found.end() :], line.start + found.end()))
        self.found += _Scanner(inner, self.compounds, quoted=True).run()
        return len(inner)

    def _take(self) -> list[Line]:
        taken, self.open = self.open, []
        return taken

    def _close(self) -> None:
        if self.open:
            self._add("paragraph", self._take())

    def _add(self, kind: str, lines: list[Line], level: int = 0, number: int | None = None) -> None:
        stripped = tuple(_stripped(line) for line in lines)
        self.found.append(Block(kind, stripped, level, self.quoted, number, self.compounds))


def _hard(line: Line) -> Line:
    text = line.text
    if text.endswith("\\") and not text.endswith("\\\\"):
        return Line(text[:-1], line.start, hard=True)
    return Line(
        text, line.start, hard=text.endswith("  ") or text.rstrip().lower().endswith(("<br>", "<br/>", "<br />"))
    )


def _stripped(line: Line) -> Line:
    lead = len(line.text) - len(line.text.lstrip())
    return Line(line.text.strip(), line.start + lead, line.hard)
