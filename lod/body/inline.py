"""Spans from one run of text: escapes, emphasis, links. Follows CommonMark 0.31, sections 2.4, 6.2 and 6.3.

The text comes with soft line breaks already made blanks and hard ones made a line feed. What differs from CommonMark:
`_`, backticks, `<`, `&` and `!` are ordinary characters; a link needs an absolute http, https, mailto or tel address
and no title; four and more asterisks in a row are text; so is a single one with a letter or digit on either side,
because "Bürger*innen und Schüler*innen" is not italics.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from lod.body.nodes import Break, Emphasis, Link, Span, Strong, Text

__all__ = ["is_href", "spans"]

_PUNCTUATION = r"""[!-/:-@\[-`{-~]"""
# Every branch begins with a literal character: then the search skips to the next of them.
_SPECIAL = re.compile(rf"\\({_PUNCTUATION})|\*\**|\[|\]|\n")
_ESCAPE = re.compile(rf"\\({_PUNCTUATION})")
_PLAIN_HREF = r"[^\x00-\x20\x7f-\xa0\u2028\u2029()<>\[\]\\]++"
_HREF_PART = rf"(?:{_PLAIN_HREF}|\\{_PUNCTUATION})"
_TARGET = re.compile(rf"\(((?i:https?://|mailto:|tel:){_HREF_PART}(?:{_HREF_PART}|\({_HREF_PART}*+\))*+)\)")
_HREF = re.compile(r"(?i:https?://|mailto:|tel:)[^\x00-\x20\x7f-\xa0\u2028\u2029<>]+")
_LONGEST_RUN = 3
_MOST_OPEN = 16  # unmatched openers remembered: bounds both the time and the depth of nesting


@dataclass(slots=True)
class _Run:
    """A run of asterisks: how many there were, how many are left, and what it may do."""

    size: int
    left: int
    opens: bool
    closes: bool


_Token = str | Span | _Run
_Opener = tuple[int, _Run]  # the place in the output, and the run


def is_href(href: str) -> bool:
    """Whether an address may stand in a link: absolute, of a known scheme, without blanks."""
    return _HREF.fullmatch(href) is not None


def spans(source: str) -> tuple[Span, ...]:
    """Read one run of text. Never fails; linear in its length."""
    if _SPECIAL.search(source) is None:
        return (Text(source),) if source else ()
    return _emphasise(_tokens(source))


def _tokens(source: str) -> list[_Token]:
    out: list[_Token] = []
    brackets: list[int] = []
    done = 0
    while match := _SPECIAL.search(source, done):
        start, end = match.span()
        if start > done:
            out.append(source[done:start])
        done = end
        char = source[start]
        if char == "\\":
            out.append(match[1])
        elif char == "*":
            out.append(_run(source, start, end))
        elif char == "\n":
            out.append(Break())
        elif char == "[":
            brackets.append(len(out))
            out.append("[")
        else:
            done = _bracket(source, end, out, brackets)
    out.append(source[done:])
    return out


def _bracket(source: str, end: int, out: list[_Token], brackets: list[int]) -> int:
    """Turn what stands since the last open bracket into a link, if an address follows; else keep the bracket."""
    target = _TARGET.match(source, end) if brackets else None
    opener = brackets.pop() if brackets else 0
    inner = _emphasise(out[opener + 1 :]) if target else ()
    if target is None or not _shows(inner):
        out.append("]")
        return end
    del out[opener:]
    out.append(Link(_ESCAPE.sub(r"\1", target[1]), inner))
    brackets.clear()  # a link holds no link
    return target.end()


def _shows(spans: tuple[Span, ...]) -> bool:
    """Whether there is anything to click on."""
    for span in spans:
        if isinstance(span, Text):
            if span.text.strip(" "):
                return True
        elif not isinstance(span, Break) and _shows(span.spans):
            return True
    return False


def _run(source: str, start: int, end: int) -> _Token:
    """Left- and right-flanking, CommonMark 6.2."""
    size = end - start
    before = source[start - 1] if start else " "
    after = source[end] if end < len(source) else " "
    if size > _LONGEST_RUN or (size == 1 and before.isalnum() and after.isalnum()):
        return source[start:end]
    blank_before, blank_after = before.isspace(), after.isspace()
    mark_before, mark_after = _is_mark(before), _is_mark(after)
    opens = not blank_after and (not mark_after or blank_before or mark_before)
    closes = not blank_before and (not mark_before or blank_after or mark_after)
    return _Run(size, size, opens, closes)


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _emphasise(tokens: list[_Token]) -> tuple[Span, ...]:
    out: list[_Token] = []
    openers: list[_Opener] = []  # runs in `out` that may still open something
    for token in tokens:
        if not isinstance(token, _Run):
            out.append(token)
            continue
        if token.closes:
            _close(token, out, openers)
        if token.left:
            if token.opens:
                openers.append((len(out), token))
                del openers[:-_MOST_OPEN]
            out.append(token)
    return _merged(out)


def _close(run: _Run, out: list[_Token], openers: list[_Opener]) -> None:
    """Match a closing run with the nearest openers until it is used up or none fits."""
    while run.left and (found := _match(run, openers)) is not None:
        start, opener = openers[found]
        width = 2 if min(run.left, opener.left) > 1 else 1
        inner = _merged(out[start + 1 :])
        run.left -= width
        opener.left -= width
        del out[start + (opener.left > 0) :], openers[found + (opener.left > 0) :]
        out.append(Strong(inner) if width > 1 else Emphasis(inner))


def _match(run: _Run, openers: list[_Opener]) -> int | None:
    for at in range(len(openers) - 1, -1, -1):
        opener = openers[at][1]
        either = opener.closes or run.opens
        if not either or (opener.size + run.size) % 3 or (opener.size % 3 == 0 and run.size % 3 == 0):
            return at
    return None


def _merged(tokens: list[_Token]) -> tuple[Span, ...]:
    """Neighbouring characters become one Text; runs that matched nothing are characters again."""
    out: list[Span] = []
    text: list[str] = []
    for token in tokens:
        if isinstance(token, str):
            text.append(token)
        elif isinstance(token, _Run):
            text.append("*" * token.left)
        else:
            _flush(text, out)
            out.append(token)
    _flush(text, out)
    return tuple(out)


def _flush(text: list[str], out: list[Span]) -> None:
    if joined := "".join(text):
        out.append(Text(joined))
    text.clear()
