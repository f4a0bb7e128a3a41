"""Templates of mapping rules: text with {fields}, filters, and [groups] that vanish when a field in them is missing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from lod.term import slug

if TYPE_CHECKING:
    from collections.abc import Callable

    Read = Callable[[Any, Any], Any]

__all__ = ["FILTERS", "Placeholder", "compiled", "parse_template", "render"]

_LONGEST = 400  # a slug that is cut could be that of two things; ids of releases have at most 200 characters


def _whole_slug(text: str) -> str:
    return slug(text, _LONGEST)


FILTERS: dict[str, Callable[[str], str]] = {"slug": _whole_slug, "lower": str.lower}
_TOKEN = re.compile(r"\{([^{}|]+)(?:\|([a-z]+))?\}|(\[)|(\])|([^{}\[\]]+)|(.)")


class Placeholder(NamedTuple):
    """A field of the item, and the filter its value goes through."""

    field: str
    filter: str | None


Piece = str | Placeholder | list[Any]


def parse_template(text: str) -> list[Piece]:
    """The pieces of a template: strings, placeholders, and groups as lists.

    Raises ValueError for an unknown filter, an unclosed group or a lone brace.

    >>> parse_template("PM[ {number}]")
    ['PM', [' ', Placeholder(field='number', filter=None)]]
    """
    pieces: list[Piece] = []
    group: list[Piece] | None = None
    for name, chosen, opens, closes, plain, other in _TOKEN.findall(text):
        if other or (opens and group is not None) or (closes and group is None):
            raise ValueError(f'unexpected "{other or opens or closes}" in template "{text}"')
        if opens:
            group = []
        elif closes:
            pieces.append(group or [])
            group = None
        else:
            if chosen and chosen not in FILTERS:
                raise ValueError(f'unknown filter "{chosen}" in template "{text}"')
            (pieces if group is None else group).append(plain or Placeholder(name, chosen or None))
    if group is not None:
        raise ValueError(f'unclosed "[" in template "{text}"')
    return pieces


def compiled(pieces: list[Any]) -> Callable[[Any, Any], str | None]:
    """A function of item and scope that renders pieces whose placeholders have become readers."""
    if any(isinstance(piece, list) for piece in pieces):
        return lambda item, scope: render(pieces, item, scope)
    readers = [piece for piece in pieces if not isinstance(piece, str)]
    pattern = "".join(piece.replace("%", "%%") if isinstance(piece, str) else "%s" for piece in pieces)
    if len(readers) == 1:
        return _filled(pattern, readers[0])

    def fill(item: Any, scope: Any) -> str | None:
        values = [read(item, scope) for read in readers]
        return None if None in values or "" in values else pattern % tuple(values)

    return fill


def _filled(pattern: str, read: Callable[[Any, Any], Any]) -> Callable[[Any, Any], str | None]:
    """The common case of one placeholder."""

    def fill(item: Any, scope: Any) -> str | None:
        value = read(item, scope)
        return None if value is None or value == "" else pattern % (value,)

    return fill


def render(pieces: list[Any], item: Any, scope: Any) -> str | None:
    """The text of compiled pieces (strings, readers, groups); None when a field outside a group is missing."""
    parts: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            parts.append(piece)
        elif isinstance(piece, list):
            parts.append(render(piece, item, scope) or "")
        else:
            value = piece(item, scope)
            if value is None or value == "":
                return None
            parts.append(value if isinstance(value, str) else str(value))
    return "".join(parts)
