"""Shapes: what a mapping promises, as SHACL Core, so that a dump can be checked without this program."""

from lod.mapping.shacl.turtle import PLACEHOLDER, shapes_of
from lod.mapping.shacl.withdrawal import specimen

__all__ = ["PLACEHOLDER", "shapes_of", "specimen"]
