"""The body of a release: a small Markdown subset as text, as blocks, and as plain characters.

Blocks are paragraphs, `#` headings, `-` and `1.` lists, `>` quotations and pipe tables; spans are `**bold**`,
`*italics*`, `[text](https://…)`, a backslash before a mark that is meant as itself, and a backslash or two blanks at
the end of a line for a break. All else is text: `parse` never fails.
"""

from lod.body.block import parse
from lod.body.nodes import (
    Block,
    Break,
    Emphasis,
    Heading,
    Link,
    List,
    Paragraph,
    Quote,
    Span,
    Strong,
    Table,
    Text,
)
from lod.body.plain import plain, plain_spans, plain_text
from lod.body.render import render
from lod.body.tidy import tidy

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
    "parse",
    "plain",
    "plain_spans",
    "plain_text",
    "render",
    "tidy",
]
