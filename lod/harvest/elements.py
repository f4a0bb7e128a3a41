"""Elements of HTML by what becomes of them (HTML Living Standard, section 4, and older ones)."""

from __future__ import annotations

__all__ = ["BLOCKS", "DROPPED", "PLAIN", "count_of"]

_LONGEST = 9  # digits; longer ones are no count, and Python refuses to read thousands of them


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


DROPPED = _names(
    """
    area audio base basefont canvas col colgroup embed frame frameset head iframe img input link map math meta noframes
    noscript object option param script select source style svg template textarea title video
    """
)
"""Left out with all they hold: they show nothing, or nothing that is text."""

PLAIN = _names(
    """
    abbr acronym bdi bdo big body button code data del font html ins kbd label legend mark nobr output rp rt ruby s samp
    small span strike summary time tt u wbr
    """
)
"""Their text stands in the line, in no dress that Markdown has."""

BLOCKS = _names(
    """
    address article aside caption center dd details dialog div dl fieldset figcaption figure footer form header hgroup
    main nav p section tbody td tfoot th thead tr
    """
)
"""Their text stands for itself, before and after a paragraph's end."""


def count_of(text: str | None) -> int:
    """What an attribute such as `start` or `colspan` counts; 1 where it says nothing that could be meant."""
    digits = (text or "").strip()
    return int(digits) if digits.isdecimal() and len(digits) <= _LONGEST else 1
