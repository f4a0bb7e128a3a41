"""YAML, JSON and TOML read as plain values, with the line where each value stands.

    loaded = load(text, ".yaml")
    loaded.value                     # dict, list, str, int, float, bool or None, nothing else
    loaded.line_of(("people", 0))    # 1-based line of that key or item; where absent, of the nearest thing above it

Raises Malformed, with line and column, for text that is not well formed. Lines are counted only when asked for.

What the three have in common, so that no record says less than its file: a key that occurs twice in one mapping is
refused; a number that Python would write in another way ("007", "1.10", "1e5") stays text; dates stay text; keys are
text. YAML follows the core schema of YAML 1.2 (section 10.3.2): `no` and `on` are text, tags other than those of text,
list and mapping are refused, and aliases may repeat a part of the file but not blow it up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from lod.positioned import json, toml, yaml
from lod.positioned.fault import Malformed, place

__all__ = ["SUFFIXES", "Loaded", "Malformed", "decoded", "load", "place"]

_READERS = {".json": json.read, ".toml": toml.read, ".yaml": yaml.read, ".yml": yaml.read}

_DEPTH = 60  # no record needs more than ten; what comes after may walk values by recursion

SUFFIXES = tuple(_READERS)
"""The suffixes `load` knows."""


class Loaded(NamedTuple):
    """What a text says, and a function that tells the line of a path into it."""

    value: Any
    line_of: Callable[[Sequence[str | int]], int]


def load(text: str | bytes, suffix: str, first_line: int = 1) -> Loaded:
    r"""The value of a YAML, JSON or TOML text (bytes: UTF-8); `first_line` is its first line's number in its file.

    Raises Malformed; ValueError for a suffix that is not in SUFFIXES.

    >>> load("id: stgb-nrw\nnumber: 007", ".yaml").value
    {'id': 'stgb-nrw', 'number': '007'}
    >>> load('{"a": [1,\n 2]}', ".json").line_of(("a", 1))
    2
    """
    reader = _READERS.get(suffix)
    if reader is None:
        raise ValueError(f'"{suffix}" is not one of {", ".join(SUFFIXES)}')
    try:
        value, find = reader(decoded(text) if isinstance(text, bytes) else text.removeprefix("\ufeff"))
    except Malformed as error:
        raise Malformed(error.line + first_line - 1, error.column, error.reason) from None
    if _deeper(value, _DEPTH):
        raise Malformed(first_line, 0, f"nested more than {_DEPTH} deep")
    return Loaded(value, lambda path: find(path) + first_line - 1)


def _deeper(value: Any, limit: int) -> bool:
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(limit):
        level = [
            item
            for container in level
            for item in (container.values() if isinstance(container, dict) else container)
            if isinstance(item, dict | list)
        ]
        if not level:
            return False
    return True


def decoded(data: bytes) -> str:
    """UTF-8, with or without a byte order mark, as text. Raises Malformed with the place of the first wrong byte."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        head = data[: error.start]
        column = error.start - head.rfind(b"\n")
        raise Malformed(head.count(b"\n") + 1, column, f"not UTF-8: byte 0x{data[error.start]:02X}") from None
