"""Which files are proved together: the formats of a shard, some NewsML items, and what has nothing but bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lod.verify.terms import read_terms
from lod.vocabulary import vocab_root

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lod.verify.finding import Findings
    from lod.verify.listing import Entry, Listing
    from lod.verify.package import Package

__all__ = ["GraphTask", "ItemsTask", "PlainTask", "Task", "kind_of", "plan", "schema_in", "shapes_for", "title"]

_ITEMS_IN_A_TASK = 200
_NUMBER = re.compile(r"\d+")
_SHOWN_PATHS = 8  # more than there are formats
_PLACEHOLDER = "https://presse.example.org/"  # the base in the shapes that come with the program


class GraphTask(NamedTuple):
    """A shard of a dump: its files by format, the base of all IRIs, what kind of shard it is, and the shapes.

    `kind` is "records", "shared", "description" or "form". `records` is where the IRIs of the records are noted.
    `shapes` are Turtle; `shared` the files that describe what records share; `hashes` lists the hash of each record.
    """

    out: Path
    name: str
    entries: tuple[Entry, ...]
    base: str
    kind: str
    records: Path
    shapes: bytes | None
    shared: tuple[Entry, ...]
    hashes: Entry | None


class ItemsTask(NamedTuple):
    """Some files of news items, where the identities of their items are to be noted, sorted, and a schema for them."""

    out: Path
    entries: tuple[Entry, ...]
    identities: Path
    schema: Path | None = None


class PlainTask(NamedTuple):
    """Files of which nothing is known but their bytes."""

    out: Path
    entries: tuple[Entry, ...]


Task = GraphTask | ItemsTask | PlainTask


def title(task: Task) -> str:
    """The files of a task in few words."""
    paths = [entry.path for entry in task.entries]
    return ", ".join(paths if len(paths) <= _SHOWN_PATHS else [paths[0], "…", paths[-1]])


def kind_of(entry: Entry, listing: Listing) -> str:
    """What kind of RDF a file holds, by its name and place."""
    terms = read_terms()
    last = entry.name.rpartition("/")[2]
    if last in terms.forms:
        return "form"
    if last in terms.descriptions or entry.folder not in listing.formats:
        return "description"
    return "shared" if last.partition("-")[0] in terms.shared else "records"


def plan(
    package: Package, listing: Listing, scratch: Path, shapes: bytes | None, schema: Path | None = None
) -> list[Task]:
    """The tasks, the largest first, so that no process waits long for the last one."""
    tasks = [*_graphs(package, listing, scratch, shapes), *_others(package, listing, scratch, schema)]
    return sorted(tasks, key=lambda task: (-sum(entry.bytes for entry in task.entries), title(task)))


def _graphs(package: Package, listing: Listing, scratch: Path, shapes: bytes | None) -> Iterator[GraphTask]:
    terms = read_terms()
    shards: dict[tuple[str, str], list[Entry]] = {}
    hashes: dict[str, Entry] = {}
    for entry in package.readable:
        if terms.medium(entry.media_type) is not None:
            shards.setdefault((kind_of(entry, listing), entry.name), []).append(entry)
        elif entry.folder == terms.hashes:
            hashes[entry.name] = entry
    shared = tuple(_one_format([entry for (kind, _), all_ in shards.items() if kind == "shared" for entry in all_]))
    for number, ((kind, name), entries) in enumerate(sorted(shards.items())):
        notes = scratch / f"{number:06d}.records"
        own = hashes.get(name) if kind in ("records", "shared") else None
        yield GraphTask(package.out, name, tuple(entries), listing.base, kind, notes, shapes, shared, own)


def _one_format(entries: list[Entry]) -> list[Entry]:
    """Of each shard one file is enough, the first by its media type."""
    best: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda one: (one.media_type, one.path)):
        best.setdefault(entry.name, entry)
    return list(best.values())


def _others(package: Package, listing: Listing, scratch: Path, schema: Path | None) -> Iterator[Task]:
    terms = read_terms()
    items: list[Entry] = []
    plain: list[Entry] = []
    for entry in package.readable:
        if terms.medium(entry.media_type) is None:
            begins = terms.items.get(entry.folder) if entry.folder in listing.formats else None
            item = begins is not None and entry.media_type.startswith(begins)
            (items if item else plain).append(entry)
    for start in range(0, len(items), _ITEMS_IN_A_TASK):
        some = tuple(items[start : start + _ITEMS_IN_A_TASK])
        yield ItemsTask(package.out, some, scratch / f"{start:09d}.items", schema)
    for start in range(0, len(plain), _ITEMS_IN_A_TASK):
        yield PlainTask(package.out, tuple(plain[start : start + _ITEMS_IN_A_TASK]))


def schema_in(folder: Path, findings: Findings) -> Path | None:
    """The newest NewsML-G2 schema of conformance level power in a folder; None, with a finding, where there is none."""
    from lod.verify.news import read_schema  # noqa: PLC0415 - lxml comes with it

    found = max(folder.glob("NewsML-G2_*-spec-All-Power.xsd"), key=_numbers, default=None)
    if found is None:
        findings.add("news-schemas-missing", str(folder), "holds no file NewsML-G2_…-spec-All-Power.xsd")
    elif (reason := read_schema(found)) is not None:
        findings.add("news-schemas-missing", str(found), reason)
        found = None
    return found


def _numbers(path: Path) -> list[int]:
    return [int(number) for number in _NUMBER.findall(path.name)]


def shapes_for(package: Package, listing: Listing, given: Path | None) -> bytes | None:
    """The shapes to hold records against: given ones, else those of the dump, else those of the program."""
    own = next((entry for entry in package.readable if entry.path == "shapes.ttl"), None)
    path = given or (package.out / own.path if own else vocab_root() / "shapes.ttl")
    name = own.path if own and not given else str(path)
    if not path.is_file():
        package.findings.add("shapes-missing", name, "is not there; records are not held against shapes")
        return None
    data = path.read_bytes()
    if given is None and own is None:
        data = _rebased(data, listing.base)
    from lod.verify.shapes import ShapesError, load_shapes  # noqa: PLC0415 - rdflib comes with it

    try:
        load_shapes(data)
    except ShapesError as error:
        package.findings.add("shapes-core", name, str(error))
        return None
    return data


def _rebased(data: bytes, base: str) -> bytes:
    """The shapes of the program for another base, also where the base stands in a regular expression."""
    for escape in (b".", b"\\\\."):
        data = data.replace(_PLACEHOLDER.encode().replace(b".", escape), base.encode().replace(b".", escape))
    return data
