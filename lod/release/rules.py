"""The rules that hold between fields. Each returns a sentence that begins with the field concerned."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from lod.identity import release_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lod.release.model import Release

__all__ = ["broken_rules"]

_RELATIONS = ("replaces", "replaced_by", "translation_of")


def broken_rules(release: Release) -> list[str]:
    """What is wrong with the record as a whole, as `field: reason`; empty when nothing is."""
    return [fault for rule in RULES for fault in rule(release)]


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _before(first: date, second: date) -> bool:
    """Whether the first is surely earlier; a mere day is compared as a day."""
    if isinstance(first, datetime) and isinstance(second, datetime):
        return first < second
    return _day(first) < _day(second)


def _identity(release: Release) -> Iterator[str]:
    if release.id is not None:
        return
    if release.number is None:
        yield "id: missing, and there is no number to make one from"
    elif release.numbering_body is None:
        yield "publisher: missing, and the first issuer has no authority to name the release after"
    elif release_path(release.numbering_body, release.number, release.issued, release.series) is None:
        yield f'id: missing: neither the number "{release.number}" nor a date of issue tells the year'


def _dates(release: Release) -> Iterator[str]:
    if release.modified and release.issued and _before(release.modified, release.issued):
        yield f"modified: {release.modified.isoformat()} is before the date of issue {release.issued.isoformat()}"
    until = release.embargo.until if release.embargo else None
    if until and release.issued and _before(until, release.issued):
        yield f"embargo.until: {until.isoformat()} is before the date of issue {release.issued.isoformat()}"


def _quotations(release: Release) -> Iterator[str]:
    if not release.quotations:
        return
    text = release.text
    named = {person.name for person in release.people}
    named.update(body.name for body in (*release.organisations, *release.issuers) if body.name)
    ids = set()
    for index, quotation in enumerate(release.quotations):
        if quotation.id in ids:
            yield f'quotations.{index}.id: "{quotation.id}" is used twice'
        ids.add(quotation.id)
        for speaker in quotation.speakers:
            if speaker not in named:
                yield (
                    f'quotations.{index}.speakers: "{speaker}" is not among the people and organisations of this record'
                )
        start = text.find(quotation.text) if quotation.start is None else quotation.start
        if start < 0 or (quotation.start is not None and not text.startswith(quotation.text, start)):
            yield f'quotations.{index}.text: not found in the text: "{quotation.text[:40]}"'
        elif quotation.start is None and text.find(quotation.text, start + 1) >= 0:
            yield f"quotations.{index}.start: needed, since the words occur more than once in the text"


def _names(release: Release) -> Iterator[str]:
    seen: dict[str, str] = {}
    for index, person in enumerate(release.people):
        if person.key in seen:
            yield f'people.{index}.name: "{person.name}" and "{seen[person.key]}" cannot be told apart'
        seen[person.key] = person.name
    kept = release.source.name if release.source else None
    files: set[str] = set()
    for index, attachment in enumerate(release.attachments):
        if attachment.name.lower() in files:
            yield f'attachments.{index}.name: "{attachment.name}" is used twice'
        if attachment.name == kept:
            yield f'attachments.{index}.name: "{kept}" is the name of the source document here; choose another one'
        files.add(attachment.name.lower())


def _relations(release: Release) -> Iterator[str]:
    named = [field for field in _RELATIONS if getattr(release, field)]
    if not (named or release.related) or any(_identity(release)):
        return
    for field in named:
        if getattr(release, field) == release.path:
            yield f"{field}: the release names itself"
    if release.path in release.related:
        yield "related: the release names itself"
    if release.replaces is not None and release.replaces == release.replaced_by:
        yield "replaced_by: the same release as in replaces"


def _life_cycle(release: Release) -> Iterator[str]:
    versions = [change.version for change in release.changes]
    expected = list(range(2, release.version + 1))
    if release.version == 1 and versions:
        yield "changes: version 1 cannot have changed; set version to that of the last change"
    elif versions and versions != expected:
        yield f"changes: versions {versions} do not lead from 2 to {release.version}"
    instants = [change.at for change in release.changes]
    if instants != sorted(instants):
        yield "changes: not in order of time"
    kinds = [change.kind for change in release.changes]
    if "cancel" in kinds[:-1]:
        yield "changes: a canceled release cannot come back; give the new text a new id"
    status = {"cancel": "canceled", "withhold": "withheld"}.get(kinds[-1], "usable") if kinds else release.status
    if status != release.status:
        yield f'status: "{release.status}", but the last change is "{kinds[-1]}"'


RULES: tuple[Callable[[Release], Iterator[str]], ...] = (
    _identity,
    _dates,
    _quotations,
    _names,
    _relations,
    _life_cycle,
)
