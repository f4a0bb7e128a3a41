"""The main content of a web page: landmarks where there are any, and what surrounds the content taken away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lod.ingest.layout import layout

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["main_content"]

_WORD = re.compile(r"[A-Za-z][a-z]+|[A-Z]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SENTENCE = re.compile(r"[a-zß-ÿ]{2}[.!?](?:\s|$)")
_MOST_OF_IT = 0.6
_MANY_LINKS = 4
_LISTS = frozenset({"ul", "ol", "div", "section", "aside", "table", "td", "dl"})
_NEVER = frozenset({"html", "body", "main", "article", "h1", "table", "tbody", "tr"})


def main_content(page: HtmlElement) -> HtmlElement:
    """The element that holds the content, cleared of navigation; the page is changed in place."""
    for name in sorted(layout().dropped):
        for element in list(page.iter(name)):
            _drop(element)
    scope = _landmark(page)
    body = page.find("body")
    if scope is None:
        scope = body if body is not None else page
        _drop_frame(scope)
    title = page.find(".//h1")
    whole = len(_text(scope)) or 1
    for element in list(scope.iter()):
        if element is not scope and element.getparent() is not None and _is_beside(element, whole):
            _drop(element)
    if title is not None and not any(element is scope for element in title.iterancestors()) and _text(title):
        scope.insert(0, title)
        title.tail, scope.text = scope.text, None
    return scope


def _landmark(page: HtmlElement) -> HtmlElement | None:
    for path in (".//main", ".//*[@role='main']"):
        found = [element for element in page.iterfind(path) if _text(element)]
        if len(found) == 1:
            return found[0]
    articles = [element for element in page.iter("article") if _text(element)]
    return articles[0] if len(articles) == 1 else None


def _drop_frame(scope: HtmlElement) -> None:
    """Head and foot of a site, where no landmark tells the content from them."""
    for element in [*scope.iter("header"), *scope.iter("footer")]:
        if not any(parent.tag == "article" for parent in element.iterancestors()):
            _drop(element)


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()  # the text behind it stays


def _text(element: HtmlElement) -> str:
    return " ".join("".join(str(part) for part in element.itertext()).split())


def _is_beside(element: HtmlElement, whole: int) -> bool:
    """Whether it only surrounds the content. What holds most of the text, or the title, never does."""
    if element.tag in _NEVER or not isinstance(element.tag, str):
        return False
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    if hidden or _HIDDEN.search(element.get("style", "")):
        return True
    named = element.get("role") in layout().dropped_roles or _is_named_so(element)
    if not named and element.tag not in _LISTS:
        return False
    text = _text(element)
    if len(text) > _MOST_OF_IT * whole or element.find(".//h1") is not None:
        return False
    return named or _is_link_list(element, text)


def _is_named_so(element: HtmlElement) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}"
    words = {word.lower() for word in _WORD.findall(names)}
    return not words.isdisjoint(layout().dropped_words) and words.isdisjoint(layout().kept_words)


def _is_link_list(element: HtmlElement, text: str) -> bool:
    links = [_text(link) for link in element.iter("a") if link.get("href")]
    if len(links) < _MANY_LINKS or not text:
        return False
    return sum(map(len, links)) >= layout().link_share * len(text) and not _SENTENCE.search(text)
