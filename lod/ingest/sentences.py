"""Where sentences end."""

from __future__ import annotations

import re
from bisect import bisect_right

from lod.ingest.patterns import UPPER

__all__ = ["Sentences"]

_BREAK = re.compile(rf"[.!?…][\"“”»«’‘')\]]*\s+(?=[\"„“«»‚‘'(\[–-]*[{UPPER}0-9])|\n+")
# A full stop after these ends no sentence: titles, numbers, single letters, common short forms.
_SHORT = re.compile(
    r"(?:\b(?:Dr|Prof|dr|prof|Mr|Mrs|Ms|Hr|Fr|St|Nr|No|Art|Abs|bzw|ca|etc|vgl|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Jr|Sr|Sra|Dipl|Ing|Mag|Mme|Co|Inc|Ltd|Corp|Str|Tel|ehem|stellv|Stv|"
    r"i\.d\.R|z\.B|u\.a|d\.h|e\.V|h\.c|U\.S|D\.C|U\.K|rer|nat|med|jur|phil|Hon|Rev|Jan|Feb|Aug|Sept|Okt|Nov|Dez|Dec|Oct|Dña|Excmo|Ilmo|drs|ir|ing|dhr|mevr|p\.ex|c\.-à-d|vs|v)|\b[A-ZÄÖÜa-z]|\b\d{1,2})\.$"
)


class Sentences:
    """The sentences of one text, as offsets."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0]
        for found in _BREAK.finditer(text):
            stop = found.start() + 1
            if text[found.start()] == "." and _SHORT.search(text[max(0, stop - 12) : stop]):
                continue
            self.starts.append(found.end())

    def around(self, offset: int) -> tuple[int, int]:
        """Start and end of the sentence an offset is in."""
        index = bisect_right(self.starts, offset) - 1
        end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
        return self.starts[index], end
