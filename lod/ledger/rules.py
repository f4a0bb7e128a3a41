"""The rules of a life cycle that spans exports: each compares a release with what was published of it before."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from lod.errors import Place, RecordError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lod.release import Release

__all__ = ["Now", "Past", "judge", "shown"]

_SHORT = 8


class Past(NamedTuple):
    """What was last published of a release. `first` and `made` are firstCreated and versionCreated in ISO 8601.

    `fed` says whether newsrooms got it: whoever reads only the RDF sees a change without a version in the graph. `gone`
    are the names of pictures and attachments that a later version left out.
    """

    version: int
    status: str
    digest: str
    first: str | None
    made: str | None
    fed: bool
    gone: tuple[str, ...] = ()


class Now(NamedTuple):
    """What a release says of itself today, for comparison with its past; None where the feed asks for no instants."""

    digest: str
    first: datetime | None
    made: datetime | None


def shown(release: Release, now: datetime, past: Past | None) -> bool:
    """Whether a release may appear in anything public.

    An embargo without an end holds until the record says otherwise. What was public and is withheld or canceled shows
    as a tombstone; what never was appears nowhere. A release that comes canceled into a new dump is taken to have been
    public, unless its embargo was running when it was canceled.
    """
    if release.status == "withheld":
        return past is not None
    embargo = release.embargo
    if release.status == "canceled" and past is None and embargo is not None:
        last = release.changes[-1] if release.changes else None
        return embargo.until is not None and last is not None and embargo.until <= last.at
    return release.status == "canceled" or embargo is None or (embargo.until is not None and embargo.until <= now)


def judge(release: Release, now: Now, past: Past) -> None:
    """Raise RecordError, with the release named, for a life that cannot go on like this."""
    for rule in RULES:
        for field, reason in rule(release, now, past):
            raise RecordError(Place(release.path), field, reason)


def _final(release: Release, _now: Now, past: Past) -> Iterator[tuple[str, str]]:
    if past.status == "canceled" and release.status != "canceled":
        reason = (
            f'"{release.path}" was canceled with version {past.version}, and that is final; a new text needs a new id'
        )
        yield "status", reason


def _growing(release: Release, _now: Now, past: Past) -> Iterator[tuple[str, str]]:
    if release.version < past.version:
        reason = (
            f'is {release.version}, but version {past.version} of "{release.path}" was published; versions only grow'
        )
        yield "version", reason


def _first(release: Release, now: Now, past: Past) -> Iterator[tuple[str, str]]:
    if past.first and now.first and now.first != datetime.fromisoformat(past.first):
        before = f'"{release.path}" was published as first created {past.first}'
        yield "recorded", f"{before}, and would now be {now.first.isoformat()}; that never changes"


def _same(release: Release, now: Now, past: Past) -> Iterator[tuple[str, str]]:
    """A version has one content. Those who read only the RDF find a change there, and need no version for it."""
    if release.version != past.version or now.digest == past.digest:
        return
    if past.fed or release.status != past.status:
        before = f'version {past.version} of "{release.path}" was published as {past.digest[:_SHORT]}'
        advice = f"give it version {past.version + 1}, and say under changes what changed"
        reason = f"content changed, version did not: {before} and is now {now.digest[:_SHORT]}; {advice}"
        yield "version", reason


def _later(release: Release, now: Now, past: Past) -> Iterator[tuple[str, str]]:
    if release.version > past.version and past.made and now.made and now.made <= datetime.fromisoformat(past.made):
        field = f"changes.{len(release.changes) - 1}.at" if release.changes else "changes"
        made = f'version {release.version} of "{release.path}" would be of {now.made.isoformat()}'
        yield field, f"{made}, not after version {past.version} of {past.made}; say under changes when it was made"


def _left_out(release: Release, _now: Now, past: Past) -> Iterator[tuple[str, str]]:
    """The item of a file is canceled when its release goes on without it, and a canceled item never comes back."""
    for number, file in enumerate(release.attachments):
        if file.role != "rendition" and file.name in past.gone:
            reason = f'"{file.name}" of "{release.path}" was canceled when it was left out, and that is final'
            yield f"attachments.{number}.name", f"{reason}; a file that comes back needs another name"


RULES: tuple[Callable[[Release, Now, Past], Iterator[tuple[str, str]]], ...] = (
    _final,
    _growing,
    _later,
    _first,
    _same,
    _left_out,
)
