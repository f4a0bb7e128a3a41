"""The staging folder beside OUT: a dump is built there whole, and only then takes the place of the old one."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lod.dump.shards import HASHES
from lod.errors import OutputError
from lod.formats import FORMATS
from lod.ledger import ledger_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["publish", "report_folder", "staging"]

_MINE = "manifest.json"
_HEAD = b'{\n  "manifest": '  # how an export begins it; a folder with such a file may be written again


def report_folder(out: Path) -> Path:
    """Where everything goes that must not be published with OUT."""
    return out.with_name(out.name + ".report")


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """A fresh folder beside OUT with an empty `dump` and `runs` in it, removed in every case.

    Raises OutputError where OUT holds somebody else's files.
    """
    if out.exists() and not _ours(out):
        raise OutputError(str(out), "is not empty and was not written by an export; choose another folder")
    folder = out.with_name(f".{out.name}.partial")
    try:
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "dump").mkdir(parents=True)
        (folder / "runs").mkdir()
    except OSError as error:
        raise OutputError(str(folder), f"cannot be written: {error.strerror}") from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _ours(out: Path) -> bool:
    """Whether an export may write here: an empty folder, a dump, or what was left of its first when it was killed."""
    if not out.is_dir():
        return False
    return not any(out.iterdir()) or _begins(out / _MINE) or ledger_file(report_folder(out)).exists()


def _begins(manifest: Path) -> bool:
    """Whether this is the manifest of a dump; web sites have files of that name, too."""
    try:
        with manifest.open("rb") as file:
            return file.read(len(_HEAD)) == _HEAD
    except OSError:
        return False


def publish(stage: Path, out: Path, kept: Callable[[str], bool] = lambda _name: False) -> None:
    """Move a finished dump into place: new and changed files first, the manifest last, then what is no longer part.

    `kept` says which files of the old dump, by their paths in it, stay though the new one does not bring them.
    """
    os.sync()
    files = sorted(path.relative_to(stage).as_posix() for path in stage.rglob("*") if path.is_file())
    try:
        for name in sorted(files, key=lambda name: name == _MINE):
            target = out / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (stage / name).replace(target)
        names = set(files)
        _remove_others(out, lambda name: name in names or kept(name))
        _sync(out)
    except OSError as error:
        raise OutputError(str(out), f"cannot be written: {error.strerror}") from None


def _remove_others(out: Path, keep: Callable[[str], bool]) -> None:
    """Remove what is no longer part from the folders of the dump; what somebody laid beside them is theirs."""
    for folder in (*FORMATS, HASHES):
        for path in sorted((out / folder).rglob("*"), reverse=True):
            if path.is_dir():
                if not any(path.iterdir()):
                    path.rmdir()
            elif not keep(path.relative_to(out).as_posix()):
                path.unlink()
        if (out / folder).is_dir() and not any((out / folder).iterdir()):
            (out / folder).rmdir()


def _sync(folder: Path) -> None:
    """Make the renames last, where the system lets a folder be synced."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
