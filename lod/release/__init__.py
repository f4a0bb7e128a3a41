"""The record: Release, its parts, and the types of its fields."""

from lod.release.fields import Defaults, Part
from lod.release.model import Release
from lod.release.parts import (
    Attachment,
    Change,
    Contact,
    Dateline,
    Embargo,
    Identifier,
    Named,
    Person,
    Quotation,
    Rights,
    Source,
)

__all__ = [
    "Attachment",
    "Change",
    "Contact",
    "Dateline",
    "Defaults",
    "Embargo",
    "Identifier",
    "Named",
    "Part",
    "Person",
    "Quotation",
    "Release",
    "Rights",
    "Source",
]
