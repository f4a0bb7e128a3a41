"""What is left of a release that was withheld or canceled: who issued what when, and why; nothing of its text."""

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
        self._titles = {"canceled": rules.title, "withheld": rules.withheld or rules.title}

    def of(self, release: Release) -> Release:
        """The release reduced to the fields that are kept, with a title that says it was withheld or withdrawn."""
        kept = {name: getattr(release, name) for name in self._keep}
        if kept.get("recorded", "") is None and release.source:
            kept["recorded"] = release.source.retrieved  # what else told when version 1 came about is gone
        language = release.language.partition("-")[0]
        titles = self._titles.get(release.status, self._titles["canceled"])
        template = titles.get(language) or titles.get("en") or next(iter(titles.values()))
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
