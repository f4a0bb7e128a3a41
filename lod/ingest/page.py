"""The report: a page that shows each document beside what was read in it. One file, no scripts, nothing fetched."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import escape
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Self

from lod.errors import OutputError
from lod.ingest.newcomers import entries
from lod.ingest.run import Result, Summary
from lod.ingest.view import Mark, View, pieces

__all__ = ["Page"]

_UNSURE = 0.75
_WHOLE = frozenset({"body"})
"""Findings that cover nearly everything; they are listed, and not painted."""
_LEGEND = (
    "title", "subtitle", "lead", "number", "issued", "dateline", "embargo", "issuers", "organisations", "people",
    "quotations", "contacts", "boilerplate",
)  # fmt: skip
_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>What lod ingest read</title>
<style>
{css}</style>
</head>
<body>
<a class="skip" href="#documents">Skip to the documents</a>
<header>
<h1>What lod ingest read</h1>
<p>{told}</p>
<ul class="legend" aria-label="Colours of the findings">
{legend}</ul>
</header>
"""
_CHECK = re.compile(r"^( *# check: .*)$", re.MULTILINE)


class Page:
    """The report while it is being written; a context manager. Documents go to a draft, so memory does not grow.

    Raises OutputError where the page cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.summary = Summary()
        self._draft: IO[str]
        self._contents: list[tuple[str, str]] = []

    def __enter__(self) -> Self:
        if not self.path.absolute().parent.is_dir():
            raise OutputError(str(self.path), "no such folder")  # before ten thousand documents are read
        self._draft = TemporaryFile("w+", encoding="utf-8", newline="\n")
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._draft.close()

    def add(self, result: Result) -> None:
        """Add one document."""
        number = len(self._contents) + 1
        state = result.outcome.kind
        self._contents.append((Path(result.outcome.document).name, state))
        self._draft.writelines(_article(result, number))

    def _finish(self) -> None:
        css = (Path(__file__).with_name("page.css")).read_text(encoding="utf-8")
        legend = "".join(f'<li><mark class="f-{name}">{name}</mark></li>\n' for name in _LEGEND)
        legend += '<li><mark class="unsure">unsure</mark></li>\n<li><span class="suspect">suspicious text</span></li>\n'
        try:
            with self.path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as page:
                page.write(_HEAD.format(css=css, told=escape(_told(self.summary)), legend=legend))
                page.writelines(self._toc())
                page.write('<main id="documents">\n')
                self._draft.seek(0)
                shutil.copyfileobj(self._draft, page)
                page.write("</main>\n")
                page.writelines(_names(self.summary))
                page.write("</body>\n</html>\n")
        except OSError as error:
            raise OutputError(str(self.path), (error.strerror or str(error)).lower()) from None

    def _toc(self) -> Iterator[str]:
        if len(self._contents) > 1:
            yield '<nav aria-label="Documents">\n<ol class="toc">\n'
            for number, (name, state) in enumerate(self._contents, 1):
                yield f'<li><a href="#d{number}">{_safe(name)}</a> ({state})</li>\n'
            yield "</ol>\n</nav>\n"


def _safe(text: str) -> str:
    """Escaped, also where a file name holds what is no Unicode."""
    return escape(text.encode("utf-8", "replace").decode())


def _told(summary: Summary) -> str:
    states = ", ".join(f"{count} {kind}" for kind, count in sorted(summary.outcomes.items()))
    total = summary.outcomes.total()
    return f"{total} document{'s' if total != 1 else ''}: {states or 'none'}. Places to check: {summary.checks}."


def _article(result: Result, number: int) -> Iterator[str]:
    outcome, view = result.outcome, result.view
    told = [outcome.kind, outcome.record, outcome.message, *result.faults]
    yield f'<article id="d{number}" aria-labelledby="d{number}-h">\n<header>\n'
    yield f'<h2 id="d{number}-h">{_safe(str(outcome.document))}</h2>\n'
    yield f"<p>{_safe(' · '.join(part for part in told if part))}</p>\n</header>\n"
    if view is not None:
        yield from _sides(view, number)
    if outcome.diff:
        yield f"<details open>\n<summary>What would change</summary>\n{_pre(chr(10).join(outcome.diff))}</details>\n"
    yield "</article>\n"


def _sides(view: View, number: int) -> Iterator[str]:
    yield '<div class="sides">\n<section aria-label="Document">\n<h3>Document</h3>\n<div class="text">'
    yield from _text(view, number)
    yield '</div>\n</section>\n<section class="findings" aria-label="Findings" tabindex="0">\n<h3>Findings</h3>\n'
    yield from _table(view, number)
    yield from _notes(view)
    yield f"<details>\n<summary>The record</summary>\n{_pre(view.record)}</details>\n</section>\n</div>\n"


def _text(view: View, number: int) -> Iterator[str]:
    """The text with its findings painted; a small number behind each leads to its line in the table."""
    places = {mark: at for at, mark in enumerate(view.marks, 1)}
    begun: set[Mark] = set()
    at = 0
    for part, marks, notes in pieces(view):
        at += len(part)
        painted = [mark for mark in marks if mark.field not in _WHOLE]
        html = _safe(part if painted or at > len(part) else part.lstrip("\n"))
        if notes:
            html = f'<span class="suspect" title="{_safe(notes[0].message)}">{html}</span>'
        if painted:
            inner = painted[-1]
            yield from (f'<span id="d{number}-m{places[mark]}"></span>' for mark in painted if mark not in begun)
            begun.update(painted)
            html = f'<mark class="{_classes(inner)}" title="{_safe(inner.field)}">{html}</mark>'
        yield html
        links = " ".join(_link(mark, number, places[mark]) for mark in reversed(painted) if mark.end == at)
        yield f"<sup>{links}</sup>" if links else ""


def _classes(mark: Mark) -> str:
    return f"f-{_family(mark.field)}" + (" unsure" if mark.confidence < _UNSURE else "")


def _link(mark: Mark, number: int, place: int) -> str:
    return f'<a href="#d{number}-f{place}" aria-label="{_safe(mark.field)}">{place}</a>'


def _family(field: str) -> str:
    return re.split(r"[.\[]", field)[0]


def _table(view: View, number: int) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("#", "Field", "Value", "Sure", "Why"))
    yield f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
    for at, mark in enumerate(view.marks, 1):
        unsure = ' class="unsure-value"' if mark.confidence < _UNSURE else ""
        yield (
            f'<tr id="d{number}-f{at}"><td>{_jump(mark, number, at)}</td>'
            f'<th scope="row"><mark class="f-{_family(mark.field)}">{_safe(mark.field)}</mark></th>'
            f'<td>{_safe(_short(mark.value))}</td><td class="sure"><span{unsure}>{mark.confidence:.0%}</span></td>'
            f'<td class="why">{_safe(mark.why)}</td></tr>\n'
        )
    yield "</tbody>\n</table>\n"


def _jump(mark: Mark, number: int, place: int) -> str:
    """The way back into the text, where the finding has a place in it that is painted."""
    painted = mark.start < mark.end and mark.field not in _WHOLE
    return f'<a href="#d{number}-m{place}">{place}</a>' if painted else str(place)


def _notes(view: View) -> Iterator[str]:
    if view.notes:
        yield '<ul class="notes" aria-label="Suspicious text">\n'
        yield from (f"<li>{_safe(note.kind)}: {_safe(note.message)}</li>\n" for note in view.notes)
        yield "</ul>\n"


def _short(value: str) -> str:
    return value if len(value) <= 160 else value[:159] + "…"


def _pre(text: str) -> str:
    checked = _CHECK.sub(r'<span class="check">\1</span>', _safe(text))
    return f'<pre class="record">{checked}</pre>\n'


def _names(summary: Summary) -> Iterator[str]:
    if summary.names:
        lines = "\n".join(entries(summary.names))
        yield f"<footer>\n<h2>Names that the archive does not know</h2>\n{_pre(lines)}</footer>\n"
