"""The forms of values a mapping makes, as regular expressions that SHACL, JSON Schema and Python all read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lod.authority.model import PATHS
from lod.mapping.fields import field_type
from lod.mapping.template import Placeholder, parse_template

if TYPE_CHECKING:
    from lod.mapping.spec import NodeSpec
    from lod.mapping.template import Piece

__all__ = ["RELEASE", "bare", "escaped", "form_of"]

_SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
RELEASE = f"release/{_SLUG}(/{_SLUG})*"
"""The IRI of a release below the base."""

_AUTHORITY = f"({'|'.join(PATHS.values())})/{_SLUG}#id"


def escaped(text: str) -> str:
    """A text as part of a regular expression. Python escapes more than XPath's expressions allow."""
    return re.sub(r"([.?*+^$|\\()\[\]{}])", r"\\\1", text)


def bare(pattern: str) -> str:
    """A pattern without its anchors, and without what XPath 2.0 does not know: groups that are not remembered."""
    return pattern.removeprefix("^").removesuffix("$").replace("(?:", "(")


def form_of(template: str, spec: NodeSpec, cls: type, base: str, *, plain: bool = False) -> str | None:
    """What every IRI (`plain`: every text) of a template matches as a whole; None where nothing can be said of it."""
    if spec.of == "authority" and template == "{iri}":
        return escaped(base) + _AUTHORITY
    anything = ".+" if plain else r"[^\s<>]+"
    form = "".join(_piece(piece, cls, base, anything) for piece in parse_template(template))
    return None if form == anything else form


def _piece(piece: Piece, cls: type, base: str, anything: str) -> str:
    if isinstance(piece, str):
        return escaped(piece)
    if isinstance(piece, Placeholder):
        return _placeholder(piece, cls, base) or anything
    return "(" + "".join(_piece(one, cls, base, anything) for one in piece) + ")?"


def _placeholder(piece: Placeholder, cls: type, base: str) -> str | None:
    if piece.field == "base":
        return escaped(base)
    if piece.field == "release":
        return escaped(base) + RELEASE
    if piece.filter == "slug":
        return _SLUG
    found = None if piece.field.startswith("archive.") else field_type(cls, piece.field)
    if found is not None and found.of is int:
        return "[0-9]+"
    return bare(found.pattern) if found is not None and found.pattern else None
