"""What the figures have to reach, as ratios within one run, and by how much they do or do not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

__all__ = ["GOALS", "Figures", "Goal"]


class Figures(NamedTuple):
    """The medians of one peer: records and statements a second (None where nobody counted), seconds, peak in MB."""

    records: float
    statements: float | None
    wall: float
    processors: float
    peak: float


Found = Mapping[str, Figures]


class Goal(NamedTuple):
    """One goal. `value` takes the figures by peer and raises KeyError where one of them is missing."""

    text: str
    target: float
    value: Callable[[Found], float]
    least: bool = True

    def verdict(self, found: Found) -> tuple[float | None, str]:
        """The value, and whether it was reached or by how much it was not."""
        try:
            value = self.value(found)
        except KeyError as error:
            return None, f"not measured: {error.args[0]} is missing"
        if (value >= self.target) if self.least else (value <= self.target):
            return value, "reached"
        return value, f"missed by {abs(value - self.target) / self.target:.0%}"


def _faster(one: str, other: str) -> Callable[[Found], float]:
    return lambda found: found[one].records / found[other].records


def _three(found: Found) -> float:
    return found["lod three 1"].wall / max(found[f"lod {form} 1"].wall for form in ("turtle", "jsonld", "newsml"))


def _three_mean(found: Found) -> float:
    return found["lod three 1"].wall / (sum(found[f"lod {form} 1"].wall for form in ("turtle", "jsonld", "newsml")) / 3)


GOALS: tuple[Goal, ...] = (
    Goal("Turtle, 2 processes, times naive rdflib (at 10,000 records)", 60, _faster("lod turtle 2", "rdflib turtle")),
    Goal("Turtle, 1 process, times naive rdflib", 60, _faster("lod turtle 1", "rdflib turtle")),
    Goal("N-Triples, 2 processes, times naive rdflib", 20, _faster("lod ntriples 2", "rdflib ntriples")),
    Goal("N-Triples, 1 process, times naive rdflib", 20, _faster("lod ntriples 1", "rdflib ntriples")),
    Goal("N-Triples, times Morph-KGC, both 2 processes (at 100,000)", 10, _faster("lod ntriples 2", "Morph-KGC 2")),
    Goal("N-Triples, 2 processes, times Tarka (at 100,000)", 1.5, _faster("lod ntriples 2", "Tarka ntriples")),
    Goal("Turtle, 2 processes, times Tarka (at 100,000)", 1.5, _faster("lod turtle 2", "Tarka turtle")),
    Goal("Turtle, JSON-LD and NewsML together, times the dearest of them", 1.6, _three, least=False),
    Goal("Turtle, JSON-LD and NewsML together, times their mean", 1.6, _three_mean, least=False),
    Goal("N-Triples, 1 process, share of the floor", 0.6, _faster("lod ntriples 1", "floor")),
    Goal("N-Triples, 2 processes, times 1", 1.8, _faster("lod ntriples 2", "lod ntriples 1")),
    Goal("peak of a process in MB, N-Triples", 250, lambda found: found["lod ntriples 2"].peak, least=False),
)
