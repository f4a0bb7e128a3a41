"""The mapping: data in vocab/mapping/*.toml, compiled once, and `describe`, which applies it."""

from lod.mapping.mapping import Mapping, Undescribable

__all__ = ["Mapping", "Undescribable"]
