"""The rules, as the tables in `vocab/verify/` have them: what a dump must be, how grave a breach is, and why."""

from __future__ import annotations

import tomllib
from typing import NamedTuple

from lod.vocabulary import vocab_root

__all__ = ["Rule", "read_rules", "told"]


class Rule(NamedTuple):
    """One rule: its id, its severity ("error" or "warning"), what it asks for, and the reason."""

    id: str
    severity: str
    says: str
    reason: str


def read_rules() -> dict[str, Rule]:
    """All rules by id, in the order of the files."""
    rules = {}
    for name in ("rules", "news", "feed"):
        with (vocab_root() / "verify" / f"{name}.toml").open("rb") as file:
            rules.update({rule: Rule(rule, **table) for rule, table in tomllib.load(file).items()})
    return rules


def told(rules: dict[str, Rule]) -> str:
    """The table for people."""
    wide = max(map(len, rules))
    lines = (
        f"{rule.id:<{wide}}  {rule.severity:<7}  {rule.says}\n{'':<{wide + 11}}{rule.reason}\n"
        for rule in rules.values()
    )
    return "".join(lines)
