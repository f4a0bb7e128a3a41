"""A sentence for each release that changed, as a colleague would write it into a log."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lod.errors import on_one_line
from lod.vocabulary import vocab_root

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lod.change.listing import Entry

__all__ = ["LANGUAGES", "Wording", "sentences"]

LANGUAGES = ("de", "en")

# How a release is called, by whether it has a number and a title.
_NAMES = {(True, True): "named", (True, False): "numbered", (False, True): "titled", (False, False): "nameless"}


@lru_cache(maxsize=1)
def _texts() -> dict[str, Any]:
    with (vocab_root() / "change" / "sentences.toml").open("rb") as file:
        return tomllib.load(file)


class Wording:
    """The sentences of `vocab/change/sentences.toml` in one language."""

    def __init__(self, language: str) -> None:
        self._texts: dict[str, Any] = _texts()[language]
        outer = self._texts["inner"].split()
        self._inner = {mark: pair[-1] for pair in outer for mark in pair[:-1]}

    def of(self, entry: Entry) -> str:
        """What happened to a release."""
        fields = [self._texts["fields"].get(name, name) for name in entry.changed]
        values = {"release": self._name(entry), "date": self._date(entry.issued), "fields": self._list(fields)}
        return on_one_line(self._texts[self._key(entry)].format(**values))

    def shared(self, count: int) -> str:
        """How many entries changed that releases share."""
        return str(self._texts["shared"].format(count=count))

    @property
    def same(self) -> str:
        """That nothing changed."""
        return str(self._texts["same"])

    @staticmethod
    def _key(entry: Entry) -> str:
        if entry.kind == "withdrawn":
            return "withheld" if entry.status == "withheld" else "canceled"
        if entry.kind == "created":
            return "restored" if entry.again else "created" if entry.issued else "undated"
        if entry.kind == "updated":
            return "corrected" if entry.corrected else "updated"
        return entry.kind

    def _name(self, entry: Entry) -> str:
        key = _NAMES[bool(entry.number), bool(entry.title)]
        path = entry.iri.partition("/release/")[2] or entry.iri
        return str(self._texts[key].format(number=entry.number, title=self._quoted(entry.title or ""), path=path))

    def _quoted(self, title: str) -> str:
        return title.translate(str.maketrans(self._inner))

    def _date(self, issued: str | None) -> str:
        if issued is None:
            return ""
        try:
            day = date.fromisoformat(issued[:10])
        except ValueError:
            return issued
        months = self._texts["months"].split()
        return str(self._texts["date"].format(day=day.day, month=months[day.month - 1], year=day.year))

    def _list(self, words: list[str]) -> str:
        words = words or [self._texts["fields"]["other"]]
        return ", ".join(words[:-1]) + (self._texts["and"] if len(words) > 1 else "") + words[-1]


def sentences(entries: Iterable[Entry], language: str) -> Iterator[str]:
    """A sentence for each release, and one for all that releases share."""
    wording = Wording(language)
    shared = 0
    releases = False
    for entry in entries:
        if entry.shared:
            shared += 1
        else:
            releases = True
            yield wording.of(entry)
    if shared:
        yield wording.shared(shared)
    elif not releases:
        yield wording.same
