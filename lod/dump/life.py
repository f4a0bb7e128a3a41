"""Where a release stands in its life: whether it shows, and whether it may go on from what was published before."""

from __future__ import annotations

from datetime import UTC, date, datetime
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple
from zoneinfo import ZoneInfo

import orjson

from lod.errors import Place, RecordError
from lod.ledger import Now, digest_of, judge, shown
from lod.news.moments import Calendar
from lod.news.naming import PACKAGE, Naming

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from lod.archive import Archive
    from lod.ledger import Ledger, Past
    from lod.release import Release

__all__ = ["Life", "Row", "Standing", "View", "past_prints", "read_rows", "write_rows"]

View = Literal["public", "embargoed"]
"""Whom a dump is for: everybody, or newsrooms that may have what is under embargo, and nothing else."""


class Row(NamedTuple):
    """What the ledger is told of a release. `state` is public, hidden or refused; only a public one says more.

    `first`, `made` and `issued` are instants in ISO 8601, `items` the files of its news items as [path, media type],
    `gone` the names of files that came with an earlier version and are left out for good.
    """

    path: str
    state: str
    version: int = 0
    status: str = ""
    digest: str = ""
    first: str | None = None
    made: str | None = None
    issued: str | None = None
    items: Sequence[tuple[str, str]] = ()
    gone: Sequence[str] = ()


class Standing(NamedTuple):
    """Whether a release shows in the dump, and what the ledger is told; None where there is no ledger.

    `former` are the files that newsrooms got with earlier versions, by name, and the status that they have now.
    """

    shown: bool
    row: Row | None
    former: Mapping[str, str] = MappingProxyType({})


class Life:
    """The judge of one dump. The first of the ledgers is its own; others are of feeds that tell of the same releases.

    `instants`: news items are written, whose dates must agree with those of earlier versions.
    """

    def __init__(
        self, archive: Archive, now: datetime, view: View, ledgers: Sequence[Ledger], *, instants: bool
    ) -> None:
        config = archive.config
        start = date.fromisoformat(config.newsml.guid_date)
        self._calendar = Calendar(config.recorded, ZoneInfo(config.time_zone), start) if instants else None
        self._zone = ZoneInfo(config.time_zone)
        self._now, self._view, self._ledgers = now, view, ledgers
        self._blank = all(ledger.blank for ledger in ledgers)

    def stand(self, release: Release, left: Release) -> Standing:
        """Judge a release; `left` is what may be said of it. Raises RecordError where it cannot go on like this."""
        pasts = [] if self._blank else [ledger.past(release.path) for ledger in self._ledgers]
        own = pasts[0] if pasts else None
        shows = self._shows(release, own)
        if not self._ledgers:
            return Standing(shows, None)
        if not shows and not any(pasts):
            return Standing(False, Row(release.path, "hidden"))  # noqa: FBT003 - a field, not a switch
        moments = self._calendar.moments(left) if self._calendar else None
        now = Now(digest_of(left), moments.first if moments else None, moments.version if moments else None)
        for past in filter(None, pasts):
            judge(left, now, past)
        if self._view == "public" and own and not shows:
            raise RecordError(
                Place(release.path),
                "embargo",
                f'version {own.version} of "{release.path}" is public; it can be withheld, but not put under embargo',
            )
        if not shows:
            return Standing(False, Row(release.path, "hidden"))  # noqa: FBT003 - a field, not a switch
        former = self._former(left, own) if own else {}
        return Standing(shows, self._row(left, now, former), former)

    def _former(self, left: Release, past: Past) -> dict[str, str]:
        """What becomes of the files that came with earlier versions: stopped with it, or left out for good."""
        names = dict.fromkeys(filter(None, map(Naming.part_in, self._ledgers[0].items(left.path))))
        if left.status != "usable":
            return {name: "canceled" if name in past.gone else left.status for name in names}
        here = {PACKAGE, *(file.name for file in left.attachments if file.role != "rendition")}
        return {name: "usable" if name in here else "canceled" for name in names}

    def refused(self, release: Release) -> Row | None:
        """What the ledger is told of a release that was refused: that it is still there."""
        return Row(release.path, "refused") if self._ledgers else None

    def _shows(self, release: Release, own: Past | None) -> bool:
        if self._view == "public":
            return shown(release, self._now, own)
        # Newsrooms that got a release early get what becomes of it, too, whenever that is.
        return own is not None or (release.status == "usable" and not shown(release, self._now, None))

    def _row(self, left: Release, now: Now, former: Mapping[str, str]) -> Row:
        return Row(
            left.path,
            "public",
            left.version,
            left.status,
            now.digest,
            now.first.isoformat() if now.first else None,
            now.made.isoformat() if now.made else None,
            self._issued(left),
            gone=sorted(name for name, status in former.items() if status == "canceled"),
        )

    def _issued(self, left: Release) -> str | None:
        """When it was issued, in UTC so that it can be compared as text; a mere day counts from its beginning."""
        issued = left.issued
        if issued is None:
            return None
        if not isinstance(issued, datetime):
            issued = datetime(issued.year, issued.month, issued.day, tzinfo=self._zone)
        return issued.astimezone(UTC).isoformat()


def past_prints(ledgers: Iterable[Ledger], file: Path) -> list[str]:
    """For each ledger, the digest of what it says of the releases of a partition, whose rows are in the file."""
    return [_past_print(ledger, file) for ledger in ledgers]


def _past_print(ledger: Ledger, file: Path) -> str:
    digest = sha256()
    for row in read_rows(file):
        digest.update(repr(ledger.said(row.path)).encode())
    return digest.hexdigest()


def write_rows(file: Path, rows: Iterable[Row]) -> None:
    """Write rows sorted by path, one a line."""
    with file.open("wb") as sink:
        for row in sorted(rows, key=lambda row: row.path):
            sink.write(orjson.dumps(tuple(row)) + b"\n")


def read_rows(file: Path) -> Iterable[Row]:
    """Read rows, in the order they were written."""
    with file.open("rb") as source:
        for line in source:
            yield Row(*orjson.loads(line))
