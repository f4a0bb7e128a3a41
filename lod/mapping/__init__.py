"""The mapping: data in vocab/mapping/*.toml, compiled once, and `describe`, which applies it."""

from lod.mapping.context import context_of
from lod.mapping.fault import Undescribable
from lod.mapping.files import load_files
from lod.mapping.mapping import Mapping, compile_nodes, describe_thing

__all__ = ["Mapping", "Undescribable", "compile_nodes", "context_of", "describe_thing", "load_files"]
