"""`lod diff`: what changed between two dumps."""

from __future__ import annotations

import sys
from pathlib import Path

import click

__all__ = ["diff"]

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("old", type=_FOLDER)
@click.argument("new", type=_FOLDER)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json", "patch"]),
    default="text",
    show_default=True,
    help="Sentences for people, a list for machines, or RDF Patch.",
)
@click.option("--language", type=click.Choice(["de", "en"]), default="en", show_default=True, help="Of the sentences.")
def diff(old: Path, new: Path, *, form: str, language: str) -> None:
    """Tell what changed from the dump OLD to the dump NEW.

    The patch is complete: with it, whoever has OLD has NEW. Exit code 0: told. 2: one of them is no dump.
    """
    from lod.change.diff import Diff  # noqa: PLC0415 - `lod --help` stays quick

    found = Diff.of(old, new)
    out = sys.stdout.buffer
    if form == "patch":
        out.writelines(found.patch())
    elif form == "json":
        import orjson  # noqa: PLC0415 - as above

        out.write(orjson.dumps(found.summary(), option=orjson.OPT_INDENT_2) + b"\n")
    else:
        out.writelines(f"{line}\n".encode() for line in found.sentences(language))
