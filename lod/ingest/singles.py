"""Single quotation marks: told from apostrophes, and put in the place of double ones where a text has no others."""

from __future__ import annotations

import re

from lod.ingest.patterns import UPPER

__all__ = ["SINGLE", "doubled"]

SINGLE = re.compile(rf"(?<![\w'’])[‚‘'](?=[{UPPER}\w])((?:[^‚‘’'\n]|(?<=\w)['’](?=\w)){{8,}}?[\w.,!?…])[’‘'](?!\w)")
"""Words in single marks; the first group is what stands between them."""

_DOUBLE = re.compile('["„“”«»‟\uff02]')
_OPENING = re.compile(r"(?<![\w.,!?’'])[‚‘'](?![stn]\b)(?=[\w…(\[“\"])")
_CLOSING = re.compile(r"(?<=[\w.,!?…)\]])[’'‘](?!\w)")
_LEAST = 2


def doubled(paragraphs: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The paragraphs; where single marks are the marks of speech, they are double ones, in the same places."""
    singles = sum(len(_OPENING.findall(text)) for _, text in paragraphs if "'" in text or "‘" in text or "‚" in text)
    doubles = sum(len(_DOUBLE.findall(text)) for _, text in paragraphs)
    if singles < _LEAST or doubles > singles // 2:
        return paragraphs
    return [(block, _replaced(text)) for block, text in paragraphs]


def _replaced(text: str) -> str:
    chars = list(text)
    openings = [found.start() for found in _OPENING.finditer(text)]
    for number, start in enumerate(openings):
        following = openings[number + 1] if number + 1 < len(openings) else len(text)
        ends = [found.start() for found in _CLOSING.finditer(text, start + 1, following)]
        # "the farmers’ hedges": an apostrophe behind an s closes only where nothing else does.
        sure = [end for end in ends if text[end - 1] != "s" or not text[end + 1 : end + 2].isspace()]
        chars[start] = "“"
        if sure or ends:
            chars[(sure or ends)[0]] = "”"
    return "".join(chars)
