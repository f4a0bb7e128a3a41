"""What an archive asks for besides a bag, as `vocab/receivers/` has it, and the rules that can be checked here."""

from __future__ import annotations

import re
import tomllib
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from lod.vocabulary import vocab_root

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lod.bag.facts import Facts, Rights
    from lod.bag.payload import Item

__all__ = ["RECEIVERS", "Receiver", "document", "read_receiver"]

RECEIVERS = ("da-nrw",)
"""The archives whose rules are known."""


class Receiver(NamedTuple):
    """The rules of one archive. `rules` are sentences by id; `package` is the kind of file it takes.

    `leave_out` are patterns of files that are not sent.
    """

    title: str
    md5: bool
    package: str
    name: str
    reserved: str
    leave_out: Sequence[str]
    migration: str
    rules: Mapping[str, str]

    def takes(self, path: str) -> bool:
        """Whether a file of a dump is sent at all."""
        return not any(fnmatchcase(path, pattern) for pattern in self.leave_out)

    def faults(
        self, name: str, items: Iterable[Item], facts: Facts, rights: Rights | None, licence: str | None
    ) -> Iterator[str]:
        """What the archive would refuse, a line each."""
        if not re.fullmatch(self.name, name):
            yield self._fault("name", f'"{name}"')
        paths = [item.path for item in items]
        same: dict[str, list[str]] = {}
        for path in paths:
            same.setdefault(document(path), []).append(path)
        yield from (self._fault("document", " and ".join(some)) for some in same.values() if len(some) > 1)
        if self.reserved in paths:
            yield self._fault("reserved", self.reserved)
        if facts.instant is None:
            yield self._fault("date", "dataset.ttl")
        if rights is None:
            yield self._fault("source", "ntriples/")
        elif licence is None and not _one_for_all(rights):
            told = ", ".join(f"{iri} ({count:,} records)" for iri, count in sorted(rights.licences.items()))
            yield self._fault("licence", f"{told}, of {rights.records:,} records in all")

    def _fault(self, rule: str, what: str) -> str:
        return f"{what}: {self.rules[rule]}"


def _one_for_all(rights: Rights) -> bool:
    """Whether no record has a licence, or all have the same."""
    return not rights.licences or (len(rights.licences) == 1 and rights.licences.total() == rights.records)


def document(path: str) -> str:
    """The path without the last extension of the file, which is what the DA NRW calls a document.

    >>> document("turtle/2026.ttl.gz")
    'turtle/2026.ttl'
    """
    folder, slash, last = path.rpartition("/")
    stem, dot, _ = last.rpartition(".")
    return folder + slash + (stem if dot else last)


def read_receiver(name: str) -> Receiver:
    """The rules of an archive, by its name in RECEIVERS."""
    with (vocab_root() / "receivers" / f"{name}.toml").open("rb") as file:
        return Receiver(**tomllib.load(file))
