"""What harvest must know of languages: names of months and quotation marks, from vocab/harvest/languages.toml."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import NamedTuple

from lod.vocabulary import vocab_root

__all__ = ["Languages", "Marks", "languages"]


class Marks(NamedTuple):
    """Quotation marks: the outer and the inner pair."""

    opening: str = "“"
    closing: str = "”"
    inner_opening: str = "‘"
    inner_closing: str = "’"


class Languages(NamedTuple):
    """Names of months in lower case -> 1 to 12, and the quotation marks of each language."""

    months: dict[str, int]
    marks: dict[str, Marks]

    def marks_of(self, tag: str) -> Marks:
        """The marks of a language tag; those of English where it is not known."""
        return self.marks.get(tag.partition("-")[0], Marks())


@lru_cache(maxsize=1)
def languages() -> Languages:
    """Read the table, once in a process."""
    table = tomllib.loads((vocab_root() / "harvest" / "languages.toml").read_text("utf-8"))
    months: dict[str, int] = {}
    for entry in table.values():
        for kind in ("months", "short"):
            months.update((name, number) for number, name in enumerate(entry.get(kind, ()), 1))
        months.update(entry.get("other", {}))
    return Languages(months, {tag: Marks(*entry["quotes"]) for tag, entry in table.items()})
