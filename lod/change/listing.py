"""The list of what changed: a row for every record, with what happened to it and how many statements that took."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from lod.change.told import USABLE, Told, changed_fields, is_release, tell

if TYPE_CHECKING:
    from lod.change.compare import Difference, Side

__all__ = ["KINDS", "Entry", "Tally", "entry_of", "line_of", "plain", "read_line"]

KINDS = ("created", "updated", "withdrawn", "deleted", "missing")
"""What can happen to a release. `withdrawn`: its issuer took it back, or holds it back. `deleted`: its record is gone.
`missing`: it is not in the dump, and nobody said why; its record may have been refused."""


class Entry(NamedTuple):
    """What happened to a record. `removed` and `added` count rows of the patch, which follow each other in this order.

    `before` and `after` are its graph hashes (RDFC-1.0). `clear`: everything said of the release has to go before the
    patch is applied, since the patch does not repeat what is no longer public. `cleared`: its rows, its title and what
    changed were taken out of this list and of the patch later, for the same reason. `shared`: it is no release, but
    something that releases share. `again`: it was withdrawn, deleted or missing before.
    """

    iri: str
    kind: str
    removed: int
    added: int
    before: str | None = None
    after: str | None = None
    title: str | None = None
    language: str | None = None
    number: str | None = None
    issued: str | None = None
    status: str | None = None
    changed: tuple[str, ...] = ()
    corrected: bool = False
    again: bool = False
    clear: bool = False
    cleared: bool = False
    shared: bool = False

    def without_text(self) -> Entry:
        """The entry once its release is no longer public: what happened stays, what was said does not."""
        return self._replace(removed=0, added=0, title=None, changed=(), cleared=True)


def entry_of(found: Difference) -> Entry:
    """The row of a record, which says nothing yet of the patch."""
    before, after = found.before, found.after
    hashes = (before.digest if before else None, after.digest if after else None)
    if _shared(before, after):
        kind = "updated" if before and after else "created" if after else "removed"
        return Entry(found.iri, kind, 0, 0, *hashes, shared=True)
    was, now = _told(found.iri, before), _told(found.iri, after)
    kind = _kind(before, after, was, now)
    told = [told for told in (now, was) if told]
    return Entry(
        found.iri,
        kind,
        0,
        0,
        *hashes,
        title=told[0].title if kind in {"created", "updated"} and not _left(after) else None,
        language=next((one.language for one in told if one.language), None),
        number=next((one.number for one in told if one.number), None),
        issued=next((one.issued for one in told if one.issued), None),
        status=now.status if now and not _left(after) else None,
        changed=changed_fields(found.iri, before.lines, after.lines) if before and after and kind == "updated" else (),
        corrected=was is not None and now is not None and now.corrections > was.corrections,
        again=kind == "created" and before is not None,
        clear=kind in {"withdrawn", "deleted", "missing"} and _public(before, was),
    )


def _shared(before: Side | None, after: Side | None) -> bool:
    """Whether it is no release: by the shard, and by its class where a mapping has records of other kinds."""
    sides = [side for side in (before, after) if side and not side.deleted]
    return any(side.shared or not is_release(side.lines) for side in sides)


def _left(side: Side | None) -> bool:
    """Whether a release is there as what is left of it only."""
    return side is not None and side.deleted


def _told(iri: str, side: Side | None) -> Told | None:
    return tell(iri, side.lines) if side else None


def _public(side: Side | None, told: Told | None) -> bool:
    """Whether the text of a release is in the dump."""
    return side is not None and told is not None and told.status == USABLE and not side.deleted


def _kind(before: Side | None, after: Side | None, was: Told | None, now: Told | None) -> str:
    if after is None or now is None:
        return "missing"
    if after.deleted:
        return "updated" if before and before.deleted else "deleted"
    if now.status != USABLE:
        same = before is not None and not before.deleted and was is not None and was.status == now.status
        return "updated" if same else "withdrawn"
    return "updated" if _public(before, was) else "created"


class Tally:
    """Counts entries: how often each kind of change happened to releases, and how many statements all of it took."""

    def __init__(self) -> None:
        self.counts = dict.fromkeys((*KINDS, "shared", "removed", "added"), 0)

    def add(self, entry: Entry) -> Entry:
        """Count an entry, which comes back."""
        self.counts["shared" if entry.shared else entry.kind] += 1
        self.counts["removed"] += entry.removed
        self.counts["added"] += entry.added
        return entry


def plain(entry: Entry) -> dict[str, Any]:
    """An entry ready for JSON; what it does not say is left out."""
    said = {name: value for name, value in entry._asdict().items() if value not in (None, False, ())}
    return {**said, "removed": entry.removed, "added": entry.added}


def line_of(entry: Entry) -> bytes:
    """An entry as a line of JSON."""
    return orjson.dumps(plain(entry)) + b"\n"


def read_line(line: bytes) -> Entry:
    """An entry back from its line. Raises ValueError where it is none."""
    row: Any = orjson.loads(line)
    if not isinstance(row, dict) or not {"iri", "kind", "removed", "added"} <= row.keys() <= set(Entry._fields):
        raise ValueError("is no row of a list of changes")
    if not all(type(row[name]) is int and row[name] >= 0 for name in ("removed", "added")):
        raise ValueError("does not count its rows")
    return Entry(**{**row, "changed": tuple(row.get("changed", ()))})
