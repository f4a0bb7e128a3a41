"""The notes to editors of an item. Some receivers read the first one only, so the most important comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lod.news.wording import Wordings
    from lod.release import Contact, Release

__all__ = ["Note", "notes"]


class Note(NamedTuple):
    """A note: its role (a code), its text on however many lines, its language, and whether it may be published."""

    role: str
    text: str
    language: str
    public: bool = True


def notes(release: Release, wordings: Wordings, issuers: str, *, contacts: bool) -> tuple[Note, ...]:
    """The notes of a release: what changed, the embargo, notes of the issuer, and contacts for newsrooms at the end.

    `contacts` says whether those who read the item may see contacts that are for newsrooms only. Such contacts never
    come first: where there is no other note, the first one says whose release it is.
    """
    tag, said = release.language, wordings.language(release.language)
    found = list(_steps(release, wordings))
    if release.status != "usable":
        return tuple(found)
    if release.embargo:
        until = release.embargo.until
        text = release.embargo.note or (wordings.until(tag, until) if until else "")
        found.append(Note("noterole:embargo", text, tag if release.embargo.note else said))
    found.extend(Note("noterole:editorial", text, tag) for text in release.notes)
    found.extend(Note("noterole:boilerplate", text, tag) for text in release.boilerplate)
    told = [_line(contact) for contact in release.contacts if contact.channel == "press"] if contacts else []
    if told and not found:
        found.append(Note("noterole:editorial", wordings.say("first", tag, issuers=issuers), said))
    if told:
        text = " ".join((wordings.say("contacts", tag), "; ".join(told)))
        found.append(Note("noterole:contacts", text, said, public=False))
    return tuple(found)


def _steps(release: Release, wordings: Wordings) -> Iterator[Note]:
    """What the last step in the life of the release was, and why."""
    tag = release.language
    if release.changes:
        last = release.changes[-1]
        yield Note(f"noterole:{last.kind}", wordings.headed(last.kind, tag, last.note), tag)
    elif release.status != "usable":
        kind = {"withheld": "withhold", "canceled": "cancel"}[release.status]
        yield Note(f"noterole:{kind}", wordings.headed(kind, tag, None), wordings.language(tag))


def _line(contact: Contact) -> str:
    parts = (contact.role, contact.name, contact.organisation, contact.phone, contact.mail, contact.url)
    return ", ".join(part for part in parts if part)
