"""Plain text: lines that were cut at a width become paragraphs again, and lines that were meant stay lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from lod.body import Block, Break, Heading, List, Paragraph, Quote, Span, Text, render
from lod.ingest.encoding import clean, decode
from lod.ingest.layout import Hyphens, joint, list_mark
from lod.ingest.readers.content import Content

__all__ = ["blocks", "read"]

_WRAPPED = 100
"""Characters; nobody sets a text wider, and no unwrapped paragraph is narrower for long."""
_NARROW = 50
"""Characters; a text of shorter lines alone was not cut at a width."""
_EARLY = 0.8
_UNDERLINE = re.compile(r"(=|-|~|_)\1{2,}")
_SENTENCE_END = re.compile(r"""[.!?:;][“”"»’')]*$""")
_INDENT = 2
_DEEPEST = 8


def read(data: bytes) -> Content:
    """The text as Markdown."""
    text, encoding = decode(data)
    return Content(render(blocks(text)), {"encoding": encoding})


def blocks(text: str, depth: int = 0) -> tuple[Block, ...]:
    """Paragraphs, lists, quoted lines and underlined headings of a text."""
    lines = [line.rstrip() for line in clean(text)[0].expandtabs(4).split("\n")]
    width = max(_NARROW, *map(len, lines))
    groups = list(_groups(lines))
    loose = sum((list_mark(group[0].lstrip()) or ("",))[0] == "dash" for group in groups) > 1
    reader = _Lines(width, Hyphens.of(lines), loose=loose, depth=depth)
    return tuple(_lists_joined(block for group in groups for block in reader.group(group)))


def _groups(lines: list[str]) -> Iterator[list[str]]:
    """Lines that stand together between blank lines."""
    group: list[str] = []
    for line in lines:
        if line:
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


class _Lines:
    """The rules of one text: how wide it was set, its hyphens, whether items are set apart."""

    def __init__(self, width: int, hyphens: Hyphens, *, loose: bool, depth: int) -> None:
        self.width = width
        self.hyphens = hyphens
        self.loose = loose
        self.depth = depth

    def group(self, lines: list[str]) -> Iterator[Block]:
        """The blocks of one group of lines."""
        if self.depth < _DEEPEST and all(line.startswith(">") for line in lines):
            inner = "\n".join(line.removeprefix(">").removeprefix(" ") for line in lines)
            yield Quote(blocks(inner, self.depth + 1))
        elif (items := _items(lines, loose=self.loose)) is not None:
            before, ordered, start, found = items
            if before:
                yield from self.group(before)
            yield List(ordered, start, tuple((Paragraph(self.spans(item)),) for item in found))
        else:
            yield from self._prose(lines)

    def _prose(self, lines: list[str]) -> Iterator[Block]:
        part: list[str] = []
        for line in lines:
            if len(part) == 1 and _UNDERLINE.fullmatch(line.strip()) and line.strip()[0] in "=-":
                yield Heading(1 if line.strip()[0] == "=" else 2, (Text(part[0].strip()),))
                part = []
                continue
            if part and self._apart(part[-1], line):
                yield Paragraph(self.spans(part))
                part = []
            part.append(line)
        if part:
            yield Paragraph(self.spans(part))

    def _apart(self, before: str, line: str) -> bool:
        """Whether a new paragraph begins without a blank line: it is set in, or lines are whole paragraphs."""
        if self.width > _WRAPPED:
            return max(len(before), len(line)) > _WRAPPED
        return _indent(line) - _indent(before) >= _INDENT and not self._full(before, line, _EARLY)

    def _full(self, before: str, line: str, share: float) -> bool:
        """Whether the next word would not have fitted, so that the line was cut and not ended."""
        word = line.split(None, 1)[0]
        return len(before) + 1 + len(word) > self.width * share

    def _runs_on(self, before: str, line: str, share: float) -> bool:
        if self.width > _WRAPPED:
            return False
        cut = len(before) > self.width / 2 and line.lstrip()[:1].islower() and not _SENTENCE_END.search(before)
        return cut or self._full(before, line, share)

    def spans(self, lines: list[str]) -> tuple[Span, ...]:
        """One paragraph: lines joined, or kept apart by a break where each was meant."""
        out: list[Span] = []
        text = lines[0].strip()
        # Lines cut by hand are uneven; lines of an address are all short, and there only a full one was cut.
        share = _EARLY if max(map(len, lines)) > self.width * _EARLY else 1.0
        for before, line in pairwise(lines):
            rest = line.strip()
            if self._runs_on(before, line, share):
                cut, between = joint(text, rest, self.hyphens.keep)
                text = text[: len(text) - cut] + between + rest
            else:
                out += (Text(text), Break())
                text = rest
        return (*out, Text(text))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _items(lines: list[str], *, loose: bool) -> tuple[list[str], bool, int, list[list[str]]] | None:
    """Lines before a list, whether it is numbered, its first number, the lines of each item; None if it is no list."""
    marks = [list_mark(line.lstrip()) for line in lines]
    at = [index for index, mark in enumerate(marks) if mark]
    if not at:
        return None
    kind, start, _ = marks[at[0]] or ("", 0, 0)
    same = [index for index in at if (marks[index] or ("",))[0] == kind]
    numbers = [(marks[index] or ("", 0))[1] for index in same]
    if kind == "number" and (len(same) == 1 or numbers != list(range(start, start + len(numbers)))):
        return None  # "1. Juli 2017" is no list
    if kind == "dash" and len(same) == 1 and not loose:
        return None
    items: list[list[str]] = []
    for index, line in enumerate(lines[same[0] :], same[0]):
        mark = marks[index]
        if mark and mark[0] == kind:
            items.append([line.lstrip()[mark[2] :]])
        else:
            items[-1].append(line)
    return lines[: same[0]], kind == "number", max(start, 1) if kind == "number" else 1, items


def _lists_joined(found: Iterable[Block]) -> Iterator[Block]:
    """Lists whose items were set apart by blank lines become one."""
    last: Block | None = None
    for block in found:
        if (
            isinstance(block, List)
            and isinstance(last, List)
            and block.ordered == last.ordered
            and (not block.ordered or block.start == last.start + len(last.items))
        ):
            last = List(last.ordered, last.start, last.items + block.items)
            continue
        if last is not None:
            yield last
        last = block
    if last is not None:
        yield last
