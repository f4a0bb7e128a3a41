"""QCodes: only those that a catalog named in the item resolves, and whose scheme has the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lod.errors import Place, VocabularyError
from lod.news.elements import address
from lod.vocabulary import UnknownCode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lod.vocabulary import Concept, Scheme, Vocabulary

__all__ = ["Codes"]


class Codes:
    """The codes that items of one archive may use."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._own: dict[frozenset[str], list[Scheme]] = {}

    def checked(self, qcode: str, place: Place, field: str) -> str:
        """A code that the program itself writes. Raises VocabularyError where no catalog or no table has it."""
        try:
            concept = self._vocabulary.concept(qcode)
        except UnknownCode as error:
            raise VocabularyError(place, field, str(error)) from None
        if self.qcode(concept) is None:
            raise VocabularyError(place, field, f'no catalog declares the alias of "{qcode}"')
        return qcode

    def qcode(self, concept: Concept) -> str | None:
        """Alias and code of a concept, where its scheme IRI and code make its IRI (NewsML-G2, QCodes); else None."""
        scheme = concept.scheme
        if scheme.catalog == "iptc" and self._vocabulary.catalog_aliases.get(scheme.alias) != scheme.iri:
            return None
        return concept.qcode if concept.iri == scheme.iri + concept.code else None

    def own(self, aliases: Iterable[str]) -> list[Scheme]:
        """Those of some aliases that the catalog of the IPTC does not declare, in alphabetical order."""
        used = frozenset(aliases)
        if used not in self._own:  # most items use the same
            schemes = (self._vocabulary.scheme(alias) for alias in sorted(used))
            self._own[used] = [scheme for scheme in schemes if scheme.catalog == "own"]
        return self._own[used]

    def reference(self, iri: str) -> dict[str, str]:
        """What names a thing elsewhere: its code where the catalog of the IPTC has its scheme, else its IRI."""
        scheme = self._vocabulary.scheme("wikidata")
        if iri.startswith(scheme.iri):
            return {"qcode": f"{scheme.alias}:{iri.removeprefix(scheme.iri)}"}
        return {"uri": address(iri)}

    def chain(self, concepts: Iterable[Concept]) -> tuple[Concept, ...]:
        """The concepts above some, nearest first, each once and none that is among them."""
        given = list(concepts)
        found = {one.key: one for concept in given for one in self._vocabulary.broader_chain(concept)}
        return tuple(one for key, one in found.items() if key not in {concept.key for concept in given})
