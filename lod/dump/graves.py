"""Releases whose records are gone: each keeps an entry in the dump, so that nobody takes its absence for a mistake.

What is missing is not deleted yet: its record may have been refused, or be held back. Only when no record has its id,
and none that could not be read looks like it, is it called deleted; until then a file in OUT.report/ remembers it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import orjson

from lod.change.compare import compare
from lod.change.edition import Edition
from lod.change.grave import grave
from lod.change.reading import Damaged
from lod.change.statement import split, term_of, text_of
from lod.change.told import is_release, tell
from lod.description import Description, Node
from lod.dump.life import read_rows
from lod.dump.runs import seen
from lod.dump.shards import CANONICAL
from lod.dump.sink import write_whole
from lod.dump.stage import report_folder
from lod.identity import sort_key
from lod.term import IRI

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from lod.archive import Archive
    from lod.change.reading import Lines
    from lod.dump.shards import Dumped
    from lod.dump.work import Outcome

__all__ = ["Graves", "before", "dig", "edition_of"]

_FILE = "gone.jsonl"
_SURE = 4  # a shorter number is in too many texts to tell anything


class _Gone(NamedTuple):
    """A release that was public and is not: whether it is deleted, what is left of it, what its record would hold."""

    deleted: bool
    lines: Lines
    marks: tuple[str, ...]


class Graves(NamedTuple):
    """What is left of deleted releases, and what else has to be described for that."""

    descriptions: list[Description]
    shared: frozenset[tuple[str, str]]


def before(out: Path, base: str, formats: Collection[str]) -> Edition | None:
    """The dump that is there, where it and one of this base and these formats can be compared record by record."""
    if CANONICAL not in formats:
        return None
    try:
        old = Edition.open(out)
    except Damaged:
        return None
    return old if old.hashed and old.base == base else None


def edition_of(
    base: str, files: Sequence[Dumped], folders: Sequence[Path], counts: tuple[int, int] = (0, 0)
) -> Edition:
    """The dump of these files, which are in the first of the folders that has them."""

    def locate(path: str) -> Path:
        return next((folder / path for folder in folders if (folder / path).exists()), folders[0] / path)

    return Edition.of(base, [(file.path, file.media_type, file.sha256) for file in files], locate, counts)


def dig(
    archive: Archive,
    old: Edition | None,
    new: Edition,
    out: Path,
    outcomes: Sequence[Outcome],
    doubles: Collection[str],
) -> Graves:
    """The graves of a dump. Raises OutputError where the report cannot be written."""
    base = f"{archive.config.base}release/"
    path = report_folder(out) / _FILE
    known = dict(_read(path))
    gone = {**{iri: one for iri, one in _vanished(old, new) if iri.startswith(base)}, **known}
    there = _there({iri.removeprefix(base): iri for iri in gone}, outcomes, doubles) if gone else {}
    left = {iri: one for iri, one in gone.items() if iri.startswith(base) and there.get(iri) != "public"}
    unsure = {iri: one for iri, one in left.items() if not one.deleted and iri not in there}
    sure = unsure.keys() - _refused(unsure, outcomes) if unsure else set()
    left.update({iri: left[iri]._replace(deleted=True) for iri in sure})
    if left != known:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, b"".join(_line(iri, one) for iri, one in sorted(left.items())))
    found = [_described(iri, one.lines) for iri, one in left.items() if one.deleted]
    descriptions = sorted(found, key=lambda one: (one.key, one.subject.value))
    return Graves(descriptions, frozenset(_shared(archive, descriptions)))


def _read(path: Path) -> Iterator[tuple[str, _Gone]]:
    if path.exists():
        for line in path.read_bytes().splitlines():
            iri, deleted, text, marks = orjson.loads(line)
            yield iri, _Gone(deleted, text.encode().splitlines(keepends=True), tuple(marks))


def _line(iri: str, one: _Gone) -> bytes:
    return orjson.dumps([iri, one.deleted, b"".join(one.lines).decode(), one.marks]) + b"\n"


def _vanished(old: Edition | None, new: Edition) -> Iterator[tuple[str, _Gone]]:
    """The releases that the old dump has, or has buried, and the new one has not."""
    if old is None:
        return
    try:
        releases = replace(old, shards=tuple(shard for shard in old.shards if not shard.shared))
        for found in compare(releases, new, gone=True):
            side = found.before
            if side is None:
                continue
            if side.deleted:
                yield found.iri, _Gone(True, side.lines, ())  # noqa: FBT003 - a field, not a switch
            elif is_release(side.lines):
                told = tell(found.iri, side.lines)
                marks = [mark for mark in (told.title, told.number) if mark and len(mark) >= _SURE]
                yield found.iri, _Gone(False, grave(found.iri, side.lines), tuple(marks))  # noqa: FBT003 - as above
    except Damaged:
        return  # a damaged dump is replaced by a whole one, and tells nothing


def _there(paths: Mapping[str, str], outcomes: Sequence[Outcome], doubles: Collection[str]) -> dict[str, str]:
    """Of the releases with these paths, those that have a record, and what is known of it, by IRI."""
    found = {}
    for one in seen([outcome.sightings for outcome in outcomes]):
        if one.path in paths:
            found[paths[one.path]] = "public" if one.public and one.path not in doubles else "hidden"
    for outcome in outcomes:
        rows = (row for row in read_rows(outcome.rows) if row.state == "refused" and row.path in paths)
        found.update({paths[row.path]: row.state for row in rows})
    return found


def _refused(unsure: Mapping[str, _Gone], outcomes: Sequence[Outcome]) -> set[str]:
    """Those of the releases that a record which could not be read may be. One of which nothing is known may be any."""
    found: set[str] = set()
    texts = {iri: (iri.partition("/release/")[2], *one.marks) for iri, one in unsure.items()}
    for outcome in outcomes if any(one.counts.rejected for one in outcomes) else ():
        with outcome.rejects.open("rb") as file:
            for line in file:
                raw = str(orjson.loads(line)["record"] or "")
                if not raw.strip():
                    return set(unsure)
                found |= {iri for iri, marks in texts.items() if any(mark in raw for mark in marks)}
    return found


def _described(iri: str, lines: Lines) -> Description:
    subjects = groupby(map(split, lines), key=lambda parts: parts[0])
    nodes = [
        Node("deleted", IRI(text_of(subject)), [(IRI(text_of(name)), term_of(term)) for _, name, term in its])
        for subject, its in subjects
    ]
    return Description(IRI(iri), nodes, sort_key(iri))


def _shared(archive: Archive, descriptions: Sequence[Description]) -> Iterator[tuple[str, str]]:
    """The authorities that graves name, where there still are."""
    pattern = re.compile(re.escape(archive.config.base) + r"(?:org|person|place)/([^/#]+)#id")
    for description in descriptions:
        for statement in description.statements:
            found = pattern.fullmatch(statement.object.value) if isinstance(statement.object, IRI) else None
            if found and archive.authorities.get(found[1]):
                yield "authority", found[1]
