"""What is left of a release whose record is gone: who issued what when, that it is deleted, and nothing of its text."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from lod.change.statement import TYPE, iris_of, split
from lod.change.told import tell
from lod.term import Literal
from lod.vocabulary import vocab_root

if TYPE_CHECKING:
    from lod.change.reading import Lines

__all__ = ["grave"]


class _Rules(NamedTuple):
    """The tables of deleted.toml, with IRIs as they stand in N-Triples."""

    class_: bytes
    former: bytes
    title: list[bytes]
    left: frozenset[bytes]
    titles: dict[str, dict[str, str]]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    with (vocab_root() / "change" / "deleted.toml").open("rb") as file:
        raw: dict[str, Any] = tomllib.load(file)
    terms, prefixes = raw["terms"], raw["prefixes"]
    class_, former = iris_of([terms["class"], terms["former"]], prefixes)
    left = frozenset(iris_of(raw["left"]["properties"], prefixes))
    return _Rules(class_, former, iris_of(terms["title"], prefixes), left, raw["titles"])


def grave(iri: str, lines: Lines) -> Lines:
    """The statements that are left of those of a release, sorted."""
    rules, told, root = _rules(), tell(iri, lines), f"<{iri}>".encode()
    language = (told.language or "en").lower()
    language = language if language.partition("-")[0] in rules.titles else "en"
    titles = rules.titles[language.partition("-")[0]]
    title = titles["numbered"].format(number=told.number) if told.number else titles["nameless"]
    said = {(TYPE, rules.class_)}
    said |= {(name, Literal(title, language=language).nt) for name in rules.title}
    for subject, predicate, term in map(split, lines):
        if subject == root and predicate == TYPE:
            said.add((rules.former, term))
        elif subject == root and predicate in rules.left:
            said.add((predicate, term))
    return sorted(b"%b %b %b .\n" % (root, predicate, term) for predicate, term in said)
