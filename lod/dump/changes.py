"""`changes/`: what each export changed, so that whoever took an older dump can catch up, and knows that it did.

Each change has a folder of its own, named by its number. It says which state it leads from and which one to, so the
folders are a chain. Nothing in it is of a release whose text is not in the dump: what is withdrawn or deleted goes
from earlier changes, too.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import orjson

from lod.change.compare import compare
from lod.change.edition import CHANGES, Edition, State, manifest_of
from lod.change.patch import Written, written
from lod.change.reading import Damaged
from lod.dump.shards import Dumped
from lod.dump.sink import Sink
from lod.dump.step import Step, StepWriter, is_update, kept_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from lod.dump.packing import Packing

__all__ = ["Log", "write_changes"]

_GRAPHS = frozenset({"nquads", "trig"})
_INDEX = f"{CHANGES}/list.json"


class Log(NamedTuple):
    """The files of all changes as the manifest will list them, those that stay as they are, and the state reached.

    `step` is the folder of a change that is new.
    """

    files: list[Dumped]
    standing: frozenset[str]
    state: State | None
    step: str = ""


def write_changes(old: Edition | None, new: Edition, out: Path, packing: Packing, formats: Sequence[str]) -> Log:
    """Write what changed from the old dump to the staged one; with no old one, a chain begins.

    A dump has a chain where it has N-Triples. An old dump that is damaged ends the chain, and another one begins.
    """
    if not new.hashed:
        return Log([], frozenset(), None)
    if old is None:
        return Log([], frozenset(), new.state)
    try:
        return _Chain(
            old, new, out, StepWriter(packing, graphs=not _GRAPHS.isdisjoint(formats)), packing.folder
        ).go_on()
    except (Damaged, ValueError, KeyError, TypeError, FileNotFoundError):
        shutil.rmtree(packing.folder / CHANGES, ignore_errors=True)
        return Log([], frozenset(), replace(new, sequence=old.sequence + 1).state)


class _Chain:
    """The changes of one dump. Raises Damaged, ValueError and the like for a chain that does not hold."""

    def __init__(self, old: Edition, new: Edition, out: Path, writer: StepWriter, stage: Path) -> None:
        self._old, self._new, self._out, self._writer, self._stage = old, new, out, writer, stage
        rows = (row for row in manifest_of(out)["files"] if row["path"].startswith(f"{CHANGES}/"))
        self._files = {row["path"]: Dumped(**{**dict.fromkeys(Dumped._fields), **row}) for row in rows}
        if any((out / path).stat().st_size != file.bytes for path, file in self._files.items()):
            raise ValueError("a change is not what its manifest says")

    def go_on(self) -> Log:
        """Add a step where something changed."""
        old, new = self._old, replace(self._new, sequence=self._old.sequence)
        if old.told and old.lists == new.lists:
            return self._log(State(old.sequence, old.told, *new.counts))
        if old.told not in (None, old.state.sha256):
            raise ValueError("the dump is not what its manifest says")
        if old.state.sha256 == new.state.sha256:
            return self._log(new.state)
        steps = self._steps()
        if steps and steps[-1].after["sha256"] != old.state.sha256:
            raise ValueError("the last change does not lead to this dump")
        new = replace(new, sequence=old.sequence + 1)
        step, cleared = self._step(old.state, new.state)
        self._index([*(self._without(one, cleared) if cleared else one for one in steps), step])
        return self._log(new.state)._replace(step=step.folder)

    def _log(self, state: State) -> Log:
        """The old files, but for those that were written anew."""
        fresh = {file.path: file for file in self._writer.files}
        return Log(sorted({**self._files, **fresh}.values()), frozenset(self._files.keys() - fresh.keys()), state)

    def _steps(self) -> list[Step]:
        if not self._files:
            return []
        return [Step.of(row) for row in orjson.loads((self._out / _INDEX).read_bytes())["changes"]]

    def _step(self, before: State, after: State) -> tuple[Step, frozenset[str]]:
        """Write the step that leads to the new dump; it comes with the releases whose text has to go elsewhere."""
        first, last = ({"iri": one.iri(self._new.base), **one._asdict()} for one in (before, after))
        cleared: set[str] = set()

        def records() -> Iterator[Written]:
            for found in compare(self._old, self._new):
                one = written(found, discreet=True)
                if one.entry.clear:
                    cleared.add(one.entry.iri)
                yield one

        step = self._writer.write(Step(after.sequence, first, last, {}), records())
        return step, frozenset(cleared)

    def _without(self, step: Step, cleared: frozenset[str]) -> Step:
        """An earlier step without the text of these releases."""
        records = kept_records(self._out, step, cleared)
        if records is None:
            return step
        # What was packed otherwise, or is for stores that are no longer thought of, would keep the text.
        for path in [path for path in self._files if path.startswith(f"{step.folder}/") and not is_update(path)]:
            del self._files[path]
        return self._writer.write(step._replace(cleared=True), records)

    def _index(self, steps: Sequence[Step]) -> None:
        """Write the list of all steps, one a line."""
        with Sink(self._stage / _INDEX, durable=False) as sink:
            sink.write(b'{"changes": [')
            for number, step in enumerate(steps):
                sink.write((b",\n  " if number else b"\n  ") + orjson.dumps(step.plain()))
            sink.write(b"\n]}\n")
        self._writer.files.append(Dumped(_INDEX, "application/json", *sink.measured, None, None))
