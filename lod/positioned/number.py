"""Numbers that come out as they went in: no leading zeros, no exponent, no zero at the end of a fraction.

`number: 007` and `version: 1.10` are names that look like numbers; read as numbers they would lose digits.
"""

from __future__ import annotations

import re

__all__ = ["FLOAT", "INT", "number"]

INT = r"0|-?[1-9][0-9]{0,17}"
FLOAT = r"-?[0-9]{1,15}\.[0-9]{1,15}"
_FLOAT = re.compile(FLOAT)


def number(text: str) -> float | str:
    """A fraction as a float where the float says the same, else the text."""
    if not _FLOAT.fullmatch(text):
        return text
    value = float(text)
    return value if str(value) == text else text
