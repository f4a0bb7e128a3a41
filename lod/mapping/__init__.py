"""The mapping: data in vocab/mapping/*.toml, compiled once, and `describe`, which applies it."""

from lod.mapping.fault import Undescribable
from lod.mapping.mapping import Mapping

__all__ = ["Mapping", "Undescribable"]
