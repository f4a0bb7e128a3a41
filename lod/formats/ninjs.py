"""ninjs 3.1 (IPTC): the same news items in JSON, for newsrooms that do not read XML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import orjson

from lod.formats.base import Piece
from lod.news.house import House
from lod.news.media import MediaItem, companions
from lod.news.text import TextItem
from lod.news.xhtml import xhtml_fragment

if TYPE_CHECKING:
    from lod.description import Description
    from lod.formats.base import Setting
    from lod.news.item import Item
    from lod.news.parts import Party, Rendition
    from lod.release import Contact

__all__ = ["Serializer"]

_STANDARD = {"name": "ninjs", "version": "3.1", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"}
_OPTIONS = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE


class Serializer:
    """ninjs: encode makes one JSON object for each release; nothing frames it, since each is a file of its own.

    `audience` says who reads it, where that is not whom archive.toml names.
    """

    def __init__(self, setting: Setting, audience: str | None = None) -> None:
        who = audience or setting.archive.config.newsml.audience
        self._house = House.of(setting.archive, contacts=who == "press")

    def encode(self, description: Description) -> Piece:
        """A release as ninjs. Raises RecordError where the record lacks what an item needs."""
        release = description.release
        if release is None:
            raise TypeError("only a release is an item")
        item = TextItem(self._house, description, release, "xhtml")
        data = orjson.dumps(_told(_object(item)), option=_OPTIONS)
        return Piece(data, (), f"{release.year}/{item.file_name.removesuffix('.xml')}.json")

    def begin(self, prefixes: Iterable[str]) -> bytes:  # noqa: ARG002 - items have no head
        """Nothing: an item is a file of its own."""
        return b""

    def between(self) -> bytes:
        """Nothing."""
        return b""

    def finish(self) -> bytes:
        """Nothing."""
        return b""


def _told(members: dict[str, Any]) -> dict[str, Any]:
    """The members that say something."""
    return {name: value for name, value in members.items() if value not in (None, "", [], {})}


def _object(item: TextItem) -> dict[str, Any]:
    always = {"standard": _STANDARD, **_identity(item), **_dates(item), **_rights(item)}
    known = {
        "edNote": "\n\n".join(note.text for note in item.notes),
        "language": item.release.language,
        "title": item.title.text,
        "headlines": list(_headlines(item)),
        "by": item.by,
        "slugline": item.release.path,
        "organisations": [_agent(one, "issuer") for one in item.issuers],
        "infoSources": [{**_named(item.publisher), "role": "publisher"}] if item.publisher else [],
        "genres": [{"name": item.genre.label("en"), "uri": item.genre.iri}],
        "altIds": list(_other_ids(item)),
    }
    return {**always, **known, **(_content(item, known) if item.usable else {})}


def _identity(item: TextItem) -> dict[str, Any]:
    return {
        "uri": item.iri,
        "type": "text",
        "representationType": "full",
        "profile": "press-release-text",
        "version": str(item.release.version),
        "pubStatus": item.release.status,
        "urgency": 5,
    }


def _dates(item: Item) -> dict[str, Any]:
    """The dates, which are instants only: a mere day of issue is left to the dateline."""
    moments, embargo = item.moments, item.release.embargo
    return {
        "firstCreated": moments.first.isoformat(),
        "versionCreated": moments.version.isoformat(),
        "contentCreated": moments.created.isoformat() if isinstance(moments.created, datetime) else None,
        "embargoedUntil": embargo.until.isoformat() if embargo and embargo.until else None,
    }


def _rights(item: TextItem) -> dict[str, Any]:
    return {
        "copyrightHolder": item.rights_holder.names[0][1] if item.rights_holder else None,
        "copyrightNotice": item.release.rights.notice,
        "usageTerms": item.release.rights.usage_terms,
        "rightsInfo": {"linkedRights": item.rights_links[0]},
    }


def _headlines(item: TextItem) -> Iterator[dict[str, str]]:
    release = item.release
    yield {"role": "main", "contentType": "text/plain", "value": item.title.text}
    for role, text in (("sub", release.subtitle), ("kicker", release.kicker)):
        if text and item.usable:
            yield {"role": role, "contentType": "text/plain", "value": text}


def _other_ids(item: TextItem) -> Iterator[dict[str, str]]:
    yield {"role": "guid", "value": item.guid}
    if item.release.number:
        yield {"role": "number", "value": item.release.number}
    for one in item.release.identifiers:
        concept = item.description.concepts.get(one.scheme)
        yield {"role": concept.iri if concept else one.scheme, "value": one.value}


def _content(item: TextItem, known: dict[str, Any]) -> dict[str, Any]:
    """What is said of a release only as long as its text may be used."""
    release, text = item.release, item.release.text
    places = [_agent(one, "dateline") for one in item.datelined] + [_agent(one, "about") for one in item.places]
    return {
        "descriptions": _texts("summary", release.lead),
        "bodies": [*_texts("main", text or None), *_marked_up(item)],
        "people": [_agent(one, "mentions") for one in item.people],
        "organisations": known["organisations"] + [_agent(one, "mentions") for one in item.organisations],
        "places": places,
        "located": ", ".join(one.names[0][1] for one in item.datelined),
        "infoSources": known["infoSources"] + [_office(one, item) for one in item.offices],
        "subjects": list(_subjects(item)),
        "renditions": [_rendition(one) for one in item.renditions],
        "associations": list(_associations(item)),
    }


def _texts(role: str, text: str | None) -> list[dict[str, Any]]:
    return [{"role": role, "contentType": "text/plain", "value": text}] if text else []


def _marked_up(item: TextItem) -> Iterator[dict[str, Any]]:
    text = item.release.text
    if text:
        counts = {"charCount": len(text), "wordCount": len(text.split())}
        value = xhtml_fragment(item.release, item.iri)
        yield {"role": "main", "contentType": "application/xhtml+xml", **counts, "value": value}


def _subjects(item: TextItem) -> Iterator[dict[str, str]]:
    for rel, topics in (("about", item.topics), ("ancestor", item.broader_topics)):
        for topic in topics:
            yield {"name": topic.label(item.release.language), "rel": rel, "uri": topic.iri}
    for keyword in item.release.keywords:
        yield {"name": keyword, "rel": "keyword", "literal": keyword}


def _named(party: Party) -> dict[str, str]:
    return {"name": party.names[0][1], "uri": party.iri}


def _agent(party: Party, rel: str) -> dict[str, str]:
    return {**_named(party), "rel": rel}


def _office(contact: Contact, item: Item) -> dict[str, Any]:
    names = ", ".join(part for part in (contact.role, contact.name, contact.organisation) if part)
    ways = (("email", contact.mail), ("phone", contact.phone), ("web", contact.url))
    known = [{"type": kind, "value": value} for kind, value in ways if value]
    return _told({"name": names or item.by, "role": "mediaOffice", "contactInfo": known})


def _rendition(one: Rendition) -> dict[str, Any]:
    return _told(
        {
            "name": one.rendition.partition(":")[2],
            "href": one.href,
            "contentType": one.media_type,
            "sizeInBytes": one.bytes,
            "width": one.width,
            "height": one.height,
        }
    )


def _associations(item: TextItem) -> Iterator[dict[str, Any]]:
    """Pictures, attachments and related releases."""
    base = f"{item.house.config.base}release/"
    for number, one in enumerate(companions(item.house, item.description, item.release), 1):
        yield _companion(f"{one.file.role}-{number}", one)
    related = [("translatedFrom", item.release.translation_of), ("evolvedFrom", item.release.replaces)]
    related += [("seeAlso", other) for other in dict.fromkeys((item.release.replaced_by, *item.release.related))]
    for rel, path in related:
        if path:
            yield {"name": f"{rel} {path}", "rel": rel, "uri": base + path}


def _companion(name: str, one: MediaItem) -> dict[str, Any]:
    return _told(
        {
            "name": name,
            "rel": one.file.role,
            "uri": one.file_iri,
            "type": one.item_class.partition(":")[2],
            "title": one.title.text,
            "descriptions": _texts("caption", one.file.caption),
            "by": one.file.credit,
            "usageTerms": one.file.rights,
            "renditions": [_rendition(rendition) for rendition in one.renditions],
        }
    )
