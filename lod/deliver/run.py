"""The main job of `lod deliver`: one message after the other, and a receipt for each before the next."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from lod.deliver.receipts import Receipts
from lod.deliver.store import Parcel, Refused, Renaming, open_store
from lod.dump.stage import report_folder
from lod.errors import LodError, OutputError
from lod.ledger import Ledger, ledger_file
from lod.lock import locked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lod.deliver.receipts import State
    from lod.deliver.store import Store
    from lod.deliver.target import Target

__all__ = ["Delivery", "Manner", "deliver"]

_PENDING = (
    "SELECT sequence, state, name, file, sha256, bytes FROM message JOIN copy USING (sequence) "
    "WHERE feed = ? AND sequence > ? AND state < 2 ORDER BY sequence LIMIT 50"
)
_WITHDRAWN = "SELECT name FROM message WHERE taken_by = ? AND state >= 2"


class Manner(NamedTuple):
    """How to deliver: which feed, after which number a new target begins, how often and how long to try.

    `wait` is for another process that delivers to the same target, in seconds; `pauses` stand between attempts.
    """

    feed: str = ""
    since: int = 0
    wait: float = 60.0
    pauses: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0)
    sleep: Callable[[float], None] = time.sleep


class Delivery(NamedTuple):
    """What was delivered: how many messages, the number of the last that is acknowledged, and why it stopped short."""

    target: str
    sent: int
    last: int
    failure: str | None


def deliver(out: Path, target: Target, manner: Manner | None = None) -> Delivery:
    """Send a target what it has not acknowledged. Raises OutputError where there is no feed, or no lock to be had.

    A message that fails ends the delivery, so that newsrooms get them in their order; the next one begins with it.
    """
    manner = manner or Manner()
    report = report_folder(out)
    path = ledger_file(report)
    if not path.exists():
        raise OutputError(str(out), "has no feed; `lod feed` makes one")
    folder = report / "receipts"
    name = f"{target.key}{'-' + manner.feed if manner.feed else ''}"
    with (
        locked(folder / f"{name}.lock", target.shown, "is being delivered to by", manner.wait),
        Ledger.reading(path) as ledger,
    ):
        receipts = Receipts(folder / f"{name}.jsonl", target)
        try:
            receipts.start(manner.since)
            return _Round(out, ledger, receipts, target, manner).run()
        finally:
            receipts.close()


class _Round:
    """One delivery to one target."""

    def __init__(self, out: Path, ledger: Ledger, receipts: Receipts, target: Target, manner: Manner) -> None:
        self._out, self._ledger, self._receipts = out, ledger, receipts
        self._target, self._manner = target, manner
        self._store: Store | None = None

    def run(self) -> Delivery:
        """Send everything that is waiting."""
        sent = 0
        failure = None
        try:
            self._withdraw()
            for parcel in self._waiting():
                failure = self._persist(parcel)
                if failure:
                    failure = f"{parcel.name}: {failure}"
                    break
                sent += 1
                self._withdraw()
        finally:
            self._hang_up()
        return Delivery(self._target.shown, sent, self._receipts.last, failure)

    def _waiting(self) -> Iterator[Parcel]:
        """What is to be sent, in its order; what an export is just putting in its place is left for the next time."""
        after = self._receipts.last
        # A few at a time: an export cannot write into the ledger while somebody is still reading from it.
        while rows := list(self._ledger.rows(_PENDING, self._manner.feed, after)):
            for after, state, name, file, digest, size in rows:
                if state == 0:
                    return
                if (self._out / file).exists():  # else it was withdrawn a moment ago
                    yield Parcel(after, name, self._out / file, digest, size)

    def _persist(self, parcel: Parcel) -> str | None:
        """Send a message, trying until it works; why it did not, when it never did."""
        for pause in (*self._manner.pauses, None):
            try:
                self._send(parcel)
            except Refused as error:
                return self._target.scrub(str(error))
            except LodError:
                raise
            except Exception as error:  # noqa: BLE001 - libraries of targets raise what they like
                self._hang_up()
                if pause is None:
                    return self._target.scrub(f"{type(error).__name__}: {error}" if str(error) else repr(error))
                self._manner.sleep(pause)
            else:
                return None
        raise AssertionError  # pragma: no cover - the last attempt has returned

    def _send(self, parcel: Parcel) -> None:
        """Bring one message to its end from wherever an earlier attempt left it."""
        store = self._open()
        pending = self._receipts.pending
        state = pending.state if pending and pending.sequence == parcel.sequence else None
        if isinstance(store, Renaming):
            self._send_and_rename(store, parcel, uploaded=state == "uploaded")
        elif state != "begun" or store.size(parcel.name) != parcel.bytes:
            self._note(parcel, "begun")
            store.put(parcel, parcel.name)
        self._note(parcel, "sent")

    def _send_and_rename(self, store: Renaming, parcel: Parcel, *, uploaded: bool) -> None:
        """Under a temporary name, then under its own: a reader never sees half a message.

        Once "uploaded" is noted, only the renaming is left: where the temporary name is gone, it has happened, even if
        the reader has taken the message away since.
        """
        temporary = f".{parcel.name}.partial"
        if uploaded and store.size(temporary) is None:
            return
        if not uploaded:
            store.put(parcel, temporary)
            self._note(parcel, "uploaded")
        store.rename(temporary, parcel.name)

    def _note(self, parcel: Parcel, state: State) -> None:
        self._receipts.note(parcel.sequence, parcel.name, parcel.sha256, state)

    def _withdraw(self) -> None:
        """Where the last message took earlier ones back, remove them, as far as the target lets us.

        The target was told in any case; what it has taken away already is its own to delete.
        """
        last = self._receipts.last
        names = [name for (name,) in self._ledger.rows(_WITHDRAWN, last)]
        if not names or self._receipts.withdrawn == last:
            return
        for name in names:
            with suppress(Exception):
                self._open().remove(name)
        (told,) = self._ledger.one("SELECT name FROM message WHERE sequence = ?", last)
        self._receipts.note(last, told, "", "withdrawn")

    def _open(self) -> Store:
        if self._store is None:
            self._store = open_store(self._target)
        return self._store

    def _hang_up(self) -> None:
        if self._store is not None:
            with suppress(Exception):
                self._store.close()
            self._store = None
