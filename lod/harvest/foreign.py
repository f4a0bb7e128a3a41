"""Foreign records: the rules of a `[[sources]]` table, compiled once, make a record of ours from one of theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from lod.harvest.fault import Fault
from lod.harvest.html import Converter
from lod.harvest.path import Steps, lookup, steps_of
from lod.harvest.steps import FILTERS, Step, filled, steps_of_rule
from lod.source import PLACE, Rule, Source

if TYPE_CHECKING:
    from lod.archive import Archive

__all__ = ["Mapped", "Mapper"]

Make = Callable[[Any, str], Any]
"""Foreign record (or an item of it) and language -> value of a field; None for nothing. Raises Fault."""

Found = list[tuple[Steps, str]]
"""Faults: path in our record, and reason."""


class Mapped(NamedTuple):
    """A record made from a foreign one, and what could not be made."""

    record: dict[str, Any]
    faults: Found
    broken: frozenset[str]
    mapper: Mapper

    def complete(self, found: Found) -> Found:
        """All faults: of the making and of the record made, each with the foreign field where it comes from."""
        rest = [(path, reason) for path, reason in found if not path or path[0] not in self.broken]
        return [(path, self.mapper.told(path, reason)) for path, reason in (*self.faults, *rest)]


class Mapper:
    """The rules of one source."""

    def __init__(self, source: Source, root: Path, language: str) -> None:
        self._rules: Mapping[str, Rule] = source.fields or {}
        self._language = language
        compiler = _Compiler(root, Converter(source.markup))
        self._values = {name: (rule, compiler.make(rule)) for name, rule in source.values.items()}
        self._makes = {name: compiler.make(rule) for name, rule in self._rules.items()}
        self._uses = {name: frozenset(_named(rule)) for name, rule in self._rules.items()}
        # The language comes first: it decides which quotation marks HTML gets.
        self._names = sorted(self._makes, key=lambda name: name != "language")

    @classmethod
    def of(cls, archive: Archive, number: int) -> Mapper | None:
        """The rules of a source of an archive; None where its records are ours. Raises ConfigError."""
        source = archive.config.sources[number]
        return cls(source, archive.root, archive.language) if source.fields is not None else None

    def __call__(self, foreign: Any) -> Mapped:
        """Make a record of ours."""
        record: dict[str, Any] = {}
        faults: Found = []
        language = self._language
        foreign, lost = self._with_values(foreign, faults)
        broken = {name for name, used in self._uses.items() if not lost.isdisjoint(used)} if lost else set()
        for name in self._names:
            if name in broken:
                continue
            try:
                value = self._makes[name](foreign, language)
            except Fault as fault:
                faults.append(((name, *fault.path), fault.reason))
                broken.add(name)
                continue
            if value is not None:
                record[name] = value
                if name == "language":
                    language = str(value)
        return Mapped(record, faults, frozenset(broken), self)

    def _with_values(self, foreign: Any, faults: Found) -> tuple[Any, set[str]]:
        """The foreign record with the values computed for all rules, and the names of those that could not be."""
        lost = set()
        for name, (_, make) in self._values.items():
            try:
                foreign = {**foreign, name: make(foreign, self._language)}
            except Fault as fault:
                faults.append((("values", name, *fault.path), fault.reason))
                lost.add(name)
        return foreign, lost

    def origin(self, path: Sequence[str | int]) -> Steps:
        """Where in the foreign record the value of a field comes from, as far as the rules tell."""
        rule = self._rules.get(str(path[0])) if path else None
        steps: Steps = ()
        for step in (*path[1:], None):
            if rule is None:
                break
            steps += _start(rule)
            if len(steps) == 1 and steps[0] in self._values:
                steps = _start(self._values[str(steps[0])][0])
            if rule.each is not None and isinstance(step, int):
                steps, rule = (*steps, step), rule.each
            elif rule.object is not None:
                rule = rule.object.get(str(step))
            else:
                rule = rule.all[0] if rule.all else None
        return steps

    def told(self, path: Steps, reason: str) -> str:
        """The reason, with the name that the field has in the source."""
        if not path or path[0] not in self._rules:
            return reason if reason != "missing" else "missing, and the source has no rule for it"
        origin = ".".join(map(str, self.origin(path)))
        if reason == "missing":
            return f'missing: nothing at "{origin}"' if origin else reason
        return f'{reason} (from "{origin}")' if origin and origin != ".".join(map(str, path)) else reason


def _start(rule: Rule) -> Steps:
    if rule.path is not None:
        return steps_of(rule.path.split("|")[0])
    place = PLACE.search(rule.template) if rule.template else None
    return steps_of(place[1]) if place else ()


def _named(rule: Rule) -> Iterator[str]:
    """The first steps of all paths in a rule."""
    paths = [*(rule.path or "").split("|"), *(rule.when or ()), *(rule.unless or ())]
    paths += [place[1] for place in PLACE.finditer(rule.template or "")]
    yield from (str(steps[0]) for steps in map(steps_of, paths) if steps)
    for inner in (*(rule.object or {}).values(), *(rule.all or ()), *([rule.each] if rule.each else [])):
        yield from _named(inner)


class _Compiler:
    """Makes functions of rules."""

    def __init__(self, root: Path, converter: Converter) -> None:
        self._root, self._converter = root, converter

    def make(self, rule: Rule) -> Make:
        """The function of a rule: its origin, then its steps, between its conditions and its default."""
        origin = self._origin(rule)
        steps = list(steps_of_rule(rule, self._root, self._converter))
        if rule.each is not None:
            steps.append(_each(self.make(rule.each)))
        if rule.unique:
            steps.append(_unique)
        if rule.join is not None:
            steps.append(_join(rule.join))
        make = _passed(origin, steps) if steps else origin
        if rule.when is not None:
            make = _conditional(rule.when, make, expected=True)
        if rule.unless is not None:
            make = _conditional(rule.unless, make, expected=False)
        return make if rule.default is None else _with_default(make, rule.default)

    def _origin(self, rule: Rule) -> Make:
        if rule.path is not None:
            return _path(rule.path)
        if rule.template is not None:
            return _template(rule.template)
        if rule.object is not None:
            return _object({name: self.make(inner) for name, inner in rule.object.items()})
        if rule.all is not None:
            return _all([self.make(inner) for inner in rule.all])
        return lambda _record, _language: rule.value


def _path(path: str) -> Make:
    ways = [steps_of(part) for part in path.split("|")]
    if len(ways) == 1 and len(ways[0]) == 1 and isinstance(ways[0][0], str):
        key = ways[0][0]
        return lambda record, _: filled(record.get(key)) if isinstance(record, dict) else None

    def make(record: Any, _: str) -> Any:
        return next((value for value in (filled(lookup(record, way)) for way in ways) if value is not None), None)

    return make


def _template(template: str) -> Make:
    places = [(steps_of(place[1]), FILTERS[place[2]]) for place in PLACE.finditer(template)]
    ends = [0, *(edge for place in PLACE.finditer(template) for edge in place.span()), len(template)]
    texts = [template[start:end] for start, end in list(pairwise(ends))[::2]]

    def make(record: Any, _: str) -> str | None:
        parts = [texts[0]]
        for (steps, change), text in zip(places, texts[1:], strict=True):
            value = filled(lookup(record, steps))
            if value is None:
                return None
            parts += (change(str(value).strip()), text)
        return "".join(parts)

    return make


def _object(makes: Mapping[str, Make]) -> Make:
    def make(record: Any, language: str) -> dict[str, Any] | None:
        part = {}
        for name, inner in makes.items():
            try:
                value = inner(record, language)
            except Fault as fault:
                raise fault.below(name) from None
            if value is not None:
                part[name] = value
        return part or None

    return make


def _all(makes: Sequence[Make]) -> Make:
    def make(record: Any, language: str) -> list[Any] | None:
        out: list[Any] = []
        for inner in makes:
            value = inner(record, language)
            if isinstance(value, list):
                out += value
            elif value is not None:
                out.append(value)
        return out or None

    return make


def _each(make: Make) -> Step:
    def step(value: Any, language: str) -> list[Any] | None:
        out = []
        for index, item in enumerate(value if isinstance(value, list) else [value]):
            try:
                made = make(item, language)
            except Fault as fault:
                raise fault.below(index) from None
            if made is not None:
                out.append(made)
        return out or None

    return step


def _unique(value: Any, _: str) -> Any:
    if not isinstance(value, list):
        return value
    return [item for at, item in enumerate(value) if item not in value[:at]]


def _join(separator: str) -> Step:
    return lambda value, _: separator.join(map(str, value)) if isinstance(value, list) else value


def _passed(origin: Make, steps: Sequence[Step]) -> Make:
    def make(record: Any, language: str) -> Any:
        value = origin(record, language)
        for step in steps:
            if value is None:
                return None
            value = filled(step(value, language))
        return value

    return make


def _conditional(condition: Mapping[str, Any], make: Make, *, expected: bool) -> Make:
    tests = [(steps_of(path), value if isinstance(value, list) else [value]) for path, value in condition.items()]

    def conditional(record: Any, language: str) -> Any:
        holds = all(lookup(record, steps) in values for steps, values in tests)
        return make(record, language) if holds is expected else None

    return conditional


def _with_default(make: Make, default: Any) -> Make:
    def made(record: Any, language: str) -> Any:
        value = make(record, language)
        return default if value is None else value

    return made
