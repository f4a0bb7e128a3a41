"""Reading the mapping files an archive names, and laying them over each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from lod.errors import MappingError, Place
from lod.faults import sentence
from lod.mapping.spec import MappingFile, NodeSpec, Tombstone
from lod.positioned import Malformed, load
from lod.vocabulary import vocab_root

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["Files", "load_files", "mapping_path"]


class Files(NamedTuple):
    """All mapping files of an archive, laid over each other in their order."""

    prefixes: dict[str, str]
    tombstone: Tombstone
    nodes: dict[str, NodeSpec]


def load_files(root: Path, names: Iterable[str] = ("core",)) -> Files:
    """Read the files that `mapping` in archive.toml names. Raises MappingError with file, line and key.

    `root` is the folder of the archive; the mapping that comes with the program is found without one.
    """
    prefixes: dict[str, str] = {}
    tombstone = None
    nodes: dict[str, NodeSpec] = {}
    for name in names:
        found = _read(mapping_path(root, name), name)
        prefixes.update(found.prefixes)
        tombstone = found.tombstone or tombstone
        for key, spec in found.nodes.items():
            nodes[key] = _extended(nodes[key], spec) if key in nodes else spec
    if tombstone is None:
        tombstone = _read(mapping_path(root, "core"), "core").tombstone
    return Files(dict(sorted(prefixes.items())), tombstone or Tombstone(keep=(), title={"en": "Withdrawn"}), nodes)


def mapping_path(root: Path, name: str) -> Path:
    """Where a mapping file stands: with the program where the name has no suffix, else in the archive's `vocab/`."""
    if "." not in name:
        return vocab_root() / "mapping" / f"{name}.toml"
    path = (root / "vocab" / name).resolve()
    if not path.is_relative_to(root.resolve()):
        raise MappingError(Place("archive.toml"), "mapping", f'"{name}" is outside the archive')
    return path


def _extended(first: NodeSpec, then: NodeSpec) -> NodeSpec:
    changed = {key: getattr(then, key) for key in then.model_fields_set - {"type", "rules"}}
    return first.model_copy(update={**changed, "type": first.type + then.type, "rules": first.rules + then.rules})


def _absent(name: str) -> str:
    if "." in name:
        return f'no file "vocab/{name}"'
    return f'no mapping "{name}" comes with the program; a file of your own ends in .toml'


def _read(path: Path, name: str) -> MappingFile:
    try:
        loaded = load(path.read_bytes(), ".toml")
    except FileNotFoundError:
        raise MappingError(Place("archive.toml"), "mapping", _absent(name)) from None
    except OSError as error:
        raise MappingError(Place(name), "", f"cannot be read: {error.strerror}") from None
    except Malformed as error:
        raise MappingError(Place(name, error.line), "", error.reason) from None
    try:
        return MappingFile.model_validate(loaded.value)
    except ValidationError as error:
        first = error.errors()[0]
        where = [step for step in first["loc"] if step != "nodes"]
        field, reason = sentence(first, MappingFile)
        place = Place(name, loaded.line_of(where))
        raise MappingError(place, field.removeprefix("nodes."), reason) from None
