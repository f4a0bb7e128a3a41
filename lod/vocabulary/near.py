"""What somebody may have meant: codes and labels that are near to one that does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

__all__ = ["near_codes", "near_words"]

_FILL = re.compile(r"[\W_]+")
_MOST = 3
_SHORT = 3


def near_words(word: str, words: Iterable[str]) -> list[str]:
    """Words that look like it, nearest first."""
    by_form = {_form(one): one for one in sorted(words, reverse=True)}
    return [by_form[form] for form in get_close_matches(_form(word), sorted(by_form), _MOST, 0.6)]


def near_codes(code: str, rows: Mapping[str, Iterable[str]]) -> list[str]:
    """Codes whose own form or one of whose labels looks like the one given; `rows` has the labels by code.

    >>> near_codes("press-release", {"Press_Release": ["Pressemitteilung"], "Quote": ["Zitat"]})
    ['Press_Release']
    """
    by_form: dict[str, str] = {}
    for one, labels in rows.items():
        for text in (one, *labels):
            by_form.setdefault(_form(text), one)
    form = _form(code)
    if form in by_form:
        return [by_form[form]]
    # A number is another number, and two or three letters are as near to any others: only one slip is worth naming,
    # and what begins with the letters, as the name of a language does with an older code of it.
    short = len(form) <= _SHORT
    begun = [text for text in sorted(by_form) if short and len(text) > _SHORT and text.startswith(form)]
    found = begun[:_MOST] or get_close_matches(form, sorted(by_form), _MOST, 0.85 if short or form.isdigit() else 0.6)
    return list(dict.fromkeys(by_form[one] for one in found))


def _form(text: str) -> str:
    return _FILL.sub("", text.casefold())
