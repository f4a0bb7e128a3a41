"""What is wrong with a dump, each finding one line, and never more of them than a person can use."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Finding", "Findings", "shown"]

_KEPT_OF_A_FILE = 20
_KEPT_OF_A_RULE = 1000
_LONGEST = 160
_UNSAFE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def shown(value: str, longest: int = _LONGEST) -> str:
    r"""A value of the dump as it may be printed: short, on one line, and nothing in it that steers a terminal.

    >>> shown("Stadt" + chr(27) + "[2J" + chr(10) + "Rat")
    'Stadt\\u001B[2J\\u000ARat'
    """
    cut = value if len(value) <= longest else value[: longest - 1] + "…"
    return "".join(f"\\u{ord(one):04X}" if unicodedata.category(one) in _UNSAFE else one for one in cut)


class Finding(NamedTuple):
    """One thing that is wrong: rule, file, what is wrong, and the record (its IRI) and property where there are any."""

    rule: str
    file: str
    message: str
    record: str = ""
    property: str = ""

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.file, self.record, self.property, self.message) if part)
        return f"{where} [{self.rule}]"


class Findings:
    """Findings in the order they were made. All are counted; the first of a rule and file are kept."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()
        self._kept: list[Finding] = []
        self._of_rule: Counter[str] = Counter()

    def add(self, rule: str, file: str, message: str, record: str = "", prop: str = "") -> None:
        """Note that something is wrong. What comes from the dump is made printable here."""
        self.counts[rule, file] += 1
        if self.counts[rule, file] <= _KEPT_OF_A_FILE:
            self._keep(Finding(rule, shown(file), shown(message, 400), shown(record), shown(prop)))

    def extend(self, other: Findings) -> None:
        """Take over the findings of a part of the work, which no other part has made."""
        self.counts.update(other.counts)
        for finding in other._kept:
            self._keep(finding)

    def _keep(self, finding: Finding) -> None:
        self._of_rule[finding.rule] += 1
        if self._of_rule[finding.rule] <= _KEPT_OF_A_RULE:
            self._kept.append(finding)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._kept)

    def __len__(self) -> int:
        return self.counts.total()

    @property
    def by_rule(self) -> dict[str, int]:
        """How often each rule was broken, by id."""
        total: Counter[str] = Counter()
        for (rule, _), count in self.counts.items():
            total[rule] += count
        return dict(sorted(total.items()))
