"""Code tables as they are written: CSV with a few comment lines before it, or TOML.

    # alias: thema
    # iri: vocab/thema#
    # title@de: Themen
    code,label@de,broad_match
    rueckfuehrung,Rückführung,medtop:20000634

    alias = "thema"
    iri = "vocab/thema#"
    title.de = "Themen"
    [[concepts]]
    code = "rueckfuehrung"
    label.de = "Rückführung"
    broad_match = ["medtop:20000634"]

An IRI without a scheme is below the archive's base, and then the codes are the archive's own. `|` separates several
values in one cell. A spreadsheet may write semicolons for commas.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from lod.errors import Place, VocabularyError
from lod.positioned import Malformed, decoded, load

__all__ = ["Row", "Table", "read_table"]

Row = Mapping[str, str]

_HEADER = ("alias", "iri", "title", "definition", "source", "licence", "catalog", "pattern")
_COLUMNS = (
    *("code", "iri", "label", "alt", "definition", "notation", "broader", "broad_match", "exact_match"),
    *("introduced", "retired", "replaced_by", "lists", "note"),
)
_TEXTS = frozenset({"title", "label", "alt", "definition"})
_BY_LANGUAGE = _TEXTS | {"notation"}
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_COMMENT = re.compile(r"#\s*(?P<key>[^\s:]+)\s*:\s*(?P<value>.*?)[;,\s]*")
_ALIAS = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_CODE = re.compile(r"[^\s:|<>\"{}\\^`]+")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read: the head, the rows by code, and the line of each row."""

    name: str
    head: Mapping[str, str]
    rows: Mapping[str, Row]
    lines: Mapping[str, int]

    def fault(self, code: str, column: str, reason: str) -> VocabularyError:
        """An error at the row of a code (empty: at the head)."""
        return VocabularyError(Place(self.name, self.lines.get(code, 1)), column, reason)


def read_table(path: Path, name: str) -> Table | None:
    """The table in a file; None for a TOML file that is something else. Raises VocabularyError with the line."""
    try:
        if path.suffix == ".toml":
            return _from_toml(path.read_bytes(), path.stem, name)
        return _from_csv(decoded(path.read_bytes()), path.stem, name)
    except Malformed as error:
        raise VocabularyError(Place(name, error.line), "", error.reason) from None
    except OSError as error:
        raise VocabularyError(Place(name), "", f"cannot be read: {error.strerror}") from None


def _from_csv(text: str, alias: str, name: str) -> Table:
    lines = text.splitlines(keepends=True)
    first = next(
        (number for number, line in enumerate(lines) if not line.startswith(("#", '"#')) and line.strip()), None
    )
    head = dict(_comments(lines[:first], name))
    if first is None:
        raise VocabularyError(Place(name), "", 'no row of column names, such as "code,label@de"')
    delimiter = ";" if ";" in lines[first] and "," not in lines[first] else ","
    reader = csv.reader(lines[first:], delimiter=delimiter, strict=True)
    columns = [column.strip() for column in next(reader)]
    _known(columns, _COLUMNS, Place(name, first + 1))
    rows = _numbered(reader, columns, first, name)
    return _table(name, alias, head, rows)


def _comments(lines: Iterable[str], name: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(lines, 1):
        found = _COMMENT.fullmatch(line.strip().strip('"'))
        if found:
            _known([found["key"]], _HEADER, Place(name, number))
            yield found["key"], found["value"]


def _numbered(reader: Any, columns: list[str], first: int, name: str) -> Iterator[tuple[int, Row]]:
    try:
        for cells in reader:
            if any(cells):
                if len(cells) > len(columns):
                    raise VocabularyError(Place(name, first + reader.line_num), "", "more cells than columns")
                yield first + reader.line_num, dict(zip(columns, cells, strict=False))
    except csv.Error as error:
        raise VocabularyError(Place(name, first + reader.line_num), "", f"not CSV: {error}") from None


def _from_toml(data: bytes, alias: str, name: str) -> Table | None:
    loaded = load(data, ".toml")
    concepts = loaded.value.get("concepts")
    if not isinstance(concepts, list):
        return None
    head = dict(_flat({key: value for key, value in loaded.value.items() if key != "concepts"}))
    for key in head:
        _known([key], _HEADER, Place(name, loaded.line_of((key.partition("@")[0],))))
    rows = []
    for index, concept in enumerate(concepts):
        place = Place(name, loaded.line_of(("concepts", index)))
        if not isinstance(concept, dict):
            raise VocabularyError(place, f"concepts.{index}", "a table is needed")
        row = dict(_flat(concept))
        _known(row, _COLUMNS, place)
        rows.append((place.line, row))
    return _table(name, alias, head, rows)


def _flat(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Nested tables as columns with a language, lists as cells with several values."""
    for key, value in table.items():
        for column, cell in (
            ((f"{key}@{tag}", one) for tag, one in value.items()) if isinstance(value, dict) else ((key, value),)
        ):
            yield column, "|".join(map(str, cell)) if isinstance(cell, list) else str(cell)


def _known(names: Iterable[str], known: tuple[str, ...], place: Place) -> None:
    for column in names:
        name, at, tag = column.partition("@")
        if name not in known or bool(at) != (name in _BY_LANGUAGE) or (at and not tag):
            wanted = {one + "@de" if one in _BY_LANGUAGE else one for one in known}
            near = get_close_matches(column, sorted(wanted), 1, 0.5)
            raise VocabularyError(place, column, "unknown" + (f', did you mean "{near[0]}"?' if near else ""))
        if name in _TEXTS and not _TAG.fullmatch(tag):
            raise VocabularyError(place, column, f'not a language tag (BCP 47): "{tag}"')


def _table(name: str, alias: str, head: Mapping[str, str], numbered: Iterable[tuple[int, Row]]) -> Table:
    if head.get("alias") != alias or not _ALIAS.fullmatch(alias):
        raise VocabularyError(
            Place(name, 1), "alias", f'must be the name of the file: "{alias}", letters, digits, hyphens'
        )
    if not head.get("iri", "").endswith(("/", "#")):
        raise VocabularyError(Place(name, 1), "iri", 'needed, and it must end in "/" or "#"')
    if head.get("catalog", "") not in {"", "iptc"}:
        raise VocabularyError(Place(name, 1), "catalog", f'"{head["catalog"]}" is not "iptc"')
    rows: dict[str, Row] = {}
    lines: dict[str, int] = {}
    for line, row in numbered:
        code = row.get("code", "").strip()
        if not _CODE.fullmatch(code):
            raise VocabularyError(Place(name, line), "code", f'not a code: "{code}"' if code else "missing")
        if code in rows:
            raise VocabularyError(Place(name, line), "code", f'"{code}" is there already, in line {lines[code]}')
        rows[code] = row
        lines[code] = line
    return Table(name, head, rows, lines)
