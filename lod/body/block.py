"""Blocks from lines: containers as in CommonMark 0.31, chapter 5, and pipe tables as in GFM 0.29, section 4.10.

What differs: no thematic breaks, no underlined headings, no code, no HTML, no reference definitions; such lines are
text. A heading needs text. Containers nest eight deep; marks beyond are text. A tab is blanks up to the next column
that is a multiple of four.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lod.body.inline import spans
from lod.body.nodes import Block, Heading, List, Paragraph, Quote, Table

__all__ = ["DEEPEST", "MARKER", "RULE", "parse"]

DEEPEST = 8
_HEADING = re.compile(r"(#{1,6}) +(?=[^ ])(?!#+ *$)(.*)")
MARKER = re.compile(r"(?:([-+*])|(\d{1,9})([.)]))( +(?=[^ ])| *$)")
RULE = re.compile(r"\|? *:?-+:? *(?:\| *:?-+:? *)*\|?")
_STARTERS = frozenset(" #>-+*|:0123456789")  # only lines that begin with one of these can be more than text
_DEEP_INDENT = 4


@dataclass(slots=True)
class _Items:
    """A list that may still grow; `mark` is its bullet, or the character after its numbers."""

    mark: str
    start: int
    items: list[_Container] = field(default_factory=list)


@dataclass(slots=True)
class _Container:
    """The document, a quotation (indent 0) or a list item (indent: columns its content is set in)."""

    indent: int = 0
    blocks: list[Block | _Items | _Container] = field(default_factory=list)

    def closed(self) -> tuple[Block, ...]:
        out: list[Block] = []
        for block in self.blocks:
            if isinstance(block, _Container):
                if inner := block.closed():
                    out.append(Quote(inner))
            elif isinstance(block, _Items):
                out.append(List(block.mark in ".)", block.start, tuple(item.closed() for item in block.items)))
            else:
                out.append(block)
        return tuple(out)


def parse(markdown: str) -> tuple[Block, ...]:
    """Read a body. Never fails; linear in its length."""
    if "\r" in markdown:
        markdown = markdown.replace("\r\n", "\n").replace("\r", "\n")
    if "\t" in markdown:
        markdown = markdown.expandtabs(_DEEP_INDENT)
    reader = _Reader()
    for line in markdown.split("\n"):
        reader.read(line)
    return reader.finish()


class _Reader:
    """The state between two lines: open containers, and the open paragraph or table in the last of them."""

    def __init__(self) -> None:
        self.open = [_Container()]
        self.lines: list[str] = []
        self.table: list[list[str]] = []

    def read(self, line: str) -> None:
        if line and line[0] not in _STARTERS and len(self.open) == 1 and not self.table:
            self.lines.append(line)
            return
        rest, matched = self._continued(line)
        if not rest.strip(" "):
            self._close(matched)
            return
        rest, matched = self._opened(rest, matched)
        whole = matched == len(self.open)
        if self.lines and not whole and not _HEADING.match(_outdented(rest)):
            self.lines.append(rest.lstrip(" "))  # a lazy continuation, CommonMark 5.1
            return
        if not whole:
            self._close(matched)
        self._leaf(rest)

    def finish(self) -> tuple[Block, ...]:
        self._end_leaf()
        return self.open[0].closed()

    def _continued(self, line: str) -> tuple[str, int]:
        """How many open containers this line goes on with, and what it says inside the last of them."""
        rest = line
        for depth, container in enumerate(self.open[1:], 1):
            text = rest.lstrip(" ")
            indent = len(rest) - len(text)
            if container.indent:
                if indent < container.indent if text else self._is_bare(depth):
                    return rest, depth
                rest = rest[container.indent :]
            elif text[:1] == ">" and indent < _DEEP_INDENT:
                rest = text[2:] if text[1:2] == " " else text[1:]
            else:
                return rest, depth
        return rest, len(self.open)

    def _is_bare(self, depth: int) -> bool:
        """Whether an open item has said nothing yet: a blank line ends it, CommonMark 5.2."""
        return depth == len(self.open) - 1 and not (self.open[depth].blocks or self.lines or self.table)

    def _opened(self, rest: str, matched: int) -> tuple[str, int]:
        """Open the containers that begin here."""
        while matched <= DEEPEST:
            text = rest.lstrip(" ")
            indent = len(rest) - len(text)
            if indent >= _DEEP_INDENT:
                break
            if text[:1] == ">":
                self._close(matched)
                self._push(_Container())
                rest = text[2:] if text[1:2] == " " else text[1:]
            elif (mark := MARKER.match(text)) and self._may_start(mark, matched):
                self._close(matched)
                rest = self._item(mark, text, indent)
            else:
                break
            matched = len(self.open)
        return rest, matched

    def _may_start(self, mark: re.Match[str], matched: int) -> bool:
        """Inside a paragraph only a list with a first item that says something may begin, CommonMark 5.2."""
        interrupts = bool(self.lines) and matched == len(self.open)
        return not interrupts or (mark.end() < len(mark.string) and mark[2] in (None, "1"))

    def _item(self, mark: re.Match[str], text: str, indent: int) -> str:
        bullet = mark[1] or mark[3]
        parent = self.open[-1].blocks
        last = parent[-1] if parent else None
        if not isinstance(last, _Items) or last.mark != bullet:
            last = _Items(bullet, int(mark[2] or 1))
            parent.append(last)
        blanks = len(mark[4]) if 0 < len(mark[4]) <= _DEEP_INDENT and mark.end() < len(text) else 1
        width = mark.start(4) + blanks
        item = _Container(indent + width)
        last.items.append(item)
        self.open.append(item)
        return text[width:]

    def _push(self, quote: _Container) -> None:
        self.open[-1].blocks.append(quote)
        self.open.append(quote)

    def _close(self, matched: int) -> None:
        self._end_leaf()
        del self.open[matched:]

    def _leaf(self, rest: str) -> None:
        """What is left of a line inside its containers: a heading, a row of a table, or text."""
        text = rest.strip(" ")
        if heading := _HEADING.match(_outdented(rest)):
            self._end_leaf()
            self.open[-1].blocks.append(Heading(len(heading[1]), spans(_unclosed(heading[2]))))
        elif self.table:
            self.table.append(_cells(text))
        elif self.lines and "|" in text and "|" in self.lines[-1] and RULE.fullmatch(text):
            self._begin_table(text)
        elif text:
            self.lines.append(rest.lstrip(" "))

    def _begin_table(self, rule: str) -> None:
        header = _cells(self.lines[-1].strip(" "))
        if len(header) != len(_cells(rule)):
            self.lines.append(rule)
            return
        self.lines.pop()
        self._end_leaf()
        self.table.append(header)

    def _end_leaf(self) -> None:
        if self.lines:
            if inner := spans(_joined(self.lines)):
                self.open[-1].blocks.append(Paragraph(inner))
            self.lines = []
        elif self.table:
            self.open[-1].blocks.append(_table(self.table))
            self.table = []


def _outdented(rest: str) -> str:
    """The line without its indentation, or with it where it is too deep to begin a block."""
    text = rest.lstrip(" ")
    return text if len(rest) - len(text) < _DEEP_INDENT else rest


def _unclosed(heading: str) -> str:
    """The text of a heading without the number signs that may close it."""
    text = heading.rstrip(" ")
    bare = text.rstrip("#")
    return bare.rstrip(" ") if bare.endswith(" ") else text


def _joined(lines: list[str]) -> str:
    """One run of text: a soft break is a blank, a hard one (two blanks or a backslash at the end) a line feed."""
    if len(lines) == 1:
        return lines[0].rstrip(" ")
    parts: list[str] = []
    for line in lines[:-1]:
        text = line.rstrip(" ")
        hard = len(line) - len(text) > 1
        if not hard and (len(line) - len(line.rstrip("\\"))) % 2:
            hard, text = True, line[:-1].rstrip(" ")
        parts += (text, "\n" if hard else " ")
    parts.append(lines[-1].rstrip(" "))
    text = "".join(parts)
    return "\n".join([line.strip(" ") for line in text.split("\n")]).lstrip("\n") if "\n" in text else text


def _cells(row: str) -> list[str]:
    """The cells of a row, GFM section 4.10; a pipe after a backslash is a character."""
    parts = re.split(r"(?<!\\)\|", row.removeprefix("|"))
    if len(parts) > 1 and not parts[-1].strip(" "):
        parts.pop()
    return [part.replace("\\|", "|").strip(" ") for part in parts]


def _table(rows: list[list[str]]) -> Table:
    header, *rest = (tuple(spans(cell) for cell in row) for row in rows)
    return Table(header, tuple(rest))
