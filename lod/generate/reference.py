"""References of fields as Markdown: for every field what it means, what it may hold, and an example."""

from __future__ import annotations

import re
import types
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

import orjson
from pydantic import BaseModel

from lod.mapping.fields import declared
from lod.release import fields, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["reference"]

_KINDS = {
    "Code": ("code", "Alias of a scheme, a colon, and a code of it: `medtop:20000612`."),
    "FileName": ("file name", "Letters, digits, `.`, `_` and `-`; no folders."),
    "FilePath": ("path", "A path below the archive, with slashes; no part of it begins with a dot."),
    "Instant": ("instant", "A date-time with its zone: `2026-02-21T09:30:00+01:00`. Without one it is the archive's."),
    "Language": ("language", "A BCP 47 tag: `de`, `pt-BR`, `zh-Hant`."),
    "Line": ("line", "Text on one line; runs of white space become one space. Unicode NFC, no control characters."),
    "MediaType": ("media type", "An IANA media type without parameters: `application/pdf`."),
    "Moment": ("day or instant", "A day, `2017-07-03`, or an instant. A day is never turned into midnight."),
    "PartId": ("part id", "A lower-case letter, then letters, digits and hyphens: `q1`."),
    "ReleaseId": ("release id", "The path of a release below `release/`: slugs joined by slashes."),
    "Sha256": ("SHA-256", "64 hexadecimal digits."),
    "Slug": ("slug", "Lower-case letters, digits and single hyphens."),
    "Text": ("text", "Text of any length, on several lines. Unicode NFC, no control characters."),
    "Url": ("IRI", "An absolute IRI with `https`, `http`, `ftp`, `urn`, `mailto`, `tel`, `doi` or `info`."),
}
_PLAIN = {str: "text", int: "whole number", float: "number", bool: "true or false", date: "day"}


def reference(title: str, introduction: str, model: type[BaseModel], *, toml: bool = False) -> str:
    """The reference of a model and of all its parts. Examples are JSON, or `toml`."""
    return _Reference(toml=toml).text(title, introduction, model)


class _Reference:
    """Writes one reference, and remembers which kinds of values it has named."""

    def __init__(self, *, toml: bool) -> None:
        self._toml = toml
        self._used: set[str] = set()

    def text(self, title: str, introduction: str, model: type[BaseModel]) -> str:
        """The whole page."""
        blocks = [f"# {title}", "Generated (make vocab); do not edit.", introduction, self._table(model)]
        for part in _parts(model):
            blocks += [f"## {_heading(part)}", _first_paragraph(part), self._table(part)]
        kinds = [f"- **{words}**: {told}" for words, told in _KINDS.values() if words in self._used]
        return "\n\n".join([*blocks, "## Kinds of values", "\n".join(kinds)]) + "\n"

    def _table(self, model: type[BaseModel]) -> str:
        rows = ["| field | what it holds | meaning | example |", "|---|---|---|---|"]
        for name, info in model.model_fields.items():
            needed = " **needed**" if info.is_required() else ""
            default = "" if info.is_required() else self._default(info.get_default(call_default_factory=True))
            held = self._kind(declared(model, name)) + default
            example = self._example(info.examples[0]) if info.examples else ""
            rows.append(f"| `{info.alias or name}`{needed} | {held} | {_cell(info.description or '')} | {example} |")
        return "\n".join(rows)

    def _default(self, value: Any) -> str:
        if value is None or value in ("", (), {}) or isinstance(value, BaseModel):
            return ""
        return f"; default {self._example(value)}"

    def _example(self, value: Any) -> str:
        if self._toml:
            return _code(_toml(value))
        return _code(value if isinstance(value, str) else orjson.dumps(value, default=list).decode())

    def _kind(self, annotation: Any) -> str:
        """What an annotation allows, in words."""
        origin, inner = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self._alias(annotation) or self._kind(inner[0])
        if origin is Literal:
            return ", ".join(f"`{str(one).lower() if isinstance(one, bool) else one}`" for one in inner)
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            return _link(annotation)
        if origin is None:
            return _PLAIN.get(annotation, "anything")
        words = [self._kind(one) for one in inner if one not in (type(None), Ellipsis)]
        if origin in {Union, types.UnionType}:
            return " or ".join(dict.fromkeys(words))
        return f"table of {words[1]}" if origin is dict else f"list of {' and '.join(dict.fromkeys(words))}"

    def _alias(self, annotation: Any) -> str | None:
        """The words for one of the record's own types, which may be narrowed further."""
        if annotation in (parts.Mention, parts.Issuer):
            self._used.add("slug")
            return f"{'name' if annotation == parts.Mention else 'authority id'} or {_link(parts.Named)}"
        mine = get_args(annotation)
        for name, (words, _) in _KINDS.items():
            alias = get_args(getattr(fields, name))
            if mine[0] == alias[0] and all(any(one is other for other in mine[1:]) for one in alias[1:]):
                self._used.add(words)
                return words
        return None


def _heading(model: type[BaseModel]) -> str:
    """The name of the table that a class stands for, or the name of the class."""
    found = re.search(r"`\[+[a-z.]+\]+`", _first_paragraph(model))
    return found.group() if found else model.__name__


def _link(model: type[BaseModel]) -> str:
    heading = _heading(model)
    return f"[{heading.strip('`').strip('[]')}](#{re.sub('[^a-z]', '', heading.lower())})"


def _first_paragraph(model: type[BaseModel]) -> str:
    return " ".join((model.__doc__ or "").partition("\n\n")[0].split())


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        pairs = (
            f"{key if re.fullmatch('[A-Za-z0-9_-]+', key) else _toml(key)} = {_toml(one)}" for key, one in value.items()
        )
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return orjson.dumps(value).decode()


def _code(text: str) -> str:
    """A code span; one that itself holds a backtick is set between two of them."""
    marks = "``" if "`" in text else "`"
    return f"{marks}{_cell(text)}{marks}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "\\n")


def _parts(model: type[BaseModel]) -> list[type[BaseModel]]:
    """The parts of a model and their parts, in the order in which they are first named."""
    found: dict[type[BaseModel], None] = {}

    def visit(one: type[BaseModel]) -> None:
        for name in one.model_fields:
            for part in _models(declared(one, name)):
                if part not in found and part is not model:
                    found[part] = None
                    visit(part)

    visit(model)
    return list(found)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for one in get_args(annotation):
        yield from _models(one)
