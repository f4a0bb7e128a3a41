"""Check digits: whether an identifier was copied whole."""

from __future__ import annotations

__all__ = ["gnd_valid", "iso7064_valid"]


def gnd_valid(value: str) -> bool:
    """Whether the last character of a GND id fits the others (DNB: modulo 11, weights 2, 3, … from the right).

    Ids with a hyphen, which come from the former files of corporate bodies and subjects, carry the remainder itself;
    all others carry what is missing to 11.

    >>> gnd_valid("4005728-8"), gnd_valid("118540238"), gnd_valid("4005728-9")
    (True, True, False)
    """
    body, hyphen, check = value.partition("-") if "-" in value else (value[:-1], "", value[-1:])
    if not (body.isascii() and body.isdigit()) or not _is_check(check):
        return False
    remainder = sum(int(digit) * weight for weight, digit in enumerate(reversed(body), 2)) % 11
    return _value(check) == (remainder if hyphen else -remainder % 11)


def iso7064_valid(value: str) -> bool:
    """Whether the last of 16 characters of an ORCID iD or ISNI fits the others (ISO 7064, MOD 11-2); hyphens aside.

    >>> iso7064_valid("0000-0002-1825-0097"), iso7064_valid("0000-0002-1825-0098")
    (True, False)
    """
    digits = value.replace("-", "")
    body, check = digits[:-1], digits[-1:]
    if len(body) != 15 or not (body.isascii() and body.isdigit()) or not _is_check(check):  # noqa: PLR2004 - and one
        return False
    total = 0
    for digit in body:
        total = (total + int(digit)) * 2
    return _value(check) == (12 - total % 11) % 11


def _is_check(character: str) -> bool:
    return len(character) == 1 and character in "0123456789X"


def _value(check: str) -> int:
    return 10 if check == "X" else int(check)
