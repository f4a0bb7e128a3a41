"""Authority: the organisations, people and places an archive knows, with their names through time and their links.

    authorities = Authorities.load(archive / "authorities", base, "de")
    authorities["stgb-nrw"].iri
    authorities.find("organisation", "Städte- und Gemeindebund NRW", on=date(2017, 7, 3))

Nothing is matched by likeness: a name is found where it is written the same, case and spaces aside, and only once.
"""

from lod.authority.links import LINKS, Link, LinkScheme
from lod.authority.model import Affiliation, AlternativeName, Authority, Coordinates, Kind
from lod.authority.store import Authorities, Match

__all__ = [
    "LINKS",
    "Affiliation",
    "AlternativeName",
    "Authorities",
    "Authority",
    "Coordinates",
    "Kind",
    "Link",
    "LinkScheme",
    "Match",
]
