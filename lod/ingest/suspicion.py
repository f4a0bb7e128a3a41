"""Suspicious text: what looks like an error of conversion. It is reported, and never changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lod.ingest.blocks import Block
from lod.ingest.findings import Suspicion
from lod.ingest.patterns import UPPER
from lod.ingest.tongue import Tongue

__all__ = ["suspicions"]

_MOJIBAKE = re.compile(r"Ã[\u0080-\u00bf¼¤¶Ÿ©¨ªœ]|â€[\u0080-\u00bfœ™“”\u02dc¦]|Â[\u00a0-\u00bf]|ï¿½|Ã\s|â‚¬")
_REPLACED = re.compile("[\ufffd\u25a1\ufffc\uf000-\uf8ff]|(?<=[^\\W\\d_])\\?{1,2}(?=[a-zäöüß])|\\(cid:\\d+\\)")
_CUT = re.compile(r"\b([^\W\d_]{2,})- ([a-zäöüß]{2,})\b")
# A joint -s- at the end of a German word shows that another part has to follow.
_JOINT = re.compile(
    rf"\b([{UPPER}][a-zäöüß]+(?:ungs|heits|keits|schafts|tions|täts|ings|lings|tums)) ([a-zäöüß]{{3,}})\b"
)
# "Abschiebep Praxis": a letter of the next part stuck to the word.
_STUCK = re.compile(r"\b([A-ZÄÖÜ][a-zäöüß]{4,}[aeiou])([bdfgkpvwz]) ([BDFGKPVWZ])([a-zäöüß]{3,})\b")
_GLUED = re.compile(
    rf"[a-zäöüßé]{{3}}[{UPPER}]{{2,}}\b|[a-zäöüß]{{4}}[{UPPER}][a-zäöüß]{{4,}}|\d{{3}}[{UPPER}][a-z]{{3,}}|[a-zäöü]{{3}}[.!?][{UPPER}][a-zäöü]{{3}}"
)
_PAGE = re.compile(r"(?im)^\W*(?:Seite|Page|Pagina|Página)\s+\d+(?:\s*(?:von|of|sur|van|de|/)\s*\d+)?\W*$")
_NAVIGATION = re.compile(r"(?i)(?:icon[-/_]\S+\s*){2,}|^=>.*$", re.MULTILINE)
_ADDRESS = re.compile(r"[/=@]|\w\.\w")
_LEAST = 40


def suspicions(text: str, blocks: tuple[Block, ...], tongue: Tongue) -> list[Suspicion]:
    """What looks wrong in a document, in its order."""
    found = [*_characters(text), *_words(text, tongue), *_repeated(blocks), *_leftovers(text)]
    return sorted(found, key=lambda each: (each.start, each.end, each.kind))


def _characters(text: str) -> Iterator[Suspicion]:
    for pattern, kind, message in (
        (_MOJIBAKE, "mojibake", "characters read in the wrong encoding"),
        (_REPLACED, "replacement", "a character that could not be read"),
    ):
        for found in pattern.finditer(text):
            if "?" not in found.group() or not _ADDRESS.search(_word_at(text, found.start())):
                yield Suspicion(kind, found.start(), found.end(), f"{message}: {_around(text, found)}")


def _words(text: str, tongue: Tongue) -> Iterator[Suspicion]:
    suspended = re.compile("|".join(tongue.tables.text.suspended) or r"(?!)", re.IGNORECASE)
    for found in _CUT.finditer(text):
        if not suspended.fullmatch(found[2]):
            yield Suspicion("hyphenation", found.start(), found.end(), f'a word cut in two: "{found.group()}"')
    if tongue.name == "de":
        for found in _JOINT.finditer(text):
            yield Suspicion("hyphenation", found.start(), found.end(), f'a word cut in two: "{found.group()}"')
        for found in _STUCK.finditer(text):
            if found[2] == found[3].lower():
                yield Suspicion("hyphenation", found.start(), found.end(), f'a word cut in two: "{found.group()}"')
    for found in _GLUED.finditer(text):
        word = _word_at(text, found.start())
        if text.count(word) == 1 and "://" not in word and "@" not in word and "www." not in word:
            yield Suspicion("glued", found.start(), found.end(), f'words run together: "{word}"')


def _repeated(blocks: tuple[Block, ...]) -> Iterator[Suspicion]:
    seen: dict[str, Block] = {}
    for block in blocks:
        if len(block.text) < _LEAST:
            continue
        if block.text in seen:
            yield Suspicion("repetition", block.start, block.end, f'the same paragraph again: "{block.text[:60]}…"')
        seen[block.text] = block


def _leftovers(text: str) -> Iterator[Suspicion]:
    for pattern, message in ((_PAGE, "a page number left in the text"), (_NAVIGATION, "left over from a page")):
        for found in pattern.finditer(text):
            yield Suspicion("leftover", found.start(), found.end(), f'{message}: "{found.group().strip()[:60]}"')


def _around(text: str, found: re.Match[str]) -> str:
    return f'"{" ".join(text[max(0, found.start() - 12) : found.end() + 12].split())}"'


def _word_at(text: str, position: int) -> str:
    start = max(text.rfind(" ", 0, position), text.rfind("\n", 0, position)) + 1
    end = re.search(r"\s", text[position:])
    return text[start : position + end.start() if end else len(text)].strip('*.,;:()[]"“”„')
