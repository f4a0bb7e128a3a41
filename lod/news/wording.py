"""What an item says in words of its own, in the language of the release where there is a wording for it."""

from __future__ import annotations

import tomllib
from datetime import datetime
from typing import NamedTuple

from lod.vocabulary import vocab_root

__all__ = ["Wording", "Wordings"]


class Wording(NamedTuple):
    """Words and their language (BCP 47)."""

    text: str
    language: str


class Wordings:
    """The wordings of `vocab/newsml/wording.toml`."""

    def __init__(self) -> None:
        with (vocab_root() / "newsml" / "wording.toml").open("rb") as file:
            self._texts: dict[str, dict[str, str]] = tomllib.load(file)

    def language(self, tag: str) -> str:
        """The language that is used for releases in the language of the tag."""
        primary = tag.partition("-")[0]
        return primary if primary in self._texts else "en"

    def say(self, key: str, tag: str, /, **values: str) -> str:
        """A wording, filled in."""
        return self._texts[self.language(tag)][key].format(**values)

    def of(self, key: str, tag: str) -> Wording:
        """A wording and its language."""
        return Wording(self.say(key, tag), self.language(tag))

    def headed(self, key: str, tag: str, text: str | None) -> str:
        """A text with the wording before it; a wording alone ends with a full stop."""
        head = self.say(key, tag)
        return f"{head} {text}" if text else head.removesuffix(":") + "."

    def until(self, tag: str, end: datetime) -> str:
        """The end of an embargo in words, on the clock of the issuer."""
        values = {"year": f"{end:%Y}", "month": f"{end:%m}", "day": f"{end:%d}", "time": f"{end:%H:%M}"}
        offset = end.strftime("%z")
        return self.say("embargo", tag, zone=f"UTC{offset[:3]}:{offset[3:5]}", **values)
