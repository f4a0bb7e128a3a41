"""TOML with the line of each table and key; dates are text, as they are in YAML and JSON."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date, time
from typing import Any

from lod.positioned.fault import Find, Malformed
from lod.positioned.number import number

__all__ = ["read"]

_PLACE = re.compile(r"(?P<reason>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)", re.DOTALL)
_TOKEN = re.compile(r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL)
_NAME = r"""(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*')"""
_PATH = rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*"
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


def _line(text: str, path: tuple[str | int, ...]) -> int:
    lines = _lines(text)
    return next((lines[path[:length]] for length in range(len(path), 0, -1) if path[:length] in lines), 1)


def _lines(text: str) -> dict[tuple[str | int, ...], int]:
    """The line of each table and key; values inside inline tables and arrays count as their key."""
    bare = _TOKEN.sub(_blanked, text)
    lines: dict[tuple[str | int, ...], int] = {}
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
                lines.setdefault(tuple(path), bare.count("\n", 0, found.start()) + 1)
                path.append(indexes[tuple(path)])
            lines.setdefault(tuple(path), bare.count("\n", 0, found.start()) + 1)
        table = tuple(path) if found["table"] else table
    return lines


def _blanked(token: re.Match[str]) -> str:
    """Comments and texts over several lines as spaces, so that nothing in them looks like a key."""
    text = token.group()
    return re.sub(r"[^\n]", " ", text) if text[0] == "#" or text[:3] in {'"""', "'" * 3} else text


def _unquoted(name: str) -> str:
    return str(json.loads(name)) if name[0] == '"' else name.strip("'")
