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
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

__all__ = ["Files", "Layer", "load_files", "mapping_path"]


class Layer(NamedTuple):
    """One mapping file: its name, what it says, and the 1-based line of each path into it."""

    file: str
    says: MappingFile
    line_of: Callable[[Sequence[str | int]], int]

    def fault(self, path: Sequence[str | int], reason: str) -> MappingError:
        """What is wrong with what stands at a path."""
        return MappingError(Place(self.file, self.line_of(path)), ".".join(map(str, path)), reason)


class Files(NamedTuple):
    """All mapping files of an archive, laid over each other in their order; `layers` are the files themselves."""

    prefixes: dict[str, str]
    tombstone: Tombstone
    nodes: dict[str, NodeSpec]
    layers: tuple[Layer, ...]

    def fault(self, key: str, reason: str) -> MappingError:
        """What is wrong with a key of a node, such as `release.rules.40.field`, told of the file it comes from.

        Rules and types are numbered as they stand in `nodes`, over all files; the error has the number in its file.
        """
        name = max((name for name in self.nodes if f"{key}.".startswith(f"{name}.")), key=len)
        part, *path = [int(step) if step.isdecimal() else step for step in key[len(name) + 1 :].split(".")]
        said = [layer for layer in self.layers if name in layer.says.nodes]
        for layer in said if path else ():
            count = len(getattr(layer.says.nodes[name], str(part)))
            if isinstance(path[0], int) and path[0] < count:
                return layer.fault((name, part, *path), reason)
            path[0] = int(path[0]) - count
        said = [layer for layer in said if part in layer.says.nodes[name].model_fields_set] or said[:1]
        return said[-1].fault((name, part), reason)


def load_files(root: Path, names: Iterable[str] = ("core",)) -> Files:
    """Read the files that `mapping` in archive.toml names. Raises MappingError with file, line and key.

    `root` is the folder of the archive; the mapping that comes with the program is found without one.
    """
    layers = tuple(_read(mapping_path(root, name), name) for name in names)
    prefixes: dict[str, str] = {}
    tombstone = None
    nodes: dict[str, NodeSpec] = {}
    for layer in layers:
        found = layer.says
        prefixes.update(found.prefixes)
        tombstone = found.tombstone or tombstone
        for key, spec in found.nodes.items():
            nodes[key] = _extended(nodes[key], spec) if key in nodes else spec
    if tombstone is None:
        tombstone = _read(mapping_path(root, "core"), "core").says.tombstone
    tombstone = tombstone or Tombstone(keep=(), title={"en": "Withdrawn"})
    return Files(dict(sorted(prefixes.items())), tombstone, nodes, layers)


def mapping_path(root: Path, name: str) -> Path:
    """Where a mapping file stands: with the program where the name has no suffix, else in the archive's `vocab/`."""
    if "." not in name:
        return vocab_root() / "mapping" / f"{name}.toml"
    path = (root / "vocab" / name).resolve()
    if ".." in name.split("/") or not path.is_relative_to(root.resolve()):
        raise MappingError(Place("archive.toml"), "mapping", f'"{name}" is outside of vocab/')
    return path


def _extended(first: NodeSpec, then: NodeSpec) -> NodeSpec:
    changed = {key: getattr(then, key) for key in then.model_fields_set - {"type", "rules"}}
    return first.model_copy(update={**changed, "type": first.type + then.type, "rules": first.rules + then.rules})


def _absent(name: str) -> str:
    if "." in name:
        return f'no file "vocab/{name}"'
    return f'no mapping "{name}" comes with the program; a file of your own ends in .toml'


def _read(path: Path, name: str) -> Layer:
    file = f"vocab/{name}" if "." in name else path.name
    try:
        loaded = load(path.read_bytes(), ".toml")
    except FileNotFoundError:
        raise MappingError(Place("archive.toml"), "mapping", _absent(name)) from None
    except OSError as error:
        raise MappingError(Place(file), "", f"cannot be read: {error.strerror}") from None
    except Malformed as error:
        raise MappingError(Place(file, error.line), "", error.reason) from None
    try:
        return Layer(file, MappingFile.model_validate(loaded.value), loaded.line_of)
    except ValidationError as error:
        first = error.errors()[0]
        where = [step for step in first["loc"] if step != "nodes"]
        field, reason = sentence(first, MappingFile)
        place = Place(file, loaded.line_of(where))
        raise MappingError(place, field.removeprefix("nodes."), reason) from None
