"""What may stand in a mapping file, as pydantic models; vocab/mapping/core.toml explains the language."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from lod.term import IRI

__all__ = ["MappingFile", "NodeSpec", "RuleSpec", "Tombstone"]


def _several(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Properties = Annotated[tuple[str, ...], BeforeValidator(_several), Field(min_length=1)]


# A prefix that is also the name of a URI scheme would make a link in JSON-LD read as a prefixed name.
_SCHEMES = {"data", "doi", "ftp", "geo", "http", "https", "info", "mailto", "tel", "urn"}


def _namespace(value: str) -> str:
    if value.startswith("http://schema.org"):
        raise ValueError('schema.org is written "https://schema.org/", never with http')
    return IRI(value).value


def _prefix(value: str) -> str:
    if value.lower() in _SCHEMES:
        raise ValueError(f'"{value}" is the name of a URI scheme and cannot be a prefix')
    return value


# A prefix is a name that Turtle, XML and JSON-LD all accept.
Prefix = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$"), AfterValidator(_prefix)]
Namespace = Annotated[str, AfterValidator(_namespace)]


class _Spec(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class RuleSpec(_Spec):
    """One rule: where the value comes from, what it is written as, and under which properties."""

    property: Properties
    field: str | None = None
    value: str | None = None
    template: str | None = None
    node: str | None = None
    kind: str | None = Field(default=None, alias="as")
    scheme: str | None = None
    default: str | None = None

    @model_validator(mode="after")
    def _one_source(self) -> RuleSpec:
        sources = [self.field, self.value, self.template, self.node]
        if sum(source is not None for source in sources) != 1:
            raise ValueError("exactly one of field, value, template and node is needed")
        if self.kind is None and (self.field is not None or self.template is not None):
            raise ValueError('"as" is missing')
        return self


class NodeSpec(_Spec):
    """One node: what it is made of, its IRI, its types and its rules. A later file may add types and rules to it."""

    of: str = "release"
    each: str | None = None
    when: str | None = None
    iri: str | None = None
    type: tuple[str, ...] = ()
    type_field: str | None = None
    rules: tuple[RuleSpec, ...] = ()


class Tombstone(_Spec):
    """What is kept of a release that was canceled or withheld, and the title it gets, by language."""

    keep: tuple[str, ...]
    title: dict[str, str] = Field(min_length=1)
    withheld: dict[str, str] = {}


class MappingFile(_Spec):
    """A whole mapping file: prefixes, the tombstone, and a node for every other table."""

    prefixes: dict[Prefix, Namespace] = {}
    tombstone: Tombstone | None = None
    nodes: dict[str, NodeSpec] = {}

    @model_validator(mode="before")
    @classmethod
    def _tables(cls, raw: Any) -> Any:
        known = {"prefixes", "tombstone"}
        nodes = {name: table for name, table in raw.items() if name not in known}
        return {**{name: raw[name] for name in known & raw.keys()}, "nodes": nodes}
