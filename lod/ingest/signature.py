"""Signatures below the text: "gez. Dr. Ruth Ammersbach / Direktorin des Amtsgerichts"."""

from __future__ import annotations

from dataclasses import replace

from lod.ingest.blocks import Block
from lod.ingest.inline import Plain
from lod.ingest.tongue import Tongue

__all__ = ["is_stack", "signed", "stacked"]

_MOST_LINES = 4
_LONGEST = 70
_LEAST_LINES = 3
_SHORT = 55
_MOST_WORDS = 5


def signed(block: Block, tongue: Tongue) -> str:
    """The part that a block below the last paragraph is: "signature", "contact" for a spokesperson, empty for text."""
    rows = [row.text for row in block.rows]
    if block.kind != "paragraph" or not 0 < len(rows) <= _MOST_LINES or any(len(row) > _LONGEST for row in rows):
        return ""
    if tongue.signature.match(rows[0]):
        return "signature"
    words = rows[0].replace(",", " ").split()
    name = len(words) <= _MOST_WORDS and all(word[:1].isupper() or tongue.is_title(word.strip(".")) for word in words)
    roles = all(any(map(tongue.is_role, row.replace(",", " ").split())) for row in rows[1:])
    if len(rows) < 2 or not name or not roles or any(char.isdigit() for char in block.text):
        return ""
    return "contact" if tongue.press_office.search(block.text) else "signature"


def is_stack(block: Block) -> bool:
    """Whether a block has several short lines that belong to nothing but themselves, as an address has."""
    rows = block.rows if len(block.lines) >= _LEAST_LINES else ()
    return len(rows) >= _LEAST_LINES and all(len(row.text) < _SHORT for row in rows)


def stacked(block: Block) -> Plain:
    """The characters of a block with its lines apart, so that a line is not read into the next one."""
    text, position = block.plain.text, 0
    for row in block.rows[:-1]:
        position += len(row.text)
        if text[position : position + 1] != " ":
            return block.plain
        text = f"{text[:position]}\n{text[position + 1 :]}"
        position += 1
    return replace(block.plain, text=text)
