"""Vocabulary: all code tables of a run, each read on first use."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from lod.errors import LodError, Place, VocabularyError
from lod.term import IRI, NotAnIRI
from lod.vocabulary.concept import Concept, Scheme
from lod.vocabulary.near import near_codes, near_words
from lod.vocabulary.table import Row, Table, read_table

__all__ = ["UnknownCode", "Verdict", "Vocabulary", "vocab_root"]

_FEW = 5  # a scheme with so few codes can be named whole
_WORDS = ("label@", "alt@", "notation@")


class UnknownCode(LodError, LookupError):
    """A code that no table has: the code, the reason, and the keys of near ones."""

    def __init__(self, code: str, reason: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(code, reason, near)
        self.code, self.reason, self.near = code, reason, near

    def __str__(self) -> str:
        meant = " or ".join(f'"{one}"' for one in self.near)
        return self.reason + (f", did you mean {meant}?" if meant else "")


class Verdict(NamedTuple):
    """What is wrong with the use of a code: an error, or a warning for one that passes."""

    severity: Literal["error", "warning"]
    reason: str


def vocab_root() -> Path:
    """The folder `vocab/`: inside the installed package, else beside it in a checkout."""
    package = Path(__file__).parents[1]
    packaged = package / "vocab"
    return packaged if packaged.is_dir() else package.parent / "vocab"


class Vocabulary:
    """Code tables by alias. Tables and concepts are read when asked for, and kept."""

    def __init__(self, files: dict[str, tuple[Path, str]], base: str) -> None:
        self._files = files
        self._base = base
        self._tables: dict[str, Table] = {}
        self._schemes: dict[str, Scheme] = {}
        self._concepts: dict[str, Concept] = {}
        self._unknown: dict[str, UnknownCode] = {}

    @classmethod
    def load(cls, folders: Iterable[Path], base: str) -> Vocabulary:
        """The tables in some folders; one that is missing has none. `base` is the archive's base IRI.

        The tables that come with the program are read on first use, those of an archive at once. Raises
        VocabularyError for an alias that two tables, or a table and the catalog of the IPTC, want.
        """
        vocabulary = cls({}, base)
        for folder in folders:
            shipped = folder.is_relative_to(vocab_root())
            for path in sorted(path for path in _listed(folder) if path.suffix in {".csv", ".toml"}):
                vocabulary._add(path, f"{folder.name}/{path.name}", shipped=shipped)
        for alias in list(vocabulary._tables):
            vocabulary.concepts(alias)
        return vocabulary

    def _add(self, path: Path, name: str, *, shipped: bool) -> None:
        table = None if shipped else read_table(path, name)
        if table is None and not shipped:
            return
        alias = path.stem
        if alias in self._files:
            raise VocabularyError(Place(name, 1), "alias", f'"{alias}" is taken by {self._files[alias][1]}')
        self._files[alias] = (path, name)
        if table is None:
            return
        taken = self.catalog_aliases.get(alias)
        if taken is not None and taken != table.head["iri"]:
            raise VocabularyError(Place(name, 1), "alias", f'"{alias}" means {taken} in the catalog of the IPTC')
        self._tables[alias] = table

    @cached_property
    def catalog_aliases(self) -> dict[str, str]:
        """The aliases that the standard catalog of the IPTC declares, with the IRIs of their schemes."""
        with (vocab_root() / "catalog.csv").open(encoding="utf-8", newline="") as file:
            lines = (line for line in file if not line.startswith("#"))
            return {row["alias"]: row["iri"] for row in csv.DictReader(lines)}

    @property
    def aliases(self) -> list[str]:
        """The aliases of all schemes, in alphabetical order."""
        return sorted(self._files)

    def scheme(self, alias: str) -> Scheme:
        """A scheme by its alias. Raises UnknownCode."""
        if alias not in self._schemes:
            self._schemes[alias] = _scheme(self._table(alias), self._base)
        return self._schemes[alias]

    def concepts(self, alias: str) -> tuple[Concept, ...]:
        """All concepts of a scheme, in the order of its table. Raises UnknownCode for an unknown alias."""
        return tuple(self.concept(f"{alias}:{code}") for code in self._table(alias).rows)

    def concept(self, key: str) -> Concept:
        """The concept of a code, as `alias:code`. Raises UnknownCode."""
        found = self._concepts.get(key)
        if found is None:
            if key in self._unknown:
                raise self._unknown[key].with_traceback(None)
            try:
                found = self._found(key)
            except UnknownCode as error:
                self._unknown[key] = error
                raise
            self._concepts[key] = found
        return found

    def _found(self, key: str) -> Concept:
        alias, colon, code = key.partition(":")
        if not colon or not code:
            raise UnknownCode(key, f'not a code: "{key}"; alias and code are needed, as in "genre:Press_Release"')
        if alias not in self._files:
            near = tuple(f"{one}:{code}" for one in near_words(alias, self._files) if self._has(one, code))
            raise UnknownCode(key, f'unknown scheme "{alias}" in "{key}"', near)
        if not self._has(alias, code):
            rows = self._table(alias).rows
            usable = {one: _words(row) for one, row in rows.items() if not row.get("retired")}
            near = tuple(
                f"{alias}:{one}" for one in near_codes(code, usable) or (usable if len(usable) <= _FEW else ())
            )
            raise UnknownCode(key, f'unknown code "{key}"', near)
        return self._concept(alias, code)

    def _has(self, alias: str, code: str) -> bool:
        pattern = self.scheme(alias).pattern
        return code in self._table(alias).rows or bool(pattern and re.fullmatch(pattern, code))

    def check(self, key: str, on: date | None) -> Verdict | None:
        """What is wrong with a code in a release issued on a day (None: undated); None where nothing is.

        A code retired by then is an error, one retired since is a warning: the release was right when it was issued.
        """
        try:
            concept = self.concept(key)
        except UnknownCode as error:
            return Verdict("error", str(error))
        if concept.retired is None:
            return None
        reason = f"{key} ({concept.label('de')}) was retired on {concept.retired.isoformat()}"
        if concept.replaced_by:
            reason += f", use {' or '.join(concept.replaced_by)}"
        late = on is not None and on >= concept.retired
        return Verdict("error", reason) if late else Verdict("warning", reason)

    def broader_chain(self, concept: Concept, on: date | None = None) -> tuple[Concept, ...]:
        """The broader concepts up to the top, nearest first; without those retired by `on`, where a day is given."""
        chain: dict[str, Concept] = {}
        following = list(concept.broader)
        while following:
            key = following.pop(0)
            if key not in chain and key != concept.key:
                chain[key] = self.concept(key)
                following.extend(chain[key].broader)
        return tuple(one for one in chain.values() if on is None or one.retired is None or one.retired > on)

    def by_iri(self, iri: str, *aliases: str) -> Concept | None:
        """The concept of some schemes that has an IRI, such as that of a licence."""
        return next((one for alias in aliases for one in self.concepts(alias) if one.iri == iri), None)

    def _table(self, alias: str) -> Table:
        if alias not in self._tables:
            if alias not in self._files:
                raise UnknownCode(alias, f'unknown scheme "{alias}"', tuple(near_words(alias, self._files)))
            table = read_table(*self._files[alias])
            if table is None:
                raise VocabularyError(Place(self._files[alias][1]), "concepts", "missing")
            self._tables[alias] = table
        return self._tables[alias]

    def _concept(self, alias: str, code: str) -> Concept:
        table, scheme = self._table(alias), self.scheme(alias)
        row = table.rows.get(code, {})
        near = _several(row, "broader"), _several(row, "replaced_by")
        for one in (*near[0], *near[1]):
            if one not in table.rows:
                raise table.fault(
                    code, "broader" if one in near[0] else "replaced_by", f'no code "{one}" in this table'
                )
        iri = row.get("iri") or scheme.iri + code
        try:
            IRI(iri)
        except NotAnIRI as error:
            raise table.fault(code, "iri" if row.get("iri") else "code", str(error)) from None
        return Concept(
            scheme,
            code,
            iri,
            dict(_by_language(row, "label")),
            tuple((tag, text) for tag, cell in _by_language(row, "alt") for text in _split(cell)),
            dict(_by_language(row, "definition")),
            dict(_by_language(row, "notation")),
            tuple(f"{alias}:{one}" for one in near[0]),
            tuple(self._iri(table, code, "broader", f"{alias}:{one}") for one in near[0]),
            tuple(self._iri(table, code, "broad_match", one) for one in _several(row, "broad_match")),
            tuple(self._iri(table, code, "exact_match", one) for one in _several(row, "exact_match")),
            _day(table, code, "introduced"),
            _day(table, code, "retired"),
            tuple(f"{alias}:{one}" for one in near[1]),
            _several(row, "lists"),
            row.get("note", ""),
        )

    def _iri(self, table: Table, code: str, column: str, value: str) -> str:
        """An IRI as it stands, or that of a code; the other table is looked into, but its concept is not made."""
        if "://" in value:
            try:
                return IRI(value).value
            except NotAnIRI as error:
                raise table.fault(code, column, str(error)) from None
        alias, _, other = value.partition(":")
        if alias not in self._files or not self._has(alias, other):
            raise table.fault(code, column, f'no code "{value}"')
        return self._table(alias).rows.get(other, {}).get("iri") or self.scheme(alias).iri + other


def _listed(folder: Path) -> list[Path]:
    """What is in a folder; nothing where it is missing. Raises VocabularyError where it cannot be read."""
    try:
        return list(folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise VocabularyError(Place(folder.name), "", f"cannot be read: {error.strerror}") from None


def _scheme(table: Table, base: str) -> Scheme:
    head = table.head
    own = "://" not in head["iri"]
    try:
        re.compile(head.get("pattern", ""))
    except re.error as error:
        raise table.fault("", "pattern", f"not a regular expression: {error}") from None
    return Scheme(
        head["alias"],
        base + head["iri"] if own else head["iri"],
        dict(_by_language(head, "title")),
        dict(_by_language(head, "definition")),
        own,
        "own" if own else "iptc" if head.get("catalog") else "",
        head.get("source", ""),
        head.get("licence", ""),
        head.get("pattern", ""),
    )


def _by_language(row: Row, name: str) -> Iterator[tuple[str, str]]:
    for column, text in row.items():
        if text and column.startswith(name + "@"):
            yield column[len(name) + 1 :], text


def _words(row: Row) -> list[str]:
    return [text for column, text in row.items() if text and column.startswith(_WORDS)]


def _split(cell: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in cell.split("|") if one.strip())


def _several(row: Row, column: str) -> tuple[str, ...]:
    return _split(row.get(column, ""))


def _day(table: Table, code: str, column: str) -> date | None:
    text = table.rows.get(code, {}).get(column, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise table.fault(code, column, f'not a day, as in 2026-11-25: "{text}"') from None
