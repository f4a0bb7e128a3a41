"""The difference of two dumps, as `lod diff` tells it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lod.change.compare import compare
from lod.change.edition import Edition
from lod.change.listing import Tally, plain
from lod.change.patch import CLOSING, Written, opening, written
from lod.change.sentence import sentences

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Diff"]


@dataclass(frozen=True)
class Diff:
    """What changed from one dump to another. Everything is read anew each time it is asked for."""

    old: Edition
    new: Edition

    @classmethod
    def of(cls, old: Path, new: Path) -> Diff:
        """The difference of the dumps in two folders. Raises Damaged where there is none."""
        return cls(Edition.open(old), Edition.open(new))

    def records(self) -> Iterator[Written]:
        """The records that differ, with the rows of the patch."""
        return (written(found, discreet=False) for found in compare(self.old, self.new))

    def patch(self) -> Iterator[bytes]:
        """The patch that makes the one dump the other, complete, piece by piece."""
        yield opening(self.new.state.iri(self.new.base), self.old.state.iri(self.old.base))
        for one in self.records():
            yield b"".join(one.rows)
        yield CLOSING

    def sentences(self, language: str) -> Iterator[str]:
        """A sentence for each release."""
        return sentences((one.entry for one in self.records()), language)

    def summary(self) -> dict[str, Any]:
        """All of it for machines: the states, what happened to each record, and how often each kind of it."""
        tally = Tally()
        records = [plain(tally.add(one.entry)) for one in self.records()]
        states = {"from": self.old.state._asdict(), "to": self.new.state._asdict()}
        return {**states, "counts": tally.counts, "records": records}
