"""The shapes of a mapping as SHACL Core in Turtle, with messages in German and English."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from lod.authority.model import TYPES
from lod.mapping.promise import LANGUAGE, LINK, PLAIN, expand, outlines
from lod.mapping.shacl.deleted import deleted
from lod.mapping.shacl.shapes import NodeShape, PropertyShape, node_shapes
from lod.mapping.shacl.withdrawal import Withdrawal, withdrawal
from lod.mapping.shacl.words import node_words, property_words
from lod.term import XSD, Literal, Names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lod.mapping.files import Files
    from lod.vocabulary import Vocabulary

__all__ = ["PLACEHOLDER", "shapes_of"]

PLACEHOLDER = "https://presse.example.org/"
"""The base in the shapes that come with the program; an export has its archive's base there."""

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SCHEMA = "https://schema.org/"
_HEAD = """\
# Shapes for dumps: what each class must and may say. SHACL Core only. Generated from the mapping, the record and the
# code tables (make vocab); do not edit.
#
# {base} is the base of an archive. In the file that comes with the program it is a
# placeholder; a dump carries its own shapes, with the base of its archive.

"""


def shapes_of(files: Files, vocabulary: Vocabulary, base: str = PLACEHOLDER) -> str:
    """The shapes of a mapping for one base, as Turtle."""
    return _Writer(files, base).text(node_shapes(files, vocabulary, base), withdrawal(files, vocabulary))


class _Writer:
    """Writes shapes as Turtle. Each has an IRI, so that a report can name it."""

    def __init__(self, files: Files, base: str) -> None:
        own = {"rdf": _RDF, "xsd": XSD, "sh": "http://www.w3.org/ns/shacl#", "shape": f"{base}ns/shapes#"}
        self._files, self._base = files, base
        self._deleted = deleted()
        self._prefixes = {**self._deleted.prefixes, **files.prefixes, **own}
        self._split = Names(self._prefixes).split

    def text(self, shapes: list[NodeShape], withdrawn: Withdrawal | None) -> str:
        """The whole file."""
        blocks = [block for shape in shapes for block in self._node(shape)]
        blocks += self._withdrawn(withdrawn) if withdrawn else []
        blocks += [*self._buried(shapes), *self._everything(shapes)]
        body = "\n".join(blocks)
        used = sorted(prefix for prefix in self._prefixes if f"{prefix}:" in body)
        declared = "".join(f"@prefix {prefix}: <{self._prefixes[prefix]}> .\n" for prefix in used)
        return _HEAD.format(base=self._base) + declared + "\n" + body

    def _node(self, shape: NodeShape) -> Iterable[str]:
        properties = {self._key(shape.name, one.path): one for one in shape.properties}
        types = f"shape:{shape.name}-rdf-type"
        lines = [
            "a sh:NodeShape",
            f"sh:targetClass {self._name(shape.target)}",
            "sh:nodeKind sh:IRI",
            *self._forms(shape.forms),
            "sh:closed true",
            "sh:ignoredProperties ( rdf:type )",
            self._message(node_words(self._name(shape.target))),
            _several("sh:property", [types] * bool(shape.also) + list(properties)),
        ]
        yield _block(f"shape:{shape.name}", lines)
        if shape.also:
            names, target = self._names(shape.also), self._name(shape.target)
            said = self._message((f"{target}: ist auch {names}.", f"{target}: is {names}, too."))
            yield _block(types, ["a sh:PropertyShape", "sh:path rdf:type", f"sh:hasValue {names}", said])
        for key, one in properties.items():
            yield _block(key, list(self._property(one)))

    def _withdrawn(self, withdrawn: Withdrawal) -> Iterable[str]:
        """A release that was withheld or canceled keeps its identity and the reason, and nothing of its text."""
        usable = f"[ sh:path {self._name(withdrawn.status)} ; sh:hasValue {self._name(withdrawn.usable)} ]"
        words = (
            "Zurückgehalten oder zurückgezogen: nichts vom Text, keine Zitate, keine Dateien.",
            "Withheld or withdrawn: nothing of the text, no quotations, no files.",
        )
        lines = [
            "a sh:NodeShape",
            f"sh:targetClass {self._name(withdrawn.target)}",
            f"sh:or ( {usable} shape:nothing-left )",
            self._message(words),
        ]
        yield _block("shape:withdrawn", lines)
        gone = [f"[ sh:path {self._name(path)} ; sh:maxCount 0 ]" for path in withdrawn.gone]
        yield _block("shape:nothing-left", ["a sh:NodeShape", "sh:property\n        " + ",\n        ".join(gone)])

    def _buried(self, shapes: list[NodeShape]) -> Iterable[str]:
        """What is left of a release whose record is gone, and nothing else."""
        rules = self._deleted
        said = {one.path for shape in shapes for one in shape.properties}
        words = ("Gelöscht: nur wer was wann herausgab.", "Deleted: only who issued what and when.")
        kinds = [f"[ sh:path {self._name(rules.former)} ; sh:minCount 1 ; sh:nodeKind sh:IRI ]"]
        kinds += [f"[ sh:path {self._name(path)} ; sh:minCount 1 ; sh:uniqueLang true ]" for path in rules.titles]
        kinds += [f"[ sh:path {self._name(path)} ]" for path in rules.left if path in said]
        lines = ["a sh:NodeShape", f"sh:targetClass {self._name(rules.target)}", "sh:nodeKind sh:IRI", "sh:closed true"]
        lines += ["sh:ignoredProperties ( rdf:type )", self._message(words)]
        yield _block("shape:deleted", [*lines, "sh:property\n        " + ",\n        ".join(kinds)])

    def _property(self, one: PropertyShape) -> Iterable[str]:
        yield "a sh:PropertyShape"
        yield f"sh:path {self._name(one.path)}"
        if one.least:
            yield f"sh:minCount {one.least}"
        if one.most is not None:
            yield f"sh:maxCount {one.most}"
        yield self._either([self._kind(value) for value in one.values])
        if one.unique_language:
            yield "sh:uniqueLang true"
        if one.equals:
            yield f"sh:equals {self._names(one.equals)}"
        if one.members:
            yield f"sh:in ( {' '.join(map(self._name, one.members))} )"
        else:
            yield from self._forms(one.forms)
        if one.fixed:
            yield f"sh:hasValue {self._names(one.fixed)}"
        if one.classes:
            yield self._either([f"sh:class {self._name(cls)}" for cls in one.classes])
        yield self._message(property_words(one, self._name))

    def _everything(self, shapes: list[NodeShape]) -> Iterable[str]:
        """What holds for all that is described, whatever its class."""
        paths = sorted({self._name(one.path) for shape in shapes for one in shape.properties} | {"rdf:type"})
        classes = {cls for outline in outlines(self._files) for cls in outline.classes} | {self._deleted.target}
        if any(spec.type_field for spec in self._files.nodes.values()):
            classes |= {expand(self._files, f"schema:{name}") for names in TYPES.values() for name in names}
        yield _block(
            "shape:subject",
            [
                "a sh:NodeShape",
                _several("sh:targetSubjectsOf", paths),
                "sh:nodeKind sh:IRI",
                self._message(("Kein leerer Knoten als Subjekt.", "No blank node as a subject.")),
                "sh:property shape:class",
            ],
        )
        yield _block(
            "shape:class",
            [
                "a sh:PropertyShape",
                "sh:path rdf:type",
                "sh:minCount 1",
                _wrapped(f"sh:in ( {' '.join(sorted(map(self._name, classes)))} )"),
                self._message(("rdf:type: nur Klassen der Abbildung.", "rdf:type: only classes of the mapping.")),
            ],
        )
        yield _block(
            "shape:object",
            [
                "a sh:NodeShape",
                _several("sh:targetObjectsOf", paths),
                "sh:nodeKind sh:IRIOrLiteral",
                self._message(("Kein leerer Knoten als Objekt.", "No blank node as an object.")),
            ],
        )
        old = [f"<http://schema.org/{path.removeprefix('schema:')}>" for path in paths if path.startswith("schema:")]
        if old:
            yield _block("shape:https-schema", self._https(old))

    def _https(self, old: list[str]) -> list[str]:
        """No property of schema.org in its other spelling, by which nobody would find it."""
        words = (
            "schema.org wird https://schema.org/ geschrieben, nie mit http.",
            "schema.org is written https://schema.org/, never with http.",
        )
        # No subject is neither a blank node nor an IRI, so whatever has such a property breaks this.
        never = "sh:not [ sh:nodeKind sh:BlankNodeOrIRI ]"
        return ["a sh:NodeShape", _several("sh:targetSubjectsOf", old), never, self._message(words)]

    def _kind(self, value: str) -> str:
        datatypes = {LANGUAGE: "rdf:langString", PLAIN: "xsd:string"}
        return "sh:nodeKind sh:IRI" if value == LINK else f"sh:datatype {datatypes.get(value) or self._name(value)}"

    def _either(self, constraints: list[str]) -> str:
        if len(constraints) == 1:
            return constraints[0]
        return "sh:or ( " + " ".join(f"[ {one} ]" for one in constraints) + " )"

    def _forms(self, forms: tuple[str, ...]) -> Iterable[str]:
        if forms:
            whole = f"^{forms[0]}$" if len(forms) == 1 else f"^({'|'.join(forms)})$"
            yield f"sh:pattern {_quoted(whole)}"

    def _message(self, words: tuple[str, str]) -> str:
        return f"sh:message {_quoted(words[0])}@de, {_quoted(words[1])}@en"

    def _names(self, iris: Iterable[str]) -> str:
        return ", ".join(map(self._name, iris))

    def _name(self, iri: str) -> str:
        found = self._split(iri)
        return ":".join(found) if found else f"<{iri}>"

    def _key(self, node: str, path: str) -> str:
        found = self._split(path)
        return f"shape:{node}-{'-'.join(found) if found else path.rpartition('/')[2]}"


def _block(subject: str, lines: list[str]) -> str:
    return subject + "\n    " + " ;\n    ".join(lines) + " .\n"


def _several(verb: str, objects: list[str]) -> str:
    return _wrapped(f"{verb} {', '.join(objects)}")


def _wrapped(line: str) -> str:
    return fill(line, 116, subsequent_indent=" " * 8, break_long_words=False, break_on_hyphens=False)


def _quoted(text: str) -> str:
    return Literal(text).quoted.decode()
