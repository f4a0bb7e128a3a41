"""The digest of what a record says, by which an edit without a new version is found."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from pydantic.main import IncEx

    from lod.release import Release

__all__ = ["digest_of"]

_KEPT_BOOKS: IncEx = {"source": {"file", "media_type", "bytes", "sha256", "retrieved"}}
"""Where the record came from is bookkeeping of the archive: a document may be filed anew without a new version."""


def digest_of(release: Release) -> str:
    """SHA-256 of all a release says, as hexadecimal digits.

    Fields that say nothing are left out, so that a field the model learns later changes no digest. What is not usable
    is a tombstone, whose title is a wording of the program: it is left out, too.
    """
    said = release.model_dump(exclude_defaults=True, exclude=_KEPT_BOOKS)
    if release.status != "usable":
        said.pop("title", None)
    return sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()
