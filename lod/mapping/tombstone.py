"""What is left of a canceled release: who issued what when, and why it is gone; nothing of its text."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lod.mapping.template import Placeholder, parse_template, render
from lod.release import Release

if TYPE_CHECKING:
    from lod.mapping.spec import Tombstone

__all__ = ["Tombstones"]


class Tombstones:
    """Makes tombstones by the rules of a mapping file."""

    def __init__(self, rules: Tombstone) -> None:
        self._keep = rules.keep
        self._titles = rules.title

    def of(self, release: Release) -> Release:
        """The release reduced to the fields that are kept, with a title that says it was withdrawn."""
        kept = {name: getattr(release, name) for name in self._keep}
        language = release.language.partition("-")[0]
        template = self._titles.get(language) or self._titles.get("en") or next(iter(self._titles.values()))
        return Release.model_construct(**kept, title=render(_compiled(template), release, None) or release.path)


@lru_cache(maxsize=64)
def _compiled(template: str) -> list[Any]:
    return [_piece(piece) for piece in parse_template(template)]


def _piece(piece: Any) -> Any:
    if isinstance(piece, list):
        return [_piece(one) for one in piece]
    if isinstance(piece, Placeholder):
        field = piece.field
        return lambda item, _scope: getattr(item, field)
    return piece
