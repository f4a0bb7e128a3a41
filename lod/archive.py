"""Archive: the folder of a maintainer: archive.toml, its sources, its authorities and its code tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from lod.authority import Authorities
from lod.errors import ConfigError, Place
from lod.faults import sentences
from lod.positioned import Malformed, load
from lod.release import Defaults
from lod.release.fields import Instant, Language, Line, Slug, Text, Url
from lod.source import Source
from lod.vocabulary import Vocabulary, vocab_root

__all__ = ["CONFIG_NAME", "Archive", "ArchiveConfig", "DumpConfig", "NewsmlConfig"]

CONFIG_NAME = "archive.toml"


def _base(value: str) -> str:
    if not value.startswith("https://") or not value.endswith("/") or "?" in value or "#" in value:
        raise ValueError('the base IRI begins with "https://" and ends with "/", without query or fragment')
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f'unknown time zone "{value}"') from None
    return value


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class NewsmlConfig(_Table):
    """The table `[newsml]`: how the news feed names itself."""

    provider: Slug | None = Field(
        default=None,
        description="Authority id of the sender of the feed; the publisher where absent.",
        examples=["archiv"],
    )
    domain: Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")] | None = Field(
        default=None,
        description="Internet domain in every guid; the host of `base` where absent. Never change it.",
        examples=["presse.example.org"],
    )
    guid_date: Annotated[str, Field(pattern=r"^\d{8}$")] = Field(
        default="20260101",
        description="A day on which the domain was yours (RFC 3085: it says whose the domain is). Never change it.",
        examples=["20260101"],
    )
    audience: Literal["public", "press"] = Field(
        default="public",
        description="Who can read the folder newsml/. Contacts for newsrooms only stand in its items where it is "
        '"press"; say so only if the folder is closed to the public.',
        examples=["public"],
    )
    body: Literal["xhtml", "nitf", "both"] = Field(
        default="xhtml",
        description="The mark-up of the text in newsml/. For readers that lose text in XHTML with mark-up in it, "
        '"nitf"; with "both", the items with NITF are a feed of their own in newsml/nitf/.',
        examples=["xhtml"],
    )
    standardversion: Annotated[str, Field(pattern=r"^2\.(?:1[5-9]|2\d|3[0-5])$")] = Field(
        default="2.35",
        description="The version of NewsML-G2 that items say they follow, for receivers that pin one: 2.15 to 2.35.",
        examples=["2.35"],
    )
    data_mining: Literal["allowed", "prohibited"] | None = Field(
        default=None,
        description="Whether text and data mining is reserved for texts whose record does not say.",
        examples=["prohibited"],
    )
    latest: int = Field(
        default=50,
        ge=1,
        le=1000,
        description="How many releases newsml/feed.xml and rss.xml hold, the latest first.",
        examples=[50],
    )
    embargo_feed: bool = Field(
        default=False,
        description="Whether releases under embargo are written for newsrooms that may have them, with contacts for "
        "newsrooms, as a feed of their own in the folder OUT.embargoed/, which must be closed to everybody else.",
        examples=[True],
    )


class DumpConfig(_Table):
    """The table `[dump]`: how the dump is cut and packed."""

    compression: Literal["none", "gzip", "zstd"] = Field(
        default="gzip", description="How the RDF files are packed.", examples=["gzip"]
    )
    url: Annotated[Url, Field(pattern=r"/$")] | None = Field(
        default=None,
        description="Where the dump is published; `dump/` below the base where absent.",
        examples=["https://presse.example.org/dump/"],
    )
    contact: Annotated[str, Field(pattern=r"^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$")] | None = Field(
        default=None,
        description="Mail address of an office, for questions about the dataset. It is published.",
        examples=["archiv@presse.example.org"],
    )
    keywords: tuple[Line, ...] = Field(
        default=(), description="Keywords of the dataset.", examples=[["Pressemitteilung", "Kommunalpolitik"]]
    )
    political_geocoding: tuple[Url, ...] = Field(
        default=(),
        description="The area the dataset covers (DCAT-AP.de).",
        examples=[["http://dcat-ap.de/def/politicalGeocoding/stateKey/05"]],
    )
    part_records: int = Field(
        default=10_000,
        ge=1,
        description="How many records a file holds at most; a larger year is cut into parts.",
        examples=[10_000],
    )


class ArchiveConfig(_Table):
    """What archive.toml says. Unknown keys are refused."""

    base: Annotated[Url, AfterValidator(_base)] = Field(
        description="Base of all IRIs. Never change it once anything is published.",
        examples=["https://presse.example.org/"],
    )
    title: Line = Field(description="Title of the archive.", examples=["Archiv kommunaler Pressemitteilungen"])
    description: Text = Field(
        description="What is in it, in a sentence or two.", examples=["Pressemitteilungen seit 1996."]
    )
    publisher: Slug = Field(description="Authority id of who publishes the archive.", examples=["archiv"])
    language: Language = Field(description="Language of records that do not say theirs.", examples=["de"])
    time_zone: Annotated[str, AfterValidator(_zone)] = Field(
        description="Zone of date-times printed without one (IANA name).", examples=["Europe/Berlin"]
    )
    licence: Url = Field(
        default="https://creativecommons.org/publicdomain/zero/1.0/",
        description="Licence of the metadata.",
        examples=["https://creativecommons.org/publicdomain/zero/1.0/"],
    )
    rights: Url = Field(
        default="http://rightsstatements.org/vocab/CNE/1.0/",
        description="Rights statement of texts whose record has none; CNE says that nobody has evaluated it.",
        examples=["http://rightsstatements.org/vocab/CNE/1.0/"],
    )
    recorded: Instant | None = Field(
        default=None,
        description="When records that do not say it came into the archive.",
        examples=["2026-11-22T09:00:00+01:00"],
    )
    first_year: int = Field(
        default=1900,
        ge=1,
        le=9999,
        description="Year of the oldest release. An earlier one is exported, with a warning: it is most likely a slip.",
        examples=[1949],
    )
    mapping: tuple[Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_./-]*$")], ...] = Field(
        default=("core",),
        min_length=1,
        description='Mapping files, laid over each other: "core", or a file in the archive\'s `vocab/`.',
        examples=[["core", "mine.toml"]],
    )
    newsml: NewsmlConfig = Field(default=NewsmlConfig(), description="The news feed.")
    dump: DumpConfig = Field(default=DumpConfig(), description="The dump.")
    sources: tuple[Source, ...] = Field(
        default=(), description="Where records come from, beside the folder `releases/`; see `[[sources]]`."
    )

    @property
    def constants(self) -> dict[str, str]:
        """The keys that a mapping may put into its templates, as `archive.key`."""
        fields = ("title", "description", "publisher", "language", "licence", "rights")
        return {f"archive.{name}": getattr(self, name) for name in fields}


@dataclass(frozen=True)
class Archive:
    """An opened archive: its folder, and what archive.toml, `authorities/` and `vocab/` say."""

    root: Path
    config: ArchiveConfig

    @classmethod
    def open(cls, root: Path | str) -> Archive:
        """Open an archive. Raises ConfigError with file, line and key where archive.toml is missing or wrong."""
        root = Path(root)
        path = root / CONFIG_NAME
        try:
            loaded = load(path.read_bytes(), ".toml")
        except FileNotFoundError:
            raise ConfigError(Place(str(path)), "", "not found: not an archive; `lod init DIR` makes one") from None
        except OSError as error:
            raise ConfigError(Place(str(path)), "", f"cannot be read: {error.strerror}") from None
        except Malformed as error:
            raise ConfigError(Place(CONFIG_NAME, error.line), "", error.reason) from None
        try:
            config = ArchiveConfig.model_validate(loaded.value)
        except ValidationError as error:
            faults = sorted(sentences(error, ArchiveConfig), key=lambda fault: not fault[1].startswith("unknown"))
            where, reason = faults[0]  # a key misspelt explains why another one is missing
            place = Place(CONFIG_NAME, loaded.line_of(where))
            raise ConfigError(place, ".".join(map(str, where)), reason) from None
        return cls(root, config)

    @property
    def language(self) -> str:
        """Language of records that do not say theirs."""
        return self.config.language

    @property
    def defaults(self) -> Defaults:
        """What records take from the archive: the validation context of Release."""
        return Defaults(self.config.language, ZoneInfo(self.config.time_zone), self.config.recorded)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The code tables that come with the program, and the archive's own."""
        return Vocabulary.load([vocab_root() / "schemes", self.root / "vocab"], self.config.base)

    @cached_property
    def authorities(self) -> Authorities:
        """The organisations, people and places the archive knows."""
        return Authorities.load(self.root / "authorities", self.config.base, self.config.language)
