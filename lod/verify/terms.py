"""What the rules compare a dump with: `vocab/verify/terms.toml`, its names expanded and its patterns compiled."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from lod.vocabulary import vocab_root

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Medium", "Terms", "read_terms"]


class Medium(NamedTuple):
    """How a media type is read: the format as pyoxigraph names it, and whether it holds a "graph" or a "dataset"."""

    reader: str
    holds: str


@dataclass(frozen=True)
class Terms:
    """The tables of terms.toml. IRIs are full; patterns are compiled."""

    records: tuple[str, ...]
    shared: frozenset[str]
    descriptions: frozenset[str]
    forms: frozenset[str]
    hashes: str
    items: dict[str, str]
    schemes: frozenset[str]
    prefixes: dict[str, str]
    media: dict[str, Medium]
    iris: tuple[tuple[str, re.Pattern[str]], ...]
    properties: dict[str, str]
    literals: dict[str, str]
    datatypes: dict[str, re.Pattern[str]]
    beyond_core: frozenset[str]

    def short(self, iri: str) -> str:
        """A prefixed name where a prefix fits, else the IRI."""
        for prefix, namespace in self.prefixes.items():
            if iri.startswith(namespace) and len(iri) > len(namespace):
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri

    def medium(self, media_type: str) -> Medium | None:
        """How files of a media type are read as RDF; None where they are not."""
        return self.media.get(media_type.partition(";")[0].partition("+gzip")[0].partition("+zstd")[0].strip())


@lru_cache(maxsize=1)
def read_terms() -> Terms:
    """The tables of `vocab/verify/terms.toml`; read once in a process."""
    with (vocab_root() / "verify" / "terms.toml").open("rb") as file:
        raw: dict[str, Any] = tomllib.load(file)
    prefixes: dict[str, str] = raw["prefixes"]

    def expanded(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(prefixes[prefix] + local for prefix, _, local in (name.partition(":") for name in names))

    return Terms(
        records=expanded(raw["records"]),
        shared=frozenset(raw["shared"]),
        descriptions=frozenset(raw["descriptions"]),
        forms=frozenset(raw["forms"]),
        hashes=raw["hashes"],
        items=raw["items"],
        schemes=frozenset(raw["schemes"]),
        prefixes=prefixes,
        media={name: Medium(**medium) for name, medium in raw["media"].items()},
        iris=tuple((one["rule"], re.compile(one["pattern"])) for one in raw["iri"]),
        properties={iri: one["rule"] for one in raw["property"] for iri in expanded([one["iri"]])},
        literals={iri: kind for kind, names in raw["literals"].items() for iri in expanded(names)},
        datatypes={iri: re.compile(form) for name, form in raw["datatypes"].items() for iri in expanded([name])},
        beyond_core=frozenset(expanded(raw["shapes"]["refused"])),
    )
