"""JSON in which a key that occurs twice is a fault, with the line of each member."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from lod.positioned.fault import Find, Malformed, place
from lod.positioned.number import number

__all__ = ["read"]

_SPACE = re.compile(r"[ \t\r\n]*")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def read(text: str) -> tuple[Any, Find]:
    """Value and line finder of a JSON text. Raises Malformed."""
    # The json module, not orjson: for texts of a few kilobytes it takes 4 microseconds more, and it can be told to
    # refuse a key that occurs twice and to keep all digits of a long number.
    try:
        if _SURROGATE.search(text):
            orjson.loads(text)  # refuses half a pair
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=number)
    except json.JSONDecodeError as error:
        raise Malformed(error.lineno, error.colno, f"not JSON: {error.msg}") from None
    except _Twice as error:
        raise Malformed(*_twice(text), f'key "{error}" occurs twice') from None
    except RecursionError:
        raise Malformed(1, 0, "nested too deeply") from None
    except ValueError as error:
        raise Malformed(1, 0, f"not JSON: {error}") from None
    return value, lambda path: _line(text, path)


class _Twice(Exception):
    """A key that occurs twice."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        seen: set[str] = set()
        raise _Twice(next(key for key, _ in pairs if key in seen or seen.add(key)))  # type: ignore[func-returns-value]
    return mapping


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number of JSON")


def _members(text: str, at: int) -> Iterator[tuple[str | int, int, int]]:
    """Key or index, its position, and the position of its value, for each member of the container at `at`."""
    keyed, index = text[at] == "{", 0
    at = _after_space(text, at + 1)
    while text[at] not in "}]":
        key: str | int = index
        start = at
        if keyed:
            key, at = json.decoder.scanstring(text, at + 1)  # type: ignore[attr-defined]
            at = _after_space(text, _after_space(text, at) + 1)
        yield key, start, at
        _, at = json.JSONDecoder().raw_decode(text, at)
        at = _after_space(text, at)
        if text[at] == ",":
            at = _after_space(text, at + 1)
        index += 1


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _line(text: str, path: Sequence[str | int]) -> int:
    position = value = _after_space(text, 0)
    for step in path:
        if text[value] not in "{[":
            break
        found = next((member for member in _members(text, value) if member[0] == step), None)
        if found is None:
            break
        _, position, value = found
    return place(text, position)[0]


def _twice(text: str) -> tuple[int, int]:
    """Line and column of the first key that its object has already."""
    containers = [_after_space(text, 0)]
    while containers:
        seen = set()
        for key, position, value in _members(text, containers.pop(0)):
            if key in seen:
                return place(text, position)
            seen.add(key)
            if text[value] in "{[":
                containers.append(value)
    return 1, 0  # pragma: no cover - only called when there is one
