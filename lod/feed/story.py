"""Story: what people read of a news item, for feeds that are made for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from lod.news.elements import LANG, NAR, XHTML, read

if TYPE_CHECKING:
    from lod.news.elements import Element

__all__ = ["Story", "story_of"]


class Story(NamedTuple):
    """A news item for people. `issued` is a day or an instant in ISO 8601; `html` is empty where the body is NITF."""

    guid: str
    iri: str
    title: str
    summary: str | None
    language: str
    issued: str
    keywords: tuple[str, ...]
    creators: tuple[str, ...]
    html: str


def story_of(item: bytes) -> Story:
    """The story of an item that this program wrote."""
    root = read(item)
    meta = root.find(NAR + "contentMeta")
    assert meta is not None  # noqa: S101 - every item has it
    iris = [one.text for one in meta.iterfind(NAR + "altId") if one.get("type") == "idtype:iri"]
    created = meta.findtext(NAR + "contentCreated") or root.findtext(f"{NAR}itemMeta/{NAR}firstCreated")
    return Story(
        root.get("guid", ""),
        iris[0] or "",
        meta.findtext(NAR + "headline", ""),
        meta.findtext(NAR + "description"),
        root.get(LANG, ""),
        created or "",
        tuple(one.text or "" for one in meta.iterfind(NAR + "keyword")),
        tuple(one.findtext(NAR + "name", "") for one in meta.iterfind(NAR + "creator")),
        _html(root.find(f"{NAR}contentSet/{NAR}inlineXML/{XHTML}html/{XHTML}body")),
    )


def _html(body: Element | None) -> str:
    """What is in the body, as HTML without a namespace."""
    if body is None:
        return ""
    for one in body.iter(XHTML + "*"):
        one.tag = etree.QName(one).localname
    etree.cleanup_namespaces(body)
    whole = etree.tostring(body, encoding="unicode", method="html", with_tail=False)
    return whole[whole.index(">") + 1 : whole.rindex("<")].strip()
