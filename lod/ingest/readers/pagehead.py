"""What a web page states about itself: JSON-LD, OpenGraph, Dublin Core and plain meta elements, in this order."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from lod.body.inline import is_href

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["stated"]

# schema.org types of a page's own text, the most telling first.
_ARTICLES = ("PressRelease", "NewsArticle", "ReportageNewsArticle", "Article", "Report", "BlogPosting", "WebPage")
_JSON_LD = {
    "title": ("headline", "name"),
    "issued": ("datePublished",),
    "modified": ("dateModified",),
    "language": ("inLanguage",),
    "publisher": ("publisher", "sourceOrganization"),
    "author": ("author",),
    "description": ("description",),
    "url": ("url", "mainEntityOfPage"),
    "kicker": ("alternativeHeadline",),
}
# Names and properties of meta elements, in lower case (OpenGraph; DCMI; what content management systems write).
_META = {
    "title": ("og:title", "dc.title", "dcterms.title", "twitter:title"),
    "issued": (
        "article:published_time",
        "dcterms.issued",
        "dc.date.issued",
        "dcterms.created",
        "dc.date",
        "date",
        "pubdate",
    ),
    "modified": ("article:modified_time", "og:updated_time", "dcterms.modified", "last-modified"),
    "language": ("dc.language", "dcterms.language", "content-language", "og:locale"),
    "publisher": ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher"),
    "author": ("author", "dc.creator", "dcterms.creator", "article:author"),
    "description": ("og:description", "description", "dc.description", "dcterms.abstract"),
    "url": ("og:url", "dc.identifier"),
}
_LONGEST_JSON = 1_000_000
_DEEPEST = 5
_DIVIDERS = (" | ", " – ", " - ", " · ", " :: ", ": ")


def stated(page: HtmlElement) -> dict[str, Any]:
    """The statements of the page, with the keys of `Content.meta`."""
    metas = _metas(page)
    article = _article(page)
    found: dict[str, Any] = {}
    for key in (*_JSON_LD, "url"):
        from_json = (_name(article.get(name)) for name in _JSON_LD[key])
        from_meta = (metas.get(name, "") for name in _META.get(key, ()))
        found[key] = next((value for value in (*from_json, *from_meta) if value), "")
    found["url"] = _canonical(page) or (found["url"] if is_href(found["url"]) else "")
    found["language"] = (
        page.get("lang") or page.get("{http://www.w3.org/XML/1998/namespace}lang") or found["language"]
    ).replace("_", "-")
    found["issued"] = found["issued"] or _time(page)
    found["title"] = found["title"] or _without_site(_first_text(page, "title"), found["publisher"])
    words = article.get("keywords") or metas.get("keywords", "")
    words = words.split(",") if isinstance(words, str) else words
    found["keywords"] = tuple(word.strip() for word in words if isinstance(word, str) and word.strip())
    return {key: value for key, value in found.items() if value}


def _metas(page: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in page.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("http-equiv") or element.get("itemprop")
        content = " ".join(element.get("content", "").split())
        if name and content:
            found.setdefault(name.lower().strip(), content)
    return found


def _article(page: HtmlElement) -> Mapping[str, Any]:
    """The JSON-LD node of the page's own text; empty where there is none, or none that is valid."""
    nodes = [node for script in page.iter("script") for node in _nodes(script)]
    for kind in _ARTICLES:
        for node in nodes:
            types = node.get("@type")
            if kind == types or (isinstance(types, list) and kind in types):
                return node
    return {}


def _nodes(script: HtmlElement) -> Iterator[Mapping[str, Any]]:
    text = script.text or ""
    if "ld+json" not in script.get("type", "").lower() or len(text) > _LONGEST_JSON:
        return
    try:
        yield from _flat(json.loads(text), 0)
    except (ValueError, RecursionError):
        return


def _flat(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _flat(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        yield from _flat(value.get("@graph"), depth + 1)


def _name(value: Any) -> str:
    """A text, or the name or address of the node that stands in its place; of several, the first."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id") or value.get("url") or ""
    return " ".join(value.split()) if isinstance(value, str) else ""


def _canonical(page: HtmlElement) -> str:
    links = (link.get("href", "").strip() for link in page.iter("link") if link.get("rel", "").lower() == "canonical")
    return next((link for link in links if is_href(link)), "")


def _time(page: HtmlElement) -> str:
    """The only marked time, or the one marked as that of publication (HTML Living Standard, 4.5.14; schema.org)."""
    times = [element for element in page.iter("time") if element.get("datetime")]
    marked = [
        element for element in times if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None
    ]
    return (marked[0].get("datetime", "") if marked else "").strip()


def _first_text(page: HtmlElement, tag: str) -> str:
    element = page.find(f".//{tag}")
    return " ".join((element.text_content() if element is not None else "").split())


def _without_site(title: str, site: str) -> str:
    """The title without the name of the site behind it."""
    for divider in _DIVIDERS:
        head, found, tail = title.rpartition(divider)
        if found and site and tail.strip().lower() == site.lower():
            return head.strip()
    return title
