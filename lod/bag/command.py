"""`lod bag`: a dump as a BagIt bag."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from lod.argument import Folder

__all__ = ["bag"]

_RECEIVERS = click.Choice(["da-nrw"])
_PACKAGES = click.Choice(["tgz", "zip", "tar"])


@click.command()
@click.argument("out", type=Folder())
@click.argument("target", metavar="BAG", type=click.Path(path_type=Path))
@click.option("--for", "receiver", type=_RECEIVERS, help="Follow the rules of this archive, too.")
@click.option("--serialise", "package", type=_PACKAGES, help="Pack the bag into one file.  [default: a folder]")
@click.option("--md5", is_flag=True, help="Add MD5, which some receivers still need.")
@click.option("--licence", metavar="IRI", help="The licence of the whole, where its records do not agree on one.")
@click.option("--json", "as_json", is_flag=True, help="Print what was made as JSON.")
def bag(
    out: Path, target: Path, *, receiver: str | None, package: str | None, md5: bool, licence: str | None, as_json: bool
) -> None:
    """Make a BagIt bag of the dump OUT, and read it back.

    Exit code 0: the bag is there. 2: nothing was made; each reason is a line.
    """
    from lod.bag.making import make_bag  # noqa: PLC0415 - `lod --help` stays quick
    from lod.progress import ProgressBar  # noqa: PLC0415 - as above

    if licence is not None and not licence.startswith(("https://", "http://")):
        raise click.BadParameter("is not an IRI that begins with https:// or http://", param_hint="--licence")
    with ProgressBar() as tell:
        made = make_bag(out, target, receiver=receiver, package=package, md5=md5, licence=licence, tell=tell)
    if as_json:
        import orjson  # noqa: PLC0415 - as above

        told = {**made._asdict(), "path": str(made.path)}
        sys.stdout.buffer.write(orjson.dumps(told, option=orjson.OPT_INDENT_2) + b"\n")
        return
    click.echo(f"Made {made.path}: {made.files:,} files, {made.bytes:,} bytes, dated {made.date or 'not at all'}.")
    click.echo(f"Read back and compared: {', '.join(made.algorithms)}.")
