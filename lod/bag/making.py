"""The main job of `lod bag`: a dump that holds its own manifest becomes a bag, whole or not at all."""

from __future__ import annotations

import os
import shutil
import tarfile
import zipfile
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from lod.bag import da_nrw
from lod.bag.check import faults
from lod.bag.facts import read_facts, read_rights
from lod.bag.packages import PACKAGES, members, pack
from lod.bag.payload import Item, digests_of, items_of, write_item
from lod.bag.receivers import Receiver, read_receiver
from lod.bag.refused import Refused
from lod.bag.tagfiles import bag_info, manifest, tag_files
from lod.dump.sink import sync_folder
from lod.errors import OutputError
from lod.progress import Progress
from lod.verify.package import open_package
from lod.verify.source import Broken

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lod.bag.facts import Facts
    from lod.bag.payload import Digests
    from lod.progress import Tell
    from lod.verify.package import Package

__all__ = ["Made", "make_bag"]


class Made(NamedTuple):
    """A bag that was made: where it is, and how many files and bytes its payload has."""

    path: Path
    files: int
    bytes: int
    algorithms: tuple[str, ...]
    date: str


def make_bag(
    out: Path,
    target: Path,
    *,
    receiver: str | None = None,
    package: str | None = None,
    md5: bool = False,
    licence: str | None = None,
    tell: Tell = lambda _progress: None,
) -> Made:
    """Make a bag of a dump, as a folder or, with `package`, as one file with that suffix.

    Raises Refused where the dump does not hold its manifest, or the receiver would refuse it; OutputError where the
    bag cannot be written. Then nothing is there that was not there before.
    """
    dump = open_package(out)
    if len(dump.findings) or dump.listing is None:
        raise Refused(map(str, dump.findings))
    rules = read_receiver(receiver) if receiver else None
    kind = package or (rules.package if rules else None)
    target = target if target.name else target.resolve()
    if target.resolve().is_relative_to(out.resolve()):
        raise OutputError(str(target), "lies in the dump; choose a place outside of it")
    name = _name(target)
    place = target.with_name(f"{name}.{kind}" if kind else name)
    facts = _facts(dump)
    items = items_of(dump)
    if rules is not None:
        items = _for_receiver(rules, name, dump, items, facts, licence)
    algorithms = ("md5",) * (md5 or bool(rules and rules.md5)) + ("sha256", "sha512")
    with _staging(place) as stage:
        sizes = _write(stage / name, items, facts, algorithms, tell)
        made = stage / name
        tell(Progress("reading back", 0, 1, facts.records))
        _checked(made, name)
        if kind:
            tell(Progress("packing", 0, 1, facts.records))
            made = stage / place.name
            pack(stage / name, made, facts.instant)
            _checked(made, name)
        _publish(made, place)
    return Made(place, len(items), sum(sizes.values()), algorithms, facts.date)


def _name(target: Path) -> str:
    """The name of the bag: that of the target, without the suffix of a package."""
    stem, dot, suffix = target.name.rpartition(".")
    return stem if dot and suffix in PACKAGES else target.name


def _facts(dump: Package) -> Facts:
    assert dump.listing is not None  # noqa: S101 - the caller has looked
    try:
        return read_facts(dump, dump.listing)
    except Broken as error:
        raise Refused([f"dataset.ttl: {error.reason}"]) from None
    except (SyntaxError, ValueError, RecursionError) as error:
        raise Refused([f"dataset.ttl: cannot be read: {str(error).splitlines()[0]}"]) from None


def _for_receiver(
    rules: Receiver, name: str, dump: Package, items: list[Item], facts: Facts, licence: str | None
) -> list[Item]:
    """The payload as a receiver wants it. Raises Refused with all that it would refuse."""
    try:
        rights = read_rights(dump)
    except Broken as error:
        raise Refused([f"ntriples/: {error.reason}"]) from None
    items = [item for item in items if rules.takes(item.path)]
    moved = da_nrw.apart(items)
    laid = [item._replace(path=moved.get(item.path, item.path)) for item in items]
    wrong = list(rules.faults(name, laid, facts, rights, licence))
    if wrong or rights is None:
        raise Refused(wrong)
    data = da_nrw.premis(name, facts, rights, licence, rules)
    return da_nrw.relisted(items, moved, Item(rules.reserved, None, None, data), "application/xml")


def _write(folder: Path, items: list[Item], facts: Facts, algorithms: tuple[str, ...], tell: Tell) -> dict[str, int]:
    """Write the bag as a folder; the sizes of the payload files."""
    payload: dict[str, Digests] = {}
    sizes: dict[str, int] = {}
    for number, item in enumerate(items, 1):
        payload[item.path], sizes[item.path] = write_item(item, folder / "data", algorithms)
        tell(Progress("copying", number, len(items), facts.records))
    tags = tag_files(bag_info(facts, sizes), payload, algorithms)
    for name in algorithms:
        rows = ((path, digests_of([data], [name])[0][name]) for path, data in tags.items())
        _write_tag(folder, f"tagmanifest-{name}.txt", manifest(rows))
    for path, data in tags.items():
        _write_tag(folder, path, data)
    return sizes


def _write_tag(folder: Path, path: str, data: bytes) -> None:
    write_item(Item(path, None, None, data), folder, ())


def _checked(made: Path, name: str) -> None:
    """Read back what was written. Raises OutputError: then the disk, not the dump, is to blame."""
    wrong = faults(made, name)
    if wrong:
        raise OutputError(str(made), f"was not written as it should be: {wrong[0]}")


@contextmanager
def _staging(place: Path) -> Iterator[Path]:
    """A fresh folder beside the target, removed in every case. Raises OutputError where the target is no bag."""
    if place.exists() and not _is_bag(place):
        raise OutputError(str(place), "is there already, and is no bag; choose another name")
    folder = place.with_name(f".{place.name}.partial")
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        yield folder
    except OSError as error:
        raise OutputError(str(folder), f"cannot be written: {error.strerror}") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_bag(place: Path) -> bool:
    """Whether a bag is there already, which another may replace."""
    if place.is_dir():
        return (place / "bagit.txt").is_file()
    try:
        return any(path == f"{_name(place)}/bagit.txt" for path, _ in members(place))
    except (OSError, EOFError, tarfile.TarError, zipfile.BadZipFile, zlib.error):
        return False


def _publish(made: Path, place: Path) -> None:
    """Give the bag its name, once all of it is on the disk; a bag that had the name goes only then."""
    os.sync()
    old = made.with_name(".old")
    if place.is_dir():
        place.replace(old)
    try:
        made.replace(place)
    except OSError:
        if old.exists():
            old.replace(place)
        raise
    sync_folder(place.parent)
