"""The names of an archive's authorities, as the reader looks for them in a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lod.authority import Authority
from lod.ingest.names import Known, Names

__all__ = ["known_names"]

_KINDS = {"organisation": "org", "person": "person", "place": "place"}


def known_names(authorities: Iterable[Authority]) -> Names:
    """Every form of every name, with the authority it belongs to."""
    return Names(_forms(authorities))


def _forms(authorities: Iterable[Authority]) -> Iterator[Known]:
    for authority in authorities:
        names = (*authority.names, *authority.alternate_names, *authority.hidden_names)
        for form in dict.fromkeys(form for _, form in names):
            yield Known(authority.id, _KINDS[authority.kind], form, authority.name)
