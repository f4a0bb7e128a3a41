"""A call on another machine: it finds what it needs, leaves the same files, and nothing stays behind."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lod.address import Address
from lod.archive import Archive
from lod.check import checked, checking
from lod.cluster import Cluster, dask, desk
from lod.cluster.parcel import Grounds, pack, unpack
from lod.dump import Summary, loop
from lod.dump.runs import Slice
from lod.errors import LodError
from lod.feed import publish
from lod.formats import FORMATS
from lod.harvest import Partition
from lod.remote import Means, at_hand
from tests.cluster.conftest import StandIn
from tests.dump.archives import CONFIG, make, record, tree
from tests.remote.stores import put

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
RECORDS = [record(number) for number in range(1, 40)]
SECRET = {"embargo": {"until": "2026-12-24T18:00:00+01:00"}}


def run(archive: Path, out: Path, engine: Cluster | int = 1) -> Summary:
    return publish(Archive.open(archive), out, list(FORMATS), jobs=engine, at=NOW).dump


@pytest.fixture(autouse=True)
def _many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "PARTITION_BYTES", 3000)
    monkeypatch.setattr(checking, "PARTITION_BYTES", 3000)


def cluster(spill: Path, origin: Address | None = None) -> Cluster:
    return Cluster("dask://rechner-1:8786", Address.of(spill), origin)


def test_the_same_bytes_and_nothing_behind(machine: StandIn, tmp_path: Path) -> None:
    """Of a dump whose records name a hidden one, and of its next version, with a ledger that workers read."""
    records = [*RECORDS, record(41, id="stadt/geheim", **SECRET), record(42, related=["stadt/geheim"])]
    archive = make(tmp_path / "a", [*records, record(7, title="Doppelt")], files=3)
    for rest in ([], [record(number) for number in range(50, 60)]):
        (archive / "releases" / "mehr.jsonl").write_text("".join(json.dumps(one) + "\n" for one in rest), "utf-8")
        here = run(archive, tmp_path / "here")
        there = run(archive, tmp_path / "there", cluster(tmp_path / "spill"))
        assert tree(tmp_path / "there") == tree(tmp_path / "here")
        assert (there.counts, there.faults) == (here.counts, here.faults)
    assert machine.calls > 8
    assert tree(tmp_path / "spill") == tree(tmp_path / "machine") == {}
    assert sorted(tree(tmp_path / "there.report")) == sorted(tree(tmp_path / "here.report"))


def test_a_distant_archive_is_read_by_parts(machine: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also the ranges of a file that is too large for one part, each by whoever works on it."""
    archive = make(tmp_path / "a", RECORDS, config=CONFIG + "\n[[sources]]\npath = 'mehr/*.jsonl'\n")
    (archive / "mehr").mkdir()
    (archive / "releases" / "0.jsonl").rename(archive / "mehr" / "0.jsonl")
    origin = put(archive, Address("memory://archiv-nach-teilen"))
    read, asked = Address.read, list[tuple[int, int]]()

    def noting(here: Address, name: str, start: int | None = None, end: int | None = None) -> bytes:
        data = read(here, name, start, end)
        if here == origin and start is not None and end is not None:
            asked.append((start, end))
            assert len(data) < 4500
        return data

    monkeypatch.setattr(Address, "read", noting)
    run(archive, tmp_path / "here")
    with at_hand(origin, None, Means(workdir=tmp_path / "work")) as here:
        run(here.archive, tmp_path / "there", cluster(tmp_path / "spill", origin))
    assert tree(tmp_path / "there") == tree(tmp_path / "here")
    assert len(asked) >= 6
    assert tree(tmp_path / "machine") == {}


def test_checking_works_elsewhere_too(machine: StandIn, tmp_path: Path) -> None:
    archive = Archive.open(make(tmp_path / "a", [*RECORDS, record(50, title=None)], files=4))
    with checked(archive, jobs=cluster(tmp_path / "spill")) as there, checked(archive) as here:
        assert machine.calls >= 4
        assert here.counts.rejected == 1
        assert (there.counts, [*there.text()]) == (here.counts, [*here.text()])


def test_a_spill_that_nobody_names_goes_with_the_export(machine: StandIn, tmp_path: Path) -> None:
    run(make(tmp_path / "a", RECORDS), tmp_path / "out", Cluster("dask://rechner-1:8786"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "machine", "out", "out.report"]


def refusal(archive: Path, out: Path, engine: Cluster) -> str:
    with pytest.raises(LodError) as error:
        run(archive, out, engine)
    assert tree(out) == {}
    assert not list(out.parent.glob("spill/*/*"))
    return str(error.value)


def test_a_machine_that_would_make_other_bytes_is_refused(
    machine: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "edition", lambda: {**dask.edition(), "orjson": "3.1.0"})
    told = refusal(make(tmp_path / "a", RECORDS), tmp_path / "out", cluster(tmp_path / "spill"))
    assert told.startswith("--engine: all machines need the same installation: orjson 3.")
    assert told.endswith(f"there, 3.1.0 on {machine.address}")


def test_a_machine_that_sees_another_archive_is_refused(
    machine: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = make(tmp_path / "a", RECORDS)
    monkeypatch.setattr(desk, "CONFIG_NAME", "nicht.hier")
    told = refusal(archive, tmp_path / "out", cluster(tmp_path / "spill"))
    assert told == f"{archive}: is not seen on {machine.address}; give the archive by a URL that it can open"


def test_a_machine_that_does_not_see_the_spill_is_refused(
    machine: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "LASTING", "nicht-hier")
    told = refusal(make(tmp_path / "a", RECORDS), tmp_path / "out", cluster(tmp_path / "spill"))
    assert told.startswith((tmp_path / "spill").as_uri())
    assert told.endswith(f"is not seen on {machine.address}; give --spill URL")


def test_parcels_name_paths_and_what_has_to_come_along(tmp_path: Path) -> None:
    here = Grounds(tmp_path / "a", tmp_path / "scratch", tmp_path)
    there = Grounds(Path("/x/archive"), Path("/x/scratch"), Path("/x/others"))
    part, piece = Partition(-1, ("releases/1.yaml",)), Slice(here.scratch / "runs" / "0.run", 1, 2, 1, ())
    ledger = tmp_path / "out.report" / "ledger.sqlite"
    parcel = pack((here.archive, part, [piece], ledger, ledger), here)
    assert (parcel.partitions, parcel.slices, parcel.others) == ([part], [piece], [ledger])
    root, same, (slice_,), one, other = unpack(parcel.data, there)
    assert (root, same, slice_.file) == (there.archive, part, there.scratch / "runs" / "0.run")
    assert one == other
    assert (one.parent, one.name[16:]) == (there.others, "-ledger.sqlite")
