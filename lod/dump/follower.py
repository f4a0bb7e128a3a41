"""Follower: what keeps in step with a dump, such as a feed; the loop knows no more of it than this."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from lod.dump.life import Row, View

if TYPE_CHECKING:
    from lod.dump.shards import Dumped

__all__ = ["Alone", "Followed", "Follower", "Staged"]


class Staged(NamedTuple):
    """A dump that is written but not yet published: its folder, formats, instant and files.

    `rows` say where every record stands, sorted by path, without those refused because they are not the only one of
    their name. `scratch` is a folder that is removed when the export ends. `standing` are files of the old dump `out`
    that are part of the new one as they are.
    """

    folder: Path
    scratch: Path
    formats: tuple[str, ...]
    at: datetime
    files: Sequence[Dumped]
    rows: Iterable[Row]
    out: Path
    standing: frozenset[str]

    def has(self, name: str) -> bool:
        """Whether a file is part of the new dump."""
        return (self.folder / name).exists() or name in self.standing

    def read(self, name: str) -> bytes:
        """The bytes of a file of the new dump, wherever it is now."""
        staged = self.folder / name
        return (staged if staged.exists() else self.out / name).read_bytes()


class Followed(NamedTuple):
    """What a follower made of a dump: its files as the manifest will list them, and a file of warnings, a line each."""

    files: list[Dumped]
    warnings: Path | None = None
    warned: int = 0


class Follower(Protocol):
    """What keeps in step with a dump."""

    @property
    def ledgers(self) -> tuple[Path, ...]:
        """What was published before: that of this dump first, then those of others that tell of the same releases."""

    @property
    def view(self) -> View:
        """Whom the dump is for."""

    def begin(self) -> None:
        """Finish what an earlier export left undone. The dump is held, and nothing of the new one is there yet."""

    def follow(self, staged: Staged) -> Followed:
        """Add to the staged dump, or change it. Raises OutputError, and then nothing is published."""

    def settle(self) -> None:
        """Make binding what was decided. The dump is published next."""

    def keeps(self, name: str) -> bool:
        """Whether a file of the old dump stays, by its path in it, though the new one does not bring it."""


class Alone:
    """Nobody follows."""

    ledgers: tuple[Path, ...] = ()
    view: View = "public"

    def begin(self) -> None:
        """Nothing was begun."""

    def follow(self, staged: Staged) -> Followed:
        """The files as they are."""
        return Followed(list(staged.files))

    def settle(self) -> None:
        """Nothing was decided."""

    def keeps(self, name: str) -> bool:  # noqa: ARG002 - nothing is kept, whatever its name
        """Nothing is kept."""
        return False
