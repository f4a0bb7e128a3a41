"""What only shows in the sum: shards that are missing in a format, and totals that do not balance."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lod.verify.listing import MANIFEST
from lod.verify.plan import kind_of
from lod.verify.terms import read_terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lod.verify.checked import Counted
    from lod.verify.finding import Findings
    from lod.verify.listing import Entry, Listing

__all__ = ["compare_totals"]

_NOTHING = (0, 0)


class _Sums:
    """What the files of each format hold, added up."""

    def __init__(self, listing: Listing, counted: Sequence[Counted]) -> None:
        self._counted = {one.path: (one.records, one.statements or 0) for one in counted}
        self.records = Counter(dict.fromkeys(listing.formats, 0))
        self.statements: Counter[str] = Counter()
        self.shards: dict[str, set[str]] = {}

    def add(self, entry: Entry, kind: str, *, rdf: bool) -> None:
        records, statements = self._counted.get(entry.path, _NOTHING)
        if kind != "shared":
            self.records[entry.folder] += records
        if rdf:
            self.shards.setdefault(entry.folder, set()).add(entry.name)
            self.statements[entry.folder] += statements


def compare_totals(listing: Listing, counted: Sequence[Counted], findings: Findings) -> None:
    """Compare the sums of what was really counted with the totals of the manifest, format by format."""
    sums = _Sums(listing, counted)
    for entry in listing.entries:
        medium = read_terms().medium(entry.media_type)
        kind = kind_of(entry, listing) if medium else "records"
        if entry.folder in listing.formats and kind in ("records", "shared"):
            sums.add(entry, kind, rdf=medium is not None)
    for name, found, told in (
        ("records", sums.records, listing.records),
        ("statements", sums.statements, listing.statements),
    ):
        for folder, count in sorted(found.items()):
            if count != told:
                message = f"{folder}/ holds {count:,} {name} in all; the manifest says {told:,}"
                findings.add(f"total-{name}", MANIFEST, message)
    every = sorted(set[str]().union(*sums.shards.values()))
    for folder, names in sorted(sums.shards.items()):
        for name in every:
            if name not in names:
                findings.add("format-gap", f"{folder}/{name}", "this shard is there in another format only")
