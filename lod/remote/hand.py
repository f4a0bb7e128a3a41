"""What a command works on, at hand: folders of this machine, whatever places they stand for, and who does the work."""

from __future__ import annotations

import os
import re
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lod.address import Address
from lod.dump.lock import holding
from lod.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lod.dump.engine import Engine
    from lod.progress import Tell

__all__ = ["ENGINES", "Here", "Means", "at_hand"]

ENGINES = {"dask": ("lod.cluster", "Cluster")}
"""The module and class of each engine, by the scheme of its address."""

_ENGINE = re.compile(r"([a-z]+)://[^/@\s]+:[0-9]{1,5}/?")


class Means(NamedTuple):
    """How a command does its work: so many processes, or an engine at an address with its spill.

    `workdir` is where copies of what is elsewhere are kept; a folder of the user's cache where it is None.
    """

    jobs: int | None = None
    engine: str | None = None
    spill: Path | Address | None = None
    workdir: Path | None = None


class Here(NamedTuple):
    """The archive and the dump as folders of this machine, and the jobs or the engine."""

    archive: Path
    out: Path
    engine: int | Engine


@contextmanager
def at_hand(
    archive: Path | Address, out: Path | Address | None, means: Means, tell: Tell = lambda _progress: None
) -> Iterator[Here]:
    """All that a command needs. What became of the copy of OUT goes to OUT when the block ends well.

    Raises OutputError, in one line, where a place cannot be used or somebody else is at work on it.
    """
    if isinstance(archive, Address) and isinstance(out, Address) and (archive.holds(out) or out.holds(archive)):
        raise OutputError(str(out), "is part of the archive; choose a folder beside it")
    if isinstance(out, Address) and not out.name:
        raise OutputError(str(out), "has no name to put a report beside it; name a folder in it")
    with ExitStack() as stack:
        here = Here(Path(), Path(), means.jobs or os.cpu_count() or 1)
        if isinstance(archive, Address):
            from lod.remote.mirror import mirror  # noqa: PLC0415 - most archives are folders

            copy = stack.enter_context(_copy(archive, means))
            mirror(archive, copy / "archive", copy / "index", tell)
            here = here._replace(archive=copy / "archive")
        else:
            here = here._replace(archive=archive)
        if means.engine:
            here = here._replace(engine=_engine(archive, out, means))
        if isinstance(out, Address):
            from lod.remote.twin import twin  # noqa: PLC0415 - most dumps are folders

            out = stack.enter_context(twin(out, stack.enter_context(_copy(out, means)), tell))
        yield here._replace(out=out or Path())


def _engine(archive: Path | Address, out: Path | Address | None, means: Means) -> Engine:
    """The engine at an address. Its spill lies beside OUT where nobody says otherwise. Raises OutputError."""
    address = means.engine or ""
    found = _ENGINE.fullmatch(address)
    if found is None or found[1] not in ENGINES:
        raise OutputError("--engine", f'"{address}" is not {" or ".join(f"{name}://HOST:PORT" for name in ENGINES)}')
    spill = Address.of(means.spill) if means.spill else None
    if spill is None and isinstance(out, Address):
        spill = out.parent / f".{out.name}.spill"
    module, name = ENGINES[found[1]]
    engine: Engine = getattr(import_module(module), name)(
        address.rstrip("/"), spill, archive if isinstance(archive, Address) else None
    )
    return engine


@contextmanager
def _copy(place: Address, means: Means) -> Iterator[Path]:
    """The folder of the copy of a place, held for this process."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "lod"
    key = sha256(place.url.encode()).hexdigest()[:16]
    folder = (means.workdir or cache) / f"{place.name or 'archive'}-{key}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(str(folder), f"cannot be written: {error.strerror}") from None
    with holding(folder / "copy", str(place)):
        yield folder
