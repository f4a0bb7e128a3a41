"""What a body is made of: blocks, and the spans inside them. Plain frozen values, equal when they mean the same."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "Block",
    "Break",
    "Emphasis",
    "Heading",
    "Link",
    "List",
    "Paragraph",
    "Quote",
    "Span",
    "Strong",
    "Table",
    "Text",
]


@dataclass(frozen=True, slots=True)
class Text:
    """Characters to be read as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """A line break inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Strong:
    """Spans that are printed bold."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Spans that are printed in italics."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Spans that lead to an absolute http, https, mailto or tel address."""

    href: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class List:
    """A list; each item is a tuple of blocks. `start` is the first number of an ordered list, 1 otherwise."""

    ordered: bool
    start: int
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Blocks set apart as a quotation."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; a cell is a tuple of spans. A row has the cells it was given, be they fewer or more than the header."""

    header: tuple[tuple[Span, ...], ...]
    rows: tuple[tuple[tuple[Span, ...], ...], ...]


Span = Text | Break | Strong | Emphasis | Link
Block = Paragraph | Heading | List | Quote | Table
