"""What the proof came to, for people and for machines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lod.verify.rules import read_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lod.verify.finding import Findings

__all__ = ["Verdict"]


@dataclass(frozen=True)
class Verdict:
    """A dump and what is wrong with it. `proved` counts what was read back: files, bytes, records, statements."""

    out: str
    findings: Findings
    proved: dict[str, int]

    @property
    def errors(self) -> int:
        """How many findings of severity error there are."""
        return self._of("error")

    @property
    def warnings(self) -> int:
        """How many findings of severity warning there are."""
        return self._of("warning")

    def _of(self, severity: str) -> int:
        rules = read_rules()
        return sum(count for rule, count in self.findings.by_rule.items() if rules[rule].severity == severity)

    @property
    def passed(self) -> bool:
        """Whether no rule of severity error was broken."""
        return self.errors == 0

    def summary(self) -> dict[str, Any]:
        """All of it, ready for JSON."""
        rules = read_rules()
        return {
            "out": self.out,
            "passed": self.passed,
            "errors": self.errors,
            "warnings": self.warnings,
            "proved": self.proved,
            "rules": self.findings.by_rule,
            "findings": [{**one._asdict(), "severity": rules[one.rule].severity} for one in self.findings],
        }

    def lines(self) -> Iterator[str]:
        """A line for each finding, what was left out, and the sum."""
        rules = read_rules()
        kept = 0
        for finding in self.findings:
            kept += 1
            yield f"{'warning: ' if rules[finding.rule].severity == 'warning' else ''}{finding}"
        if kept < len(self.findings):
            told = ", ".join(f"{rule} {count:,}" for rule, count in self.findings.by_rule.items())
            yield f"… {len(self.findings) - kept:,} more of the same; all in all: {told}"
        counts = ", ".join(f"{count:,} {name}" for name, count in self.proved.items())
        yield f"Read back {counts}."
        yield f"{self.out}: {'proved' if self.passed else 'NOT PROVED'}: {self._sum()}"

    def _sum(self) -> str:
        names = ((self.errors, "error"), (self.warnings, "warning"))
        return ", ".join(f"{count:,} {name}{'' if count == 1 else 's'}" for count, name in names)
