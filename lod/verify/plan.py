"""Which files are proved together: the formats of a shard, some NewsML items, and what has nothing but bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lod.verify.terms import read_terms
from lod.vocabulary import vocab_root

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lod.verify.listing import Entry, Listing
    from lod.verify.package import Package

__all__ = ["GraphTask", "ItemsTask", "PlainTask", "Task", "kind_of", "plan", "title"]

_ITEMS_IN_A_TASK = 200
_NEWSML = "application/vnd.iptc.g2."
_PLACEHOLDER = "https://presse.example.org/"  # the base in the shapes that come with the program


class GraphTask(NamedTuple):
    """A shard of a dump: its files by format, the base of all IRIs, what kind of shard it is, and the shapes.

    `kind` is "records", "shared", "description" or "form". `records` is where the IRIs of the records are noted.
    `shapes` are Turtle; `shared` the files that describe what records share.
    """

    out: Path
    name: str
    entries: tuple[Entry, ...]
    base: str
    kind: str
    records: Path
    shapes: bytes | None
    shared: tuple[Entry, ...]


class ItemsTask(NamedTuple):
    """Some NewsML-G2 files of a dump, and where the identities of their items are to be noted, sorted."""

    out: Path
    entries: tuple[Entry, ...]
    identities: Path


class PlainTask(NamedTuple):
    """Files of which nothing is known but their bytes."""

    out: Path
    entries: tuple[Entry, ...]


Task = GraphTask | ItemsTask | PlainTask


def title(task: Task) -> str:
    """The files of a task in few words."""
    first, *others = task.entries
    return first.path if not others else f"{first.path} … {others[-1].path}"


def kind_of(entry: Entry, listing: Listing) -> str:
    """What kind of RDF a file holds, by its name and place."""
    terms = read_terms()
    last = entry.name.rpartition("/")[2]
    if last in terms.forms:
        return "form"
    if last in terms.descriptions or entry.folder not in listing.formats:
        return "description"
    return "shared" if last.partition("-")[0] in terms.shared else "records"


def plan(package: Package, scratch: Path, shapes: Path | None, *, quick: bool) -> list[Task]:
    """The tasks, the largest first, so that no process waits long for the last one."""
    assert package.listing is not None  # noqa: S101 - the caller has looked
    turtle = None if quick else _shapes(package, shapes)
    tasks = [*_graphs(package, package.listing, scratch, turtle), *_others(package, scratch)]
    return sorted(tasks, key=lambda task: (-sum(entry.bytes for entry in task.entries), title(task)))


def _graphs(package: Package, listing: Listing, scratch: Path, shapes: bytes | None) -> Iterator[GraphTask]:
    shards: dict[tuple[str, str], list[Entry]] = {}
    for entry in package.readable:
        if read_terms().medium(entry.media_type) is not None:
            shards.setdefault((kind_of(entry, listing), entry.name), []).append(entry)
    shared = tuple(_one_format([entry for (kind, _), all_ in shards.items() if kind == "shared" for entry in all_]))
    for number, ((kind, name), entries) in enumerate(sorted(shards.items())):
        notes = scratch / f"{number:06d}.records"
        yield GraphTask(package.out, name, tuple(entries), listing.base, kind, notes, shapes, shared)


def _one_format(entries: list[Entry]) -> list[Entry]:
    """Of each shard one file is enough, the first by its media type."""
    best: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda one: (one.media_type, one.path)):
        best.setdefault(entry.name, entry)
    return list(best.values())


def _others(package: Package, scratch: Path) -> Iterator[Task]:
    rest = [entry for entry in package.readable if read_terms().medium(entry.media_type) is None]
    items = [entry for entry in rest if entry.media_type.startswith(_NEWSML)]
    plain = [entry for entry in rest if not entry.media_type.startswith(_NEWSML)]
    for start in range(0, len(items), _ITEMS_IN_A_TASK):
        some = tuple(items[start : start + _ITEMS_IN_A_TASK])
        yield ItemsTask(package.out, some, scratch / f"{start:09d}.items")
    for start in range(0, len(plain), _ITEMS_IN_A_TASK):
        yield PlainTask(package.out, tuple(plain[start : start + _ITEMS_IN_A_TASK]))


def _shapes(package: Package, given: Path | None) -> bytes | None:
    """The shapes to hold records against: given ones, else those of the dump, else those of the program."""
    assert package.listing is not None  # noqa: S101 - as above
    own = next((entry for entry in package.readable if entry.path == "shapes.ttl"), None)
    path = given or (package.out / own.path if own else vocab_root() / "shapes.ttl")
    name = own.path if own and not given else str(path)
    if not path.is_file():
        package.findings.add("shapes-missing", name, "is not there; records are not held against shapes")
        return None
    data = path.read_bytes()
    if given is None and own is None:
        data = _rebased(data, package.listing.base)
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
