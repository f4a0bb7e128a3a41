"""lod: an archive of press releases as linked data and news feeds.

The whole program in one sentence: harvest release records, validate them (Release), map each to one Description,
write it in every format, and pack the dump so that an archive can prove it is whole.

    >>> import lod
    >>> release = lod.Release(number="15/2017", title="Titel", language="de", issued="2017-07-03", issuers=["stgb-nrw"])
    >>> release.path
    'stgb-nrw/2017/15'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from lod.version import __version__

if TYPE_CHECKING:
    from lod.archive import Archive
    from lod.description import Description
    from lod.errors import ConfigError, LodError, OutputError, RecordError
    from lod.feed import export
    from lod.formats import FORMATS
    from lod.mapping import Mapping
    from lod.release import Release

__all__ = [
    "FORMATS",
    "Archive",
    "ConfigError",
    "Description",
    "LodError",
    "Mapping",
    "OutputError",
    "RecordError",
    "Release",
    "__version__",
    "export",
]

_HOMES = {
    "Archive": "lod.archive",
    "ConfigError": "lod.errors",
    "Description": "lod.description",
    "FORMATS": "lod.formats",
    "LodError": "lod.errors",
    "Mapping": "lod.mapping",
    "OutputError": "lod.errors",
    "RecordError": "lod.errors",
    "Release": "lod.release",
    "export": "lod.feed",
}


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for, so that `lod --help` stays quick (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
