"""The staging folder beside OUT: a dump is built there whole, and only then takes the place of the old one."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import orjson

from lod.change.edition import CHANGES
from lod.dump.shards import HASHES
from lod.dump.sink import sync_folder
from lod.errors import OutputError
from lod.formats import FORMATS
from lod.ledger import ledger_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["embargoed_folder", "publish", "report_folder", "staging"]

_MINE = "manifest.json"
_HEAD = b'{\n  "manifest": '  # how an export begins it; a folder with such a file may be written again
_PUBLISHING = "publishing"  # says in the staging folder that OUT is being changed
_CHUNK = 1 << 20


def report_folder(out: Path) -> Path:
    """Where everything goes that must not be published with OUT."""
    return out.with_name(out.name + ".report")


def embargoed_folder(out: Path) -> Path:
    """The folder beside OUT for newsrooms that may have what is under embargo."""
    return out.with_name(out.name + ".embargoed")


@contextmanager
def staging(out: Path, setting: str = "") -> Iterator[Path]:
    """A folder beside OUT with `dump`, `notes` and an empty `runs` in it.

    An export that does not come to its end leaves it behind, but for `runs`, where a `journal` says what is finished;
    it is taken up by the next export of the same setting, and removed by any other.
    One that was publishing when it ended is brought to its end first: OUT was neither the old dump nor the new one.
    Raises OutputError where OUT holds somebody else's files.
    """
    folder = out.with_name(f".{out.name}.partial")
    if out.exists() and not _ours(out, folder):
        raise OutputError(str(out), "is not empty and was not written by an export; choose another folder")
    keep = True
    try:
        _finish(folder, out)
        _prepare(folder, setting)
        yield folder
        keep = False
    except OSError as error:
        raise OutputError(str(error.filename or folder), f"cannot be written: {error.strerror}") from None
    finally:
        begun = any((folder / name).exists() for name in ("journal", _PUBLISHING))
        kept = folder / "runs" if keep and begun else folder
        shutil.rmtree(kept, ignore_errors=True)


def _ours(out: Path, folder: Path) -> bool:
    """Whether an export may write here: an empty folder, a dump, or what was left of its first when it was killed."""
    if not out.is_dir():
        return False
    begun = (folder / _PUBLISHING).exists() or ledger_file(report_folder(out)).exists()
    return begun or not any(out.iterdir()) or _begins(out / _MINE)


def _begins(manifest: Path) -> bool:
    """Whether this is the manifest of a dump; web sites have files of that name, too."""
    try:
        with manifest.open("rb") as file:
            return file.read(len(_HEAD)) == _HEAD
    except OSError:
        return False


def _prepare(folder: Path, setting: str) -> None:
    said = folder / "setting"
    if not said.is_file() or said.read_text("utf-8") != setting:
        shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(folder / "runs", ignore_errors=True)
    for name in ("dump", "notes", "runs"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    said.write_text(setting, "utf-8")


def _finish(folder: Path, out: Path) -> None:
    """Publish the rest of a dump that was whole and on the disk: since the first change of OUT it can only go on."""
    if not (folder / _PUBLISHING).exists():
        return
    stage = folder / "dump"
    manifest = next((path for path in (stage / _MINE, out / _MINE) if path.exists()), None)
    listed = {row["path"] for row in orjson.loads(manifest.read_bytes())["files"]} if manifest else set()
    publish(stage, out, lambda name: name in listed)
    (folder / _PUBLISHING).unlink()


def publish(stage: Path, out: Path, kept: Callable[[str], bool] = lambda _name: False) -> None:
    """Move a finished dump into place: new and changed files first, the manifest last, then what is no longer part.

    `kept` says which files of the old dump, by their paths in it, stay though the new one does not bring them. A file
    that would not change is left alone.
    """
    try:
        files = {path.relative_to(stage).as_posix() for path in stage.rglob("*") if path.is_file()}
        changed = sorted(name for name in files if not _same(stage / name, out / name))
        others = [name for name in _below(out) if name not in files and not kept(name)]
        if not changed and not others:
            return
        os.sync()
        (stage.parent / _PUBLISHING).touch()
        sync_folder(stage.parent)
        for name in sorted(changed, key=lambda name: name == _MINE):
            target = out / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (stage / name).replace(target)
        for name in others:
            (out / name).unlink()
        _remove_empty(out)
        sync_folder(out)
    except OSError as error:
        raise OutputError(str(out), f"cannot be written: {error.strerror}") from None


def _below(out: Path) -> list[str]:
    """The files in the folders of a dump; what somebody laid beside them is theirs."""
    folders = (out / name for name in (*FORMATS, HASHES, CHANGES))
    return sorted(
        path.relative_to(out).as_posix() for folder in folders for path in folder.rglob("*") if not path.is_dir()
    )


def _remove_empty(out: Path) -> None:
    for folder in (out / name for name in (*FORMATS, HASHES, CHANGES)):
        for path in (*sorted(folder.rglob("*"), reverse=True), folder):
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()


def _same(new: Path, old: Path) -> bool:
    """Whether two files have the same bytes."""
    with suppress(FileNotFoundError, NotADirectoryError):
        if old.is_symlink() or not old.is_file() or new.stat().st_size != old.stat().st_size:
            return False
        with new.open("rb") as one, old.open("rb") as other:
            while chunk := one.read(_CHUNK):
                if chunk != other.read(_CHUNK):
                    return False
            return True
    return False
