"""`lod feed`: new messages for newsrooms."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lod.address import Address
from lod.argument import Folder, with_means

if TYPE_CHECKING:
    from lod.remote import Means

__all__ = ["feed"]

_PLACE = Folder(remote=True)


@click.command()
@click.argument("archive", type=_PLACE)
@click.argument("out", type=_PLACE)
@with_means
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def feed(archive: Path | Address, out: Path | Address, *, means: Means, as_json: bool) -> None:
    """Bring the news feed in OUT up to date with ARCHIVE: a message for each new version of a release.

    Other formats that OUT holds are brought up to date too, so that all of it says the same. Exit code 0: done.
    1: done, but records were rejected; the rest is in the feed. 2: nothing was done.
    """
    from lod.archive import Archive  # noqa: PLC0415 - `lod --help` stays quick
    from lod.feed.run import formats_in, publish  # noqa: PLC0415 - as above
    from lod.feed.words import summary, told  # noqa: PLC0415 - as above
    from lod.progress import ProgressBar  # noqa: PLC0415 - as above
    from lod.remote import at_hand  # noqa: PLC0415 - as above

    with ProgressBar() as tell, at_hand(archive, out, means, tell) as here:
        formats = {"newsml", *formats_in(here.out)}
        published = publish(Archive.open(here.archive), here.out, sorted(formats), jobs=here.engine, tell=tell)
    if as_json:
        import orjson  # noqa: PLC0415 - as above

        sys.stdout.buffer.write(orjson.dumps(summary(published), option=orjson.OPT_INDENT_2) + b"\n")
    else:
        counts = published.dump.counts
        for line in published.dump.faults:
            click.echo(line)
        click.echo(f"{counts.harvested:,} records read: {counts.exported:,} exported, ", nl=False)
        click.echo(f"{counts.rejected:,} rejected, {counts.withheld:,} withheld.")
        click.echo(told(published), nl=False)
        if isinstance(out, Address):
            click.echo(f"That is a copy; the feed is at {out}.")
    sys.exit(1 if published.dump.counts.rejected else 0)
