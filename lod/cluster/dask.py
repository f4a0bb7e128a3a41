"""The engine of a Dask cluster: its workers make the calls; files go through a spill that all machines reach."""

from __future__ import annotations

import logging
import secrets
import tarfile
from contextlib import contextmanager, suppress
from hashlib import sha256
from itertools import count
from platform import node
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from lod.address import Address
from lod.archive import CONFIG_NAME
from lod.cluster.desk import LASTING, Order, Range, Reply, Ticket, dismiss, extract, perform
from lod.cluster.parcel import Grounds, other_name, pack, unpack
from lod.dump.fingerprint import edition, lasting_files
from lod.errors import LodError, MissingExtra, OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from distributed import Client, Future

    from lod.archive import Archive
    from lod.dump.engine import Crew

__all__ = ["Cluster"]

_PATIENCE = 10.0  # seconds to wait for an answer
_ABSENCE = 60.0  # seconds without any worker, after which nobody waits for one any more


class Cluster:
    """The workers of the scheduler at an address, `dask://HOST:PORT`.

    `spill` is a folder for what workers leave for each other; all machines must reach it, also where it is left to the
    export, which then has it among its own files. `origin` is the address of the archive, where it is not a folder that
    all machines have at the same path.
    """

    def __init__(self, scheduler: str, spill: Address | None = None, origin: Address | None = None) -> None:
        self._scheduler, self._spill, self._origin = scheduler, spill, origin

    @contextmanager
    def crew(self, archive: Archive, folder: Path, most: int) -> Iterator[Crew]:  # noqa: ARG002 - the scheduler decides
        """The workers, for as long as the block. What they leave in the spill is removed in every case.

        Raises MissingExtra, or OutputError where the cluster does not answer.
        """
        key = sha256(f"{node()}:{folder.absolute()}".encode("utf-8", "surrogateescape")).hexdigest()[:16]
        spill = (self._spill or Address.of(folder / "runs" / "spill")) / f"lod-{key}"
        with _connected(self._scheduler) as client:
            try:
                spill.clear()  # what an export into the same folder left when it was killed
                # Workers may still be at its calls: what they write now is nowhere where it could be taken for ours.
                ticket = self._ticket(archive, folder, spill / secrets.token_hex(8))
                yield _Workers(client, ticket, Grounds(archive.root, folder, folder))
                with suppress(Exception):  # what stays behind is removed with the worker
                    client.run(dismiss)
            finally:
                spill.clear()

    def _ticket(self, archive: Archive, folder: Path, spill: Address) -> Ticket:
        with tarfile.open(folder / LASTING, "w") as tar:
            for path in sorted(set(lasting_files(archive))) if self._origin else ():
                if path.is_file():
                    tar.add(path, path.relative_to(archive.root).as_posix())
        spill.put({LASTING: folder / LASTING})
        (folder / LASTING).unlink()
        seal = sha256((archive.root / CONFIG_NAME).read_bytes()).hexdigest()
        folders = tuple(sorted(path.name for path in folder.iterdir() if path.is_dir()))
        return Ticket(spill, self._origin or archive.root.absolute(), seal, tuple(edition().items()), folders)


@contextmanager
def _connected(scheduler: str) -> Iterator[Client]:
    try:
        from distributed import Client  # noqa: PLC0415 - an optional part, and slow to load
    except ImportError:
        raise MissingExtra("--engine dask://", "cluster") from None
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters of it is told in one line
    try:
        client = Client(scheduler.replace("dask://", "tcp://", 1), timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise OutputError("--engine", f"no scheduler answers at {scheduler}: {error}") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=_ABSENCE)
        except TimeoutError:
            raise OutputError("--engine", f"the scheduler at {scheduler} has no workers") from None
        yield client


class _Workers:
    """The workers of a cluster."""

    def __init__(self, client: Client, ticket: Ticket, grounds: Grounds) -> None:
        self._client, self._ticket, self._grounds = client, ticket, grounds
        self._away: dict[Path, str] = {}  # the runs, which stay in the spill
        self._sent: set[str] = set()
        self._numbers = count()

    def each(self, function: Callable[..., Any], calls: Sequence[tuple[Any, ...]]) -> Iterator[tuple[int, Any]]:
        """Number and result of every call, in the order they are ready. Raises OutputError when workers were lost."""
        ready: SimpleQueue[Future] = SimpleQueue()
        waiting: dict[str, tuple[int, Future]] = {}
        try:
            for number, call in enumerate(calls):
                name = f"{self._ticket.spill.name}-{next(self._numbers)}"
                future = self._client.submit(perform, self._ticket, self._order(function, call), key=name)
                waiting[name] = number, future
                future.add_done_callback(ready.put)
            while waiting:
                number, future = waiting.pop(self._next(ready).key)
                yield number, self._take(_result(future))
                future.release()
        finally:
            self._client.cancel([future for _, future in waiting.values()])

    def _next(self, ready: SimpleQueue[Future]) -> Future:
        """The next call that is ready. Raises OutputError where nobody has been there for a while."""
        alone = 0.0
        while True:
            try:
                return ready.get(timeout=_PATIENCE)
            except Empty:
                alone = 0.0 if self._client.nthreads() else alone + _PATIENCE
                if alone >= _ABSENCE:
                    raise OutputError("--engine", "the cluster has no workers any more") from None

    def _order(self, function: Callable[..., Any], call: tuple[Any, ...]) -> Order:
        parcel = pack((function, call), self._grounds)
        ranges = [
            Range(self._away[one.file], self._grounds.named(one.file)[1], one.start, one.end) for one in parcel.slices
        ]
        others = {other_name(path): path for path in parcel.others}
        self._ticket.spill.put({key: path for key, path in others.items() if key not in self._sent})
        self._sent.update(others)
        return Order(parcel.data, parcel.partitions, ranges, list(others))

    def _take(self, reply: Reply) -> Any:
        """The result, once its files are here; runs stay where they are."""
        spill, folder = self._ticket.spill, self._grounds.scratch
        self._away.update({folder / name: key for name, key in reply.runs.items()})
        if reply.files:
            try:
                spill.fetch({reply.files: folder / reply.files})
            except FileNotFoundError:
                raise OutputError(str(spill), "is not the same folder for all machines; give --spill URL") from None
            extract(folder / reply.files, folder)
            spill.remove([reply.files])
        return unpack(reply.result, self._grounds)


def _result(future: Future) -> Reply:
    from distributed import KilledWorker  # noqa: PLC0415 - it is there when there are futures
    from distributed.client import FutureCancelledError  # noqa: PLC0415 - as above

    try:
        reply: Reply = future.result()
    except LodError:
        raise
    except KilledWorker:
        reason = "workers were killed over one part again and again, perhaps for want of memory"
        raise OutputError("--engine", reason) from None
    except (FutureCancelledError, TimeoutError):
        raise OutputError("--engine", "the scheduler went away") from None
    except ModuleNotFoundError as error:
        raise OutputError("--engine", f"workers need the same installation as this machine: {error}") from None
    return reply
