"""Which part each block belongs to: the text, or what stands around it (contacts, standing texts, notes, footers)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lod.ingest.blocks import Block
from lod.ingest.inline import Plain
from lod.ingest.patterns import UPPER
from lod.ingest.signature import signed
from lod.ingest.tongue import Tongue

__all__ = ["Cue", "cue_of", "is_head", "is_prose", "parts"]

REACHABLE = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:@|\s?\(at\)\s?|\[at\])[\w-]+(?:\.[\w-]+)+"
    r"|(?:\+\d{2}|\b0\d|\(\d{2,6}\)|\b\d{3}[.-]\d{3})[\d\s()/.–-]{3,}\d"
    r"|\b\d{3} \d{3} \d{3}\b|\b\d{2} \d{3} \d{2} \d{2}\b|\bwww\.\S+|https?://\S+"
)
"""A mail address, a telephone number or a page."""

_SENTENCE_END = re.compile(r"[.!?…][\"“”»’')\]]*$")
_SENTENCE_INSIDE = re.compile(r"[.!?][\"“”»’')]*\s+[\"„“«»‚‘'(]*[" + UPPER + r"0-9]")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_DOUBLED = re.compile(r"\W*\w+(?:\s\w+)?\s(.{4,60})\1")  # "About Nextlink InternetNextlink Internet is"
POSTCODE = re.compile(
    rf"(?:\b[A-Z]{{1,2}}-)?\b\d{{4,5}}(?:\s?[A-Z]{{2}})?\s+[{UPPER}][\w-]+|\b[A-Z]{{1,2}}\d[A-Z\d]?\s\d[A-Z]{{2}}\b|,\s[A-Z]{{2}}\s\d{{5}}"
)
_ABBREVIATED = re.compile(r"(?<!\w)(?:Tele?f?|T[ée]l|Tfn?o|Fon|Mob|T|M)\.$", re.IGNORECASE)
_INITIALS = re.compile(r"[(\[][a-zäöü]{1,4}(?:/[a-zäöü]{1,5})?[)\]]\.?$")
_END_MARK = re.compile(r"[\W_]*(?:#\s*#\s*#|-\s*30\s*-)[\W_]*$")
_ICONS = re.compile(r"(?:icon[-/_]\S+\s*){2,}|(?:[|\u203a»]\s*\w+\s*){4,}", re.IGNORECASE)
_SHORTENED = re.compile(r"\b(Tel|Fax|Tél|Fon|Str|Nr|No|Telef|Tfno)\.(?=\s)")
_PROSE = 60
_LONG_PROSE = 160
_RUN_IN = 25
_HEAD = 100


@dataclass(frozen=True, slots=True)
class Cue:
    """A beginning that says which part follows; `alone` where nothing else stands in its block."""

    kind: str
    alone: bool
    end: int


def is_prose(text: str) -> bool:
    """Whether a paragraph is running text: long enough, and ended or made of sentences."""
    if len(text) < _PROSE:
        return False
    ended = bool(_SENTENCE_END.search(text)) or text.endswith(":")
    lower = sum(1 for word in text.split() if word[:1].islower())
    if lower < max(4, 0.25 * len(text.split())):
        return False
    return ended or bool(_SENTENCE_INSIDE.search(text)) or (len(text) > _LONG_PROSE and lower > 0.4 * len(text.split()))


def is_head(block: Block) -> bool:
    """Whether a block is a heading, or a line that is printed as one."""
    if block.kind == "heading":
        return True
    text = block.text
    if block.kind != "paragraph" or len(text) > _HEAD or not text:
        return False
    if _SENTENCE_END.search(text) and not text.endswith("?"):
        return False
    emphasised = block.plain.covered("strong") or block.plain.covered("em")
    if text.endswith(":"):
        return emphasised or len(text.split()) <= 3
    return len(block.rows) == 1 and text[-1:] not in ",;" and text[:1] not in "\"„“”«»'‚‘("


def cue_of(block: Block, tongue: Tongue) -> Cue | None:
    """The cue a block begins with."""
    if not block.rows:
        return None
    first = block.rows[0].text
    bold = next((mark.end for mark in block.plain.marks if mark.start == 0 and mark.kind in ("strong", "em")), 0)
    for kind, pattern in tongue.section_heads.items():
        found = pattern.match(first)
        if found and kind == "boilerplate" and _DOUBLED.match(first):
            return Cue(kind, alone=False, end=found.end())
        if found and _accepted(kind, found, first, block, bold, tongue):
            rest = block.text[found.end() :].strip(" :.–—-*")
            alone = block.kind == "heading" or (len(rest) < _RUN_IN and not REACHABLE.search(rest))
            return Cue(kind, alone, found.end())
    return None


def _accepted(kind: str, found: re.Match[str], first: str, block: Block, bold: int, tongue: Tongue) -> bool:
    rest = first[found.end() :].strip()
    bare = tongue.forms.sub("", first).rstrip(" .,") if tongue.forms.search(first) else first
    sweeping = found[1].endswith(first[found.start(1) :].rstrip(" :*")) and len(first) > 0
    if block.kind == "item" and kind not in ("contact", "footer"):
        return False
    if kind in ("boilerplate", "end"):
        head: bool = block.kind == "heading" or bool(
            len(first) <= _HEAD and not _SENTENCE_END.search(bare) and (bold or sweeping)
        )
        return (
            head
            or 0 < bold <= _HEAD
            or (
                ":" in first[:_HEAD]
                and not is_prose(first[:_HEAD])
                and first.find(":") < _HEAD // 2
                and kind == "boilerplate"
            )
        )
    if not rest or rest[0] in ":|" or 0 < bold <= _HEAD:
        return not (sweeping and len(first) > _LONG_PROSE and kind not in ("correction", "notes"))
    if kind == "footer" and block.kind != "heading":
        return sweeping and len(first) <= _LONG_PROSE
    # "For further information please contact the press office on … or press@…"
    asks = kind == "contact" and block.kind == "paragraph" and len(block.text) <= _HEAD * 2
    if (kind == "correction" and sweeping) or (asks and _MAIL.search(block.text)):
        return True
    return (kind == "contact" and sweeping and len(first) <= _LONG_PROSE) or (
        block.kind == "heading" and kind != "footer" and not rest
    )


def parts(blocks: tuple[Block, ...], tongue: Tongue) -> list[str]:
    """For each block its part: empty for text and letterhead, else contact, boilerplate, notes, correction, footer."""
    walker = _Walker(tongue)
    found = [walker.step(block) for block in blocks]
    for index in range(len(blocks) - 1, -1, -1):
        if not found[index] and walker.text_seen:
            kind = signed(blocks[index], tongue)
            if not kind:
                break
            found[index] = kind
    return found


class _Walker:
    """Goes down the blocks and remembers which part is open."""

    def __init__(self, tongue: Tongue) -> None:
        self.tongue = tongue
        self.cut = [re.compile(pattern) for pattern in tongue.own.cut]
        self.standing = [re.compile(pattern) for pattern in tongue.own.boilerplate]
        self.open, self.notice = "", False
        self.soft = False
        self.level = 0
        self.text_seen = False
        self.after_end = False
        self.asked = False
        self.steps, self.letter = 0, False
        self.picture: Block | None = None

    def step(self, block: Block) -> str:
        self.steps += 1
        picture, self.picture = self.picture, block if block.kind == "image" else None
        if block.kind in ("image", "running"):
            return block.kind
        if self.tongue.furniture.is_trail(block):
            return "menu"
        if not self.open and self.tongue.furniture.is_caption(block, picture):
            return "caption"
        if self._in_letter(block):
            return "letter"
        if block.kind == "rule":
            return self._rule(block)
        own = self._own(block)
        return own or self._text(block)

    def _text(self, block: Block) -> str:
        if _END_MARK.match(block.text):
            self.after_end = self.text_seen
            return "end"
        cue = cue_of(block, self.tongue)
        early = ("contact", "correction", "notes", "caption", "footer")
        if cue is not None and (self.text_seen or cue.kind in early):
            return self._cued(cue, block)
        return self._uncued(block)

    def _in_letter(self, block: Block) -> bool:
        """Whether a block belongs to the letter around a release: "Sehr geehrte … Mit freundlichen Grüßen"."""
        if (
            not self.letter
            and self.steps <= 4
            and not self.text_seen
            and self.tongue.salutation.match(block.text)
            and len(block.text) < _HEAD
        ):
            self.letter = True
            return True
        if self.letter and (block.kind in ("rule", "heading") or self.steps > 9):
            self.letter = False
        closes = self.letter and self.tongue.closing.match(block.text) is not None
        if closes:
            self.letter = False
            return True
        return self.letter

    def _own(self, block: Block) -> str:
        if any(pattern.search(block.text) for pattern in self.cut):
            return "footer"
        return "boilerplate" if any(pattern.search(block.text) for pattern in self.standing) else ""

    def _rule(self, block: Block) -> str:
        if "#" in block.lines[0].text and self.text_seen:
            self.after_end = True
        if self.soft:
            self.open, self.soft = "", False
        return "end"

    def _cued(self, cue: Cue, block: Block) -> str:
        if cue.kind == "end":
            self.after_end = True
            self.open = ""
            return "end"
        if cue.kind in ("footer", "caption"):
            if cue.alone and self.open != "contact" and self.text_seen:
                self.open, self.soft = cue.kind, True
            return cue.kind
        # A cue with its text behind it speaks for its own paragraph; one that stands alone opens a part.
        self.soft = not cue.alone or not self.text_seen
        self.open = cue.kind if cue.alone or cue.kind == "contact" else ""
        self.asked = self.asked or (cue.kind == "contact" and self.text_seen)
        self.level = block.level if block.kind == "heading" else 7
        self.notice = cue.kind == "correction" and not self.text_seen
        return cue.kind

    def _uncued(self, block: Block) -> str:
        text = block.text
        prose = is_prose(text)
        if self.notice and block.plain.covered("em"):
            return "correction"  # what was wrong, in italics below its head
        self.notice = False
        if self.open and self._goes_on(block, prose=prose):
            return self.open
        self.open, self.soft = "", False
        if block.kind == "table" and self.text_seen and any(_MAIL.search(row.text) for row in block.rows):
            return "contact"
        kind = "" if block.kind in ("heading", "item", "table") else self._by_form(block, text, prose=prose)
        if not kind and self.after_end:
            return "footer"
        if not kind and prose and self.asked and self.text_seen and not block.quoted:
            # Running text below the contacts tells who the issuer is.
            return "boilerplate"
        if not kind and prose:
            self.text_seen = True
        return kind

    def _goes_on(self, block: Block, *, prose: bool) -> bool:
        if block.kind == "heading" and (not self.text_seen or self.open == "caption"):
            return False
        if block.kind == "heading" and self.open in ("notes", "boilerplate", "correction"):
            return block.level >= self.level and not self.soft
        if (
            self.open in ("notes", "boilerplate")
            and not self.soft
            and self._by_form(block, block.text, prose=prose) == "contact"
            and not prose
        ):
            return False
        if self.soft:
            if not self.text_seen and self.open == "contact":
                return bool(REACHABLE.search(block.text)) and not prose
            return not prose
        return True

    def _by_form(self, block: Block, text: str, *, prose: bool) -> str:
        if _INITIALS.match(text) or _ICONS.match(text):
            return "footer"
        if self._only_links(block):
            return "links"
        if prose:
            return ""
        if self.text_seen and not text.endswith(":") and any(map(_reaches, block.rows)):
            return "contact"
        text = _SHORTENED.sub(r"\1", text)
        if POSTCODE.search(text) and not _SENTENCE_END.search(text) and not _SENTENCE_INSIDE.search(text):
            return "contact" if self.text_seen else ""
        return ""

    def _only_links(self, block: Block) -> bool:
        plain = block.plain
        links = [mark for mark in plain.marks if mark.kind == "link"]
        if not links:
            return bool(re.fullmatch(r"(?:https?://|www\.)\S+", plain.text))
        rest = plain.text
        for mark in reversed(links):
            rest = rest[: mark.start] + rest[mark.end :]
        return not any(map(str.isalnum, rest))


def _reaches(row: Plain) -> bool:
    """Whether a line has words, and behind them, in the same sentence, how to reach somebody."""
    found = REACHABLE.search(row.text)
    before = row.text[: found.start()].strip() if found else ""
    return bool(before) and not _SENTENCE_END.search(_ABBREVIATED.sub("", before))
