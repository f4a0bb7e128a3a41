"""One document becomes the text of a record: everything that needs no other document, so any process can do it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from lod.archive import Archive
from lod.errors import LodError
from lod.faults import sentences
from lod.ingest.document import Document, Unreadable, open_document
from lod.ingest.front import Check, written
from lod.ingest.naming import identified, record_file, source_of
from lod.ingest.newcomers import Newcomer, newcomers
from lod.ingest.register import Entry
from lod.ingest.view import View, view_of
from lod.release import Release

if TYPE_CHECKING:
    from lod.ingest.reading import Reading

__all__ = ["Order", "Prepared", "Refused", "Same", "prepare"]

_SURE = 0.75
"""Confidence below which a person is asked to look."""
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done with one document: what the register says of it, and whether to read it in any case."""

    path: Path
    known: Entry | None = None
    always: bool = False
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record ready to be written, and what a person should look at."""

    path: Path
    sha256: str
    identity: str
    file: str
    text: str = field(repr=False)
    source: str
    data: bytes = field(repr=False)
    checks: tuple[Check, ...] = ()
    faults: tuple[str, ...] = ()
    suspicions: tuple[str, ...] = ()
    names: tuple[Newcomer, ...] = ()
    view: View | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Same:
    """A document that is in the archive already, byte for byte."""

    path: Path


@dataclass(frozen=True, slots=True)
class Refused:
    """A document that does not become a record, and why."""

    path: Path
    reason: str


def prepare(root: Path, order: Order) -> Prepared | Same | Refused:
    """Read one document. Whatever happens, it has a result, in bounded time."""
    try:
        with _time_limit(_SECONDS):
            return _prepared(root, order)
    except Unreadable as error:
        return Refused(order.path, error.reason)
    except _OutOfTime:
        return Refused(order.path, f"took longer than {_SECONDS} seconds")
    except MemoryError:
        return Refused(order.path, "needs more memory than a press release may")
    except LodError:
        raise
    except Exception as error:  # noqa: BLE001 - one document must not stop ten thousand others
        return Refused(order.path, f"the reader stumbled over it ({type(error).__name__}: {error})")


def _prepared(root: Path, order: Order) -> Prepared | Same:
    known = order.known
    if known is not None and not order.always and _is_same(order.path, known) and (root / known.record).exists():
        return Same(order.path)
    document = open_document(order.path)
    archive, read = _workshop(root)
    reading = read(document)
    found = dict(reading.record())
    if known is not None:
        found["id"] = known.identity
    record, identity, missing = identified(found, archive.config.publisher)
    if known is not None and _is_derived(record, known.identity, archive):
        record.pop("id")
    record["source"] = source_of(document)
    faults = _faults(record, archive)
    checks = (*missing, *_doubts(reading, record), *faults)
    text = written(record, checks)
    return Prepared(
        path=order.path,
        sha256=document.sha256,
        identity=identity,
        file=known.record if known is not None else record_file(identity),
        text=text,
        source=record["source"]["file"],
        data=document.data,
        checks=checks,
        faults=tuple(f"{fault.field}: {fault.message}" for fault in faults),
        suspicions=tuple(each.message for each in reading.suspicions),
        names=tuple(newcomers(record)),
        view=view_of(document, reading, text) if order.shown else None,
    )


def _is_same(path: Path, known: Entry) -> bool:
    try:
        return (
            path.is_file() and path.stat().st_size < 1 << 27 and sha256(path.read_bytes()).hexdigest() == known.sha256
        )
    except OSError:
        return False


def _is_derived(record: dict[str, Any], identity: str, archive: Archive) -> bool:
    """Whether the record has its identity from its number, so that it needs no id of its own."""
    bare = {key: value for key, value in record.items() if key != "id"}
    return (
        identified(bare, archive.config.publisher)[0] == bare
        and identified(bare, archive.config.publisher)[1] == identity
    )


def _doubts(reading: Reading, record: dict[str, Any]) -> Iterator[Check]:
    """One line for each unsure finding that is in the record: its field, and the item where the field is a list."""
    for finding in reading.findings:
        if finding.confidence >= _SURE:
            continue
        value = record.get(finding.field)
        if isinstance(value, list):
            at = next((at for at, item in enumerate(value) if _is_of(item, finding.value)), None)
            if at is not None:
                yield Check(f"{finding.field}.{at}", finding.why)
        elif value is not None:
            yield Check(finding.field, finding.why)


def _is_of(item: Any, value: Any) -> bool:
    """Whether an item of the record was made of what was found; the record adds ids and places to quotations."""
    if isinstance(item, dict) and isinstance(value, dict) and "text" in value:
        return bool(item.get("text") == value["text"])
    return bool(item == value)


def _faults(record: dict[str, Any], archive: Archive) -> list[Check]:
    """What a check of the archive would say of the record; it is written all the same, for a person to repair."""
    try:
        Release.model_validate(record, context=archive.defaults)
    except ValidationError as error:
        return [Check(".".join(map(str, where)), reason) for where, reason in sentences(error, Release)]
    return []


@lru_cache(maxsize=1)
def _workshop(root: Path) -> tuple[Archive, Callable[[Document], Reading]]:
    """The archive and its rules, opened once in each process."""
    from lod.ingest.known import known_names
    from lod.ingest.reading import read
    from lod.ingest.rules import Rules

    archive = Archive.open(root)
    return archive, partial(read, rules=Rules.load(root, names=known_names(archive.authorities)))


class _OutOfTime(BaseException):
    """Not an Exception: libraries that catch everything must not catch this."""


@contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    """Stop Python code after a while. Signals reach the main thread only; elsewhere there is no limit."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise _OutOfTime

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
