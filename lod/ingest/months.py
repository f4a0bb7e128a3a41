"""Names of months, days and countries in a language, from the Unicode CLDR as babel ships it."""

from __future__ import annotations

import re
from functools import cached_property

from lod.ingest.tables import Tables

__all__ = ["Months"]


class Months:
    """Month names of one language with their numbers, and patterns that find them."""

    def __init__(self, language: str, tables: Tables) -> None:
        from babel import Locale, UnknownLocaleError

        try:
            self._locale = Locale.parse(language)
        except (UnknownLocaleError, ValueError):
            self._locale = Locale.parse("en")
        self.tables = tables

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Month names and their short forms in lower case, without full stop."""
        found: dict[str, int] = {}
        for kind in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in self._locale.months[kind][width].items():
                    short = name.lower().rstrip(".")
                    found.setdefault(short, number)
                    # "Sept." is written "Sep." as well, and the other way round.
                    found.setdefault(short[:3] if width == "abbreviated" and len(short) > 3 else short, number)
                    found.setdefault(short[:4] if short.startswith("sept") else short, number)
        if self.tables.language == "de":
            found.update({"jänner": 1, "jän": 1, "maerz": 3, "mrz": 3})
        return {name: number for name, number in found.items() if name and not name.isdigit()}

    @cached_property
    def month(self) -> str:
        """A pattern for the name of a month."""
        names = sorted(self.numbers, key=lambda name: (-len(name), name))
        return "(?:" + "|".join(re.escape(name) for name in names) + r")\.?(?![^\W\d_])"

    @cached_property
    def day(self) -> str:
        """A pattern for the name of a day of the week."""
        names = {
            name.lower().rstrip(".")
            for kind in ("format", "stand-alone")
            for width in ("wide", "abbreviated")
            for name in self._locale.days[kind][width].values()
        }
        if self.tables.language == "de":
            names.add("sonnabend")
        return (
            "(?:"
            + "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
            + r")(?!\w)\.?"
        )

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """Names of countries in the language, as patterns."""
        names = {name for code, name in self._locale.territories.items() if len(code) == 2}
        return tuple(re.escape(name) for name in sorted(names))
