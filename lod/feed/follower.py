"""FeedFollower: keeps the feed of a dump in step with it."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self
from zoneinfo import ZoneInfo

from lod.dump.follower import Followed
from lod.dump.life import View
from lod.dump.shards import Dumped
from lod.dump.stage import report_folder
from lod.errors import ConfigError, OutputError, Place
from lod.feed.atom import MESSAGE_TYPE, About
from lod.feed.index import Folders, Index
from lod.feed.intake import Intake
from lod.feed.latest import Latest
from lod.feed.message import Envelope
from lod.feed.names import lasting, outbox
from lod.feed.placing import place
from lod.feed.sending import Desk
from lod.ledger import Ledger, ledger_file
from lod.news.naming import Naming

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lod.archive import Archive
    from lod.dump.follower import Staged

__all__ = ["FeedFollower", "Sent"]

_MARKUPS = {"both": ("", "nitf")}


class Sent(NamedTuple):
    """What an export did to the feed: how many messages it sent, took back and wrote again, and the last number."""

    sent: int = 0
    withdrawn: int = 0
    restored: int = 0
    last: int = 0


class FeedFollower:
    """Keeps the feed of one dump in step with it. `others` are ledgers of feeds that tell of the same releases."""

    def __init__(self, archive: Archive, out: Path, view: View = "public", others: tuple[Path, ...] = ()) -> None:
        self.view = view
        self.sent = Sent()
        self._archive, self._out, self._others = archive, out, others
        self._report = report_folder(out)
        self._naming = Naming.of(archive.config)
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()  # a ledger that is closed inside a transaction forgets it

    @property
    def ledgers(self) -> tuple[Path, ...]:
        """The ledger of this dump, and those of others that are there."""
        return (ledger_file(self._report), *(path for path in self._others if path.exists()))

    def begin(self) -> None:
        """Open the ledger and finish what an earlier export has decided, but not carried out.

        Raises OutputError where a feed has lost its ledger, ConfigError for settings that a feed cannot change.
        """
        path = ledger_file(self._report)
        if not path.exists() and any((self._out / "newsml" / "messages").glob("*.xml")):
            reason = (
                f"is missing, and {self._out} has a feed whose numbers it knows; put it back, or begin in a new folder"
            )
            raise OutputError(str(path), reason)
        self._ledger = self._stack.enter_context(Ledger.writing(path))
        self._hold_to_settings()
        place(self._ledger, outbox(self._report), self._out)

    def _hold_to_settings(self) -> None:
        """What newsrooms rely on, and what would make a closed feed public, cannot change under a feed."""
        newsml, ledger = self._archive.config.newsml, self._ledger
        guids = ledger.meta("guids") or self._naming.prefix
        if guids != self._naming.prefix:
            reason = f'guids would begin with "{self._naming.prefix}", but were sent as "{guids}"; they never change'
            raise ConfigError(Place("archive.toml"), "newsml.domain", reason)
        audience = "press" if self.view == "embargoed" else newsml.audience
        if ledger.meta("audience") == "press" and audience == "public" and ledger.last:
            reason = f"{self._out} has messages for newsrooms only; begin a public feed in a new folder"
            raise ConfigError(Place("archive.toml"), "newsml.audience", reason)
        with ledger.transaction():
            ledger.note("guids", guids)
            ledger.note("audience", audience)

    def follow(self, staged: Staged) -> Followed:
        """Take the records into the ledger, write what is to be sent into the outbox, and the indexes into the dump."""
        warnings = staged.scratch / "feed.warnings"
        warned = 0
        self._ledger.run("BEGIN IMMEDIATE")
        with warnings.open("w", encoding="utf-8") as file:

            def warn(line: str) -> None:
                nonlocal warned
                warned += 1
                file.write(f"{line}\n")

            intake = Intake(self._ledger, self._out, staged, self._naming, warn)
            intake.take()
        files = list(intake.files.values())
        if "newsml" in staged.formats:
            files += self._feed(staged)
        return Followed(files, warnings, warned)

    def _feed(self, staged: Staged) -> Iterator[Dumped]:
        config = self._archive.config
        envelope = Envelope.of(config, self.view)
        sent = staged.at.astimezone(ZoneInfo(config.time_zone)).isoformat(timespec="seconds")
        folders = Folders(staged.folder, outbox(self._report), self._out)
        desk = Desk(self._ledger, envelope, staged, folders.box, self._out)
        restored = desk.restore()
        self.sent = Sent(*desk.send(sent), restored, self._ledger.last)
        latest = Latest(self._ledger, config, envelope, staged)
        newest = self._ledger.one("SELECT sent FROM message ORDER BY sequence DESC LIMIT 1")
        for feed in _MARKUPS.get(config.newsml.body, ("",)):
            index = Index(self._ledger, self._naming, feed, self._about(), envelope.terms.page)
            yield from index.write(folders, desk.changed, newest[0] if newest else sent)
            yield from latest.message(feed)
        yield from self._messages()
        if self.view == "public":
            yield latest.rss()
            yield latest.sitemap()

    def _about(self) -> About:
        config = self._archive.config
        provider = self._archive.authorities.get(config.newsml.provider or config.publisher)
        author = provider.name if provider else config.title
        return About(f"{self._naming.prefix}_feed", config.title, author, f"{config.base}ns/feed/1.0#")

    def _messages(self) -> Iterator[Dumped]:
        asked = "SELECT file, bytes, sha256 FROM message JOIN copy USING (sequence) WHERE state < 2"
        for file, size, digest in self._ledger.rows(asked):
            yield Dumped(file, MESSAGE_TYPE, size, digest, None, None, 0, None)

    def settle(self) -> None:
        """Make binding what was decided, and carry it out: from now on nothing of it can be lost or be done twice."""
        os.sync()
        self._ledger.run("COMMIT")
        place(self._ledger, outbox(self._report), self._out)

    def keeps(self, name: str) -> bool:
        """Whether a file of the old dump stays: messages do, and full pages of the index."""
        return lasting(name)
