"""What no schema sees in a news item: codes, dates, life cycle, notes, renditions, and the media type of the text."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from lod.vocabulary import UnknownCode, Vocabulary, vocab_root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["Fault", "item_faults", "message_faults", "read_schema", "schema_faults", "status_of"]

_G2 = "http://iptc.org/std/nar/2006-10-01/"
_NS = f"{{{_G2}}}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_IPTC = re.compile(r"https?://(?:www\.)?iptc\.org/std/catalog/catalog\.IPTC-G2-Standards_\d+\.xml")
_CODED = ("qcode", "type", "role", "rel", "why", "how", "pubconstraint", "rendition", "hashtype", "severity", "scope")
"""Attributes whose values are QCodes, or several of them with blanks between."""
_INSTANTS = ("versionCreated", "firstCreated", "embargoed")
_MOMENTS = ("contentCreated", "contentModified")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-([A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}))*")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]*")
_SPACES = {
    "application/xhtml+xml": "{http://www.w3.org/1999/xhtml}html",
    "application/nitf+xml": "{http://iptc.org/std/NITF/2006-10-18/}nitf",
}
_LINES = ("title", "headline", "keyword", "slugline", "creditline", "by", "name")
_OURS = "press-release-"
_MOST = 3  # of what the schema says against one file


class Fault(NamedTuple):
    """A rule that an item breaks, and how."""

    rule: str
    message: str


def message_faults(message: etree._Element) -> Iterator[Fault]:
    """What is wrong with a newsMessage itself; its items are looked at one by one."""
    sent = message.findtext(f"{_NS}header/{_NS}sent")
    if sent is None:
        yield Fault("news-message", "has no header that says when it was sent")
    elif not _INSTANT.fullmatch(sent):
        yield Fault("news-zone", f'sent is "{sent}"')
    if message.find(f"{_NS}itemSet/*") is None:
        yield Fault("news-message", "holds no item")


def item_faults(item: etree._Element) -> Iterator[Fault]:
    """What is wrong with one item."""
    for rule in RULES:
        yield from rule(item)


def _meta(item: etree._Element, name: str) -> etree._Element | None:
    return item.find(f"{_NS}itemMeta/{_NS}{name}")


def status_of(item: etree._Element) -> str:
    """The publication status of an item, as a code; usable where it says none (NewsML-G2 Guide)."""
    found = _meta(item, "pubStatus")
    return "stat:usable" if found is None else found.get("qcode", "")


@lru_cache(maxsize=1)
def _vocabulary() -> Vocabulary:
    return Vocabulary.load([vocab_root() / "schemes"], "https://presse.example.org/")


def _codes(item: etree._Element) -> Iterator[Fault]:
    declared = {
        str(scheme.get("alias")): str(scheme.get("uri")) for scheme in item.iterfind(f"{_NS}catalog/{_NS}scheme")
    }
    if any(_IPTC.fullmatch(ref.get("href", "")) for ref in item.iterfind(f"{_NS}catalogRef")):
        declared = {**_vocabulary().catalog_aliases, **declared}
    elsewhere = any(not _IPTC.fullmatch(ref.get("href", "")) for ref in item.iterfind(f"{_NS}catalogRef"))
    for code in dict.fromkeys(_used(item)):
        alias, colon, value = code.partition(":")
        if not colon or not value or value.startswith("//"):
            yield Fault("news-alias", f'"{code}" is no code')
        elif alias not in declared:
            if not elsewhere:
                yield Fault("news-alias", f'no catalog declares "{alias}" in "{code}"')
        elif not _known(alias, code, declared[alias]):
            yield Fault("news-code", f'"{code}" is not in {declared[alias]}')


def _used(item: etree._Element) -> Iterator[str]:
    for element in item.iter(f"{_NS}*"):
        for name in _CODED:
            value = element.get(name)
            if value is not None:
                yield from value.split() or [value]


def _known(alias: str, code: str, iri: str) -> bool:
    """Whether a code is in its scheme, as far as the tables of the program know the scheme whole."""
    if alias not in _vocabulary().aliases or _vocabulary().catalog_aliases.get(alias) != iri:
        return True
    try:
        _vocabulary().concept(code)
    except UnknownCode:
        return False
    return True


def _zones(item: etree._Element) -> Iterator[Fault]:
    for name in (*_INSTANTS, *_MOMENTS):
        for found in item.iterfind(f"*/{_NS}{name}"):
            text = found.text or ""
            day = name in _MOMENTS and _DAY.fullmatch(text)
            if not (_INSTANT.fullmatch(text) or day or (name == "embargoed" and not text)):
                yield Fault("news-zone", f'{name} is "{text}"')


def _order(item: etree._Element) -> Iterator[Fault]:
    found = {name: item.findtext(f"*/{_NS}{name}") or "" for name in ("firstCreated", "versionCreated", *_MOMENTS)}
    for earlier, later in (
        ("firstCreated", "versionCreated"),
        ("contentCreated", "contentModified"),
        ("contentCreated", "versionCreated"),
        ("contentModified", "versionCreated"),
    ):
        if found[earlier] and found[later] and _after(found[earlier], found[later]):
            yield Fault("news-order", f"{earlier} {found[earlier]} is after {later} {found[later]}")


def _after(one: str, other: str) -> bool:
    """Whether a moment is later than another; a mere day is compared as a day, what is no date is not compared."""
    try:
        if "T" in one and "T" in other:
            return datetime.fromisoformat(one) > datetime.fromisoformat(other)
    except (ValueError, TypeError):
        return False
    return one[:10] > other[:10]


def _languages(item: etree._Element) -> Iterator[Fault]:
    tags = {element.get(_LANG) for element in item.iter() if isinstance(element.tag, str)}
    tags |= {element.get("tag") for element in item.iter(f"{_NS}language")}
    for tag in sorted(tag for tag in tags if tag is not None):
        if not _TAG.fullmatch(tag):
            yield Fault("news-language", f'"{tag}" is no language tag')


def _stopped(item: etree._Element) -> Iterator[Fault]:
    if status_of(item) in {"stat:withheld", "stat:canceled"}:
        content = item.find(f"{_NS}contentSet")
        if content is not None and len(content):
            yield Fault("news-stopped", f"is {status_of(item)} and has content")
        note = _meta(item, "edNote")
        if note is None or not (note.text or "").strip():
            yield Fault("news-stopped", f"is {status_of(item)}, and no edNote says why")


def _embargo(item: etree._Element) -> Iterator[Fault]:
    embargo = _meta(item, "embargoed")
    if embargo is None:
        return
    if status_of(item) != "stat:usable":
        yield Fault("news-embargo", f"has an embargo and is {status_of(item)}")
    if not (embargo.text or "").strip() and _meta(item, "edNote") is None:
        yield Fault("news-embargo", "has an embargo without an end and without an edNote")


def _signals(item: etree._Element) -> Iterator[Fault]:
    found = [signal.get("qcode", "") for signal in item.iterfind(f"{_NS}itemMeta/{_NS}signal")]
    changes = [code for code in found if code in {"sig:update", "sig:correction"}]
    if len(changes) > 1:
        yield Fault("news-signal", f"has the signals {', '.join(changes)}")
    elif changes and item.get("version") == "1":
        yield Fault("news-signal", f"is version 1 and has the signal {changes[0]}")


def _contacts(item: etree._Element) -> Iterator[Fault]:
    for place, note in enumerate(item.iterfind(f"{_NS}itemMeta/{_NS}edNote")):
        if note.get("role", "").endswith(":contacts"):
            if place == 0:
                yield Fault("news-contacts", "contacts are the first edNote")
            if not note.get("pubconstraint", "").endswith(":nonpublic"):
                yield Fault("news-contacts", "contacts are not marked as not public")


def _headlines(item: etree._Element) -> Iterator[Fault]:
    first = item.find(f"{_NS}contentMeta/{_NS}headline")
    if first is not None and first.get("rank", "1") != "1":
        yield Fault("news-headline", f"the first headline has rank {first.get('rank')}")


def _renditions(item: etree._Element) -> Iterator[Fault]:
    seen: Counter[str] = Counter()
    for remote in item.iterfind(f"{_NS}contentSet/{_NS}remoteContent"):
        href, kind = remote.get("href", ""), remote.get("contenttype", "")
        rendition = remote.get("rendition") or remote.get("renditionuri") or ""
        if not _ADDRESS.fullmatch(href) or href.startswith("file:"):
            yield Fault("news-rendition", f'"{href}" is no absolute address')
        if not _MEDIA_TYPE.fullmatch(kind):
            yield Fault("news-rendition", f'"{kind}" is no media type')
        if not rendition:
            yield Fault("news-rendition", f"{href} has no rendition")
        seen[rendition] += 1
    for rendition in sorted(name for name, count in seen.items() if name and count > 1):
        yield Fault("news-rendition", f"{rendition} stands {seen[rendition]} times")


def _bodies(item: etree._Element) -> Iterator[Fault]:
    for inline in item.iterfind(f"{_NS}contentSet/{_NS}inlineXML"):
        kind, tags = inline.get("contenttype", ""), [child.tag for child in inline if isinstance(child.tag, str)]
        if kind in _SPACES and tags != [_SPACES[kind]]:
            yield Fault("news-body", f"{kind} holds {', '.join(map(str, tags)) or 'nothing'}")
        elif kind not in _SPACES and (not kind or any(tag in _SPACES.values() for tag in tags)):
            yield Fault("news-body", f'the media type of {tags[0] if tags else "nothing"} is "{kind}"')


def _lines(item: etree._Element) -> Iterator[Fault]:
    for name in _LINES:
        for found in item.iter(_NS + name):
            if any(char in (found.text or "") for char in "\n\r\t"):
                yield Fault("news-line", f"{name} stands on several lines")


@lru_cache(maxsize=1)
def _grammar() -> etree.RelaxNG:
    return etree.RelaxNG(file=str(vocab_root() / "newsml" / "press-release.rng"))


def _grammatical(item: etree._Element) -> Iterator[Fault]:
    profile = _meta(item, "profile")
    if profile is not None and (profile.text or "").startswith(_OURS):
        alone = etree.fromstring(etree.tostring(item, with_tail=False))
        if not _grammar().validate(alone):
            errors = _grammar().error_log
            yield Fault("news-grammar", errors[0].message if errors else "is refused by the grammar")


def read_schema(path: Path) -> str | None:
    """Read a schema: why it cannot be read, or None."""
    try:
        _schema(path)
    except (etree.XMLSchemaParseError, etree.XMLSyntaxError, OSError) as error:
        return str(error).partition("\n")[0]
    return None


def schema_faults(root: etree._Element, path: Path) -> Iterator[Fault]:
    """What the schema of NewsML-G2 says against an item or a message."""
    schema = _schema(path)
    if not schema.validate(root):
        for error in list(schema.error_log)[:_MOST]:
            yield Fault("news-schema", f"line {error.line}: {error.message}")


@lru_cache(maxsize=1)
def _schema(path: Path) -> etree.XMLSchema:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.XMLSchema(etree.parse(str(path), parser))


RULES: tuple[Callable[[etree._Element], Iterator[Fault]], ...] = (
    _codes,
    _zones,
    _order,
    _languages,
    _stopped,
    _embargo,
    _signals,
    _contacts,
    _headlines,
    _renditions,
    _bodies,
    _lines,
    _grammatical,
)
