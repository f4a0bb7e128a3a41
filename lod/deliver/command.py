"""`lod deliver`: messages to newsrooms."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from lod.argument import Folder

__all__ = ["deliver"]

_MARKUP = click.Choice(["nitf"])


@click.command()
@click.argument("out", type=Folder())
@click.argument("target")
@click.option("--feed", type=_MARKUP, help="The feed in another mark-up, where the archive has one.")
@click.option("--since", type=click.IntRange(0), default=0, help="Begin a new target after this message.")
@click.option(
    "--wait", type=click.FloatRange(0), default=60, show_default=True, help="Seconds to wait for another run."
)
@click.option("--retries", type=click.IntRange(0, 10), default=4, show_default=True, help="Further attempts.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def deliver(out: Path, target: str, *, feed: str | None, since: int, wait: float, retries: int, as_json: bool) -> None:
    """Send TARGET the messages in OUT that it has not got yet, each of them once and in their order.

    TARGET is a folder, sftp://, ftp://, ftps://, http:// or https:// (POST), s3://, or another address fsspec knows.
    User and password are best kept in the environment (LOD_DELIVER_USER, LOD_DELIVER_PASSWORD, LOD_DELIVER_TOKEN) or in
    ~/.netrc. SFTP trusts the servers in ~/.ssh/known_hosts (or LOD_DELIVER_KNOWN_HOSTS) and takes keys from an agent,
    from ~/.ssh, or LOD_DELIVER_KEY; S3 takes AWS_ACCESS_KEY_ID and its like. Receipts are in OUT.report/receipts/.

    Exit code 0: TARGET has everything. 1: it has not; the next run goes on. 2: nothing could be done.
    """
    from lod.deliver.run import Manner  # noqa: PLC0415 - `lod --help` stays quick
    from lod.deliver.run import deliver as run  # noqa: PLC0415 - as above
    from lod.deliver.target import target_of  # noqa: PLC0415 - as above

    pauses = tuple(float(2**attempt) for attempt in range(retries))
    done = run(out, target_of(target), Manner(feed or "", since, wait, pauses))
    if as_json:
        import orjson  # noqa: PLC0415 - as above

        sys.stdout.buffer.write(orjson.dumps(done._asdict(), option=orjson.OPT_INDENT_2) + b"\n")
    else:
        click.echo(f"{done.target}: {done.sent:,} message{'' if done.sent == 1 else 's'} delivered, last {done.last:,}")
        if done.failure:
            click.echo(f"{done.target}: {done.failure}", err=True)
    sys.exit(1 if done.failure else 0)
