"""Rules: what the reader knows of languages and of one archive, read once and passed on."""

from __future__ import annotations

import csv
from functools import cached_property
from pathlib import Path

from lod.ingest.names import Names
from lod.ingest.tables import Common, Own, read_common, read_own, read_tables
from lod.ingest.tongue import Tongue
from lod.vocabulary import vocab_root

__all__ = ["Rules"]


class Rules:
    """What `read` needs: tables by language, the archive's own habits, and the names the archive knows."""

    def __init__(self, folder: Path, *, own: Own | None = None, names: Names | None = None) -> None:
        self.folder = folder
        self.own = own or Own()
        self.names = names or Names(())
        self._tongues: dict[str, Tongue] = {}

    @classmethod
    def load(cls, archive: Path | None = None, *, names: Names | None = None) -> Rules:
        """The rules that come with the program, with the habits of an archive folder and the names it knows.

        Raises ConfigError where `ingest.toml` or a table is wrong.
        """
        own = read_own(archive / "ingest.toml") if archive is not None else Own()
        return cls(vocab_root() / "ingest", own=own, names=names)

    def tongue(self, language: str) -> Tongue:
        """The rules of a language; those of English where it has no tables."""
        short = language.split("-", maxsplit=1)[0].lower()
        if short not in self._tongues:
            file = short if short.isalpha() and (self.folder / f"{short}.toml").is_file() else "en"
            tables = read_tables(self.folder / f"{file}.toml", self.own)
            self._tongues[short] = Tongue(short, tables, self.common, self.own, self.given)
        return self._tongues[short]

    @cached_property
    def common(self) -> Common:
        """The tables for all languages."""
        return read_common(self.folder / "common.toml")

    @cached_property
    def given(self) -> dict[str, str]:
        """Given names with their gender: m, f, or u where both bear it."""
        with (self.folder / "given-names.csv").open(encoding="utf-8", newline="") as file:
            return {row["name"]: row["gender"] for row in csv.DictReader(file)}
