"""Pydantic's errors as sentences a person can act on: which field, what is wrong, what was found, what is near."""

from __future__ import annotations

import types
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic import ValidationError

__all__ = ["quoted", "sentence", "sentences"]

_SENTENCES = {
    "missing": "missing",
    "string_type": "text is needed, found {found}",
    "string_too_short": "empty",
    "string_too_long": "longer than {max_length} characters: {found}",
    "string_unicode": "not valid Unicode",
    "int_type": "a whole number is needed, found {found}",
    "int_parsing": "a whole number is needed, found {found}",
    "int_from_float": "a whole number is needed, found {found}",
    "greater_than_equal": "must be at least {ge}, found {found}",
    "greater_than": "must be more than {gt}, found {found}",
    "literal_error": "{found} is none of {expected}",
    "tuple_type": "a list is needed, found {found}",
    "list_type": "a list is needed, found {found}",
    "model_type": "a mapping is needed, found {found}",
    "model_attributes_type": "a mapping is needed, found {found}",
    "dict_type": "a mapping is needed, found {found}",
    "bool_type": "true or false is needed, found {found}",
    "bool_parsing": "true or false is needed, found {found}",
    "too_long": "longer than {max_length}: {found}",
    "too_short": "at least {min_length} needed",
    "string_pattern_mismatch": "not of the form {pattern}: {found}",
}
_LONGEST = 60


def sentences(error: ValidationError, model: type[BaseModel]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The path and the sentence of every fault; rules between fields count one by one."""
    for one in error.errors(include_url=False):
        told = one.get("ctx", {}).get("faults")
        if one["type"] == "rules" and told:
            for fault in told:
                field, _, reason = fault.partition(": ")
                yield (*_path(one["loc"], model), *_steps(field)), reason
        else:
            yield _path(one["loc"], model), sentence(one, model)[1]


def sentence(error: Mapping[str, Any], model: type[BaseModel]) -> tuple[str, str]:
    """The field (dotted path) and the reason of one of pydantic's errors."""
    path = _path(error["loc"], model)
    field = ".".join(str(step) for step in path)
    if error["type"] == "extra_forbidden":
        return field, _unknown(path, model)
    context = error.get("ctx") or {}
    if error["type"] == "value_error":
        return field, str(context["error"])
    template = _SENTENCES.get(error["type"])
    if template is None:
        return field, error["msg"][0].lower() + error["msg"][1:]
    return field, template.format(found=quoted(error["input"]), **context)


def quoted(value: Any) -> str:
    """A value as it stands in a message: short, on one line."""
    if isinstance(value, (dict, list, tuple)):
        return "a mapping" if isinstance(value, dict) else "a list"
    text = " ".join(str(value).split())
    return f'"{text[:_LONGEST]}…"' if len(text) > _LONGEST else f'"{text}"'


def _steps(field: str) -> tuple[str | int, ...]:
    return tuple(int(step) if step.isdigit() else step for step in field.split("."))


def _path(loc: Sequence[str | int], model: type[BaseModel]) -> tuple[str | int, ...]:
    """The path without the names pydantic puts between for unions and functions."""
    path: list[str | int] = []
    cls: type[BaseModel] | None = model
    for step in loc:
        if isinstance(step, int) or (cls is not None and step in _names(cls)) or not _internal(step):
            path.append(step)
        if cls is not None and step in cls.model_fields:
            cls = _part(cls.model_fields[str(step)].annotation)
    return tuple(path)


def _internal(step: str) -> bool:
    return any(mark in step for mark in "([-") or step in {"str", "int", "float", "bool", "constrained-str", "datetime", "date"}


def _names(cls: type[BaseModel]) -> set[str]:
    return {name for key, info in cls.model_fields.items() for name in (key, info.alias) if name}


def _unknown(path: Sequence[str | int], model: type[BaseModel]) -> str:
    cls: type[BaseModel] | None = model
    for step in path[:-1]:
        if cls is not None and step in cls.model_fields:
            cls = _part(cls.model_fields[str(step)].annotation)
    near = get_close_matches(str(path[-1]), sorted(_names(cls)) if cls else [], 1)
    return "unknown field" + (f', did you mean "{near[0]}"?' if near else "")


def _part(annotation: Any) -> type[BaseModel] | None:
    if get_origin(annotation) is Annotated:
        return _part(get_args(annotation)[0])
    if get_origin(annotation) in {Union, types.UnionType, tuple, list, dict}:
        return next((part for part in map(_part, get_args(annotation)) if part), None)
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None
