"""Reading fields by dotted path, checked against the classes they are read from before any record exists."""

from __future__ import annotations

import types
from datetime import date, datetime
from difflib import get_close_matches
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from lod import description, release
from lod.mapping.view import ReleaseView

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FieldError", "field_names", "reader"]

_NAMES = {**vars(release), **vars(description), "datetime": datetime, "date": date}


class FieldError(LookupError):
    """A path that leads nowhere; says where it ends and what is near."""


def reader(cls: type, path: str) -> tuple[Callable[[Any], Any], type | None]:
    """A function that reads the path from an item of the class, and the class of what it finds (None: a plain value).

    A missing step gives None. Raises FieldError.
    """
    getters = []
    found: type | None = cls
    for step in path.split("."):
        if found is None:
            raise FieldError(f'"{path}": nothing below "{path.partition(step)[0].rstrip(".")}"')
        get, found = _step(found, step)
        getters.append(get)
    if len(getters) == 1:
        return getters[0], found
    return _chain(getters), found


def field_names(cls: type) -> list[str]:
    """The names that can be read from an item of the class."""
    names = [name for name in dir(cls) if not name.startswith("_") and name not in dir(BaseModel)]
    if issubclass(cls, BaseModel):
        names.extend(cls.model_fields)
    if cls is ReleaseView:
        names.extend(release.Release.model_fields)
    return sorted(set(names))


def _step(cls: type, name: str) -> tuple[Callable[[Any], Any], type | None]:
    if cls is ReleaseView and name not in vars(ReleaseView) and name in release.Release.model_fields:
        return attrgetter(f"release.{name}"), _part(release.Release.model_fields[name].annotation)
    if issubclass(cls, BaseModel) and name in cls.model_fields:
        return attrgetter(name), _part(cls.model_fields[name].annotation)
    member = getattr(cls, name, None)
    if name.startswith("_") or name not in field_names(cls):
        near = get_close_matches(name, field_names(cls), 1)
        raise FieldError(f'unknown field "{name}"' + (f', did you mean "{near[0]}"?' if near else ""))
    if isinstance(member, (property, cached_property)):
        function = member.fget if isinstance(member, property) else member.func
        return attrgetter(name), _part(get_type_hints(function, globalns={**_globals(cls), **_NAMES}).get("return"))
    hints = get_type_hints(cls, globalns={**_globals(cls), **_NAMES})
    return attrgetter(name), _part(hints.get(name))


def _globals(cls: type) -> dict[str, Any]:
    import sys  # noqa: PLC0415

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
