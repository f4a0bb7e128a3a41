"""markdown-it-py, cut down to our subset, as a second opinion: its tokens as our blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from lod.body import Block, Break, Emphasis, Heading, Link, List, Paragraph, Quote, Span, Strong, Table, Text

_NOT_OURS = ["code", "fence", "hr", "html_block", "html_inline", "lheading", "reference", "autolink", "entity", "image"]


def reference(markdown: str) -> tuple[Block, ...]:
    """What markdown-it-py reads."""
    reader = MarkdownIt("commonmark", {"maxNesting": 100}).disable([*_NOT_OURS, "backticks"]).enable("table")
    return tuple(_blocks(SyntaxTreeNode(reader.parse(markdown)).children))


def rectangular(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks whose tables have rows as wide as the header, which is how markdown-it-py sees them."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Table):
            width = len(block.header)
            out.append(Table(block.header, tuple((*row, *[()] * width)[:width] for row in block.rows)))
        elif isinstance(block, Quote):
            out.append(Quote(rectangular(block.blocks)))
        elif isinstance(block, List):
            out.append(List(block.ordered, block.start, tuple(rectangular(item) for item in block.items)))
        else:
            out.append(block)
    return tuple(out)


def _blocks(nodes: list[SyntaxTreeNode]) -> Iterator[Block]:
    for node in nodes:
        if node.type == "paragraph":
            yield Paragraph(_spans(node.children[0].children))
        elif node.type == "heading":
            yield Heading(int(node.tag[1]), _spans(node.children[0].children))
        elif node.type == "blockquote":
            yield Quote(tuple(_blocks(node.children)))
        elif node.type == "table":
            header, *rows = [row for part in node.children for row in part.children]
            yield Table(_cells(header), tuple(_cells(row) for row in rows))
        else:
            start = int(node.attrs.get("start", 1))
            yield List(
                node.type == "ordered_list", start, tuple(tuple(_blocks(item.children)) for item in node.children)
            )


def _cells(row: SyntaxTreeNode) -> tuple[tuple[Span, ...], ...]:
    return tuple(_spans(cell.children[0].children) for cell in row.children)


def _spans(nodes: list[SyntaxTreeNode]) -> tuple[Span, ...]:
    out: list[Span] = []
    for node in nodes:
        if node.type in {"text", "text_special", "softbreak"}:
            text = " " if node.type == "softbreak" else node.content
            if out and isinstance(out[-1], Text):
                out[-1] = Text(out[-1].text + text)
            elif text:
                out.append(Text(text))
        elif node.type == "hardbreak":
            out.append(Break())
        elif node.type == "link":
            out.append(Link(str(node.attrs["href"]), _spans(node.children)))
        else:
            out.append({"strong": Strong, "em": Emphasis}[node.type](_spans(node.children)))
    return tuple(out)
