"""The findings of one document on a terminal: the text in colour, and below it what each colour means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lod.ingest.view import View, pieces

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["explain"]

# Fields share colours by family; the legend below the text names each field in its own.
_COLOURS = {
    "title": "bold cyan",
    "subtitle": "cyan",
    "kicker": "cyan",
    "lead": "bright_blue",
    "number": "bold magenta",
    "series": "magenta",
    "issued": "bold green",
    "dateline": "green",
    "embargo": "bold red",
    "language": "dim",
    "issuers": "bold yellow",
    "organisations": "yellow",
    "people": "bright_yellow",
    "quotations": "bright_green",
    "contacts": "bright_magenta",
    "boilerplate": "bright_black",
    "notes": "bright_black",
    "attachments": "blue",
    "places": "green",
}
_OTHER = "white"
_UNSURE = 0.75
_LONGEST = 60


def explain(view: View, console: Console) -> None:
    """Print a view. Where there are no colours, the list below the text says the same."""
    from rich.rule import Rule
    from rich.text import Text

    console.print(Rule(Text(view.path), align="left"))
    text = Text()
    for part, marks, notes in pieces(view):
        style = " ".join([*(_style(mark.field) for mark in marks[-1:]), *(["on dark_red"] if notes else [])])
        text.append(part, style=style + (" underline" if any(mark.confidence < _UNSURE for mark in marks) else ""))
    console.print(text, soft_wrap=not console.is_terminal)
    console.print()
    for mark in view.marks:
        line = Text()
        line.append(f"{mark.field:<24} ", style=_style(mark.field))
        line.append(f"{mark.confidence:4.0%}  ", style="bold red" if mark.confidence < _UNSURE else "dim")
        line.append(_short(mark.value), style="none")
        line.append(f"  {mark.start}-{mark.end}  {mark.why}", style="dim")
        console.print(line, soft_wrap=True)
    for note in view.notes:
        console.print(
            Text(f"suspicious: {note.kind} at {note.start}-{note.end}: {note.message}", style="red"), soft_wrap=True
        )
    console.print()


def _style(field: str) -> str:
    return _COLOURS.get(field.split(".", maxsplit=1)[0].split("[", maxsplit=1)[0], _OTHER)


def _short(value: str) -> str:
    text = " ".join(value.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
