"""Sending a dump to an address: whole files only, the manifest last, and then what is no longer part is removed.

Files are sent to a folder beside it first, and moved when all are there. So a reader sees a mixture for as long as the
moves take, and an export that fails before leaves the old dump as it was.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import orjson

from lod.errors import OutputError
from lod.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path

    from lod.address import Address
    from lod.progress import Tell

__all__ = ["MANIFEST", "rows", "send", "under_way"]

MANIFEST = "manifest.json"
_UNLISTED = ("SHA256SUMS", MANIFEST)
_DOUBTFUL = (
    "doubtful.json"  # beside a dump: its files that may be old or new, since somebody was at them and did not end
)
_AT_ONCE = 200


def rows(manifest: bytes | None, dump: Address) -> dict[str, str]:
    """The SHA-256 of each file that a manifest lists. Raises OutputError for what is no manifest of a dump."""
    if manifest is None:
        return {}
    try:
        top: Any = orjson.loads(manifest)
        listed = {row["path"]: row["sha256"] for row in top["files"]} if isinstance(top["manifest"], int) else None
    except (orjson.JSONDecodeError, KeyError, TypeError):
        listed = None
    if listed is None or any(set(name.split("/")) & {"", ".", ".."} for name in listed):
        raise OutputError(str(dump), f"has a {MANIFEST} that was not written by an export; choose another folder")
    return listed


def under_way(dump: Address) -> bool:
    """Whether an export began to send a dump, and did not end."""
    return _doubtful(dump) is not None


def send(folder: Path, dump: Address, tell: Tell) -> None:
    """Make the files at an address those of a folder; what somebody laid beside them is theirs. Raises OutputError."""
    there, new = dump.files(), _digests(folder, dump)
    doubtful = set(_doubtful(dump) or ())
    old = rows(dump.read(MANIFEST) if MANIFEST in there else None, dump)
    known = {name: digest for name, digest in old.items() if name not in doubtful}
    known |= {name: sha256(dump.read(name)).hexdigest() for name in _UNLISTED if name in there}
    changed = [
        name
        for name, digest in new.items()
        if name not in there or known.get(name) != digest or there[name].size != (folder / name).stat().st_size
    ]
    gone = [name for name in sorted((old.keys() | doubtful) - new.keys()) if name in there]
    if not changed and not gone:
        return
    beside = _beside(dump)
    beside.write(_DOUBTFUL, orjson.dumps(sorted({*doubtful, *changed, *gone})))
    changed.sort(key=lambda name: name == MANIFEST)
    for start in range(0, len(changed), _AT_ONCE):
        (beside / "new").put({name: folder / name for name in changed[start : start + _AT_ONCE]})
        tell(Progress("sending", min(start + _AT_ONCE, len(changed)), len(changed), 0))
    for part in (changed[:-1], changed[-1:]):  # the manifest alone, and last
        (beside / "new").move(part, dump)
    dump.remove(gone)
    beside.clear()


def _beside(dump: Address) -> Address:
    return dump.parent / f".{dump.name}.partial"


def _doubtful(dump: Address) -> list[str] | None:
    try:
        found: list[str] = orjson.loads(_beside(dump).read(_DOUBTFUL))
    except (FileNotFoundError, orjson.JSONDecodeError):
        return None
    return found


def _digests(folder: Path, dump: Address) -> dict[str, str]:
    """The SHA-256 of each file of a dump."""
    listed = rows((folder / MANIFEST).read_bytes(), dump)
    return listed | {name: sha256((folder / name).read_bytes()).hexdigest() for name in _UNLISTED}
