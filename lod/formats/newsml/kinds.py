"""How a value is written: one function for each word that may stand behind `as` in the tables."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from lxml import etree

from lod.news.elements import LANG, NAR, Element, address, child
from lod.news.nitf import nitf_body
from lod.news.xhtml import xhtml_body

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from lod.news.item import AnyItem, Item
    from lod.news.notes import Note
    from lod.news.parts import Assertion, Link, Member, Party, Rendition
    from lod.news.scheme import Catalog
    from lod.news.text import TextItem
    from lod.news.wording import Wording
    from lod.release import Contact, Identifier, Release
    from lod.vocabulary import Concept, Scheme

    Kind = Callable[[Element, str, Any, Mapping[str, str], Any], object]

__all__ = ["KINDS", "NEWS_ITEM", "write_catalog"]

NEWS_ITEM = "application/vnd.iptc.g2.newsitem+xml"
_NAME = NAR + "name"
_NAMED = ("de", "en")  # languages that the names of concepts are written in, besides that of the release


def text(parent: Element, tag: str, value: str, attributes: Mapping[str, str], _item: Item) -> None:
    """Characters in the language of the item."""
    child(parent, tag, attributes, value)


def tagged(parent: Element, tag: str, value: str, attributes: Mapping[str, str], item: Item) -> None:
    """Characters with their language."""
    child(parent, tag, {**attributes, LANG: item.language}, value)


def wording(parent: Element, tag: str, value: Wording, attributes: Mapping[str, str], item: Item) -> None:
    """Words that may be in another language than the item; then they say so."""
    if value.language != item.language:
        attributes = {**attributes, LANG: value.language}
    child(parent, tag, attributes, value.text)


def body(parent: Element, tag: str, value: Release, attributes: Mapping[str, str], item: TextItem) -> None:
    """The text in the mark-up of the item."""
    write = nitf_body if item.markup == "nitf" else xhtml_body
    write(parent, tag, value, attributes, item)


def plain(parent: Element, tag: str, value: str, attributes: Mapping[str, str], item: TextItem) -> None:
    """The text without mark-up."""
    counted = {"contenttype": "text/plain", "wordcount": item.words}
    child(parent, tag, {**attributes, **counted, LANG: item.language}, value)


def moment(parent: Element, tag: str, value: date, attributes: Mapping[str, str], _item: Item) -> None:
    """A day, or an instant with its offset."""
    child(parent, tag, attributes, value.isoformat())


def code(parent: Element, tag: str, value: str, _attributes: Mapping[str, str], _item: Item) -> None:
    """A QCode."""
    child(parent, tag, {"qcode": value})


def language(parent: Element, tag: str, value: str, _attributes: Mapping[str, str], _item: Item) -> None:
    """A language tag."""
    child(parent, tag, {"tag": value})


def link_only(parent: Element, tag: str, value: str, _attributes: Mapping[str, str], _item: Item) -> None:
    """An address that says all there is to say."""
    child(parent, tag, {"href": address(value)})


def catalog_ref(parent: Element, tag: str, value: str, _attributes: Mapping[str, str], _item: Item) -> None:
    """The address of a catalog."""
    child(parent, tag, {"href": value})


def catalog(parent: Element, tag: str, _value: str, _attributes: Mapping[str, str], _item: Item) -> None:
    """An empty catalog, filled when all aliases are known."""
    child(parent, tag)


def concept(parent: Element, tag: str, value: Concept, attributes: Mapping[str, str], item: Item) -> None:
    """A concept by its code, or by its IRI where no catalog has its alias, with its names."""
    qcode = item.house.codes.qcode(value)
    if qcode is None:
        made = child(parent, tag, {**attributes, "uri": value.iri})
    else:
        item.aliases.add(value.scheme.alias)
        made = child(parent, tag, {**attributes, "qcode": qcode})
    own = item.language.partition("-")[0]
    written = set()
    for label_language, label in value.labels.items():
        primary = label_language.partition("-")[0].lower()
        if primary not in written and (primary == own or primary in _NAMED):
            written.add(primary)
            child(made, _NAME, {LANG: label_language}, label)
    for key in value.broader if qcode else ():
        child(made, NAR + "broader", {"qcode": key})


def assertion(parent: Element, tag: str, value: Assertion, _attributes: Mapping[str, str], item: Item) -> None:
    """What is known of an organisation, person or place beyond this release."""
    authority = value.authority
    made = child(parent, tag, {"uri": authority.iri})
    child(made, NAR + "type", {"qcode": value.type})
    for name_language, name in (*authority.names, *authority.alternate_names):
        child(made, _NAME, {LANG: name_language} if name_language else None, name)
    for iri in authority.same_as:
        child(made, NAR + "sameAs", item.house.codes.reference(iri))
    if authority.kind == "organisation" and authority.url:
        info = child(child(made, NAR + "organisationDetails"), NAR + "contactInfo")
        child(info, NAR + "web", None, address(authority.url))
    if authority.latitude is not None and authority.longitude is not None:
        position = {"latitude": str(authority.latitude), "longitude": str(authority.longitude)}
        child(child(made, NAR + "geoAreaDetails"), NAR + "position", position)


def party(parent: Element, tag: str, value: Party, attributes: Mapping[str, str], _item: Item) -> Element:
    """An organisation, person or place: its IRI and its names."""
    made = child(parent, tag, {**attributes, "uri": value.iri})
    for name_language, name in value.names:
        child(made, _NAME, {LANG: name_language} if name_language else None, name)
    if value.note:
        child(made, NAR + "note", None, value.note)
    return made


def office(parent: Element, tag: str, value: Contact, attributes: Mapping[str, str], item: Item) -> None:
    """A contact for everybody."""
    names = [part for part in (value.role, value.name, value.organisation) if part]
    made = child(parent, tag, attributes)
    child(made, _NAME, None, ", ".join(names) or item.by)
    details = child(made, NAR + "organisationDetails")
    info = child(details, NAR + "contactInfo")
    page = address(value.url) if value.url else None
    for name, said in (("email", value.mail), ("phone", value.phone), ("web", page)):
        if said:
            child(info, NAR + name, None, said)
    if not len(info):
        made.remove(details)


def identifier(parent: Element, tag: str, value: Identifier, _attributes: Mapping[str, str], item: Item) -> None:
    """An identifier and what kind it is of: a code, or the IRI of a scheme."""
    found = item.description.concepts.get(value.scheme)
    qcode = item.house.codes.qcode(found) if found else None
    if found is not None and qcode is not None:
        item.aliases.add(found.scheme.alias)
        child(parent, tag, {"type": qcode}, value.value)
    else:
        child(parent, tag, {"typeuri": address(found.iri if found else value.scheme)}, value.value)


def note(parent: Element, tag: str, value: Note, _attributes: Mapping[str, str], item: Item) -> None:
    """A note to editors, as plain characters: some readers stop at the first element in it."""
    attributes = {"role": value.role}
    item.aliases.add("noterole")
    if not value.public:
        attributes["pubconstraint"] = "pubconstraint:nonpublic"
        item.aliases.add("pubconstraint")
    if value.language != item.language:
        attributes[LANG] = value.language
    child(parent, tag, attributes, value.text)


def link(parent: Element, tag: str, value: Link, _attributes: Mapping[str, str], _item: Item) -> None:
    """A link to another item or to a page."""
    attributes = {"rel": value.rel}
    if value.href:
        attributes["href"] = address(value.href)
    if value.residref:
        attributes["residref"] = value.residref
        attributes["contenttype"] = NEWS_ITEM
    if value.version:
        attributes["version"] = str(value.version)
    made = child(parent, tag, attributes)
    if value.item_class:
        child(made, NAR + "itemClass", {"qcode": value.item_class})


def remote(parent: Element, tag: str, value: Rendition, _attributes: Mapping[str, str], item: Item) -> None:
    """A file elsewhere, with what is needed to check that it arrived whole."""
    attributes = {"rendition": value.rendition, "href": address(value.href), "contenttype": value.media_type}
    item.aliases.add(value.rendition.partition(":")[0])
    for name, figure in (("size", value.bytes), ("width", value.width), ("height", value.height)):
        if figure is not None:
            attributes[name] = str(figure)
    made = child(parent, tag, attributes)
    if value.sha256:
        child(made, NAR + "hash", {"hashtype": "hashtype:SHA-2"}, value.sha256)


def labels(parent: Element, tag: str, value: Mapping[str, str], attributes: Mapping[str, str], _item: AnyItem) -> None:
    """The same words in several languages."""
    for label_language, label in value.items():
        child(parent, tag, {**attributes, LANG: label_language}, label)


def concepts(
    parent: Element, tag: str, value: Sequence[Concept], _attributes: Mapping[str, str], item: AnyItem
) -> None:
    """All concepts of a scheme with what the tables say of them."""
    made = child(parent, tag)
    for one in value:
        item.aliases.add(one.scheme.alias)
        known = {"qcode": one.key, "created": one.introduced, "retired": one.retired}
        said = child(made, NAR + "concept")
        child(said, NAR + "conceptId", {name: str(fact) for name, fact in known.items() if fact})
        child(said, NAR + "type", {"qcode": "cpnat:abstract"})
        labels(said, _NAME, one.labels or {item.language: one.code}, {}, item)
        labels(said, NAR + "definition", one.definitions, {}, item)
        for iri in one.exact_match:
            child(said, NAR + "sameAs", {"uri": iri})
        for iri in (*one.broader_iris, *one.broad_match):
            child(said, NAR + "broader", {"uri": iri})


def scheme_meta(parent: Element, tag: str, value: Scheme, _attributes: Mapping[str, str], item: AnyItem) -> None:
    """What a scheme is called and what it is for."""
    said = {"uri": value.iri, "authority": item.house.config.base, "preferredalias": value.alias}
    made = child(parent, tag, said)
    labels(made, _NAME, value.titles, {}, item)
    labels(made, NAR + "definition", value.definitions, {}, item)


def catalog_container(
    parent: Element, tag: str, value: Catalog, _attributes: Mapping[str, str], _item: AnyItem
) -> None:
    """The archive's own catalog inside its item."""
    write_catalog(child(parent, tag), value)


def write_catalog(parent: Element | None, value: Catalog) -> Element:
    """A catalog of schemes, in a parent or as a document of its own."""
    known = {"url": value.url, "guid": value.guid, "version": str(value.version), "authority": value.authority}
    tag = NAR + "catalog"
    made = etree.Element(tag, known, nsmap={None: NAR[1:-1]}) if parent is None else child(parent, tag, known)
    for title_language, title in value.titles:
        child(made, NAR + "title", {LANG: title_language}, title)
    for scheme in value.schemes:
        child(made, NAR + "scheme", {"alias": scheme.alias, "uri": scheme.iri})
    return made


def members(parent: Element, tag: str, value: Sequence[Member], _attributes: Mapping[str, str], item: Item) -> None:
    """The groups of a package, below one that holds them all. Their ids are unique in a message of many packages."""
    item.aliases.add("grouprole")
    package = item.guid.rpartition(":")[2]
    made = child(parent, tag, {"root": f"root.{package}"})
    root = child(made, NAR + "group", {"id": f"root.{package}", "role": "grouprole:root"})
    for name, grouped in groupby(value, lambda member: member.group):
        child(root, NAR + "groupRef", {"idref": f"{name}.{package}"})
        group = child(made, NAR + "group", {"id": f"{name}.{package}", "role": f"grouprole:{name}"})
        for one in grouped:
            attributes = {"residref": one.guid, "version": str(one.version), "contenttype": NEWS_ITEM}
            reference = child(group, NAR + "itemRef", attributes)
            child(reference, NAR + "itemClass", {"qcode": one.item_class})
            child(reference, NAR + "pubStatus", {"qcode": one.status})


KINDS: dict[str, Kind] = {
    "text": text,
    "tagged": tagged,
    "wording": wording,
    "plain": plain,
    "moment": moment,
    "code": code,
    "language": language,
    "link-only": link_only,
    "catalog-ref": catalog_ref,
    "catalog": catalog,
    "concept": concept,
    "assertion": assertion,
    "party": party,
    "office": office,
    "identifier": identifier,
    "note": note,
    "link": link,
    "remote": remote,
    "labels": labels,
    "concepts": concepts,
    "scheme-meta": scheme_meta,
    "catalog-container": catalog_container,
    "members": members,
    "body": body,
}
