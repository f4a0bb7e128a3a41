"""The tables of a language, as `vocab/ingest/<language>.toml` says them, and what an archive adds in `ingest.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, Field, ValidationError

from lod.errors import ConfigError, Place
from lod.ingest.universal import Common, Part, Pattern, Patterns

__all__ = ["Common", "Own", "Tables", "read_common", "read_own", "read_tables"]


_Model = TypeVar("_Model", bound=BaseModel)


class Dates(Part):
    """Words before dates: of issue, and of other things; the word for the hour."""

    before: Patterns = ()
    issue: Patterns = ()
    other: Patterns = ()
    original: Patterns = ()
    last: Patterns = ()
    hour: Pattern = "h"


class Header(Part):
    """Words of a letterhead: what it calls itself, numbers, files of courts, joint issue, embargoes."""

    labels: Patterns = ()
    numbers: Patterns = ()
    dockets: Patterns = ()
    joint: Patterns = ()
    embargo: Patterns = ()
    immediate: Patterns = ()
    midnight: Patterns = ()
    noon: Patterns = ()
    places: Patterns = Field(default=(), description="Labels before the place of issue.")
    senders: Patterns = Field(default=(), description="Words before who sends or wrote it.")
    headlines: Patterns = Field(default=(), description="Labels before a title or a subtitle.")


class Sections(Part):
    """First words of the parts that are not the text."""

    about: Patterns = ()
    boilerplate: Patterns = ()
    notes: Patterns = ()
    contact: Patterns = ()
    correction: Patterns = ()
    footer: Patterns = ()
    end: Patterns = ()
    caption: Patterns = ()
    salutation: Patterns = ()
    closing: Patterns = ()
    signature: Patterns = ()


class Pronouns(Part):
    """Pronouns that stand for somebody named before."""

    m: Patterns = ()
    f: Patterns = ()
    any: Patterns = ()
    plural: Patterns = ()


class People(Part):
    """Words that stand before, in and after the names of people."""

    honorifics: Patterns = ()
    female: Patterns = ()
    male: Patterns = ()
    titles: Patterns = ()
    roles: Patterns = ()
    agents: Patterns = ()
    territorial: Patterns = ()
    definite: Pronouns = Field(default=Pronouns(), description="Articles of a subject that was named before.")
    adverbs: Patterns = Field(default=(), description='Small words before a function, as "zugleich".')
    presides: Patterns = Field(default=(), description="Functions that are of the body a text speaks of.")
    deputies: Patterns = Field(default=(), description='Beginnings of words that make another function: "Vize".')
    chairs: Patterns = Field(default=(), description='Last parts of words for who presides: "chefin", "vorsitzende".')
    modifiers: Patterns = ()
    complements: Patterns = ()
    articles: Patterns = ()
    affiliations: Patterns = ()
    relatives: Patterns = ()
    possessives: Patterns = ()
    copulas: Patterns = Field(default=(), description='Words between a name and what its bearer is: "ist".')
    leads: dict[str, tuple[str, str]] = Field(
        default_factory=dict, description="Verbs of relative clauses, with the function they mean, for men and women."
    )
    particles: Patterns = ()
    never: tuple[str, ...] = ()


class Speech(Part):
    """Words that say who speaks."""

    verbs: Patterns = ()
    cues: Patterns = ()
    naming: Patterns = ()
    subjunctive: Patterns = Field(default=(), description='Verbs of reported speech: "sei", "habe".')
    peers: Patterns = Field(default=(), description='Somebody else of the same standing: "Kollege".')
    attributions: Patterns = Field(default=(), description='Words of a line above quotations: "Zitat von".')
    addressed: Patterns = ()
    first_person: Patterns = ()
    pronouns: Pronouns = Pronouns()
    both: Patterns = Field(default=(), alias="and")


class Nouns(Part):
    """Nouns of organisations by gender."""

    m: tuple[str, ...] = ()
    f: tuple[str, ...] = ()
    n: tuple[str, ...] = ()


class Organisations(Part):
    """Words that make a name the name of an organisation."""

    nouns: Nouns = Nouns()
    plural: tuple[str, ...] = ()
    forms: Patterns = ()
    single: Patterns = ()
    generic: Patterns = ()
    speaking: Patterns = ()
    firms: Patterns = ()
    holders: Patterns = ()
    announcing: Patterns = ()
    tail: Patterns = ()
    common: tuple[str, ...] = ()
    glue: Patterns = ()
    press_offices: Patterns = ()
    units: Patterns = ()
    publishers: Patterns = ()
    realms: Patterns = Field(default=(), description="States, whose name stands above that of the office that writes.")


class Text(Part):
    """Habits of the written language."""

    suspended: Patterns = ()
    fused: bool = False
    noun_capitals: bool = False
    adjectives_follow: bool = False
    districts: tuple[str, ...] = ()
    places_not: tuple[str, ...] = ()
    little: tuple[str, ...] = Field(default=(), description="Function words that no name of an office has.")
    regions: Patterns = ()


class Tables(Part):
    """All tables of one language."""

    language: str
    zone: str
    order: Literal["dmy", "mdy"]
    dates: Dates = Dates()
    header: Header = Header()
    sections: Sections = Sections()
    people: People = People()
    speech: Speech = Speech()
    organisations: Organisations = Organisations()
    text: Text = Text()


class Letterhead(Part):
    """A mark in the header or footer that says who the issuer is."""

    pattern: Pattern
    issuer: str
    authority: str | None = None


class Own(Part):
    """What an archive's `ingest.toml` says. `add` has the shape of a language's file, and is added to it."""

    language: str | None = None
    zone: str | None = None
    order: Literal["dmy", "mdy"] | None = None
    letterheads: tuple[Letterhead, ...] = ()
    numbers: Patterns = Field(default=(), description="Patterns of the release number; the first group is the number.")
    series: str | None = None
    cut: Patterns = Field(default=(), description="Lines that match one of these are left out.")
    boilerplate: Patterns = Field(default=(), description="Paragraphs that match one of these are standing text.")
    add: dict[str, dict[str, dict[str, Any]]] = Field(default_factory=dict)


def read_tables(path: Path, own: Own) -> Tables:
    """The tables in a file, with the archive's additions. Raises ConfigError."""
    table = _toml(path)
    for section, words in own.add.get(path.stem, {}).items():
        part = table.setdefault(section, {})
        for key, value in words.items():
            part[key] = [*part.get(key, []), *value] if isinstance(value, list) else value
    table.update({key: value for key, value in (("zone", own.zone), ("order", own.order)) if value is not None})
    return _checked(Tables, table, path)


def read_common(path: Path) -> Common:
    """The tables for all languages. Raises ConfigError."""
    return _checked(Common, _toml(path), path)


def read_own(path: Path) -> Own:
    """An archive's `ingest.toml`; empty where there is none. Raises ConfigError."""
    return _checked(Own, _toml(path), path) if path.is_file() else Own()


def _toml(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(Place(path.name), "", f"not TOML: {error}") from None


def _checked(model: type[_Model], table: dict[str, Any], path: Path) -> _Model:
    try:
        return model.model_validate(table)
    except ValidationError as error:
        fault = error.errors()[0]
        key = ".".join(str(part) for part in fault["loc"])
        raise ConfigError(Place(path.name), key, fault["msg"].removeprefix("Value error, ")) from None
