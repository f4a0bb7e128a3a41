"""What the description of a dump says about its content: counts, classes, properties, languages, days."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from lod.mapping.dataset import Content

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lod.dump.runs import Entry

__all__ = ["Facts"]


@dataclass(slots=True)
class Facts:
    """Counts of a shard, or of a whole dump; days are ISO dates, and IRIs are as they stand in N-Triples, without <>.

    Classes, properties and subjects are counted in the canonical form of the graph, so only where that is written.
    """

    records: int = 0
    statements: int = 0
    subjects: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    languages: set[str] = field(default_factory=set)
    first: str | None = None
    last: str | None = None
    example: str | None = None
    shared: set[tuple[str, str]] = field(default_factory=set)

    def count(self, entry: Entry) -> None:
        """Count one release."""
        self.records += 1
        self.statements += entry.statements
        self.shared.update((kind, key) for kind, key in entry.shared)
        self.languages.add(entry.language)
        self.example = min(self.example or entry.subject, entry.subject)
        for day in entry.days:
            self._day(day)

    def add(self, other: Facts) -> None:
        """Count what another one counted."""
        self.records += other.records
        self.statements += other.statements
        self.subjects += other.subjects
        self.classes.update(other.classes)
        self.properties.update(other.properties)
        self.languages |= other.languages
        self.shared |= other.shared
        if other.example:
            self.example = min(self.example or other.example, other.example)
        for day in (other.first, other.last):
            self._day(day)

    def plain(self) -> dict[str, Any]:
        """The facts as values that JSON has; `Facts.of` takes them back."""
        row = {field.name: getattr(self, field.name) for field in fields(self)}
        return {**row, "languages": sorted(self.languages), "shared": sorted(self.shared)}

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Facts:
        """The facts of plain values."""
        return cls(
            **{
                **row,
                "classes": Counter(row["classes"]),
                "properties": Counter(row["properties"]),
                "languages": set(row["languages"]),
                "shared": {(kind, key) for kind, key in row["shared"]},
            }
        )

    def content(self) -> Content:
        """The facts, as the description of the dataset takes them."""
        return Content(
            self.records,
            self.statements,
            self.subjects,
            self.classes,
            self.properties,
            frozenset(self.languages),
            self.first,
            self.last,
            self.example,
        )

    def _day(self, day: str | None) -> None:
        if day:
            self.first = min(self.first or day, day)
            self.last = max(self.last or day, day)
