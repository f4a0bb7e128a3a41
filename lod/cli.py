"""The command line: each command parses, calls one function, and prints. What is heavy is imported when it is used."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import ExitStack, contextmanager
from errno import EPIPE
from importlib import import_module
from pathlib import Path
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, Any

import click

from lod.address import Address
from lod.argument import Folder, with_means
from lod.errors import LodError, on_one_line
from lod.formats import FORMATS
from lod.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lod.remote import Means

__all__ = ["main"]

_ELSEWHERE = {
    "bag": ("lod.bag.command", "Make a BagIt bag of a dump, for an archive."),
    "deliver": ("lod.deliver.command", "Send new messages to a newsroom, each of them once."),
    "diff": ("lod.change.command", "Tell what changed between two dumps."),
    "feed": ("lod.feed.command", "Bring the news feed of an archive up to date."),
    "ingest": ("lod.ingest.command", "Read documents (Markdown, text, HTML, PDF, DOCX, mail) into records."),
    "verify": ("lod.verify.command", "Read a dump back and prove it."),
}
_FOLDER = Folder()
_PLACE = Folder(remote=True)
_FORMAT = click.Choice(list(FORMATS))


@contextmanager
def _orderly() -> Iterator[None]:
    """A request to end (SIGTERM), as of cron and systemd, is as good as Ctrl-C: what is temporary is removed."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class _Commands(click.Group):
    """Commands, some of which live beside what they do, and one way to end for all errors."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *_ELSEWHERE])

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click asks so
        """List the commands without loading those that live elsewhere: their first lines stand in the table."""
        here = {name: command.get_short_help_str(80) for name, command in self.commands.items()}
        told = {**here, **{name: text for name, (_, text) in _ELSEWHERE.items()}}
        with formatter.section("Commands"):
            formatter.write_dl(sorted(told.items()))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _ELSEWHERE:
            found: click.Command = getattr(import_module(_ELSEWHERE[cmd_name][0]), cmd_name)
            return found
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with _orderly():
                return super().invoke(ctx)
        except LodError as error:
            click.echo(f"lod: {error}", err=True)
            sys.exit(2)
        except OSError as error:
            if error.errno == EPIPE:  # whoever read the output has read enough; click ends quietly
                raise
            where = f"{os.fspath(error.filename)}: " if error.filename else ""
            click.echo(f"lod: {on_one_line(where)}{error.strerror or error}", err=True)
            sys.exit(2)
        except KeyboardInterrupt:
            click.echo("lod: stopped", err=True)
            sys.exit(2)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """Turn an archive of press releases into linked data and news feeds."""


@main.command()
@click.argument("directory", type=_FOLDER)
def init(directory: Path) -> None:
    """Make a new archive in DIRECTORY, with sample releases in it."""
    from lod.sample import make_archive

    made = make_archive(directory)
    click.echo(f"Made an archive of {made} sample releases in {directory}.")
    click.echo(f"Next: lod export {directory} {directory.with_name('export')}")


@main.command()
@click.argument("archive", type=_PLACE)
@click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False), help="Also write it as .txt, .json or .sarif."
)
@click.option("--against", type=_FOLDER, help="Also check that what this dump published may go on so.")
@with_means
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def check(archive: Path | Address, report: Path | None, against: Path | None, *, means: Means, as_json: bool) -> None:
    """Validate every record of ARCHIVE; write nothing into it.

    With --against OUT, records are held against what the feed in OUT has told newsrooms, as an export does it: content
    that changed without a new version, versions that do not grow, a canceled release that would come back.
    """
    from lod.archive import Archive
    from lod.check import checked
    from lod.progress import ProgressBar
    from lod.remote import at_hand

    with ExitStack() as stack:
        with ProgressBar() as tell:
            here = stack.enter_context(at_hand(archive, None, means, tell))
            found = checked(Archive.open(here.archive), against=against, jobs=here.engine, tell=tell)
            verdict = stack.enter_context(found)
        if report:
            verdict.write(report)
        for piece in verdict.json() if as_json else verdict.text():
            click.echo(piece, nl=False)
    sys.exit(1 if verdict.counts.rejected else 0)


@main.command()
@click.argument("archive", type=_PLACE)
@click.argument("out", type=_PLACE)
@click.option(
    "-f",
    "--format",
    "formats",
    type=_FORMAT,
    multiple=True,
    help="This format; may be repeated.  [default: the usual ones]",
)
@with_means
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def export(
    archive: Path | Address, out: Path | Address, formats: tuple[str, ...], *, means: Means, as_json: bool
) -> None:
    """Write the dump of ARCHIVE to OUT, in the usual formats. Both are folders, or URLs such as s3://bucket/folder."""
    from lod.archive import Archive
    from lod.dump.words import told
    from lod.feed import publish, words
    from lod.progress import ProgressBar
    from lod.remote import at_hand

    with ProgressBar() as tell, at_hand(archive, out, means, tell) as here:
        chosen = [name for name, one in FORMATS.items() if (name in formats if formats else one.usual)]
        published = publish(Archive.open(here.archive), here.out, chosen, jobs=here.engine, tell=tell)
    if as_json:
        _print_json(words.summary(published))
    else:
        click.echo(told(published.dump) + words.told(published), nl=False)
        if isinstance(out, Address):
            click.echo(f"That is a copy; the dump is at {out}.")
    sys.exit(1 if published.dump.counts.rejected else 0)


@main.command()
@click.argument("archive", type=_FOLDER)
@click.argument("release")
@click.option("-f", "--format", "form", type=_FORMAT, default="turtle", show_default=True, help="The format.")
def show(archive: Path, release: str, form: str) -> None:
    """Print one RELEASE of ARCHIVE: its id, its number, or its IRI."""
    from lod.archive import Archive
    from lod.show import show_release

    sys.stdout.buffer.write(show_release(Archive.open(archive), release, form))


@main.command(name="formats")
@click.option("--json", "as_json", is_flag=True, help="Print the table as JSON.")
def list_formats(*, as_json: bool) -> None:
    """List the formats."""
    if as_json:
        _print_json([form._asdict() for form in FORMATS.values()])
        return
    wide = max(map(len, FORMATS))
    for form in FORMATS.values():
        asked = "" if form.usual else " (when asked for)"
        click.echo(f"{form.name:<{wide}}  {form.suffix:<8} {form.media_type:<36}  {form.title}{asked}")


def _print_json(value: Any) -> None:
    import orjson

    sys.stdout.buffer.write(orjson.dumps(value, option=orjson.OPT_INDENT_2) + b"\n")
