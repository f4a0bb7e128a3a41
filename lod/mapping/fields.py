"""Reading fields by dotted path, checked against the classes they are read from before any record exists."""

from __future__ import annotations

import sys
import types
from collections.abc import Mapping
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache, cached_property
from inspect import get_annotations
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from lod import description, release
from lod.mapping.view import ReleaseView
from lod.release.fields import Moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["FieldError", "FieldType", "declared", "field_names", "field_type", "reader"]

_NAMES = {**vars(release), **vars(description), "datetime": datetime, "date": date}


class FieldError(LookupError):
    """A path that leads nowhere; says where it ends and what is near."""


class FieldType(NamedTuple):
    """What stands at the end of a path: its class, how many there are (`most` None: any number), the form of a text.

    `of` is the class of the parts, or that of a plain value (str, int, datetime, date); `words` are its only values;
    `keyed` says that it is a mapping, such as one from languages to labels, `either` that a day may be an instant.
    """

    of: type | None
    least: int
    most: int | None
    pattern: str | None = None
    words: tuple[str, ...] = ()
    keyed: bool = False
    either: bool = False


def reader(cls: type, path: str) -> tuple[Callable[[Any], Any], type | None]:
    """A function that reads the path from an item of the class, and the class of what it finds (None: a plain value).

    A missing step gives None. Raises FieldError.
    """
    steps = list(_steps(cls, path))
    getters = [get for get, _ in steps]
    found = _part(steps[-1][1])
    return (getters[0] if len(getters) == 1 else _chain(getters)), found


@cache
def field_type(cls: type, path: str) -> FieldType:
    """What the path leads to, for whoever has to say it beforehand. Raises FieldError."""
    steps = [annotation for _, annotation in _steps(cls, path)]
    parts = [part for annotation in steps for part in _flat(annotation)]
    keyed = any(get_origin(part) in {dict, Mapping} for part in parts)
    bounds = [_bounds(part) for part in parts if get_origin(part) in {Annotated, tuple}]
    several = keyed or any(get_origin(part) is tuple for part in parts)
    least = max((low for low, _ in bounds), default=0) if several else 1
    most = min((high for _, high in bounds if high is not None), default=None) if several else 1
    last = list(_flat(steps[-1]))
    patterns = [found for part in last for found in _patterns(part)]
    words = next((get_args(part) for part in last if get_origin(part) is Literal), ())
    of = _part(steps[-1]) or next((part for part in last if isinstance(part, type) and part is not type(None)), None)
    pattern = patterns[0] if patterns else None
    return FieldType(of, 0 if type(None) in parts else least, most, pattern, words, keyed, Moment in last)


def _steps(cls: type, path: str) -> Iterator[tuple[Callable[[Any], Any], Any]]:
    """A getter and the annotation for each step of the path."""
    found: type | None = cls
    for step in path.split("."):
        if found is None:
            raise FieldError(f'"{path}": nothing below "{path.partition(step)[0].rstrip(".")}"')
        get, annotation = _step(found, step)
        yield get, annotation
        found = _part(annotation)


@cache
def field_names(cls: type) -> tuple[str, ...]:
    """The names that can be read from an item of the class."""
    declared = [name for base in cls.__mro__ for name in get_annotations(base)]
    names = [name for name in (*dir(cls), *declared) if not name.startswith("_") and name not in dir(BaseModel)]
    if issubclass(cls, BaseModel):
        names.extend(cls.model_fields)
    if cls is ReleaseView:
        names.extend(release.Release.model_fields)
    return tuple(sorted(set(names)))


def _step(cls: type, name: str) -> tuple[Callable[[Any], Any], Any]:
    if cls is ReleaseView and name not in vars(ReleaseView) and name in release.Release.model_fields:
        return attrgetter(f"release.{name}"), declared(release.Release, name)
    if issubclass(cls, BaseModel) and name in cls.model_fields:
        return attrgetter(name), declared(cls, name)
    member = getattr(cls, name, None)
    if name.startswith("_") or name not in field_names(cls):
        near = get_close_matches(name, field_names(cls), 1)
        raise FieldError(f'unknown field "{name}"' + (f', did you mean "{near[0]}"?' if near else ""))
    where = {**_globals(cls), **_NAMES}
    if isinstance(member, (property, cached_property)):
        function = member.fget if isinstance(member, property) else member.func
        return attrgetter(name), get_type_hints(function, globalns=where, include_extras=True).get("return")
    return attrgetter(name), get_type_hints(cls, globalns=where, include_extras=True).get(name)


def declared(cls: type[BaseModel], name: str) -> Any:
    """The annotation of a field as it was written, with its constraints."""
    field = cls.model_fields[name]
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation


def _flat(annotation: Any) -> Iterator[Any]:
    """An annotation and all that it is made of: the members of unions, what is in tuples and mappings."""
    yield annotation
    if get_origin(annotation) in {Union, types.UnionType, tuple, Annotated}:
        for part in get_args(annotation):
            yield from _flat(part)


def _constraints(part: Any) -> Iterator[Any]:
    """What `Annotated` says of a type, in pydantic's words."""
    for one in get_args(part)[1:] if get_origin(part) is Annotated else ():
        yield one
        yield from getattr(one, "metadata", ())


def _patterns(part: Any) -> Iterator[str]:
    for one in _constraints(part):
        schema = getattr(one, "json_schema", None) or {}
        pattern = getattr(one, "pattern", None) or schema.get("pattern")
        if isinstance(pattern, str):
            yield pattern


def _bounds(part: Any) -> tuple[int, int | None]:
    """How many items an annotated tuple has, at least and at most."""
    low, high = 0, None
    if get_origin(part) is Annotated and get_origin(get_args(part)[0]) is tuple:
        for one in _constraints(part):
            low = max(low, getattr(one, "min_length", None) or 0)
            high = getattr(one, "max_length", None) or high
    return low, high


def _globals(cls: type) -> dict[str, Any]:
    return vars(sys.modules[cls.__module__])


def _part(annotation: Any) -> type | None:
    """The class of the parts in an annotation: `tuple[Person, ...]`, `Named | None`, `Annotated[…]`."""
    if get_origin(annotation) is Annotated:
        return _part(get_args(annotation)[0])
    if get_origin(annotation) in {Union, types.UnionType, tuple}:
        return next((part for part in map(_part, get_args(annotation)) if part), None)
    if isinstance(annotation, type) and (issubclass(annotation, (BaseModel, tuple)) and annotation is not tuple):
        return annotation
    return None


def _chain(getters: list[Callable[[Any], Any]]) -> Callable[[Any], Any]:
    def read(item: Any) -> Any:
        for get in getters:
            if item is None:
                return None
            item = get(item)
        return item

    return read
