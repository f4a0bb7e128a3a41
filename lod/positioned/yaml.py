"""YAML by the core schema of YAML 1.2: `no`, `on` and dates are text, and nothing but plain values comes out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar

import yaml

from lod.positioned.fault import Find, Malformed, place
from lod.positioned.number import FLOAT, INT, number

__all__ = ["read"]

_ALIASED = 10_000  # values that the aliases of one YAML file may repeat, all together
_RESOLVED = "resolved"  # our own tag for plain scalars that are not text
_TAGS = {kind: f"tag:yaml.org,2002:{tag}" for kind, tag in (("scalar", "str"), ("sequence", "seq"), ("mapping", "map"))}
_WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None} | {
    text: text.lower() == "true" for text in ("true", "True", "TRUE", "false", "False", "FALSE")
}
_RESOLVABLE = re.compile(rf"(?:|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|{INT}|{FLOAT})\Z")
# What PyYAML's words mean for somebody who writes a record.
_HINTS = {
    "mapping values are not allowed in this context": "a colon inside a value; put the value in quotation marks",
    "found character that cannot start any token": "a tab, or a sign with a meaning of its own; indent with spaces, "
    "and put values that begin with @, ` or % in quotation marks",
    "but found another document": "a second document begins here; use a list",
}


class _Core(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """PyYAML (with libyaml where it was built in) without the implicit types of YAML 1.1."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


_Core.add_implicit_resolver(_RESOLVED, _RESOLVABLE, ["", *"-0123456789~nNtTfF"])


def read(text: str) -> tuple[Any, Find]:
    """Value and line finder of a YAML text with one document. Raises Malformed."""
    try:
        root: Any = yaml.compose(text, Loader=_Core)
        return (None if root is None else _Construction().value(root)), lambda path: _line(root, path)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = _HINTS.get(error.problem or "", " ".join(part for part in (error.context, error.problem) if part))
        raise Malformed(mark.line + 1 if mark else 1, mark.column + 1 if mark else 0, f"not YAML: {reason}") from None
    except yaml.reader.ReaderError as error:
        found = yaml.reader.Reader.NON_PRINTABLE.search(text)
        reason = f"forbidden character U+{ord(found.group()):04X}" if found else f"not YAML: {error.reason}"
        raise Malformed(*place(text, found.start() if found else 0), reason) from None
    except RecursionError:
        raise Malformed(1, 0, "nested too deeply") from None


class _Construction:
    """Plain values from YAML nodes; what aliases repeat has a budget, since nested ones double with each line."""

    def __init__(self) -> None:
        self.seen: set[int] = set()
        self.budget = _ALIASED

    def value(self, node: Any) -> Any:
        if id(node) in self.seen:
            self.budget -= 1
            if self.budget < 0:
                raise _at(node, f"aliases repeat more than {_ALIASED} values, or an anchor contains itself")
        self.seen.add(id(node))
        if node.id == "scalar" and node.tag == _RESOLVED:
            return _resolved(node.value)
        if node.tag != _TAGS[node.id]:
            raise _at(node, f'tag "{node.tag}" is not supported')
        if node.id == "mapping":
            return self.mapping(node)
        return [self.value(item) for item in node.value] if node.id == "sequence" else node.value

    def mapping(self, node: Any) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for key, value in node.value:
            if key.id != "scalar":
                raise _at(key, "a key must be text")
            if key.value in mapping:
                raise _at(key, f'key "{key.value}" occurs twice')
            mapping[key.value] = self.value(value)
        return mapping


def _at(node: Any, reason: str) -> Malformed:
    return Malformed(node.start_mark.line + 1, node.start_mark.column + 1, reason)


def _resolved(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    return number(text) if "." in text else int(text)


def _line(node: Any, path: Sequence[str | int]) -> int:
    line: int = node.start_mark.line if node is not None else 0
    for step in path:
        if node is None or node.id == "scalar":
            break
        if node.id == "mapping":
            found = next((pair for pair in node.value if pair[0].value == step), None)
        else:
            inside = isinstance(step, int) and 0 <= step < len(node.value)
            found = (node.value[step],) * 2 if inside else None
        if found is None:
            break
        line, node = found[0].start_mark.line, found[1]
    return line + 1
