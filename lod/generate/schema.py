"""The JSON Schema of the record, for editors and for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel

__all__ = ["schema"]


def schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a model. A field that is absent is absent, never null."""
    made = _tidy(model.model_json_schema(mode="validation"))
    parts = made.pop("$defs", {})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": model.__name__,
        **made,
        "$defs": dict(sorted(parts.items())),
    }


def _tidy(value: Any) -> Any:
    """Without the titles pydantic makes of names, without null, and with the first paragraph of docstrings."""
    if isinstance(value, list):
        return [_tidy(one) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _tidy(one) for key, one in value.items() if not (key == "title" and isinstance(one, str))}
    if isinstance(kept.get("description"), str):
        kept["description"] = kept["description"].partition("\n\n")[0].replace("\n", " ")
    if kept.get("default", "") in (None, "", [], {}):
        kept.pop("default", None)
    choices = kept.get("anyOf")
    if isinstance(choices, list) and {"type": "null"} in choices:
        rest = [one for one in choices if one != {"type": "null"}]
        kept = {key: one for key, one in kept.items() if key != "anyOf"}
        kept.update(rest[0] if len(rest) == 1 else {"anyOf": rest})
    return kept
