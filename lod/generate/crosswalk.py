"""The crosswalk: which field of the record becomes which property and which element."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lod.formats.newsml.tables import crosswalk as newsml_paths
from lod.generate.origin import origins
from lod.mapping.promise import LANGUAGE, LINK, PLAIN, expand, outlines
from lod.release import Release
from lod.term import Names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lod.mapping.files import Files
    from lod.mapping.promise import Outline, Promise

__all__ = ["crosswalk"]

_SPACES = ("https://schema.org/", "http://purl.org/dc/terms/")
_HEAD = """\
# Crosswalk

Generated (make vocab) from vocab/mapping/core.toml and vocab/newsml/item.toml; do not edit.

## Fields of the record

Which properties of RDF and which elements of a newsItem a field goes into. A part, such as a quotation, is a node of
its own: the properties in its row link it, and its own are below. A dash: the field is not written there.

| field | schema.org | Dublin Core | other RDF | NewsML-G2 |
|---|---|---|---|---|
"""


def crosswalk(files: Files) -> str:
    """The crosswalk of a mapping as Markdown."""
    pages = _Pages(files)
    return _HEAD + "\n".join(pages.fields()) + "\n\n## Nodes\n\n" + "\n\n".join(pages.nodes()) + "\n"


class _Pages:
    """The two parts of the page: by field, and by node."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._split = Names(files.prefixes).split
        self._outlines = outlines(files)

    def fields(self) -> Iterator[str]:
        """A row for every field, and for every field of a part that goes somewhere."""
        found: dict[str, dict[str, None]] = {name: {} for name in Release.model_fields}
        for outline in self._outlines:
            if outline.spec.of == "release":
                for promise in outline.promises:
                    for field in origins(self._files, outline.spec, promise.rule):
                        found.setdefault(field, {}).update(dict.fromkeys(promise.properties))
        elements = newsml_paths()
        for field in elements:
            found.setdefault(field, {})
        names = list(Release.model_fields)
        for field in sorted(found, key=lambda path: (names.index(path.partition(".")[0]), path)):
            yield _row(
                f"`{field}`", *self._columns(found[field]), ", ".join(map(_code, elements.get(field, "").split(", ")))
            )

    def nodes(self) -> Iterator[str]:
        """A table for every node: where its values come from, and what kind of values they are."""
        for outline in self._outlines:
            classes = ", ".join(f"`{self._name(one)}`" for one in outline.classes) or "the classes of the authority"
            head = [f"### {outline.name}", f"{classes}; IRI `{outline.spec.iri}`" + self._each(outline)]
            rows = [
                _row(self._source(one), *self._columns(one.properties), self._values(one)) for one in outline.promises
            ]
            table = ["| from | schema.org | Dublin Core | other RDF | value |", "|---|---|---|---|---|", *rows]
            yield "\n\n".join([*head, "\n".join(table)])

    def _each(self, outline: Outline) -> str:
        spec = outline.spec
        words = f"; one for each of `{spec.each}`" if spec.each else ""
        return words + (f", where there is `{spec.when}`" if spec.when else "")

    def _source(self, promise: Promise) -> str:
        rule = promise.rule
        if rule.node:
            return f"[{rule.node}](#{rule.node})"
        if rule.value:
            return f"always `{self._name(expand(self._files, rule.value))}`"
        if rule.template:
            return f"`{rule.template}`"
        return f"`{rule.field}`" + (f", else `{rule.default}`" if rule.default else "")

    def _values(self, promise: Promise) -> str:
        words = {LINK: "IRI", LANGUAGE: "text with language", PLAIN: "string"}
        kinds = " or ".join(words.get(value) or self._name(value) for value in promise.values)
        most = "n" if promise.most is None else str(promise.most)
        return f"{kinds}, {promise.least}–{most}" if most != str(promise.least) else f"{kinds}, {most}"

    def _columns(self, properties: dict[str, None] | tuple[str, ...]) -> tuple[str, str, str]:
        """The properties by vocabulary."""
        columns: tuple[list[str], list[str], list[str]] = [], [], []
        for iri in properties:
            space = next((place for place, space in enumerate(_SPACES) if iri.startswith(space)), 2)
            columns[space].append(self._name(iri))
        first, second, third = (", ".join(_code(name) for name in column) for column in columns)
        return first, second, third

    def _name(self, iri: str) -> str:
        found = self._split(iri)
        return ":".join(found) if found else iri


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") or "–" for cell in cells) + " |"
