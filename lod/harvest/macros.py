"""Macros of a page language (WML and its like): short elements written out as HTML before the HTML is read."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lod.source import Markup

__all__ = ["Expander"]

_ARGUMENT = re.compile(r'"([^"]*)"|([^\s<>"]+)')
_PLACE = re.compile(r"\{(\d)(?::(lower|upper))?\}")
_DEEPEST = 8  # macros may hold macros; a circle ends here


class Expander:
    """Writes out the macros and variables of one source."""

    def __init__(self, markup: Markup) -> None:
        self._replace = [(re.compile(pattern), text) for pattern, text in markup.replace]
        self._variables = markup.variables
        self._macros = dict(markup.macros)
        self._definition = None
        if markup.definitions:
            name = re.escape(markup.definitions)
            self._definition = re.compile(rf"<{name}\s+([A-Za-z][\w-]*)[^<>]*>(.*?)</{name}\s*>\s*", re.DOTALL)

    def __call__(self, text: str) -> str:
        """The text as HTML."""
        for pattern, replacement in self._replace:
            text = pattern.sub(replacement, text)
        macros = self._macros
        if self._definition is not None:
            own = {name: _braced(body) for name, body in self._definition.findall(text)}
            text = self._definition.sub("", text)
            macros = {**own, **self._macros}
        if macros:
            text = _expanded(text, macros)
        for variable, value in self._variables.items():
            text = text.replace(variable, value)
        return text


def _braced(body: str) -> str:
    """The body of a definition, its places `%0` in our way of writing."""
    return re.sub(r"%(\d)", r"{\1}", body.strip())


def _expanded(text: str, macros: Mapping[str, str]) -> str:
    names = "|".join(sorted(map(re.escape, macros), key=len, reverse=True))
    call = re.compile(rf"""<({names})((?:\s+(?:"[^"]*"|[^\s<>"]+))*)\s*/?>""")

    def written(found: re.Match[str]) -> str:
        arguments = [quoted or bare for quoted, bare in _ARGUMENT.findall(found[2])]

        def argument(place: re.Match[str]) -> str:
            value = arguments[int(place[1])] if int(place[1]) < len(arguments) else ""
            return {"lower": value.lower(), "upper": value.upper()}.get(place[2] or "", value)

        return _PLACE.sub(argument, macros[found[1]])

    for _ in range(_DEEPEST):
        text, count = call.subn(written, text)
        if not count:
            break
    return text
