"""Rule: how one field of a record gets its value from a foreign record."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

__all__ = ["DIRECTIVES", "PLACE", "TIME_DIRECTIVES", "FieldRule", "Path", "Replacement", "Rule", "Table", "listed"]

PLACE = re.compile(r"\{([^{}:]*)(?::([^{}]*))?\}")
"""A place in a template: a path, and perhaps a filter."""

TIME_DIRECTIVES = frozenset("HIMSfp")
"""Directives of strptime that make a date a date-time."""

DIRECTIVES = frozenset("dmYyBbAazZ%") | TIME_DIRECTIVES
"""Directives of strptime that a date pattern may have."""

_FILTERS = ("slug", "lower", "upper")
_ORIGINS = ("path", "value", "template", "object", "all")


class Table(BaseModel):
    """A table of archive.toml: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def listed(value: Any) -> Any:
    """One text where a list may stand."""
    return [value] if isinstance(value, str) else value


def _expression(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    return pattern


def _replacement(pair: tuple[str, str]) -> tuple[str, str]:
    """A pair whose second part names only groups that the first has."""
    try:
        re.compile(pair[0]).sub(pair[1], "")
    except (re.error, IndexError) as error:
        raise ValueError(f'cannot take the place of what "{pair[0]}" finds: {error}') from None
    return pair


def _dotted(path: str) -> str:
    if any(not part.strip() for part in path.split("|")):
        raise ValueError('a path is needed on both sides of "|"')
    return path


def _template(template: str) -> str:
    places = list(PLACE.finditer(template))
    if not places or "{" in PLACE.sub("", template) or "}" in PLACE.sub("", template):
        raise ValueError("a template needs places in braces: doj/{id}")
    for place in places:
        if place[2] is not None and place[2] not in _FILTERS:
            raise ValueError(f'unknown filter "{place[2]}"; there are {", ".join(_FILTERS)}')
    return template


def _date_pattern(pattern: str) -> str:
    if pattern in ("iso", "epoch"):
        return pattern
    unknown = [found for found in re.findall("%(.?)", pattern) if found not in DIRECTIVES]
    if unknown or "%" not in pattern:
        told = f"unknown directive %{unknown[0]} in" if unknown else "neither iso nor epoch, and no directives in"
        raise ValueError(f'{told} "{pattern}"; there are {" ".join(f"%{name}" for name in sorted(DIRECTIVES))}')
    return pattern


Expression = Annotated[str, BeforeValidator(_expression)]
Path = Annotated[str, BeforeValidator(_dotted)]
Template = Annotated[str, BeforeValidator(_template)]
Replacement = Annotated[tuple[Expression, str], AfterValidator(_replacement)]
Condition = dict[Path, Any]


def _spelled_out(value: Any) -> Any:
    """The short forms of a rule: a path, a list of rules, a part."""
    if isinstance(value, str):
        return {"path": value}
    if isinstance(value, list):
        return {"all": value}
    if isinstance(value, dict) and value and not set(value) & set(Rule.model_fields):
        return {"object": value}
    return value


FieldRule = Annotated["Rule", BeforeValidator(_spelled_out)]
"""A rule, or one of its short forms."""


class Rule(Table):
    """How one field gets its value: where it comes from, and the steps it goes through, in this order."""

    path: Path | None = Field(
        default=None,
        description="Keys and list indices joined by dots, `.` for the whole; `|` between paths: the first not empty.",
        examples=["meta.authors.0.name|author"],
    )
    value: Any = Field(default=None, description="A constant.", examples=[["stadt-beispiel"]])
    template: Template | None = Field(
        default=None,
        description="Text with paths in braces, `{title:slug}` with a filter (slug, lower, upper); nothing where a "
        "path leads to nothing. Together with `match` the braces hold the names of its groups.",
        examples=["doj/{id}"],
    )
    object: dict[str, FieldRule] | None = Field(
        default=None, description="A part: one rule for each of its fields.", examples=[{"notice": "copyright"}]
    )
    all: tuple[FieldRule, ...] | None = Field(
        default=None, description="Values of several rules as one list.", examples=[["topics", "tags"]]
    )
    when: Condition | None = Field(
        default=None,
        description="Only where every path has the value, or one of the list of values.",
        examples=[{"type": ["press", "media"]}],
    )
    unless: Condition | None = Field(
        default=None, description="Not where every path has the value.", examples=[{"lang": "english"}]
    )
    split: Annotated[str, Field(min_length=1)] | None = Field(
        default=None, description="Text is cut into a list here; blanks around are dropped.", examples=[";"]
    )
    replace: tuple[Replacement, ...] = Field(
        default=(),
        description="Regular expressions and what takes the place of what they find.",
        examples=[[["^PM ", ""]]],
    )
    squeeze: bool = Field(
        default=False,
        description='Close up blanks around `-`, `/` and `.`: "18 - 476" becomes "18-476".',
        examples=[True],
    )
    match: Expression | None = Field(
        default=None,
        description="Keep what the group `value` of this regular expression finds; nothing where it finds nothing.",
        examples=[r"Nr\. (?P<value>\d+)"],
    )
    resolve: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = Field(
        default=None, description="Make an address absolute, seen from here.", examples=["https://stadt.example/"]
    )
    pattern: Expression | None = Field(
        default=None,
        description="The whole value must be like this; else the record is refused.",
        examples=[r"\d+[-/]\d+.*"],
    )
    table: dict[str, Any] | str | None = Field(
        default=None,
        description="Codes and their values, or a CSV file of two columns in the archive.",
        examples=[{"english": "en"}],
    )
    unknown: Literal["refuse", "keep", "drop"] = Field(
        default="refuse", description="What happens to a value that is not in the table.", examples=["drop"]
    )
    date: Annotated[tuple[Annotated[str, BeforeValidator(_date_pattern)], ...] | None, BeforeValidator(listed)] = Field(
        default=None,
        description='How dates are printed: "iso", "epoch" (seconds) or strptime directives; the first that fits.',
        examples=["%d.%m.%Y"],
    )
    precision: Literal["date", "midnight"] | None = Field(
        default=None,
        description="`date`: drop the time of day; `midnight`: drop it where it is exactly midnight.",
        examples=["date"],
    )
    html: Literal[True, "text"] | None = Field(
        default=None,
        description="The value is HTML: true makes our Markdown of it, `text` one line of plain text.",
        examples=[True],
    )
    each: FieldRule | None = Field(
        default=None,
        description="A rule for each item of the list; its paths begin at the item.",
        examples=[{"name": "."}],
    )
    unique: bool = Field(default=False, description="Drop items that the list has already.", examples=[True])
    join: str | None = Field(default=None, description="String a list together with this.", examples=[", "])
    default: Any = Field(default=None, description="The value where there is none.", examples=["Ohne Titel"])

    @model_validator(mode="after")
    def _agrees(self) -> Rule:
        origins = [name for name in _ORIGINS if getattr(self, name) is not None]
        if self.match is not None and self.template is not None and self.path is not None:
            origins.remove("template")
        if len(origins) != 1:
            raise ValueError(f"exactly one of {', '.join(_ORIGINS)} is needed, found {', '.join(origins) or 'none'}")
        groups = re.compile(self.match).groupindex if self.match is not None else {}
        wanted = {place[1] for place in PLACE.finditer(self.template)} if self.template and self.path else {"value"}
        if self.match is not None and (missing := sorted(wanted - set(groups))):
            raise ValueError(f"match needs a group (?P<{missing[0]}>…)")
        if self.precision is not None and self.date is None:
            raise ValueError("precision needs date, which says how dates are printed")
        return self
