"""Everything that can go wrong, as one tree.

    LodError
    +- ConfigError        a key of archive.toml, a mapping file or a code table is wrong; nothing can be done
    |  +- MappingError    a mapping rule names what does not exist
    |  +- VocabularyError a code table or an authority file contradicts itself
    +- RecordError        one record is refused; the others go on
    +- OutputError        the output folder cannot be written, or is held by another run
    +- MissingExtra       an optional part of the installation is not there

What only one part of the program can raise stands beside it: Undescribable in lod.mapping, Unreadable in lod.ingest,
Refused in lod.bag, Damaged in lod.change, NotFound in lod.show.

Each says where it happened and what a person can do about it, in one line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = [
    "ConfigError",
    "LodError",
    "MappingError",
    "MissingExtra",
    "OutputError",
    "Place",
    "RecordError",
    "VocabularyError",
    "on_one_line",
]

# What a terminal obeys instead of showing, and what makes a text read as another one.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def on_one_line(text: str) -> str:
    r"""A message as it may stand in a terminal: what files, keys and values bring along in control characters is shown.

    >>> print(on_one_line("title: \x1b[2Jnothing wrong here"))
    title: \x1b[2Jnothing wrong here
    """
    return _UNSEEN.sub(lambda found: ascii(found.group())[1:-1], text)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a file relative to the archive, and a 1-based line (0: the file as a whole)."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


class LodError(Exception):
    """The root of all errors this package raises on purpose."""


class ConfigError(LodError):
    """The archive's own description is wrong: file, line, key and reason."""

    def __init__(self, place: Place, key: str, reason: str) -> None:
        super().__init__(place, key, reason)
        self.place, self.key, self.reason = place, key, reason

    def __str__(self) -> str:
        return on_one_line(": ".join(part for part in (str(self.place), self.key, self.reason) if part))


class MappingError(ConfigError):
    """A mapping rule names a field, prefix, datatype or scheme that does not exist."""


class VocabularyError(ConfigError):
    """A code table or authority file is not well formed."""


class RecordError(LodError):
    """One record is refused: place, field and reason. `severity` is "error", or "warning" for one that passes."""

    def __init__(self, place: Place, field: str, reason: str, severity: str = "error") -> None:
        super().__init__(place, field, reason, severity)
        self.place, self.field, self.reason, self.severity = place, field, reason, severity

    def __str__(self) -> str:
        mark = "warning: " if self.severity == "warning" else ""
        return mark + on_one_line(": ".join(part for part in (str(self.place), self.field, self.reason) if part))


class OutputError(LodError):
    """The output cannot be written: path and reason."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path, self.reason = path, reason

    def __str__(self) -> str:
        return on_one_line(f"{self.path}: {self.reason}")


class MissingExtra(LodError):
    """An optional dependency is needed: names the extra to install."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(what, extra)
        self.what, self.extra = what, extra

    def __str__(self) -> str:
        return f'{self.what} needs an optional part: pip install "lod-press[{self.extra}]"'
