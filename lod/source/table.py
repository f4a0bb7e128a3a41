"""The tables `[[sources]]` and `[sources.markup]` of archive.toml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from lod.release import Release
from lod.source.rule import FieldRule, Path, Replacement, Rule, Table, listed

__all__ = ["Markup", "Source"]


class Markup(Table):
    """The table `[sources.markup]`: what its HTML needs to be read right."""

    base_url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = Field(
        default=None,
        description="Where the pages stood; relative links become absolute. Without it they lose their target.",
        examples=["https://www.stadt.example/presse/"],
    )
    replace: tuple[Replacement, ...] = Field(
        default=(),
        description="Regular expressions, and what takes the place of what they find, before anything else.",
        examples=[[["(?m)^#.*\n", ""]]],
    )
    variables: dict[str, str] = Field(
        default={},
        description="Texts that stand for others, as they are.",
        examples=[{"$(HOME)": "https://www.debian.org"}],
    )
    definitions: Annotated[str, Field(pattern=r"^[A-Za-z][\w-]*$")] | None = Field(
        default=None,
        description="Element that defines a macro inside a record: `<define-tag release>8</define-tag>`.",
        examples=["define-tag"],
    )
    macros: dict[Annotated[str, Field(pattern=r"^[A-Za-z][\w-]*$")], str] = Field(
        default={},
        description="Elements written as HTML: {0}, {1} are the words (or quoted texts) after the name, {0:lower} in "
        "lower case. They win over those that a record defines.",
        examples=[{"url": '<a href="{0}">{0}</a>'}],
    )
    drop: tuple[str, ...] = Field(
        default=(),
        description="Elements left out with all they hold, by name or `.class`.",
        examples=[["nav", ".print"]],
    )


class Source(Table):
    """One `[[sources]]` table: files, their format, and how their fields become ours."""

    path: Annotated[tuple[Annotated[str, Field(min_length=1)], ...], BeforeValidator(listed)] = Field(
        description="Files as glob patterns, seen from the archive; may lead outside of it.",
        examples=["../dump/*.jsonl"],
    )
    format: Literal["yaml", "json", "jsonl", "csv", "markdown"] | None = Field(
        default=None, description="Format of the files; by their suffix where absent.", examples=["jsonl"]
    )
    records: Path | None = Field(
        default=None, description="In YAML and JSON: path of the list of records in a file.", examples=["data.items"]
    )
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = Field(
        default=None, description="In CSV: what separates cells; found out where absent.", examples=[";"]
    )
    encoding: str = Field(default="utf-8", description="Encoding of CSV and Markdown files.", examples=["windows-1252"])
    longest: Annotated[int, Field(ge=1_000)] = Field(
        default=16_000_000, description="Most bytes of one record; a longer one is refused.", examples=[16_000_000]
    )
    markup: Markup = Field(
        default=Markup(), description="How HTML of this source is read.", examples=[{"drop": ["nav", ".print"]}]
    )
    values: dict[Annotated[str, Field(pattern=r"^[A-Za-z_][\w-]*$")], FieldRule] = Field(
        default={},
        description="Values that several fields need: each becomes a field of the foreign record, for later rules.",
        examples=[{"lang": {"path": "folder", "table": {"english": "en"}}}],
    )
    fields: dict[str, FieldRule] | None = Field(
        default=None,
        description="Field of a record -> path or rule; where absent, the files hold records as they are here.",
        examples=[{"title": "headline"}],
    )

    @field_validator("encoding")
    @classmethod
    def _known(cls, value: str) -> str:
        try:
            "".encode(value)
        except LookupError:
            raise ValueError(f'unknown encoding "{value}"') from None
        return value

    @model_validator(mode="after")
    def _fields_are_ours(self) -> Source:
        faults = [f"fields.{fault}" for fault in _strangers(self.fields or {}, Release)]
        if faults:
            raise PydanticCustomError("rules", "{text}", {"text": "; ".join(faults), "faults": faults})
        return self


def _strangers(rules: Mapping[str, Rule], part: type[BaseModel]) -> Iterator[str]:
    """Names that a record, or a part of it, does not have."""
    for name, rule in rules.items():
        if name not in part.model_fields:
            near = get_close_matches(name, list(part.model_fields), 1)
            yield f"{name}: unknown field" + (f', did you mean "{near[0]}"?' if near else "")
            continue
        inner = _part(part.model_fields[name].annotation)
        for made in _objects(rule):
            if inner is None:
                near = get_close_matches(next(iter(made)), list(Rule.model_fields), 1)
                yield f"{name}: not a part, and no rule" + (f'; did you mean "{near[0]}"?' if near else "")
            else:
                yield from (f"{name}.{fault}" for fault in _strangers(made, inner))


def _objects(rule: Rule) -> Iterator[Mapping[str, Rule]]:
    """The parts that a rule makes for its field."""
    if rule.object is not None and rule.each is None:
        yield rule.object
    for inner in (*(rule.all or ()), *([rule.each] if rule.each else [])):
        yield from _objects(inner)


def _part(annotation: Any) -> type[BaseModel] | None:
    """The model behind a type such as `tuple[Annotated[Named, …], ...] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((part for part in map(_part, get_args(annotation)) if part), None)
