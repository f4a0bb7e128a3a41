"""The passes of an export over one archive: records are encoded part by part, and shards are written from them."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lod.archive import Archive
from lod.dump.fingerprint import discreet_print, partition_print, shard_print
from lod.dump.hidden import betrayed
from lod.dump.runs import repeated, seen
from lod.dump.shards import Shard, write_shard
from lod.dump.work import Outcome, Task, Worker
from lod.errors import OutputError
from lod.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from lod.dump.engine import Crew
    from lod.dump.known import Known
    from lod.dump.runs import Sighting, Slice
    from lod.harvest import Partition
    from lod.progress import Tell

__all__ = ["Passes", "Written", "worker_of"]

_Call = tuple["Path", Task, int, "Partition", "frozenset[str] | None"]


class Written(NamedTuple):
    """What the passes made: outcomes, repeated paths, shards with their fingerprints, and the files not made anew."""

    outcomes: Sequence[Outcome]
    doubles: Mapping[str, Sequence[Sighting]]
    prints: Sequence[str]
    shards: list[Shard]
    standing: frozenset[str]


@lru_cache(maxsize=2)
def worker_of(root: Path, task: Task) -> Worker:
    """The worker of this process."""
    return Worker(Archive.open(root), task)


def _run(root: Path, task: Task, number: int, partition: Partition, only: frozenset[str] | None) -> Outcome:
    return worker_of(root, task).run(partition, f"{number:06d}", only)


def _write(root: Path, task: Task, shard: str, slices: Sequence[Slice], refused: frozenset[str]) -> Shard:
    return write_shard(shard, slices, worker_of(root, task).serializers, task.packing, refused)


class Passes:
    """Has a crew do what is not known yet. `parts` are all of the archive, in their order."""

    def __init__(self, root: Path, task: Task, parts: Sequence[Partition], known: Known, tell: Tell) -> None:
        self._root, self._task, self._parts, self._known, self._tell = root, task, parts, known, tell
        self._prints = [partition_print(root, part, task.setting) for part in parts]
        self._discreet: dict[int, Task] = {}

    def run(self, crew: Crew) -> Written:
        """Encode the records and write the shards."""
        outcomes = self.encode(crew)
        doubles = repeated([outcome.sightings for outcome in outcomes])
        prints = _shard_prints(self._task.setting, outcomes, doubles)
        taken = self._known.take(prints, {shard for one in outcomes if one.runs for shard in one.sums})
        self.encode_again(crew, outcomes, prints.keys() - taken.keys())
        shards = self.write(crew, outcomes, frozenset(doubles), prints, taken)
        standing = frozenset(file.path for shard in taken.values() for file in shard.files)
        return Written(outcomes, doubles, list(prints.values()), shards, standing)

    def encode(self, crew: Crew) -> list[Outcome]:
        """The outcome of every partition, in the order of the partitions; one that is known has no runs."""
        done: dict[int, Outcome] = {}
        for number, fingerprint in enumerate(self._prints):
            if known := self._known.outcome(fingerprint, self._task.now):
                done[number] = known
        calls = [self._call(number) for number in range(len(self._parts)) if number not in done]
        records = sum(outcome.counts.harvested for outcome in done.values())
        self._tell(Progress("reading", len(done), len(self._parts), records))
        for index, outcome in crew.each(_run, calls):
            number = calls[index][2]
            done[number] = self._known.found_out(outcome, self._prints[number], self._prints[number])
            records += outcome.counts.harvested
            self._tell(Progress("reading", len(done), len(self._parts), records))
        return self._encode_discreetly(crew, [done[number] for number in range(len(self._parts))])

    def _encode_discreetly(self, crew: Crew, outcomes: list[Outcome]) -> list[Outcome]:
        """The outcomes, with those partitions encoded again whose public records name one that is hidden."""
        found = betrayed(seen([one.sightings for one in outcomes]), [one.names for one in outcomes])
        prints = {number: discreet_print(self._prints[number], names) for number, names in sorted(found.items())}
        task = self._task._replace(hidden=frozenset().union(*found.values()))
        self._discreet = dict.fromkeys(prints, task)
        calls = []
        for number, fingerprint in prints.items():
            if known := self._known.outcome(fingerprint, task.now):
                outcomes[number] = known
            else:
                calls.append(self._call(number))
        for index, outcome in crew.each(_run, calls):
            number = calls[index][2]
            outcomes[number] = self._known.found_out(outcome, self._prints[number], prints[number])
        return outcomes

    def encode_again(self, crew: Crew, outcomes: list[Outcome], shards: AbstractSet[str]) -> None:
        """Give outcomes that are known their runs of the shards that have to be written."""
        wanted = [(number, frozenset(shards & one.sums.keys())) for number, one in enumerate(outcomes) if not one.runs]
        wanted = [(number, only) for number, only in wanted if only]
        calls = [self._call(number, only) for number, only in wanted]
        for done, (index, outcome) in enumerate(crew.each(_run, calls), 1):
            number, only = wanted[index]
            if outcome.sums != {shard: outcomes[number].sums[shard] for shard in only}:
                raise OutputError(str(self._root), "was changed while it was exported; export it again")
            outcomes[number] = replace(outcomes[number], runs=outcome.runs)
            self._tell(Progress("reading again", done, len(calls), 0))

    def _call(self, number: int, only: frozenset[str] | None = None) -> _Call:
        return self._root, self._discreet.get(number, self._task), number, self._parts[number], only

    def write(
        self,
        crew: Crew,
        outcomes: Sequence[Outcome],
        refused: frozenset[str],
        prints: Mapping[str, str],
        taken: Mapping[str, Shard],
    ) -> list[Shard]:
        """Every shard, in all formats, without the paths that are refused; those that are taken need no writing."""
        runs = [run for outcome in outcomes for run in outcome.runs]
        names = [name for name in prints if name not in taken]
        calls = [(self._root, self._task, name, [run[name] for run in runs if name in run], refused) for name in names]
        done = dict(taken)
        records = sum(shard.facts.records for shard in taken.values())
        self._tell(Progress("writing", len(done), len(prints), records))
        for index, shard in crew.each(_write, calls):
            done[names[index]] = shard
            self._known.finished(prints[names[index]], shard)
            records += shard.facts.records
            self._tell(Progress("writing", len(done), len(prints), records))
        return [done[name] for name in prints]


def _shard_prints(
    setting: str, outcomes: Sequence[Outcome], doubles: Mapping[str, Sequence[Sighting]]
) -> dict[str, str]:
    """The fingerprint of every shard, by its name, in the order of the names."""
    refused: dict[str, set[str]] = {}
    for sightings in doubles.values():
        for one in sightings:
            refused.setdefault(one.shard, set()).add(one.path)
    names = sorted({shard for outcome in outcomes for shard in outcome.sums})
    return {
        name: shard_print(
            setting, name, (outcome.sums.get(name, 0) for outcome in outcomes), refused.get(name, frozenset())
        )
        for name in names
    }
