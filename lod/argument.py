"""What commands have in common: folders here or elsewhere, and who does the work."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from lod.address import Address, place_of

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Folder", "with_means"]


class Folder(click.Path):
    """A folder: a Path, or with `remote` an Address of another file system."""

    def __init__(self, *, remote: bool = False) -> None:
        super().__init__(file_okay=False)
        self._remote = remote

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The folder that is meant."""
        place = place_of(value) if isinstance(value, str) else value
        if not isinstance(place, Address):
            super().convert(place, param, ctx)
        elif not self._remote:
            self.fail(f"{place} is not on this machine; copy it here first.", param, ctx)
        return place


def with_means(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say who does the work, and it gets them as `means`."""

    @click.option("--jobs", type=click.IntRange(1), default=None, help="Processes to use.  [default: all cores]")
    @click.option(
        "--engine", metavar="URL", help="Work on the cluster at dask://HOST:PORT instead of in processes here."
    )
    @click.option(
        "--spill",
        type=Folder(remote=True),
        metavar="URL",
        help="Where its machines leave files.  [default: beside OUT]",
    )
    @click.option(
        "--workdir",
        type=Folder(),
        help="Where copies of what is at a URL are kept.  [default: lod in the user's cache]",
    )
    @wraps(command)
    def told(*args: Any, jobs: int | None, engine: str | None, spill: Any, workdir: Any, **options: Any) -> None:
        from lod.remote import Means  # noqa: PLC0415 - `lod --help` stays quick

        if engine and jobs:
            raise click.UsageError("--jobs are processes of this machine; with --engine the cluster has its own.")
        if spill and not engine:
            raise click.UsageError("--spill is for the machines of an --engine.")
        command(*args, means=Means(jobs, engine, spill, workdir), **options)

    return told
