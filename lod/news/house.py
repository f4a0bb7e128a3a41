"""House: what the items of one archive have in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lod.errors import ConfigError, Place
from lod.news.codes import Codes
from lod.news.moments import Calendar
from lod.news.naming import Naming
from lod.news.parts import Party, party_of
from lod.news.wording import Wordings

if TYPE_CHECKING:
    from lod.archive import Archive, ArchiveConfig

__all__ = ["House"]


@dataclass(frozen=True)
class House:
    """What the items of one archive have in common."""

    config: ArchiveConfig
    naming: Naming
    calendar: Calendar
    wordings: Wordings
    codes: Codes
    provider: Party
    contacts: bool
    """Whether the readers of the items may see contacts that are for newsrooms only."""

    @classmethod
    def of(cls, archive: Archive, *, contacts: bool) -> House:
        """The house of an archive. Raises ConfigError for a provider that no authority is."""
        config = archive.config
        start = date.fromisoformat(config.newsml.guid_date)
        calendar = Calendar(config.recorded, ZoneInfo(config.time_zone), start)
        codes = Codes(archive.vocabulary)
        return cls(config, Naming.of(config), calendar, Wordings(), codes, _provider(archive), contacts)


def _provider(archive: Archive) -> Party:
    config = archive.config
    name = config.newsml.provider or config.publisher
    authority = archive.authorities.get(name)
    if authority is None or authority.kind != "organisation":
        key = "newsml.provider" if config.newsml.provider else "publisher"
        raise ConfigError(Place("archive.toml"), key, archive.authorities.missing(name, "organisation"))
    return party_of(authority)
