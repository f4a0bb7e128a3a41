"""The steps that a value goes through on its way from a foreign record to ours; each is compiled once."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from lod.errors import ConfigError, Place
from lod.faults import quoted
from lod.harvest.dates import reader_of
from lod.harvest.fault import Fault
from lod.harvest.html import Converter
from lod.harvest.languages import languages
from lod.source import PLACE, Rule
from lod.term import escape_iri, slug

__all__ = ["FILTERS", "Step", "filled", "steps_of_rule"]

Step = Callable[[Any, str], Any]
"""Value and language of the record -> value; None for nothing. Raises Fault."""

FILTERS: dict[str | None, Callable[[str], str]] = {None: str, "slug": slug, "lower": str.lower, "upper": str.upper}
"""The filters of a template, by name."""

_LOOSE = re.compile(r"\s*([-/.\u2010-\u2015])\s*")


def steps_of_rule(rule: Rule, root: Path, converter: Converter) -> Iterator[Step]:
    """The steps of a rule that concern single values, in their order. Raises ConfigError for a table without a file."""
    if rule.split is not None:
        yield _split(rule.split)
    for pattern, text in rule.replace:
        yield _replace(pattern, text)
    if rule.squeeze:
        yield _each_text(lambda text: _LOOSE.sub(r"\1", text).strip())
    if rule.match is not None:
        yield _match(rule.match, rule.template if rule.path else None)
    if rule.resolve is not None:
        yield _resolve(rule.resolve)
    if rule.pattern is not None:
        yield _pattern(rule.pattern)
    if rule.table is not None:
        yield _table(rule.table if isinstance(rule.table, dict) else _csv(root, rule.table), rule.unknown)
    if rule.date is not None:
        yield _date(rule.date, rule.precision)
    if rule.html is not None:
        yield _html(converter, plain=rule.html == "text")


def filled(value: Any) -> Any:
    """The value, or None where it says nothing."""
    if isinstance(value, str):
        return value if value and not value.isspace() else None
    return None if value in ([], {}) else value


def _each_text(change: Callable[[str], Any]) -> Step:
    """A step for texts; in a list, for each; numbers count as texts."""

    def step(value: Any, _: str) -> Any:
        if isinstance(value, str):
            return filled(change(value.strip()))
        if isinstance(value, list):
            return [item for item in (step(item, _) for item in value) if item is not None]
        if isinstance(value, dict):
            raise Fault("text is needed, found a mapping")
        return filled(change(str(value)))

    return step


def _split(separator: str) -> Step:
    return _each_text(lambda text: [part.strip() for part in text.split(separator) if part.strip()])


def _replace(pattern: str, text: str) -> Step:
    expression = re.compile(pattern)
    return _each_text(lambda value: expression.sub(text, value))


def _match(pattern: str, template: str | None) -> Step:
    expression = re.compile(pattern)

    def change(text: str) -> str | None:
        found = expression.search(text)
        if found is None:
            return None
        if template is None:
            return found["value"]
        return PLACE.sub(lambda place: FILTERS[place[2]](found[place[1]] or ""), template)

    return _each_text(change)


def _resolve(base: str) -> Step:
    def change(text: str) -> str:
        try:
            return escape_iri(urljoin(base, text))
        except ValueError:
            raise Fault(f"not an address: {quoted(text)}") from None

    return _each_text(change)


def _pattern(pattern: str) -> Step:
    expression = re.compile(pattern)

    def change(text: str) -> str:
        if expression.fullmatch(text) is None:
            raise Fault(f"not as the source's pattern says ({pattern}): {quoted(text)}")
        return text

    return _each_text(change)


def _table(table: dict[str, Any], unknown: str) -> Step:
    def change(text: str) -> Any:
        if text in table:
            return table[text]
        if unknown == "refuse":
            raise Fault(f"not in the source's table: {quoted(text)}")
        return text if unknown == "keep" else None

    return _each_text(change)


def _csv(root: Path, name: str) -> dict[str, Any]:
    """A table of two columns; the first row is the header."""
    try:
        with (root / name).open(encoding="utf-8-sig", newline="") as stream:
            rows = [row for row in csv.reader(stream, strict=True) if any(row)]
        return {key.strip(): value.strip() for key, value in rows[1:]}
    except OSError as error:
        raise ConfigError(Place(name), "table", f"cannot be read: {error.strerror}") from None
    except (ValueError, csv.Error) as error:
        raise ConfigError(Place(name), "table", f"a table needs two columns: {error}") from None


def _date(patterns: tuple[str, ...], precision: str | None) -> Step:
    months = languages().months
    readers = [reader_of(pattern, months) for pattern in patterns]

    def change(text: str) -> str:
        for reader in readers:
            found = reader(text)
            if found is not None:
                if isinstance(found, datetime) and (precision == "date" or (precision and found.time() == time.min)):
                    found = found.date()
                return found.isoformat()
        raise Fault(f"not a date like {' or '.join(patterns)}: {quoted(text)}")

    return _each_text(change)


def _html(converter: Converter, *, plain: bool) -> Step:
    convert = converter.text if plain else converter.markdown

    def step(value: Any, language: str) -> Any:
        return _each_text(lambda text: convert(text, language))(value, language)

    return step
