"""A real scheduler with two workers: the same bytes, whatever happens to a worker; and one line without them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from lod.address import Address
from lod.archive import Archive
from lod.cluster import Cluster, dask
from lod.dump import loop
from lod.dump.engine import Engine
from lod.errors import ConfigError, MissingExtra, OutputError
from lod.feed import publish
from lod.remote import Means, at_hand
from tests.deliver.servers import s3_server
from tests.dump.archives import make, record, tree
from tests.remote.stores import put, stored
from tests.test_corpus import archive as archive_of

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
RECORDS = [record(number) for number in range(1, 100)]


@pytest.fixture(scope="module")
def scheduler() -> Iterator[Any]:
    """A scheduler with two workers, who may use an S3 server."""
    distributed = pytest.importorskip("distributed")
    with pytest.MonkeyPatch.context() as environment, s3_server(environment, "presse"):
        options = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": "127.0.0.1:0"}
        with distributed.LocalCluster(**options) as made:
            yield made


def address(scheduler: Any) -> str:
    return str(scheduler.scheduler_address).replace("tcp", "dask")


@pytest.fixture(autouse=True)
def _many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "PARTITION_BYTES", 4000)


def run(archive: Path, out: Path, engine: Engine | int = 1, **options: Any) -> None:
    publish(Archive.open(archive), out, ["turtle", "ntriples", "newsml"], jobs=engine, at=NOW, **options)


@pytest.mark.slow
def test_the_same_bytes_from_a_cluster(scheduler: Any, tmp_path: Path) -> None:
    run(make(tmp_path / "a", RECORDS, files=5), tmp_path / "here")
    shuffled = make(tmp_path / "b", RECORDS[50:] + RECORDS[:50][::-1], files=2)
    run(shuffled, tmp_path / "there", Cluster(address(scheduler), Address.of(tmp_path / "spill")))
    assert tree(tmp_path / "there") == tree(tmp_path / "here")
    assert tree(tmp_path / "spill") == {}


@pytest.mark.slow
def test_the_same_bytes_where_no_disk_is_shared(
    scheduler: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = make(tmp_path / "a", RECORDS, files=5)
    run(archive, tmp_path / "here")
    store = Address("s3://presse")
    origin, out = put(archive, store / "archiv"), store / "aus/gabe"
    means = Means(engine=address(scheduler), workdir=tmp_path / "work")
    for _ in range(2):
        with at_hand(origin, out, means) as here:
            run(here.archive, here.out, here.engine)
        assert stored(out) == tree(tmp_path / "here")
    assert {name.split("/")[1] for name in store.files() if name.startswith("aus/")} == {"gabe", "gabe.report"}


@pytest.mark.slow
def test_a_real_archive_is_the_same_bytes(scheduler: Any, corpus: Path, tmp_path: Path) -> None:
    debian = archive_of("debian", corpus, tmp_path)
    run(debian, tmp_path / "here")
    run(debian, tmp_path / "there", Cluster(address(scheduler)))
    assert tree(tmp_path / "there") == tree(tmp_path / "here")


@pytest.mark.slow
def test_a_worker_that_is_killed_is_replaced(scheduler: Any, tmp_path: Path) -> None:
    archive = make(tmp_path / "a", RECORDS, files=5)
    run(archive, tmp_path / "here")
    with dask._connected(address(scheduler)) as client:
        workers = sorted(client.run(os.getpid).values())

    def tell(progress: Any) -> None:
        """One is killed while records are read, the other while shards are written."""
        if progress.done == 1:
            os.kill(workers.pop(), signal.SIGKILL)

    run(archive, tmp_path / "there", Cluster(address(scheduler), Address.of(tmp_path / "spill")), tell=tell)
    assert workers == []
    assert tree(tmp_path / "there") == tree(tmp_path / "here")
    assert tree(tmp_path / "spill") == {}


@pytest.mark.slow
def test_a_call_that_kills_every_worker_is_one_line(
    scheduler: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask, "_ABSENCE", 600.0)  # on a busy machine they take their time to come back
    archive = Archive.open(make(tmp_path / "a", RECORDS[:2]))
    engine = Cluster(address(scheduler), Address.of(tmp_path / "spill"))
    (tmp_path / "folder").mkdir()
    with engine.crew(archive, tmp_path / "folder", 1) as crew, pytest.raises(OutputError) as error:
        list(crew.each(os._exit, [(1,)]))
    assert str(error.value).startswith("--engine: workers were killed over one part again and again")


@pytest.mark.slow
def test_errors_of_a_call_come_home(scheduler: Any, tmp_path: Path) -> None:
    archive = Archive.open(make(tmp_path / "a", RECORDS[:2]))
    engine = Cluster(address(scheduler), Address.of(tmp_path / "spill"))
    (tmp_path / "folder").mkdir()
    with engine.crew(archive, tmp_path / "folder", 1) as crew, pytest.raises(ConfigError, match="not an archive"):
        list(crew.each(Archive.open, [(str(tmp_path / "folder"),)]))


def test_no_scheduler_is_one_line_soon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(dask, "_PATIENCE", 0.5)
    archive = make(tmp_path / "a", RECORDS[:2])
    start = time.monotonic()
    with pytest.raises(OutputError) as error:
        run(archive, tmp_path / "out", Cluster("dask://127.0.0.1:1"))
    assert str(error.value).startswith("--engine: no scheduler answers at dask://127.0.0.1:1: ")
    assert time.monotonic() - start < 10
    assert not (tmp_path / "out").exists()


def test_a_scheduler_without_workers_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(dask, "_ABSENCE", 1.0)
    with distributed.LocalCluster(n_workers=0, processes=True, dashboard_address="127.0.0.1:0") as empty:
        engine = Cluster(address(empty))
        with pytest.raises(OutputError, match="has no workers"):
            run(make(tmp_path / "a", RECORDS[:2]), tmp_path / "out", engine)


def test_a_missing_extra_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtra) as error:
        run(make(tmp_path / "a", RECORDS[:2]), tmp_path / "out", Cluster("dask://127.0.0.1:1"))
    assert str(error.value) == '--engine dask:// needs an optional part: pip install "lod-press[cluster]"'


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--engine", "127.0.0.1:8786"], 'lod: --engine: "127.0.0.1:8786" is not dask://HOST:PORT'),
        (["--engine", "ray://127.0.0.1:8786"], 'lod: --engine: "ray://127.0.0.1:8786" is not dask://HOST:PORT'),
        (["--engine", "dask://127.0.0.1:1", "--jobs", "2"], "Error: --jobs are processes of this machine"),
        (["--spill", "s3://presse"], "Error: --spill is for the machines of an --engine."),
    ],
)
def test_wrong_options_are_one_line(tmp_path: Path, options: list[str], told: str) -> None:
    archive = make(tmp_path / "a", RECORDS[:2])
    command = [sys.executable, "-m", "lod", "export", str(archive), str(tmp_path / "out"), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith(told)
    assert "Traceback" not in done.stderr
