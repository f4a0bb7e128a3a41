"""`lod verify`: a dump is read back and proved."""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from lod.address import Address
from lod.argument import Folder

__all__ = ["verify"]


@click.command()
@click.argument("out", required=False, type=Folder(remote=True))
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--jobs", type=click.IntRange(1), default=None, help="Processes to use.  [default: all cores]")
@click.option("--shapes", type=click.Path(path_type=Path, dir_okay=False), help="SHACL shapes instead of those in OUT.")
@click.option(
    "--schemas",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder with the schema of NewsML-G2; news items are held against it.",
)
@click.option("--quick", is_flag=True, help="Leave out SHACL, which takes most of the time.")
@click.option("--rules", "show_rules", is_flag=True, help="Print the rules with their reasons, and stop.")
def verify(
    out: Path | Address | None,
    *,
    as_json: bool,
    jobs: int | None,
    shapes: Path | None,
    schemas: Path | None,
    quick: bool,
    show_rules: bool,
) -> None:
    """Read the dump OUT back and prove it: bytes, counts, graphs, shapes. OUT is a folder, or a URL to copy it from.

    Exit code 0: proved. 1: something is wrong; each finding is a line. 2: there is no dump to prove.
    """
    if show_rules:
        _print_rules(as_json=as_json)
        return
    if out is None:
        raise click.UsageError("Missing argument 'OUT'.")
    from lod.progress import ProgressBar  # noqa: PLC0415 - `lod --help` stays quick
    from lod.verify.proof import verify as run  # noqa: PLC0415 - `lod --help` stays quick

    with ProgressBar() as tell, _on_disk(out, tell) as folder:
        verdict = run(folder, jobs=jobs or _cores(), shapes=shapes, schemas=schemas, quick=quick, tell=tell)
        verdict = replace(verdict, out=str(out))
    if as_json:
        _print_json(verdict.summary())
    else:
        for line in verdict.lines():
            click.echo(line)
    sys.exit(0 if verdict.passed else 1)


def _on_disk(out: Path | Address, tell: Any) -> AbstractContextManager[Path]:
    """The dump as a folder of this machine: what is elsewhere is fetched for as long as it is proved."""
    if not isinstance(out, Address):
        return nullcontext(out)
    from lod.remote import fetched  # noqa: PLC0415 - as above

    return fetched(out, tell)


def _print_rules(*, as_json: bool) -> None:
    from lod.verify.rules import read_rules, told  # noqa: PLC0415 - as above

    rules = read_rules()
    if as_json:
        _print_json([rule._asdict() for rule in rules.values()])
    else:
        click.echo(told(rules), nl=False)


def _print_json(value: Any) -> None:
    import orjson  # noqa: PLC0415 - as above

    sys.stdout.buffer.write(orjson.dumps(value, option=orjson.OPT_INDENT_2) + b"\n")


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
