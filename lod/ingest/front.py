"""A record as a file: YAML front matter that people like to edit, and the body below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from lod.ingest.encoding import clean

__all__ = ["Check", "written"]

# The order in which a person wants to see a record; it is that of the model.
_ORDER = (
    "id", "number", "series", "identifiers", "title", "subtitle", "kicker", "lead", "language", "issued", "modified",
    "embargo", "dateline", "publisher", "issuers", "contacts", "people", "organisations", "places", "subjects",
    "keywords", "genre", "quotations", "boilerplate", "notes", "attachments", "rights", "version", "status", "changes",
    "replaces", "replaced_by", "translation_of", "related", "source",
)  # fmt: skip
_LONG = 90
_WIDTH = 110
_STEP = re.compile(r"[^.\[\]]+")


class Check(NamedTuple):
    """A doubt about one field: a path such as `people.1.function` or `people[1].function`, and what to look at."""

    field: str
    message: str

    @property
    def place(self) -> tuple[str, int | None]:
        """The key of the record, and the item of its list where the path names one."""
        key, *steps = _STEP.findall(self.field) or [""]
        return key, int(steps[0]) if steps and steps[0].isdecimal() else None


def written(record: Mapping[str, Any], checks: Iterable[Check] = ()) -> str:
    """The text of the file. Reading it back gives the same record; each doubt stands above what it is about."""
    doubts: dict[tuple[str, int | None], list[str]] = {}
    for check in checks:
        key, item = check.place
        value = record.get(key)
        inside = isinstance(value, list) and item is not None and item < len(value)
        doubts.setdefault((key if key in record else "", item if inside else None), []).append(
            check.message if key in record or not key else f"{check.field}: {check.message}"
        )
    front = "".join(_fields(record, doubts))
    body = str(record.get("body") or "").strip("\n")
    return f"---\n{front}---\n" + (f"\n{body}\n" if body else "")


def _fields(record: Mapping[str, Any], doubts: Mapping[tuple[str, int | None], list[str]]) -> Iterator[str]:
    yield from _comments(doubts.get(("", None), ()))
    rest = sorted(key for key in record if key not in _ORDER and key != "body")
    for key in (*_ORDER, *rest):
        if key not in record:
            continue
        yield from _comments(doubts.get((key, None), ()))
        value = record[key]
        if isinstance(value, list) and any(place[0] == key and place[1] is not None for place in doubts):
            yield f"{key}:\n"
            for at, item in enumerate(value):
                yield from _comments(doubts.get((key, at), ()))
                yield _yaml([item])
        else:
            yield _yaml({key: value})


def _comments(messages: Iterable[str]) -> Iterator[str]:
    for message in messages:
        yield f"# check: {' '.join(clean(message)[0].split())}\n"


def _yaml(value: Any) -> str:
    import yaml

    text: str = yaml.dump(
        value, Dumper=_dumper(), allow_unicode=True, sort_keys=False, default_flow_style=False, width=_WIDTH
    )
    return text


@lru_cache(maxsize=1)
def _dumper() -> Any:
    """PyYAML's safe dumper, with long texts as blocks and dates without quotation marks."""
    import yaml

    class Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
        yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML wants it so
            first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
            for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
        }

        def ignore_aliases(self, _: Any) -> bool:
            """No record refers to a part of itself."""
            return True

    def text(dumper: Any, value: str) -> Any:
        # Blanks at the edges would need an indentation indicator in a block; there quotation marks are easier to read.
        block = value == value.strip() and " \n" not in value
        style = ("|" if "\n" in value else ">" if len(value) > _LONG else None) if block else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    Dumper.add_representer(str, text)
    return Dumper
