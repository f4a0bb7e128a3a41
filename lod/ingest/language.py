"""The language of a text, found offline (lingua) among the languages releases of this kind are written in."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lingua import LanguageDetector

__all__ = ["detect"]

_ENOUGH = 600


@lru_cache(maxsize=1)
def _detector() -> LanguageDetector:
    from lingua import Language, LanguageDetectorBuilder

    # Lingua reads a model when a language is first asked for, so each one more costs memory and time.
    known = (
        Language.GERMAN, Language.ENGLISH, Language.FRENCH, Language.DUTCH, Language.SPANISH,
        Language.ITALIAN, Language.PORTUGUESE, Language.DANISH, Language.SWEDISH, Language.POLISH,
    )  # fmt: skip
    return LanguageDetectorBuilder.from_languages(*known).with_low_accuracy_mode().build()


def detect(text: str) -> tuple[str, float] | None:
    """Language code (ISO 639-1) and confidence from 0 to 1; None for a text without words."""
    sample = text[:_ENOUGH]
    if sum(map(str.isalpha, sample)) < 10:
        return None
    found = _detector().compute_language_confidence_values(sample)[0]
    return found.language.iso_code_639_1.name.lower(), round(found.value, 2)
