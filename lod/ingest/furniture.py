"""What a page prints around its content: trails ("Home > News"), ways to elsewhere, captions of pictures."""

from __future__ import annotations

import re
from functools import cached_property

from lod.ingest.blocks import Block
from lod.ingest.inline import Plain
from lod.ingest.patterns import UPPER, words
from lod.ingest.universal import Furniture

__all__ = ["Surroundings"]

_ARROWS = ">\u203a»→▸"
_STEP = re.compile(rf"\s*[{_ARROWS}]+\s*|\s+[/|·•\\]\s+|\s*::\s*")
_ARROW = re.compile(rf"[{_ARROWS}]|\s/\s|::")
_LONGEST = 240
_ENDS = (".", "!", "?", "")
_CAPTION = 400
_CREDIT = 90  # characters at the end of a caption in which the photographer is named
_LEAST_LINKS = 2


class Surroundings:
    """The words of `[furniture]`, compiled."""

    def __init__(self, table: Furniture) -> None:
        self.table = table

    @cached_property
    def home(self) -> re.Pattern[str]:
        """The first step of a trail."""
        return words(self.table.home)

    @cached_property
    def here(self) -> re.Pattern[str]:
        """Words before a trail."""
        return re.compile(rf"\W*(?:{'|'.join(self.table.here) or '(?!)'})\s*(?:[:|{_ARROWS}]|$)\s*", re.IGNORECASE)

    @cached_property
    def skips(self) -> re.Pattern[str]:
        """Lines that only lead elsewhere."""
        return words(self.table.skips)

    @cached_property
    def credit(self) -> re.Pattern[str]:
        """Who made a picture, at the end of a text."""
        names = "|".join(sorted(self.table.credits, key=len, reverse=True)) or r"(?!)"
        return re.compile(rf"(?:^|(?<=[\s(/|–-]))(?:{names})\s?(?:[:/©]|\(c\))\s*[^\s.][^.!?:]*\W*$", re.IGNORECASE)

    @cached_property
    def holder(self) -> re.Pattern[str]:
        """Who holds the rights, at the end of a text."""
        return re.compile(rf"(?:^|\s|\()(?:©|\(c\))\s*[{UPPER}\w][^.!?:]*\W*$")

    @cached_property
    def pictured(self) -> re.Pattern[str]:
        """Where somebody stands in a picture, in brackets; or that they are named from left to right."""
        places = "|".join(self.table.pictured) or r"(?!)"
        return re.compile(
            rf"\((?:{places})(?![\w-])[^()]{{0,20}}\)|^\W*(?:\w+\s)?(?:{places})(?!\w)[^:]{{0,30}}:", re.IGNORECASE
        )

    @cached_property
    def rights(self) -> re.Pattern[str]:
        """Who holds the rights of a page, as group `name`."""
        marks = "|".join(self.table.rights) or r"(?!)"
        return re.compile(
            rf"(?i:{marks})\W{{0,3}}(?i:{marks})?\W{{0,3}}(?:(?P<year>(?:19|20)\d\d)(?:\s?[-–]\s?(?:19|20)\d\d)?)?"
            rf"[\s,]*(?:by\s|von\s|der\s|the\s|de\s)?(?P<name>[{UPPER}][^.|,·©\n]{{3,80}})"
        )

    @cached_property
    def logo(self) -> re.Pattern[str]:
        """Words of an alternative text beside a name."""
        names = "|".join(self.table.logos) or r"(?!)"
        small = r"(?:[\s:–-]*(?:der|des|de la|de|du|del|von|van|of|the|het|la|le)(?=\s))*"
        return re.compile(rf"^\W*(?:{names}){small}[\s:–-]*|[\s:–-]*(?:{names})\W*$", re.IGNORECASE)

    def is_trail(self, block: Block) -> bool:
        """Whether every line of a block is a step of a trail, or leads elsewhere."""
        if block.kind not in ("paragraph", "item") or len(block.text) > _LONGEST or block.text[-1:] in _ENDS:
            return False
        rows = block.rows
        return bool(rows) and all(
            self.steps(row) or self.skips.fullmatch(row.text.strip(f" |{_ARROWS}")) for row in rows
        )

    def steps(self, row: Plain) -> list[str]:
        """The steps of a trail; none where a line is something else."""
        text = row.text.strip()
        if _STEP.search(text) is None and self.home.fullmatch(text) is None and self.here.match(text) is None:
            return []
        here = self.here.match(text)
        steps = [step.strip() for step in _STEP.split(text[here.end() :] if here else text) if step.strip()]
        if here or (steps and self.home.fullmatch(steps[0]) and (len(steps) > 1 or len(steps[0]) == len(text))):
            return steps or [text]
        links = sum(1 for mark in row.marks if mark.kind == "link")
        linked = links >= _LEAST_LINKS and links >= len(steps) - 1 and row.marks[0].start == 0
        skipped = len(steps) > 1 and all(self.skips.fullmatch(step) for step in steps)
        return steps if skipped or (linked and len(steps) > _LEAST_LINKS and _ARROW.search(text)) else []

    def is_caption(self, block: Block, picture: Block | None) -> bool:
        """Whether a paragraph says what is to be seen in a picture; `picture` is the block before, if it is one."""
        text = block.text
        if block.kind != "paragraph" or len(text) > _CAPTION or not text:
            return False
        tail = text[-_CREDIT:]
        if (":" in tail or "/" in tail or "©" in tail or "(c)" in tail) and self.credit.search(tail):
            return True
        if picture is None:
            return False
        beside = block.start - picture.end <= 1
        emphasised = block.plain.covered("em")
        return (beside and emphasised) or bool(self.holder.search(text[-_CREDIT:]) or self.pictured.search(text))
