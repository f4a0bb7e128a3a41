"""Names that the archive does not know yet, as entries for its authority files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from lod.term import slug

__all__ = ["Newcomer", "entries", "newcomers"]


class Newcomer(NamedTuple):
    """A name without an authority: organisation, person or place."""

    kind: str
    name: str


def newcomers(record: Mapping[str, Any]) -> Iterator[Newcomer]:
    """The names of one record that no authority is given for, each once, in the order of the record."""
    dateline = record.get("dateline") or {}
    fields = (
        ("organisation", record.get("issuers", ()), True),
        ("organisation", record.get("organisations", ()), False),
        ("person", record.get("people", ()), False),
        ("place", dateline.get("places", ()), False),
        ("place", record.get("places", ()), False),
    )
    found: dict[Newcomer, None] = {}
    for kind, values, texts_are_ids in fields:
        for value in values:
            if isinstance(value, Mapping):
                if value.get("name") and not value.get("authority"):
                    found[Newcomer(kind, value["name"])] = None
                inner = value.get("organisation")
                if isinstance(inner, Mapping) and inner.get("name") and not inner.get("authority"):
                    found[Newcomer("organisation", inner["name"])] = None
                elif isinstance(inner, str):
                    found[Newcomer("organisation", inner)] = None
            elif isinstance(value, str) and not texts_are_ids:
                found[Newcomer(kind, value)] = None
    yield from found


def entries(counted: Counter[Newcomer], most: int | None = None) -> Iterator[str]:
    """Lines to paste into a file in `authorities/`, the most frequent names of each kind first."""
    import yaml

    ids: set[str] = set()
    for kind in ("organisation", "person", "place"):
        names = [(name, count) for (each, name), count in counted.items() if each == kind]
        names.sort(key=lambda pair: (-pair[1], pair[0]))
        for name, count in names[:most]:
            # A town and its administration may have one name; ids are unique in the archive.
            own = slug(name) if slug(name) not in ids else f"{kind}-{slug(name)}"
            ids.add(own)
            entry = {"id": own, "kind": kind, "name": name}
            first, *rest = yaml.safe_dump(entry, allow_unicode=True, sort_keys=False, width=1000).splitlines()
            yield f"- {first}" + (f"  # {count} releases" if count > 1 else "")
            yield from (f"  {line}" for line in rest)
