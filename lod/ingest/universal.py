"""The tables that hold in all languages, as `vocab/ingest/common.toml` says them, and what all tables are made of."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

__all__ = ["Common", "Furniture", "Part", "Pattern", "Patterns"]


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f'not a regular expression ({error}): "{value}"') from None
    return value


Pattern = Annotated[str, AfterValidator(_pattern)]
Patterns = tuple[Pattern, ...]


class Part(BaseModel):
    """A table whose keys are all known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Marks(Part):
    """Marks of agencies."""

    agencies: Patterns = ()
    wires: Patterns = ()
    services: Patterns = Field(default=(), description="First words of the name of an issuer's own news service.")


class Furniture(Part):
    """What a page prints around its content: trails, ways to elsewhere, captions, rights, logos."""

    home: Patterns = ()
    here: Patterns = ()
    skips: Patterns = ()
    credits: Patterns = ()
    pictured: Patterns = ()
    rights: Patterns = ()
    logos: Patterns = ()


class Places(Part):
    """Words in names of places."""

    small: tuple[str, ...] = ()


class Names(Part):
    """What stands beside names and is no function."""

    things: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    nobility: tuple[str, ...] = Field(default=(), description="Titles inside names.")
    asides: Patterns = ()
    suffixes: Patterns = ()


class Seat(Part):
    """Places that tell in which zone an English text was written."""

    places: tuple[str, ...]
    zone: str


class English(Part):
    """Signs of where an English text comes from."""

    american: Patterns = ()
    british: Patterns = ()
    seats: tuple[Seat, ...] = ()


class Common(Part):
    """What holds in all languages: `vocab/ingest/common.toml`."""

    marks: Marks = Marks()
    furniture: Furniture = Furniture()
    places: Places = Places()
    people: Names = Names()
    zones: dict[str, str] = Field(default_factory=dict)
    english: English = English()
