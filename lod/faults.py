"""Pydantic's errors as sentences a person can act on: which field, what is wrong, what was found, what is near."""

from __future__ import annotations

import re
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
    "less_than_equal": "must be at most {le}, found {found}",
    "int_parsing_size": "too large a number: {found}",
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
    "string_pattern_mismatch": "not {form}: {found}",
}
_LONGEST = 60


def sentences(error: ValidationError, model: type[BaseModel]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The path and the sentence of every fault; rules between fields count one by one."""
    errors = error.errors(include_url=False)
    for one in errors:
        if one["type"] == "too_short" and any(_within(other["loc"], one["loc"]) for other in errors):
            continue  # items that are wrong are not counted; they are there
        told = one.get("ctx", {}).get("faults")
        if one["type"] == "rules" and told:
            for fault in told:
                field, _, reason = fault.partition(": ")
                yield (*_path(one, model), *_steps(field)), reason
        else:
            yield _path(one, model), sentence(one, model)[1]


def sentence(error: Mapping[str, Any], model: type[BaseModel]) -> tuple[str, str]:
    """The field (dotted path) and the reason of one of pydantic's errors."""
    path = _path(error, model)
    field = ".".join(str(step) for step in path)
    if error["type"] == "extra_forbidden":
        return field, _unknown(path, model)
    context = error.get("ctx") or {}
    if error["type"] == "value_error":
        return field, str(context["error"])
    template = _SENTENCES.get(error["type"])
    if template is None:
        return field, error["msg"][0].lower() + error["msg"][1:]
    form = _form(path, model, str(context["pattern"])) if "pattern" in context else ""
    return field, template.format(found=quoted(error["input"]), form=form, **context)


def quoted(value: Any) -> str:
    """A value as it stands in a message: short, on one line."""
    if isinstance(value, (dict, list, tuple)):
        return "a mapping" if isinstance(value, dict) else "a list"
    if value is None or isinstance(value, bool):
        return "nothing" if value is None else str(value).lower()
    text = " ".join(str(value).split())
    return f'"{text[:_LONGEST]}…"' if len(text) > _LONGEST else f'"{text}"'


def _steps(field: str) -> tuple[str | int, ...]:
    return tuple(int(step) if step.isdecimal() else step for step in field.split("."))


def _within(loc: Sequence[str | int], above: Sequence[str | int]) -> bool:
    return len(loc) > len(above) and tuple(loc[: len(above)]) == tuple(above)


def _path(error: Mapping[str, Any], model: type[BaseModel]) -> tuple[str | int, ...]:
    """The path without the names pydantic puts between for unions and functions."""
    path: list[str | int] = []
    cls: type[BaseModel] | None = model
    loc = error["loc"]
    # An unknown key stands as it was written, even where it looks like one of those names.
    unknown = len(loc) - 1 if error["type"] == "extra_forbidden" else None
    for at, step in enumerate(loc):
        if at == unknown or isinstance(step, int) or (cls is not None and step in _names(cls)) or not _internal(step):
            path.append(step)
        cls = _below(cls, step)
    return tuple(path)


def _below(cls: type[BaseModel] | None, step: str | int) -> type[BaseModel] | None:
    """The class of the parts in a field; the class itself where the step is no field."""
    return _part(cls.model_fields[str(step)].annotation) if cls is not None and step in cls.model_fields else cls


def _internal(step: str) -> bool:
    return any(mark in step for mark in "([-") or step in {"str", "int", "float", "bool", "datetime", "date"}


def _names(cls: type[BaseModel]) -> set[str]:
    return {name for key, info in cls.model_fields.items() for name in (key, info.alias) if name}


def _unknown(path: Sequence[str | int], model: type[BaseModel]) -> str:
    cls: type[BaseModel] | None = model
    for step in path[:-1]:
        cls = _below(cls, step)
    near = get_close_matches(str(path[-1]), sorted(_names(cls)) if cls else [], 1)
    return "unknown field" + (f', did you mean "{near[0]}"?' if near else "")


def _form(path: Sequence[str | int], model: type[BaseModel], pattern: str) -> str:
    """What a text should look like: the example of its field, or the pattern where there is none that fits."""
    cls: type[BaseModel] | None = model
    example: Any = None
    for step in path:
        if cls is not None and step in cls.model_fields:
            example = next(iter(cls.model_fields[str(step)].examples or ()), None)
        cls = _below(cls, step)
    while isinstance(example, list) and example:
        example = example[0]
    fits = isinstance(example, str) and re.search(pattern, example)
    return f'like "{example}"' if fits else f"of the form {pattern}"


def _part(annotation: Any) -> type[BaseModel] | None:
    if get_origin(annotation) is Annotated:
        return _part(get_args(annotation)[0])
    if get_origin(annotation) in {Union, types.UnionType, tuple, list, dict}:
        return next((part for part in map(_part, get_args(annotation)) if part), None)
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None
