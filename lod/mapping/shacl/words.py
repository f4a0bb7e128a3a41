"""What a shape demands, in German and English, for the reader of a report."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lod.mapping.promise import LANGUAGE, LINK, PLAIN
from lod.term import XSD

if TYPE_CHECKING:
    from lod.mapping.shacl.shapes import PropertyShape

__all__ = ["node_words", "property_words"]

# A kind of value with its article.
_KINDS: dict[tuple[str, ...], tuple[str, str]] = {
    (LINK,): ("ein Verweis (IRI)", "a link (IRI)"),
    (LANGUAGE,): ("ein Text mit Sprachangabe", "a text with a language tag"),
    (PLAIN,): ("eine Zeichenkette ohne Sprachangabe", "a string without a language tag"),
    (LANGUAGE, PLAIN): ("ein Text", "a text"),
    (XSD + "date",): ("ein Tag (xsd:date)", "a day (xsd:date)"),
    (XSD + "dateTime",): ("ein Zeitpunkt mit Zeitzone (xsd:dateTime)", "an instant with its zone (xsd:dateTime)"),
    (XSD + "date", XSD + "dateTime"): (
        "ein Tag oder ein Zeitpunkt (xsd:date, xsd:dateTime)",
        "a day or an instant (xsd:date, xsd:dateTime)",
    ),
}


def node_words(name: str) -> tuple[str, str]:
    """What holds for an instance of a class as a whole."""
    return (
        f"{name}: ein IRI in der verlangten Form, und nur Eigenschaften der Abbildung.",
        f"{name}: an IRI in the required form, and only properties of the mapping.",
    )


def property_words(one: PropertyShape, name: Callable[[str], str]) -> tuple[str, str]:
    """What holds for the values of a property. `name` shortens IRIs."""
    german, english = _count(one, *_kind(one.values, name))
    if one.equals:
        beside = ", ".join(map(name, one.equals))
        german, english = f"{german}, dieselben Werte wie {beside}", f"{english}, the same values as {beside}"
    if one.members:
        german, english = f"{german}, aus der Liste", f"{english}, from the list"
    elif one.forms:
        german, english = f"{german}, in der verlangten Form", f"{english}, in the required form"
    if one.fixed:
        needed = ", ".join(map(name, one.fixed))
        german, english = f"{german}, darunter {needed}", f"{english}, among them {needed}"
    if one.classes:
        kinds = ", ".join(map(name, one.classes))
        german, english = f"{german}, hier beschrieben als {kinds}", f"{english}, described here as {kinds}"
    path = name(one.path)
    return f"{path}: {german}.", f"{path}: {english}."


def _kind(values: tuple[str, ...], name: Callable[[str], str]) -> tuple[str, str]:
    found = _KINDS.get(tuple(sorted(values, key=lambda value: (value == PLAIN, value))))
    if found:
        return found
    names = ", ".join("IRI" if one == LINK else "rdf:langString" if one == LANGUAGE else name(one) for one in values)
    return f"ein Wert vom Typ {names}", f"a value of type {names}"


def _count(one: PropertyShape, german: str, english: str) -> tuple[str, str]:
    """How many values of a kind. The kinds begin with their article; in German it also counts."""
    single = "one " + english.partition(" ")[2]
    if one.most == 1:
        return (f"genau {german}", f"exactly {single}") if one.least else (f"höchstens {german}", f"at most {single}")
    if one.least:
        more = (f", höchstens {one.most}", f", at most {one.most}") if one.most else ("", "")
        return f"mindestens {german}{more[0]}", f"at least {single}{more[1]}"
    return f"jeder Wert ist {german}", f"each value is {english}"
