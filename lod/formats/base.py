"""What every format has in common: what it is told, what it makes of one description, how a file is framed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import BinaryIO

    from lod.archive import Archive
    from lod.description import Description

__all__ = ["File", "Piece", "Serializer", "Setting", "Writer"]


class Setting(NamedTuple):
    """What a serializer is told before the first description: prefixes, the JSON-LD context, the archive."""

    prefixes: Mapping[str, str]
    context: Mapping[str, Any]
    archive: Archive


class File(NamedTuple):
    """A file that a format of items gives a description: its path below the folder of the format, and its bytes."""

    path: str
    media_type: str
    data: bytes


class Piece(NamedTuple):
    """One description in one format. Pieces are made in any process and joined in the order of their keys.

    `prefixes` are those the bytes use, sorted. `path` is the file of its own that a format of items gives each
    description, relative to the folder of the format; None in formats of shards. `others` are further such files.
    """

    data: bytes
    prefixes: tuple[str, ...] = ()
    path: str | None = None
    others: tuple[File, ...] = ()


class Serializer(Protocol):
    """One format: `encode` makes the pieces, the rest frames a file of them."""

    def __init__(self, setting: Setting) -> None: ...

    def encode(self, description: Description) -> Piece:
        """One description as bytes. It depends on nothing but the description and the setting.

        Raises RecordError, with the field, where the format needs what the record does not have.
        """

    def begin(self, prefixes: Iterable[str]) -> bytes:
        """The head of a file whose pieces use these prefixes."""

    def between(self) -> bytes:
        """What stands between two pieces."""

    def finish(self) -> bytes:
        """The tail of a file."""


class Writer:
    """Descriptions streamed into one file: begin, write, finish.

    The head must name the prefixes before the first description is seen; without a choice it names all of them.
    """

    def __init__(self, serializer: Serializer, sink: BinaryIO) -> None:
        self._serializer, self._sink, self._first = serializer, sink, True

    def begin(self, prefixes: Iterable[str]) -> None:
        """Write the head."""
        self._sink.write(self._serializer.begin(prefixes))

    def write(self, description: Description) -> None:
        """Write one description."""
        if not self._first:
            self._sink.write(self._serializer.between())
        self._first = False
        self._sink.write(self._serializer.encode(description).data)

    def finish(self) -> None:
        """Write the tail; the sink stays open."""
        self._sink.write(self._serializer.finish())
