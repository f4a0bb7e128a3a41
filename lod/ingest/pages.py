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

_DIGITS = re.compile(r"\d+")
_ENDED = re.compile(r"[.!?:…][\"“”»’')\]]*$")
_LONGEST = 160


def without_running_heads(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Blocks with running heads marked as such, and with paragraphs that they cut in two made whole.

    The first one of a document stays: it may be its letterhead.
    """
    lines = [_DIGITS.sub("0", block.text) if _is_line(block) else "" for block in blocks]
    running = [
        bool(line)
        and index > 0
        and (PAGE.search(blocks[index].text) is not None or (line in lines[:index] and len(line) > 20))
        for index, line in enumerate(lines)
    ]
    if not any(running):
        return blocks
    found: list[Block] = []
    cut: Block | None = None
    for block, is_running in zip(blocks, running, strict=True):
        if is_running:
            cut = found.pop() if found and cut is None and _goes_on(found[-1]) else cut
            found.append(replace(block, kind="running"))
        elif cut is not None and block.kind == "paragraph" and (block.text[:1].islower() or _ENDED.search(block.text)):
            found.insert(len(found) - 1, replace(cut, lines=cut.lines + block.lines))
            cut = None
        else:
            if cut is not None:
                found.insert(len(found) - 1, cut)
                cut = None
            found.append(block)
    if cut is not None:
        found.insert(len(found) - 1, cut)
    return tuple(found)


def _is_line(block: Block) -> bool:
    return (
        block.kind == "paragraph"
        and len(block.lines) == 1
        and len(block.text) < _LONGEST
        and not _ENDED.search(block.text)
    )


def _goes_on(block: Block) -> bool:
    return block.kind == "paragraph" and not _ENDED.search(block.text)
