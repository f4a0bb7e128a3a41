"""Running heads: lines that a page begins or ends with, left in the middle of the text."""

from __future__ import annotations

import re
from dataclasses import replace

from lod.ingest.blocks import Block

__all__ = ["PAGE", "without_running_heads"]

PAGE = re.compile(
    r"(?:^|\s)(?:Seite|Page|Pagina|Página|Blatt|S\.|p\.)\s*\d+(?:\s*(?:von|of|sur|van|de|/)\s*\d+)?\W*$|^\W*\d+\s*/\s*\d+\W*$"
)
"""The end of a line that says which page it is."""

_ADDRESS = re.compile(r"@\w|\bwww\.|\b\d{5}\b|\bTel")
_DIGITS = re.compile(r"\d+")
_ENDED = re.compile(r"[.!?:…][\"“”»’')\]]*$")
_LONGEST = 160
_SHORT = 60
_LONG_HEAD = 20
_FEW = 3


def without_running_heads(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Blocks with running heads marked as such, and with paragraphs that they cut in two made whole.

    The first one of a document stays: it may be its letterhead.
    """
    lines = [_DIGITS.sub("0", block.text) if _is_line(block) else "" for block in blocks]
    running = [
        bool(line)
        and index > 0
        and (PAGE.search(blocks[index].text) is not None or (line in lines[:index] and len(line) > _LONG_HEAD))
        for index, line in enumerate(lines)
    ]
    if not any(running):
        return blocks
    found = [replace(block, kind="running") if running[index] else block for index, block in enumerate(blocks)]
    for index in range(len(found) - 1, 0, -1):
        if running[index] and not (index + 1 < len(found) and running[index + 1]):
            _joined(found, index)
    return tuple(found)


def _joined(found: list[Block], index: int) -> None:
    """Put together the paragraph that a running head at an index cut in two, also where an address stands above it."""
    if index + 1 >= len(found) or found[index + 1].kind != "paragraph":
        return
    following = found[index + 1]
    first = next((at for at in range(index - 1, -1, -1) if found[at].kind != "running"), -1)
    if first < 0:
        return
    begin = first - 1 if first and _is_address(found[first]) else first
    lower = following.text[:1].islower()
    if _goes_on(found[begin]) and (lower or (begin == first and _ENDED.search(following.text))):
        found[begin] = replace(found[begin], lines=found[begin].lines + following.lines)
        del found[index + 1]


def _is_address(block: Block) -> bool:
    """Whether a block has nothing but short lines, as the foot of a page with an address."""
    short = block.kind == "paragraph" and len(block.lines) > 1 and all(len(row.text) < _SHORT for row in block.rows)
    return short and _ADDRESS.search(block.text) is not None


def _is_line(block: Block) -> bool:
    """Whether a block may be a running head: one line, or a few of which the last says the page."""
    if block.kind != "paragraph" or len(block.text) >= _LONGEST or _ENDED.search(block.text):
        return False
    last = block.rows[-1].text if block.rows else ""
    return len(block.lines) == 1 or (len(block.lines) <= _FEW and PAGE.search(last) is not None)


def _goes_on(block: Block) -> bool:
    return block.kind == "paragraph" and not _ENDED.search(block.text) and len(block.text) > _SHORT
