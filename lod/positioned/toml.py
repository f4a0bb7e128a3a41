"""TOML with the line of each table, key and item of an array; dates are text, as they are in YAML and JSON."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date, time
from typing import Any, NamedTuple

from lod.positioned.fault import Find, Malformed
from lod.positioned.number import number

__all__ = ["read"]

_PLACE = re.compile(r"(?P<reason>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)", re.DOTALL)
_TOKEN = re.compile(r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL)
_NAME = r"""(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*')"""
_PATH = rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*"
_SIGN = re.compile(r"\S")
_LINE = re.compile(
    rf"^[ \t]*(?:(?P<open>\[\[?)[ \t]*(?P<table>{_PATH})[ \t]*\]\]?[ \t]*$|(?P<key>{_PATH})[ \t]*=)",
    re.MULTILINE,
)


def read(text: str) -> tuple[Any, Find]:
    """Value and line finder of a TOML text. Raises Malformed."""
    try:
        value = _dated(tomllib.loads(text, parse_float=number))
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.fullmatch(str(error))
        known = found is not None and found["line"] is not None
        line, column = (int(found["line"]), int(found["column"])) if found and known else (text.count("\n") + 1, 0)
        raise Malformed(line, column, f"not TOML: {found['reason'] if found else error}") from None
    except RecursionError:
        raise Malformed(1, 0, "nested too deeply") from None
    return value, lambda path: _line(text, tuple(path))


def _dated(value: Any) -> Any:
    """The value with dates and times as text, as YAML and JSON have them."""
    if isinstance(value, dict):
        return {key: _dated(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_dated(item) for item in value]
    return value.isoformat() if isinstance(value, date | time) else value


class _Spot(NamedTuple):
    """Where a key or table stands in its text, and where its value begins (None: it is a table)."""

    at: int
    value: int | None = None


def _line(text: str, path: tuple[str | int, ...]) -> int:
    spots = _spots(_TOKEN.sub(_blanked, text))
    known = next((path[:length] for length in range(len(path), 0, -1) if path[:length] in spots), None)
    if known is None:
        return 1
    spot = spots[known]
    at = spot.at
    if spot.value is not None and path != known and isinstance(index := path[len(known)], int):
        at = _item(_TOKEN.sub(_hidden, text), spot.value, index) or at
    return text.count("\n", 0, at) + 1


def _spots(bare: str) -> dict[tuple[str | int, ...], _Spot]:
    """The place of each table and key; what is in an inline table counts as its key."""
    spots: dict[tuple[str | int, ...], _Spot] = {}
    indexes: dict[tuple[str | int, ...], int] = {}
    table: tuple[str | int, ...] = ()
    for found in _LINE.finditer(bare):
        names = [_unquoted(name) for name in re.findall(_NAME, found["table"] or found["key"])]
        path: list[str | int] = [] if found["table"] else list(table)
        for depth, name in enumerate(names, 1):
            path.append(name)
            if found["open"] == "[[" and depth == len(names):
                indexes[tuple(path)] = indexes.get(tuple(path), -1) + 1
            if found["table"] and tuple(path) in indexes:
                spots.setdefault(tuple(path), _Spot(found.start()))
                path.append(indexes[tuple(path)])
            value = found.end() if found["key"] and depth == len(names) else None
            spots.setdefault(tuple(path), _Spot(found.start(), value))
        table = tuple(path) if found["table"] else table
    return spots


def _item(hidden: str, value: int, index: int) -> int | None:
    """Where an item of an array begins whose value begins there; None where that is no array, or not so long."""
    depth = count = 0
    for found in _SIGN.finditer(hidden, value):
        sign = found.group()
        if depth == 1 and count == index and sign not in ",]":
            return found.start()
        depth += (sign in "[{") - (sign in "]}")
        count += depth == 1 and sign == ","
        if depth == 0:
            break
    return None


def _blanked(token: re.Match[str]) -> str:
    """Comments and texts over several lines as spaces, so that nothing in them looks like a key."""
    text = token.group()
    return re.sub(r"[^\n]", " ", text) if text[0] == "#" or text[:3] in {'"""', "'" * 3} else text


def _hidden(token: re.Match[str]) -> str:
    """Comments as spaces, and texts as something that is no bracket."""
    text = token.group()
    return re.sub(r"[^\n]", " " if text[0] == "#" else "x", text)


def _unquoted(name: str) -> str:
    return str(json.loads(name)) if name[0] == '"' else name.strip("'")
